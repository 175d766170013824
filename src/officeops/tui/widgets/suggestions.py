"""Suggestions: the candidates offered under a field, and which of them is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.tui.terminal.cells import cut, pad, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence


class Suggestions:
    """A short list of words, each with more words about it. At first none is chosen."""

    def __init__(self) -> None:
        self._offered: list[tuple[str, str]] = []
        self._chosen = -1

    @property
    def is_open(self) -> bool:
        """Whether any are offered."""
        return bool(self._offered)

    @property
    def chosen(self) -> int:
        """The place of the chosen one; -1 for none."""
        return self._chosen

    def offer(self, candidates: Sequence[tuple[str, str]]) -> None:
        """Offer other candidates; none of them closes the list."""
        self._offered = list(candidates)
        self._chosen = -1

    def step(self, by: int) -> str:
        """Choose the next or previous word and return it."""
        # Up from the field goes to the last one, as if the list were a ring.
        if self._chosen < 0 and by < 0:
            self._chosen = len(self._offered) - 1
        else:
            self._chosen = (self._chosen + by) % len(self._offered)
        return self._offered[self._chosen][0]

    def only(self) -> str | None:
        """Return the word if just one is offered and it is not chosen yet."""
        if len(self._offered) == 1 and self._chosen < 0:
            return self._offered[0][0]
        return None

    def text(self, width: int) -> str:
        """Return the list as lines of at most `width` cells."""
        longest = max((width_of(word) for word, _ in self._offered), default=0)
        lines = []
        for place, (word, more) in enumerate(self._offered):
            mark = ">" if place == self._chosen else " "
            line = f"{mark} {pad(word, longest)}  {more}".rstrip()
            lines.append(cut(line, width))
        return "\n".join(lines)
