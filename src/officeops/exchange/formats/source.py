"""Source: the bytes of one file, held open so that they can be read again and again."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from typing import IO, TYPE_CHECKING, BinaryIO

from officeops.exchange.formats.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHUNK = 1 << 20
SPOOL_LIMIT = 1 << 30  # standard input has no end of its own; the disk has

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class Source:
    """One file held open. Each reader of it starts at the first byte and keeps its own place.

    The file is opened once, so a file renamed over it in the meantime is not read by halves; one
    that is written to in place is noticed, and refused, by the next reader. `digest` is the
    SHA-256 of the bytes as hex, known after `hashed` has run to its end.
    """

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file = file
        self._stamp = self._stamped()
        self.name = name
        self.size = self._stamp[0]
        self.digest = ""

    def _stamped(self) -> tuple[int, int]:
        found = os.fstat(self._file.fileno())
        return found.st_size, found.st_mtime_ns

    def check(self) -> None:
        """Raise `Unreadable` if the file was written to since it was opened."""
        if self._stamped() != self._stamp:
            raise Unreadable(
                f"{self.name} was changed by another program while it was being read. Start again."
            )

    def reader(self) -> io.BufferedReader:
        """A new reader of the bytes."""
        self.check()
        return io.BufferedReader(_Window(self._file), 1 << 16)

    def text(self, codec: str, errors: str = "strict") -> io.TextIOWrapper:
        """A new reader of the characters, with the file's line ends and no byte order mark."""
        text = io.TextIOWrapper(self.reader(), encoding=codec, errors=errors, newline="")
        if text.read(1) != "\ufeff":
            text.seek(0)
        return text

    def head(self, size: int) -> bytes:
        """The first `size` bytes, or all there are."""
        with self.reader() as file:
            return file.read(size)

    def hashed(self) -> Iterator[bytes]:
        """All the bytes in pieces; afterwards `digest` is known."""
        digest = hashlib.sha256()
        with self.reader() as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                yield chunk
        self.digest = digest.hexdigest()

    def close(self) -> None:
        """Let go of the file. A spooled copy of standard input is gone with it."""
        self._file.close()


def from_path(path: Path, name: str = "") -> Source:
    """Open a regular file. Anything else at that path is an `Unreadable`."""
    name = name or str(path)
    try:
        _refuse_special(path.stat().st_mode, name)
        # Should a pipe take the file's place in this very moment, opening it must not wait for a
        # writer.
        file = open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb", buffering=0)  # noqa: SIM115 - Source closes it
    except FileNotFoundError:
        raise Unreadable(f"There is no file {name}. Check the spelling and the folder.") from None
    except PermissionError:
        raise Unreadable(
            f"You may not read {name}. Ask its owner, or copy it to a folder of yours."
        ) from None
    except (OSError, ValueError) as error:
        raise Unreadable(f"{name} could not be opened: {_reason(error)}.") from None
    try:
        _refuse_special(os.fstat(file.fileno()).st_mode, name)
    except Unreadable:
        file.close()
        raise
    return Source(file, name)


def from_stream(stream: BinaryIO, name: str = "") -> Source:
    """Copy a stream that can be read once into a nameless file that this process alone can open."""
    import tempfile

    name = name or "standard input"
    spool = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - Source closes it
    try:
        _copy(stream, spool, name)
    except BaseException:
        spool.close()
        raise
    return Source(spool, name)


def _copy(
    stream: BinaryIO,
    spool: IO[bytes],
    name: str,
) -> None:
    size = 0
    try:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > SPOOL_LIMIT:
                raise Unreadable(
                    f"{name} is longer than {SPOOL_LIMIT >> 20} MiB. "
                    "Save it as a file and read that."
                )
            spool.write(chunk)
    except OSError as error:
        raise Unreadable(
            f"{name} could not be kept in a temporary file: {_reason(error)}."
        ) from None


def _refuse_special(mode: int, name: str) -> None:
    if not stat.S_ISREG(mode):
        kind = next((word for test, word in _KINDS if test(mode)), "not a regular file")
        raise Unreadable(f"{name} is {kind}. Name a file, or use - for standard input.")


def _reason(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)


class _Window(io.RawIOBase):
    """A reader with a place of its own in a file that others read too."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._file.fileno()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # typeshed's Buffer has no name before 3.12
        count = os.preadv(self._file.fileno(), [buffer], self._at)
        self._at += count
        return count

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = (0, self._at, os.fstat(self._file.fileno()).st_size)[whence]
        self._at = start + offset
        return self._at
