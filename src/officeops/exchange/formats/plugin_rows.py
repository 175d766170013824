"""PluginRows: the rows that a plugin's code reads from a file; its faults are named as that plugin's."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

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

    def read(self, *given: object) -> Iterator[tuple[int, Any]]:
        """Yield the rows. Raises PluginFault and TimeUp, and the Unreadable that the code raises."""
        with Blame(self._plugin, self._place), self._limit():
            answers = named(self._target)(*given)
        for answer in each_of(self._plugin, self._place, answers, self._limit):
            with Blame(self._plugin, self._place):
                self._check(answer)
            yield answer

    def _check(self, answer: Any) -> None:  # noqa: ANN401 - any answer of a plugin
        """Raise TypeError for an answer that is no number of a line with a good row."""
        is_pair = isinstance(answer, tuple) and len(answer) == 2
        line, row = answer if is_pair else (None, None)
        if not isinstance(line, int):
            raise TypeError("it yields a line's number and a row, as a pair")
        wrong = self._misfit(row)
        if wrong:
            raise TypeError(f"the row of line {line:,} {wrong}")
