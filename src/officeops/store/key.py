"""The key of the history: 32 random bytes in a file of their own, by default beside the office's.

A person who can read it can forge the history. Without it nobody can verify the entries written
with it, but the office works on: the next write makes a new key.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from officeops.model.errors import Broken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.store.digests import Digests

LENGTH = 32


class Key:
    """One key, and the short name by which the actions it sealed call it."""

    __slots__ = ("digests", "id", "secret")

    def __init__(self, secret: bytes) -> None:
        from officeops.store.hashing import blake2b

        self.secret = secret
        #: Makes digests with it, once anything has (`chain.digests_of`): to make this for each seal
        #: would take a quarter of its time.
        self.digests: Digests | None = None
        self.id: str = blake2b(secret, digest_size=8, person=b"officeops key").hexdigest()


class Keys:
    """The keys of one office: the one in use at `path`, and former ones kept as `path.ID`."""

    def __init__(self, path: str) -> None:
        self.path = path
        #: Further folders where a key may be: those of the links by which the office was opened.
        self.also: tuple[str, ...] = ()
        self._current: Key | None = None

    def to_write(self, last: str | None) -> Key:
        """Return the key in use.

        Made where there is none. `last` is the one of the action before this.

        Another key than the last action's is read again: another session may have had to make a new
        one.
        """
        if self._current is None or (last is not None and self._current.id != last):
            self._current = self._read(self.path) or self._made()
        return self._current

    def find(self, id: str) -> Key | None:  # noqa: A002 - the key's own word
        """Return the key of that name, in use or a former one, or None where it is lost.

        Makes none.
        """
        for path in (self.path, f"{self.path}.{id}"):
            # What an altered history names is looked for as a file only where it can be the name of
            # a key.
            if path != self.path and not id.isalnum():
                continue
            key = self._read(path)
            if key and key.id == id:
                return key
        return None

    def astray(self, id: str) -> str:  # noqa: A002 - the key's own word
        """Return the file of the key of that name, where it is beside the key in use; else blank.

        It may have the name of a link to the office, of another copy of it, or one given by hand.
        """
        folder = os.path.dirname(os.path.abspath(self.path))
        for place in dict.fromkeys((folder, *self.also)):
            names = sorted(os.listdir(place)) if os.path.isdir(place) else []
            for name in names:
                path = os.path.join(place, name)
                # Nothing but a key has its length, and the office itself is never opened here.
                if ".key" in name and os.path.isfile(path) and os.path.getsize(path) == LENGTH:
                    with suppress(Broken):
                        key = self._read(path)
                        if key and key.id == id:
                            return path
        return ""

    def in_use(self) -> str:
        """Return the name of the key in use; blank where there is none, or none that can be read.

        Makes none.
        """
        try:
            key = self._read(self.path)
        except Broken:
            return ""
        return key.id if key else ""

    def unreadable(self) -> Iterator[str]:
        """Yield a sentence for each file of a key that is no key, or not the key of its name."""
        folder, base = os.path.split(os.path.abspath(self.path))
        names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
        for name in [base, *(file for file in names if file.startswith(f"{base}."))]:
            try:
                key = self._read(os.path.join(folder, name))
            except Broken as error:
                yield str(error)
            else:
                if key and name not in {base, f"{base}.{key.id}"}:
                    ending = name.removeprefix(base)
                    yield (
                        f"{self.path}{ending} is the key {key.id}, and is looked for as "
                        f"{self.path}.{key.id}. Rename it."
                    )

    def _made(self) -> Key:
        """Make a new key, on the disk for good before anything is sealed with it.

        Raises Broken where that cannot be.
        """
        secret = os.urandom(LENGTH)
        try:
            file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            try:
                os.write(file, secret)
                os.fsync(file)
            finally:
                os.close(file)
            folder = os.open(os.path.dirname(self.path) or ".", os.O_RDONLY | os.O_CLOEXEC)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as error:
            raise Broken(
                f"A key of the history cannot be made at {self.path}: {error.strerror}. Without one "
                "nothing is saved; let this login write there, or name another place (OFFICEOPS_KEY, "
                "or history_key in officeops.toml)."
            ) from error
        return Key(secret)

    @staticmethod
    def _read(path: str) -> Key | None:
        """Return the key in a file, or None where there is no file.

        Raises Broken where it cannot be one.
        """
        try:
            file = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
            try:
                secret = os.read(file, LENGTH + 1)
            finally:
                os.close(file)
        except FileNotFoundError:
            return None
        except PermissionError as error:
            from officeops.store.ownership import to_owner

            raise Broken(
                f"The key of the history, {path}, may not be read by this login. As root: "
                f"{to_owner(path.partition('.key')[0], [path])}"
            ) from error
        except OSError as error:
            raise Broken(
                f"The key of the history, {path}, cannot be read: {error.strerror}. Put the right one "
                "there from its copy, or let its owner make it readable."
            ) from error
        if len(secret) != LENGTH:
            raise Broken(
                f"{path} is not a key of the history: a key has {LENGTH} bytes. Put the right one "
                "there from its copy, or move the file away, and the next write makes a new one."
            )
        return Key(secret)
