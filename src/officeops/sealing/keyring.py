"""Ring: the keys of the sealed fields, in a file of their own beside the office's, unless told otherwise.

The last is in use. Former ones stay: the history holds values that were sealed with them. Who has this file and the
office's can read every sealed value; who has lost it can read none, and its recovery sheet alone brings it back.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from officeops.model.errors import Broken, OfficeError
from officeops.model.immutable import Value

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
        """What a value sealed with it begins with."""
        return f"v{self.version}.{self.id}"

    def derived(self, purpose: bytes) -> bytes:
        """Return a key made from it for one purpose alone: sealing, or the index."""
        from officeops.store.hashing import blake2b

        return blake2b(
            purpose, key=self.secret, digest_size=LENGTH, person=b"officeops seal"
        ).digest()

    def __repr__(self) -> str:
        return f"<key {self.mark}>"


class Ring:
    """The keys in one file, read again whenever the file has become another."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._keys: tuple[SealKey, ...] = ()
        self._seen: tuple[int, ...] | None = None

    @property
    def keys(self) -> tuple[SealKey, ...]:
        """The keys, the one in use last; none where there is no file. Raises Broken for a file that cannot be one."""
        try:
            there = os.stat(self.path)
        except OSError:
            self._keys, self._seen = (), None
            if os.path.lexists(self.path):
                raise Broken(
                    f"The key of the sealed fields, {self.path}, cannot be reached."
                ) from None
            return ()
        # Another session may have changed keys since; the file is then another one.
        seen = (there.st_ino, there.st_mtime_ns, there.st_size)
        if seen != self._seen:
            self._keys, self._seen = read(self.path), seen
        return self._keys

    def made(self) -> SealKey:
        """Make the first key, on the disk for good before anything is sealed with it."""
        self.write([SealKey(1, os.urandom(LENGTH))])
        return self.keys[-1]

    def added(self) -> SealKey:
        """Make a new key and put it in use; the file is replaced whole."""
        keys = self.keys
        key = SealKey(keys[-1].version + 1, os.urandom(LENGTH))
        self.write([*keys, key], replace=True)
        return key

    def write(self, keys: Sequence[SealKey], *, replace: bool = False) -> None:
        """Write the file, whole and down to the disk. One that is there stays, unless it is to be replaced."""
        part = f"{self.path}.{os.getpid()}.part"
        text = "".join(f"{each.version} {each.id} {each.secret.hex()}\n" for each in keys)
        try:
            file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            try:
                os.write(file, f"{_HEAD}\n{text}".encode())
                with suppress(OSError):  # there is none yet, or it is another's to give away
                    there = os.stat(self.path)
                    os.fchown(file, there.st_uid, there.st_gid)
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
    """Return where the keys of an office lie: OFFICEOPS_SEAL, the setting, or beside its file."""
    said = os.environ.get("OFFICEOPS_SEAL") or setting
    return os.path.abspath(os.path.expanduser(said)) if said else f"{office}.seal"


def read(path: str) -> tuple[SealKey, ...]:
    """Return the keys in a file. Raises Broken, naming the line, for what cannot be one."""
    try:
        with open(os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK), "rb") as file:
            lines = file.read(_LARGEST).decode("ascii", "replace").splitlines()
    except OSError as error:
        raise Broken(
            f"The key of the sealed fields, {path}, cannot be read: {error.strerror}. Let its owner make it readable."
        ) from error
    keys: list[SealKey] = []
    for number, line in enumerate(lines[1:], 2):
        version, _, rest = line.partition(" ")
        key_id, _, secret = rest.partition(" ")
        try:
            key = SealKey(int(version), bytes.fromhex(secret))
        except ValueError:
            key = SealKey(0, b"")
        if (
            len(key.secret) != LENGTH
            or key.id != key_id
            or key.version <= (keys[-1].version if keys else 0)
        ):
            # What stands there is not said: it may be most of a key.
            raise Broken(
                f"{path} is damaged at line {number}. Put the right file there from its copy, or move it away and type "
                "its recovery sheet in with `officeops seal recover`."
            )
        keys.append(key)
    if not keys or lines[0] != _HEAD:
        raise Broken(
            f"{path} holds no key of sealed fields. Put the right file there from its copy."
        )
    return tuple(keys)


def _name(part: str, path: str, *, replace: bool) -> None:
    """Give a whole file its name, down to the disk. Of two who make the first key at once, the first one's stays."""
    if replace:
        os.replace(part, path)
    else:
        with suppress(FileExistsError):
            os.link(part, path)
    folder = os.open(os.path.dirname(os.path.abspath(path)), os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
