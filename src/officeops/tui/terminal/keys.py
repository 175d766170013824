"""Key: what one key does. The same value feeds dispatch, the key line and help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.immutable import Value
from officeops.tui.terminal.cells import width_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: Keys that mean the same on every screen (u and U undo and redo); an action that wants one is reached by `:` alone.
#: Arrow keys split by a slow line arrive as Esc, `[` and a capital: those stay harmless too.
RESERVED: Final = frozenset("bejkgnqtuxyz/?:[] ABCDFHOGTUX0123456789")
#: How keys with long names are written in the key line and in help.
WRITTEN: Final = {
    "escape": "esc",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "question_mark": "?",
}


class Key(Value):
    """What one key does.

    `keys` are Textual's names or the characters themselves; `label` stands in the key line, and
    `help`, a sentence, in help. `rank` says what a narrow key line drops first (higher first; 9 is never shown).
    `reason` returns why it cannot be done now: the key then says so instead of doing nothing.
    `take` does it with what was typed behind its word: `:save low gloves`.
    """

    keys: tuple[str, ...]
    label: str
    run: Callable[[], object]
    help: str = ""
    rank: int = 5
    group: str = "Here"
    reason: Callable[[], str | None] | None = None
    take: Callable[[str], object] | None = None

    @property
    def written(self) -> str:
        """The key as people read it."""
        return WRITTEN.get(self.keys[0], self.keys[0])


def key_line(keys: Iterable[Key], width: int) -> str:
    """Return the most useful keys on one line of at most `width` cells, in the order given."""
    shown = [key for key in keys if key.rank < 9]
    while shown:
        line = "  ".join(f"{key.written} {key.label}" for key in shown)
        if width_of(line) <= width:
            return line
        shown.remove(max(reversed(shown), key=lambda key: key.rank))
    return ""


def first_of_each(keys: Iterable[Key]) -> list[Key]:
    """Return the keys without those whose letters an earlier one has taken."""
    taken: set[str] = set()
    kept = []
    for key in keys:
        free = tuple(each for each in key.keys if each not in taken)
        if free:
            kept.append(key.replace(keys=free))
            taken.update(free)
    return kept
