"""ActMenu: everything that can be done here, by name, with why something cannot be done now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.tui.terminal.keys import Key


class ActMenu:
    """The keys of a screen by their words: those that can act first, each with its letter."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._keys: dict[str, Key] = {}
        self._words: dict[str, str] = {}
        refused: dict[str, str] = {}
        # The reasons are asked for once: a plugin's answer must not cost every letter typed.
        for key in keys:
            if not key.word:
                continue
            self._keys[key.word] = key
            why = key.reason() if key.reason else None
            if why:
                refused[key.word] = safe(f"{key.first_key}  not now: {why}")
            else:
                words = (key.help or key.label).removesuffix(".")
                self._words[key.word] = safe(f"{key.first_key}  {words}")
        self._words.update(refused)

    def fitting(self, text: str) -> list[tuple[str, str]]:
        """Return the words that a text fits, each with its letter and what it does.

        Those that begin with the text come first.
        """
        typed = text.strip().casefold()
        entries = list(self._words.items())
        first = [entry for entry in entries if entry[0].startswith(typed)]
        others = [entry for entry in entries if entry not in first and _has(typed, entry)]
        return [*first, *others]

    def chosen(self, text: str) -> Key | None:
        """Return the key of a whole word, or of the first that fits; None for none."""
        word = text.strip()
        if word in self._keys:
            return self._keys[word]
        fitting = self.fitting(word) if word else []
        return self._keys[fitting[0][0]] if fitting else None


def _has(typed: str, entry: tuple[str, str]) -> bool:
    word, words = entry
    return f" {typed}" in f" {word.replace('-', ' ')} {words}".casefold()
