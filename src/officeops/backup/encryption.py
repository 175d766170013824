"""Encryption of backups with age; the secret keys need not be on this machine."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from officeops.backup.manifest import Damaged
from officeops.model.errors import Broken, Refused, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Sequence


def seal(
    plain: str,
    sealed: str,
    recipients: Sequence[str],
) -> None:
    """Encrypt a file into another, for each recipient.

    Raises UsageProblem for a text that is no key.
    """
    keys = list(map(_recipient, recipients))
    with _written(sealed):
        _pyrage().encrypt_file(plain, sealed, keys)


def unseal(sealed: str, plain: str, identity: str) -> None:
    """Decrypt a file into another.

    Raises Refused for the wrong key, and Damaged for a changed or shortened file.
    """
    pyrage = _pyrage()
    keys = identities(identity)
    try:
        with _written(plain):
            pyrage.decrypt_file(sealed, plain, keys)
    except pyrage.DecryptError as error:
        # The library has one error for all of its reasons and no code: its text is the only sign.
        if "matching keys" in str(error).lower():
            raise Refused(
                f"{sealed} is encrypted to other keys than those in {identity}. "
                "Give the right file with --identity.",
                code="wrong-key",
            ) from error
        raise Damaged(
            f"{sealed} is damaged: it does not decrypt ({error}). Use another backup."
        ) from error
    except OSError as error:
        # The library's only sign of a changed or shortened body: no error of the system's.
        if error.errno is None and "decryption" in str(error):
            raise Damaged(
                f"{sealed} is damaged: it does not decrypt. Use another backup."
            ) from error
        raise Refused(
            f"{sealed} cannot be decrypted into {plain}: {error}.", code="cannot-write"
        ) from error


def identities(path: str) -> list[Any]:
    """Read the secret keys of a file: those of age-keygen, or one of ssh-keygen.

    Raises UsageProblem.
    """
    if not path:
        raise UsageProblem(
            "The backup is encrypted: give the file of its secret key with --identity FILE, or as "
            "`identity` in [backup] of officeops.toml.",
            code="wrong-key",
        )
    pyrage = _pyrage()
    no_key = UsageProblem(f"{path} holds no secret key of age or ssh-ed25519.", code="wrong-key")
    try:
        with open(path, "rb") as file:
            content = file.read()
        if b"-----BEGIN" in content:
            return [pyrage.ssh.Identity.from_buffer(content)]
        keys = [pyrage.x25519.Identity.from_str(line) for line in _key_lines(content.decode())]
    except OSError as error:
        raise UsageProblem(
            f"The key file {path} cannot be read: {error.strerror}.", code="unreadable"
        ) from error
    except (pyrage.IdentityError, UnicodeDecodeError):
        # Without its cause, which may repeat a part of the secret.
        raise no_key from None
    if not keys:
        raise no_key
    return keys


def _key_lines(text: str) -> list[str]:
    """Return the lines of an age-keygen file that are not blank and no comments."""
    lines = map(str.strip, text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _recipient(text: str) -> Any:  # noqa: ANN401 - pyrage has no types
    pyrage = _pyrage()
    # Both kinds of key are common, and age takes either.
    kind = pyrage.ssh if text.startswith("ssh-") else pyrage.x25519
    try:
        return kind.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise UsageProblem(
            f"[backup] recipients: {text!r} is no public key of age (age1…) or ssh (ssh-ed25519 …).",
            code="malformed",
        ) from error


def _pyrage() -> Any:  # noqa: ANN401 - pyrage has no types
    try:
        import pyrage
    except ImportError:
        raise Broken(
            "Encrypted backups need the package pyrage; `pip install officeops[age]` brings it."
        ) from None
    return pyrage


class _written:  # noqa: N801 - read as a word: with _written(path)
    """Creates an empty file for its owner alone, for a library to write; removes it on errors."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> None:
        os.close(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            os.unlink(self._path)
