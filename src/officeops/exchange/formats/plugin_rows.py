"""PluginRows: the rows that a plugin's code reads from a file; its faults are named as that plugin's."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

from officeops.exchange.formats.unreadable import Unreadable
from officeops.model.declarations import named
from officeops.plugins.blame import Blame, each_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops.office.office import Office

    #: Returns what a row has to be, for one that is none; blank for a good one.
    Misfit = Callable[[Any], str]


class PluginRows:
    """A function of a plugin that yields a line's number and a row, again and again.

    `target` is its `module:function`, `place` is what messages call it, and `misfit` judges a row.
    """

    def __init__(
        self,
        office: Office,
        plugin: str,
        place: str,
        target: str,
        misfit: Misfit,
    ) -> None:
        self._plugin, self._place = plugin, place
        self._target, self._misfit = target, misfit
        self._limit = partial(office.plugins.time_of, plugin, office, place)

    def read(
        self,
        stream: BinaryIO,
        name: str,
        *more: object,
    ) -> Iterator[tuple[int, Any]]:
        """Yield the rows of a file. `more` is what the function takes beside the stream and the name.

        Raises PluginFault and TimeUp, and Unreadable where the code does.
        """
        with Blame(self._plugin, self._place), self._limit():
            answers = named(self._target)(stream, name, *more)
        try:
            for answer in each_of(self._plugin, self._place, answers, self._limit):
                with Blame(self._plugin, self._place):
                    self._check(answer)
                yield answer
        except Unreadable as error:
            raise _placed(error, name) from error

    def _check(self, answer: Any) -> None:  # noqa: ANN401 - any answer of a plugin
        """Raise TypeError for an answer that is no number of a line with a good row."""
        is_pair = isinstance(answer, tuple) and len(answer) == 2
        line, row = answer if is_pair else (None, None)
        if not isinstance(line, int):
            raise TypeError("it yields a line's number and a row, as a pair")
        wrong = self._misfit(row)
        if wrong:
            raise TypeError(f"the row of line {line:,} {wrong}")


def _placed(error: Unreadable, name: str) -> Unreadable:
    """Return a refusal whose sentence names its file and line, where the code gave the line alone."""
    if error.line is None or name in error.message:
        return error
    return Unreadable(f"{name}, line {error.line:,}: {error.message}", error.line)
