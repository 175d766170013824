"""Fate: what one run has committed so far.

Every last sentence about a write comes from here, never from a guess.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

#: How many actions are named by their numbers; of more, the first and the last are.
NAMED: Final = 5


class Fate:
    """The commits of a run, in order. One is shared by all the files that a run opens."""

    __slots__ = ("_repeats", "actions", "aside", "beside")

    def __init__(self) -> None:
        #: The numbers of the actions that were committed; `officeops history` shows them.
        self.actions: list[int] = []
        #: A sentence for each thing written that is no action: a restored file, settings.
        self.beside: list[str] = []
        #: A sentence for each thing written that nobody asked for: an upgrade of the tables.
        self.aside: list[str] = []
        self._repeats = 0

    def clear(self) -> None:
        """Begin with another command."""
        self.actions.clear()
        self.beside.clear()
        self.aside.clear()
        self._repeats = 0

    def saved(self, action: int) -> None:
        """Take note that an action was committed."""
        self.actions.append(action)

    def wrote(self, sentence: str) -> None:
        """Take note of something else that the command was asked for and that stays."""
        _once(self.beside, sentence)

    def upgraded(self, sentence: str) -> None:
        """Note a write on the way, before the command's own work began."""
        _once(self.aside, sentence)

    def repeated(self) -> None:
        """Note that an earlier request with the same id had written this already."""
        self._repeats += 1

    @property
    def written(self) -> bool:
        """Whether the command, or the first of its repeats, wrote anything."""
        return bool(self.actions or self.beside or self._repeats)

    def corrected(self, sentence: str) -> str:
        """Return a refusal's sentence, without "Nothing was written" if something was."""
        return sentence.removesuffix("Nothing was written.").rstrip() if self.written else sentence

    @property
    def sentence(self) -> str:
        """The written changes, as one or more sentences."""
        if self._repeats and not (self.actions or self.beside):
            return "It was saved before, under this request id."
        done = [*self.beside, *([_numbers(self.actions)] if self.actions else [])]
        if done:
            return " ".join(done)
        return " ".join(
            [*self.aside, "Nothing else was written." if self.aside else "Nothing was written."]
        )


def _once(sentences: list[str], sentence: str) -> None:
    if sentence not in sentences:
        sentences.append(sentence)


def _numbers(actions: Sequence[int]) -> str:
    if len(actions) == 1:
        return f"It was saved as action {actions[0]}."
    if len(actions) > NAMED:
        return f"{len(actions)} actions were saved, from {actions[0]} to {actions[-1]}."
    named = ", ".join(map(str, actions[:-1]))
    return f"Actions {named} and {actions[-1]} were saved."
