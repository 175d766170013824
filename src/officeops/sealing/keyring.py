"""Key ring: the keys of the sealed fields, in a file beside the office's or elsewhere.

The last key is the current one. Former keys stay, since the history has values that were sealed
with them. Anyone with this file and the office's can read every sealed value. Without it nobody
can, and only its recovery sheet brings it back.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from officeops.model.errors import Broken, OfficeError
from officeops.model.immutable import Value
from officeops.store.system_refusals import system_refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Bytes of a key: AES-256.
LENGTH: Final = 32
_HEAD: Final = "officeops-seal 1"
#: The largest file of keys that is read: thousands of them.
_LARGEST: Final = 1 << 20


class NoKey(OfficeError):
    """A key of the sealed fields is missing. The message names the file where it belongs."""

    code = "no-key"


class SealKey(Value):
    """One key: its version, counted from 1, and its 32 bytes."""

    version: int
    secret: bytes

    @property
    def id(self) -> str:
        """Eight letters that tell this key from any other of its version."""
        from officeops.store.hashing import blake2b

        return blake2b(self.secret, digest_size=4, person=b"officeops seal").hexdigest()

    @property
    def mark(self) -> str:
        """The beginning of every value that is sealed with it."""
        return f"v{self.version}.{self.id}"

    def derived(self, purpose: bytes) -> bytes:
        """Return a key made from it for one purpose alone: sealing, or the index."""
        from officeops.store.hashing import blake2b

        return blake2b(
            purpose,
            key=self.secret,
            digest_size=LENGTH,
            person=b"officeops seal",
        ).digest()

    def __repr__(self) -> str:
        return f"<key {self.mark}>"


class Ring:
    """The keys in one file, which is read again whenever it has changed."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._keys: tuple[SealKey, ...] = ()
        self._seen: tuple[int, ...] | None = None

    @property
    def keys(self) -> tuple[SealKey, ...]:
        """The keys, the current one last; none without a file.

        Raises Broken for a file without keys.
        """
        try:
            state = os.stat(self.path)
        except OSError:
            self._keys, self._seen = (), None
            if os.path.lexists(self.path):
                raise Broken(
                    f"The key of the sealed fields, {self.path}, cannot be reached."
                ) from None
            return ()
        # Another session may have rotated the keys since; the file is then a new one.
        seen = (state.st_ino, state.st_mtime_ns, state.st_size)
        if seen != self._seen:
            self._keys, self._seen = read(self.path), seen
        return self._keys

    @property
    def marks(self) -> set[str]:
        """The marks of the keys: the beginnings of every value that they open."""
        return {key.mark for key in self.keys}

    def made(self) -> SealKey:
        """Make the first key; it is synced to the disk before anything is sealed with it."""
        self.write([SealKey(1, os.urandom(LENGTH))])
        return self.keys[-1]

    def added(self) -> SealKey:
        """Make a new key the current one; the file is replaced as a whole."""
        keys = self.keys
        key = SealKey(keys[-1].version + 1, os.urandom(LENGTH))
        self.write([*keys, key], replace=True)
        return key

    def write(self, keys: Sequence[SealKey], *, replace: bool = False) -> None:
        """Write the file and sync it. An existing one stays, unless `replace` is set."""
        part = f"{self.path}.{os.getpid()}.part"
        lines = [f"{key.version} {key.id} {key.secret.hex()}\n" for key in keys]
        text = f"{_HEAD}\n{''.join(lines)}"
        try:
            file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            try:
                os.write(file, text.encode())
                # To the owner of the file before. There may be none, and only root may do so.
                with suppress(OSError):
                    state = os.stat(self.path)
                    os.fchown(file, state.st_uid, state.st_gid)
                os.fsync(file)
            finally:
                os.close(file)
            _name(part, self.path, replace=replace)
        except OSError as error:
            raise Broken(
                f"The key of the sealed fields, {self.path}, cannot be written: {error.strerror}."
            ) from error
        finally:
            with suppress(OSError):
                os.unlink(part)
        self._seen = None


def path_of(office: str, setting: str) -> str:
    """Return the path of an office's keys: OFFICEOPS_SEAL, the setting, or beside its file."""
    given = os.environ.get("OFFICEOPS_SEAL") or setting
    return os.path.abspath(os.path.expanduser(given)) if given else f"{office}.seal"


def read(path: str) -> tuple[SealKey, ...]:
    """Return the keys in a file. Raises Broken, naming the line, for a damaged file."""
    try:
        # Non-blocking: a pipe in its place must not keep the office waiting.
        with open(os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK), "rb") as file:
            lines = file.read(_LARGEST).decode("ascii", "replace").splitlines()
    except OSError as error:
        raise Broken(
            f"The key of the sealed fields cannot be read. {system_refusal(error)}"
        ) from error
    keys: list[SealKey] = []
    for number, line in enumerate(lines[1:], 2):
        key = _key(line)
        former = keys[-1].version if keys else 0
        if key is None or key.version <= former:
            # Without the line itself, which may be most of a key.
            raise Broken(
                f"{path} is damaged at line {number}. Restore the right file from its copy, or "
                "move it away and type its recovery sheet in with `officeops seal recover`."
            )
        keys.append(key)
    if not keys or lines[0] != _HEAD:
        raise Broken(f"{path} holds no key of sealed fields. Restore the right file from its copy.")
    return tuple(keys)


def _key(line: str) -> SealKey | None:
    """Return the key of a line, `VERSION ID SECRET`; None for any other line."""
    version, _, rest = line.partition(" ")
    key_id, _, secret = rest.partition(" ")
    try:
        key = SealKey(int(version), bytes.fromhex(secret))
    except ValueError:
        return None
    return key if len(key.secret) == LENGTH and key.id == key_id else None


def _name(part: str, path: str, *, replace: bool) -> None:
    """Give a complete file its name, and sync the folder."""
    if replace:
        os.replace(part, path)
    else:
        # Two processes may make the first key at once. The one that comes first wins, and a link,
        # unlike a rename, does not replace its file.
        with suppress(FileExistsError):
            os.link(part, path)
    folder = os.open(os.path.dirname(os.path.abspath(path)), os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
