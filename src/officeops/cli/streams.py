"""The standard streams of a command: there in any case, and what could not be written is known at the end.

A stream may be closed, its disk full, its reader gone. No command stops in the middle for that: what it writes to the
office is done whole, and the exit code tells whether the answer arrived.
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
    """Standard output or error, which never raises: once something could not be written, the rest is thrown away."""

    def __init__(self, descriptor: int, *, closed: bool) -> None:
        super().__init__(descriptor, "wb", closefd=False)
        #: Why something could not be written; blank while everything was.
        self.lost = ""
        #: Whether the reader left. That is its own choice, and no failure.
        self.unread = False
        #: Whether there was no such stream when the process began.
        self.was_closed = closed

    def write(self, data: bytes | memoryview, /) -> int:  # type: ignore[override] # typeshed's Buffer has no name before 3.12
        """Write bytes, or throw them away."""
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
                _wait(self.fileno())
        return memoryview(data).nbytes


def _wait(descriptor: int) -> None:
    """Wait until a descriptor that does not block by itself, as another program left it, takes more."""
    import select

    select.select((), (descriptor,), ())


class _Known:
    """The sinks of this process; None where the streams are somebody else's, as in a test."""

    out: Sink | None = None


def secure() -> None:
    """Put streams that are always there in place of Python's; once, at the start of a process.

    A descriptor that was closed is opened onto nothing first, lest the office's file be opened as standard output.
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


def _text(sink: Sink, given: TextIO | None, errors: str) -> io.TextIOWrapper:
    """Return a text stream onto a sink that encodes and buffers as the one Python had opened."""
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
    """Take note of text that the encoding of standard output does not have; none of the answer after it is written.

    Raises the error for text that no encoding has: it was no text already when it came in.
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
    """Give the answer a descriptor of its own, and make standard output stderr for code and children of plugins."""
    if _Known.out is None or sys.stdout.fileno() != _OUT:
        return
    from officeops.plugins.printed_output import part as parted

    given = sys.stdout
    given.flush()
    before, _Known.out = _Known.out, Sink(parted(), closed=_Known.out.was_closed)
    _Known.out.lost, _Known.out.unread = before.lost, before.unread
    # What asks for the width of the terminal asks this one.
    sys.stdout = sys.__stdout__ = _text(_Known.out, given, "officeops")  # type: ignore[misc] # final to the type checker


def flush() -> None:
    """Write out what is still kept back."""
    sys.stdout.flush()


def lost() -> str:
    """Return why some of the answer could not be written to standard output; blank where all was, or nobody read it."""
    return _Known.out.lost if _Known.out else ""


def delivered() -> bool:
    """Write out what is kept back, and return whether all of the answer was taken by whatever is behind standard output."""
    flush()
    return _Known.out is None or not (_Known.out.lost or _Known.out.unread)


def heeded(rows: Iterable[T]) -> Iterator[T]:
    """Yield rows to print for as long as they can be written: nobody waits for a million that go nowhere."""
    for row in rows:
        if _Known.out is not None and (_Known.out.lost or _Known.out.unread):
            return
        yield row
