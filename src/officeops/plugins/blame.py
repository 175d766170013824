"""Blame: an error inside a plugin's code names that plugin and the place, and never officeops.

Every entry into plugin code goes through here or through `HookAnswers`.
"""

from __future__ import annotations

import errno
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Final, TypeVar

from officeops.model.error_words import beginning_of, text_of
from officeops.model.errors import Already, OfficeError, PluginFault
from officeops.plugins.keeper import OverTime, puts_back
from officeops.plugins.printed_output import Aside
from officeops.plugins.time_limits import Limit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager
    from types import TracebackType

    from officeops.plugins.askable import Askable

T = TypeVar("T")

#: SQLite's results that are the fault of the machine or the person, and not of the code that ran
#: the statement.
_OF_THE_FILE: Final = frozenset(
    "SQLITE_ABORT SQLITE_AUTH SQLITE_BUSY SQLITE_CANTOPEN SQLITE_CORRUPT SQLITE_FULL "
    "SQLITE_INTERRUPT SQLITE_IOERR SQLITE_LOCKED SQLITE_NOMEM SQLITE_NOTADB SQLITE_PERM "
    "SQLITE_PROTOCOL SQLITE_READONLY".split()
)
#: The system's errors that are the fault of the disk or of the reader of a pipe.
_OF_THE_DISK: Final = frozenset({errno.EDQUOT, errno.EIO, errno.ENOSPC, errno.EPIPE, errno.EROFS})


class Blame:
    """A context in which a plugin's code runs: an unexpected error leaves it as a PluginFault.

    Refusals, stops, and faults of the disk or the file pass through unchanged. Code of the core
    (plugin `core`) is not blamed: its faults are officeops' own. Text that the code prints goes to
    stderr. `code` is the function whose answer is read in the context.
    """

    __slots__ = ("_aside", "_code", "_place", "_plugin")

    def __init__(
        self,
        plugin: str,
        place: str,
        code: object = None,
    ) -> None:
        self._plugin, self._place, self._code = plugin, place, code
        self._aside = Aside()

    def __enter__(self) -> None:
        self._aside.__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._aside.__exit__()
        if error is not None and self._plugin != "core" and is_a_fault(error):
            begins = beginning_of(self._code, self._plugin)
            raise PluginFault(self._plugin, self._place, error, begins=begins) from error


class Answering(Blame):
    """A context in which a plugin's code answers the office: it only reads, and has a time limit.

    For every piece of code that is asked and does not act: guards, `check`, `keep`, `unless`,
    doubts and names. Inside an action, too, such code only reads. Plugins that ship with officeops
    have no limit of their own. `what` ends the sentence "longer than the 2 s that it has …", `then`
    is the consequence. Raises OutsideAction for a write, TimeUp.
    """

    __slots__ = ("_before", "_db", "_limit")

    def __init__(
        self,
        office: Askable,
        plugin: str,
        place: str,
        *,
        what: str = "",
        then: str = "Nothing was written.",
    ) -> None:
        super().__init__(plugin, place)
        plugins, self._db = office.plugins, office.store.db
        self._limit: Limit | None = None
        if plugin not in plugins.own:
            self._limit = Limit(
                self._db,
                plugins.limits.guard,
                plugins.of_frame,
                otherwise=plugin,
                what=what or f"for {place}",
                then=then,
                kept=True,
            )

    def __enter__(self) -> None:
        self._before = self._db.begin_answer((self._plugin, self._place))
        self._aside.__enter__()
        if self._limit is not None:
            self._limit.__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._db.end_answer(self._before)
        try:
            if self._limit is not None:
                self._limit.__exit__(kind, error, trace)
        finally:
            super().__exit__(kind, error, trace)


puts_back(Blame.__exit__, Answering.__enter__, Answering.__exit__, Aside.__enter__, Aside.__exit__)


def is_a_fault(error: BaseException) -> bool:
    """Whether an error that left a plugin's code is the fault of that code."""
    import sqlite3  # only here: a plugin's root and its pure rules are read without it

    if isinstance(error, Already):
        return False
    if isinstance(error, OfficeError):
        # A refusal is for people to read; one whose `__str__` fails refuses nothing.
        return not text_of(error)
    if isinstance(error, sqlite3.Error):
        name = str(getattr(error, "sqlite_errorname", ""))
        return "_".join(name.split("_")[:2]) not in _OF_THE_FILE
    if isinstance(error, OSError):
        return error.errno not in _OF_THE_DISK
    # A plugin that exits is as broken as one that raises.
    return not is_a_stop(error)


def is_a_stop(error: BaseException) -> bool:
    """Whether an error stops code from outside, and is nobody's fault: Ctrl-C, a signal, a limit.

    Each of them can be raised by code, too: a stop is believed only where one was asked for. A
    generator of ours is never closed while it runs plugin code, so a GeneratorExit that leaves such
    code is that code's own.
    """
    if isinstance(error, (Exception, SystemExit, GeneratorExit)):
        return False
    if isinstance(error, OverTime):
        return True
    from officeops.store.interruption import was_asked

    return was_asked(error)


def each_of(
    plugin: str,
    place: str,
    answers: Iterable[T],
    limit: Callable[[], AbstractContextManager[object]] = nullcontext,
) -> Iterator[T]:
    """Yield the answers of a plugin's code. Its errors are blamed on it; those of the loop are not.

    `limit` makes the context that limits the time of one answer.
    """
    with Blame(plugin, place):
        source = iter(answers)
    while True:
        with Blame(plugin, place), limit():
            try:
                answer = next(source)
            except StopIteration:
                return
        yield answer


class Accountable:
    """A plugin's object behind a protocol: errors in its methods are blamed on that plugin.

    So is an answer of another type than the protocol declares.
    """

    def __init__(
        self,
        target: object,
        plugin: str,
        place: str,
        protocol: type,
        limit: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        self._target, self._plugin, self._place, self._limit = target, plugin, place, limit
        self._protocol = protocol

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the object's own attribute
        value = getattr(self._target, name)
        if not callable(value):
            return value
        place = f"{name}() of {self._place}"
        # Few commands ask such an object, and reading a type takes Python's own parser.
        from officeops.plugins.answer_types import answer_reader

        read = answer_reader(self._protocol, name)

        def call(*args: object, **named: object) -> object:
            with Blame(self._plugin, place, value), self._limit():
                answer = value(*args, **named)
                if read is not None:
                    answer = read(answer)
            if hasattr(answer, "__next__"):
                # A generator runs later, and may fail then.
                return each_of(self._plugin, place, answer, self._limit)
            return answer

        return call
