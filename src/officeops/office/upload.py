"""Upload: a file on its way into the office, read and measured before anybody waits for it."""

from __future__ import annotations

import io
import os
import stat
import tempfile
from typing import TYPE_CHECKING, BinaryIO, Final

from officeops.model.errors import Refused
from officeops.values.file_types import LOOKED_AT, file_type, safe_name
from officeops.values.text import safe

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self, TypeAlias

    #: A path, the bytes themselves, or a stream that is read to its end.
    Source: TypeAlias = "str | os.PathLike[str] | bytes | BinaryIO"

#: Bytes that are read at once.
_PIECE: Final = 1 << 20


class Upload:
    """A file that is about to be attached. Close it, or use it in a `with`.

    `largest` is the most bytes. A stream is kept in a temporary file that has no name, so that no
    end of the program leaves it behind. Raises Refused for a file that cannot be read, is no plain
    file, has no bytes or too many.
    """

    def __init__(
        self,
        source: Source,
        name: str,
        largest: int,
    ) -> None:
        self._largest = largest
        given = name or (os.fspath(source) if isinstance(source, str | os.PathLike) else "")
        #: The file in a refusal: by the name that the person gave.
        self._said = safe(os.path.basename(given)) or "The file"
        self._file = _opened(source)
        try:
            self._file, self.size, self.sha256, beginning = self._measured()
        except BaseException:
            self._file.close()
            raise
        if not self.size:
            self._file.close()
            raise Refused("it has no bytes in it", self._said, code="needed")
        self.type = file_type(beginning)
        self.name = safe_name(given, f"file.{self.type}")

    def _measured(self) -> tuple[BinaryIO, int, str, bytes]:
        """Read the file once: a file to read again, its size, its digest and its first bytes."""
        from hashlib import sha256

        # One pass over the file, however large it is: no more than a piece is in memory.
        digest = sha256()
        beginning, size = b"", 0
        spool = None if self._file.seekable() else _spool()
        while piece := self._file.read(_PIECE):
            size += len(piece)
            # Before the rest is read: a stream may have no end.
            if size > self._largest:
                self._refuse_size()
            beginning = beginning or piece[:LOOKED_AT]
            digest.update(piece)
            if spool is not None:
                spool.write(piece)
        return spool or self._file, size, digest.hexdigest(), beginning

    def _refuse_size(self) -> None:
        most = self._largest >> 20
        raise Refused(
            f"it has more than {most} MiB; `largest` under [attachments] in officeops.toml is the most",
            self._said,
            code="too-long",
            facts={"most": self._largest},
        )

    def content(self) -> bytes:
        """Read the bytes again. Raises Refused where they are others than were measured."""
        from hashlib import sha256

        self._file.seek(0)
        # One byte more tells a file that has grown.
        content = self._file.read(self.size + 1)
        if len(content) != self.size or sha256(content).hexdigest() != self.sha256:
            raise Refused(
                "it changed while it was read; try again", self._said, code="changed-since"
            )
        return content

    def close(self) -> None:
        """Close the file; a temporary one is gone."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _spool() -> BinaryIO:
    """Open a temporary file, which has no name and is its user's alone."""
    # In memory where the system can: a folder may give a file a name for a moment, and a process
    # that is killed then leaves it behind.
    if hasattr(os, "memfd_create"):
        return open(os.memfd_create("officeops"), "w+b")
    return tempfile.TemporaryFile()


def _opened(source: Source) -> BinaryIO:
    if isinstance(source, bytes):
        return io.BytesIO(source)
    if not isinstance(source, str | os.PathLike):
        return source
    path = os.fspath(source)
    try:
        # A pipe of that name must not make the office wait for a writer.
        number = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        is_plain = stat.S_ISREG(os.fstat(number).st_mode)
    except OSError as error:
        raise Refused(f"cannot be read: {error.strerror}", path, code="unreadable") from error
    if not is_plain:
        os.close(number)
        raise Refused("is no plain file; give - for standard input", path, code="unreadable")
    return open(number, "rb")
