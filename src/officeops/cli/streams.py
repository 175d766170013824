"""The standard streams of a command: there in any case, with failed writes known at the end.

A stream may be closed, its disk full, its reader gone. None of that stops a command in the middle:
its writes to the office are done whole, and the exit code tells whether the answer arrived.
"""

from __future__ import annotations

import codecs
import io
import os
import sys
from typing import TYPE_CHECKING, Final, TextIO, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")
#: The names of the standard streams, by their descriptors.
_NAMES: Final = ("stdin", "stdout", "stderr")
_OUT: Final = 1


class Sink(io.FileIO):
    """Standard output or error, which never raises: after a failed write, the rest is dropped."""

    def __init__(self, descriptor: int, *, closed: bool) -> None:
        super().__init__(descriptor, "wb", closefd=False)
        #: Why something could not be written; blank while everything was.
        self.lost = ""
        #: Whether the reader left. That is its own choice, and no failure.
        self.unread = False
        #: Whether there was no such stream when the process began.
        self.was_closed = closed

    def write(self, data: bytes | memoryview, /) -> int:  # type: ignore[override] # typeshed's Buffer has no name before 3.12
        """Write bytes, or drop them; either way all of them count as written."""
        if self.was_closed:
            self.lost = self.lost or "it is closed"
        while not (self.lost or self.unread):
            try:
                written = super().write(data)
            except BrokenPipeError:
                self.unread = True
            except OSError as error:
                self.lost = error.strerror or str(error)
            else:
                if written is not None:
                    return written
                # None: the descriptor does not block, and takes nothing at the moment.
                _wait(self.fileno())
        return memoryview(data).nbytes


def _wait(descriptor: int) -> None:
    """Wait until a descriptor takes more; another program may have left it in non-blocking mode."""
    import select

    select.select((), (descriptor,), ())


class _Known:
    """The sink of this process; None where the streams belong to someone else, as in a test."""

    out: Sink | None = None


def secure() -> None:
    """Replace Python's streams with streams that never raise; once, at the start of a process.

    A closed descriptor is opened onto nothing first. Otherwise the next file to be opened, which
    may be the office's, would get the number of standard output, and be printed into.
    """
    given: list[TextIO | None] = [getattr(sys, name) for name in _NAMES]
    for descriptor, stream in enumerate(given):
        if stream is None:
            _occupy(descriptor)
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - it is open as long as the process
    codecs.register_error("officeops", _unwritable)
    _Known.out = Sink(1, closed=given[1] is None)
    sys.stdout = _text(_Known.out, given[1], "officeops")
    sys.stderr = _text(Sink(2, closed=given[2] is None), given[2], "backslashreplace")


def _occupy(descriptor: int) -> None:
    """Open a descriptor onto nothing, where it is still free."""
    try:
        os.fstat(descriptor)
    except OSError:
        opened = os.open(os.devnull, os.O_RDWR)
        if opened != descriptor:
            os.dup2(opened, descriptor)
            os.close(opened)


def _text(
    sink: Sink,
    given: TextIO | None,
    errors: str,
) -> io.TextIOWrapper:
    """Return a text stream onto a sink that encodes and buffers like the stream Python opened."""
    like = given if isinstance(given, io.TextIOWrapper) else None
    return io.TextIOWrapper(
        io.BufferedWriter(sink),  # type: ignore[type-var] # typeshed wants the ReadableBuffer that 3.11 has no name for
        encoding=like.encoding if like else "utf-8",
        errors=errors,
        newline="\n",
        line_buffering=like.line_buffering if like else False,
        write_through=like.write_through if like else False,
    )


def _unwritable(error: UnicodeError) -> tuple[str, int]:
    """Note text that standard output cannot encode; the rest of the answer is dropped.

    Raises the error for lone surrogates, which no encoding has: such a word of the command line
    was not UTF-8, and `officeops.cli.ending` says so.
    """
    if not isinstance(error, UnicodeEncodeError) or _Known.out is None:
        raise error
    text = error.object[error.start : error.end]
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise error
    cure = "set LANG to a UTF-8 one, such as C.UTF-8"
    _Known.out.lost = _Known.out.lost or f"it cannot hold {text!a} in {error.encoding}; {cure}"
    return "?", error.end


def part() -> None:
    """Give the answer a descriptor of its own, and point standard output at stderr for plugins.

    So whatever a plugin's code, or a program it starts, prints does not get into the answer.
    """
    if _Known.out is None or sys.stdout.fileno() != _OUT:
        return
    from officeops.plugins.printed_output import part as parted

    given = sys.stdout
    given.flush()
    before = _Known.out
    after = Sink(parted(), closed=before.was_closed)
    after.lost, after.unread = before.lost, before.unread
    _Known.out = after
    # Also `__stdout__`: shutil asks that one for the width of the terminal.
    sys.stdout = sys.__stdout__ = _text(after, given, "officeops")  # type: ignore[misc] # final to the type checker


def flush() -> None:
    """Write out the text that is still buffered."""
    sys.stdout.flush()


def lost() -> str:
    """Return why a part of the answer was not written; blank for none, or if the reader left."""
    return _Known.out.lost if _Known.out else ""


def delivered() -> bool:
    """Write out the buffered text, and return whether the reader took all of the answer."""
    flush()
    return not _is_failing()


def _is_failing() -> bool:
    return _Known.out is not None and bool(_Known.out.lost or _Known.out.unread)


def while_written(rows: Iterable[T]) -> Iterator[T]:
    """Yield rows to print until a write fails: nobody waits for a million rows that go nowhere."""
    for row in rows:
        if _is_failing():
            return
        yield row
