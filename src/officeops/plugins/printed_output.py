"""Printed output of plugin code goes to stderr: stdout is the answer, and JSON must stay JSON.

That holds for `print`. In a command with plugins that did not ship with officeops it also holds for
child processes and for writes to the descriptor: descriptor 1 is stderr then, and the answer has a
descriptor of its own. The streams that such code is given are lent: it may close them, and
officeops goes on writing.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from typing import TextIO

_OUT, _ERR = 1, 2


class Lent:
    """A stream as plugin code is given it: closing or detaching it does nothing to the real one."""

    __slots__ = ("__weakref__", "_stream")

    def __init__(self, stream: Any) -> None:  # noqa: ANN401 - a stream
        self._stream = stream

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the stream's own attribute
        # `sys.stdout.buffer.close()` would close the real one as well.
        value = getattr(self._stream, name)
        return Lent(value) if name in {"buffer", "raw"} else value

    def close(self) -> None:
        """Flush the stream; it stays open."""
        self._stream.flush()

    def detach(self) -> Lent:
        """Return the bytes behind the stream, lent as well."""
        self._stream.flush()
        return Lent(getattr(self._stream, "buffer", None) or self._stream.raw)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Any:  # noqa: ANN401 - as the stream has it
        return iter(self._stream)


class _Descriptor:
    """The state of descriptor 1. There is one, because the descriptor is the process's."""

    #: Where the answer goes once descriptor 1 is stderr for plugin code; -1 while both are one.
    answer = -1
    #: Whether descriptor 1 is the answer's all the same, for a command of a plugin.
    is_answer = False


_descriptor = _Descriptor()


def part() -> int:
    """Make descriptor 1 stderr, once, before plugin code runs; return the answer's descriptor."""
    if _descriptor.answer < 0:
        _descriptor.answer = os.dup(_OUT)
        os.dup2(_ERR, _OUT)
    return _descriptor.answer


class Own:
    """A context in which descriptor 1 is the answer's, for children of a plugin's command."""

    __slots__ = ("_was",)

    def __enter__(self) -> None:
        self._was = _descriptor.is_answer
        _turn(is_answer=True)

    def __exit__(self, *_: object) -> None:
        _turn(is_answer=self._was)


class Aside:
    """A context in which `print` and child processes write to stderr.

    In the terminal interface both streams are captured anyway.
    """

    __slots__ = ("_errors", "_turned", "_was")
    _was: TextIO
    _errors: TextIO

    def __enter__(self) -> None:
        self._was, self._errors = sys.stdout, sys.stderr
        sys.stdout = sys.stderr = lent(sys.stderr)
        self._turned = _descriptor.is_answer
        if self._turned:
            _turn(is_answer=False)

    def __exit__(self, *_: object) -> None:
        sys.stdout, sys.stderr = self._was, self._errors
        if self._turned:
            _turn(is_answer=True)


def lent(stream: TextIO) -> Any:  # noqa: ANN401 - a stand-in for a text stream
    """Return a stream to hand to plugin code."""
    return stream if isinstance(stream, Lent) else Lent(stream)


def _turn(*, is_answer: bool) -> None:
    if _descriptor.answer >= 0 and is_answer != _descriptor.is_answer:
        os.dup2(_descriptor.answer if is_answer else _ERR, _OUT)
        _descriptor.is_answer = is_answer
