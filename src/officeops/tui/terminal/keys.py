"""Key: what one key does. The same value feeds dispatch, the key line and help."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from officeops.model.immutable import Value
from officeops.tui.terminal.cells import width_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from textual import events

#: The rank of a key that the key line never shows; help does.
NEVER: Final = 9
#: How keys with long names are written in the key line and in help.
WRITTEN: Final = {
    "escape": "esc",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "question_mark": "?",
}


class Key(Value):
    """What one key does.

    `means` is the meaning that gives it its letter, which it never names itself.
    `keys` are other keys, by Textual's names or as signs, and `:word` for a command.
    `label` is in the key line, and `help`, a sentence, in help.
    `rank` orders what a narrow key line leaves out: higher ranks go first, and 9 is never shown.
    `reason` returns why the key cannot act now; the screen then says so.
    `take` acts on what follows the command's word, as in `:save low gloves`.
    `former` are the commands that it had before; they work, and neither help nor completion shows
    them.
    """

    keys: tuple[str, ...]
    label: str
    run: Callable[[], object]
    help: str = ""
    rank: int = 5
    group: str = "Here"
    reason: Callable[[], str | None] | None = None
    take: Callable[[str], object] | None = None
    former: tuple[str, ...] = ()
    means: str = ""
    #: The letter of its meaning, which the screen fills in.
    letter: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All keys that do it, its letter first."""
        return (self.letter, *self.keys) if self.letter else self.keys

    @property
    def written(self) -> str:
        """The key as people read it: Enter and Esc, or its letter, or another."""
        named = [name for name in self.keys if name in ("enter", "escape")]
        name = (*named, *self.names)[0]
        return WRITTEN.get(name, name)

    @property
    def first_key(self) -> str:
        """The first key that does it besides its command, as people read it; a blank for none."""
        return " " if self.written.startswith(":") and self.word else self.written

    @property
    def word(self) -> str:
        """Its command without the colon; blank for none."""
        words = [name[1:] for name in self.keys if name.startswith(":") and len(name) > 1]
        return words[0] if words else ""


def key_line(keys: Iterable[Key], width: int) -> str:
    """Return the most useful keys on one line of at most `width` cells, in the order given."""
    shown = [key for key in keys if key.rank < NEVER]
    while shown:
        line = "  ".join(f"{key.written} {key.label}" for key in shown)
        if width_of(line) <= width:
            return line
        # Of the keys with the highest rank, the last one goes first.
        shown.remove(max(reversed(shown), key=lambda key: key.rank))
    return ""


def first_of_each(keys: Iterable[Key]) -> list[Key]:
    """Return the keys without the names that an earlier key has taken."""
    taken: set[str] = set()
    result = []
    for key in keys:
        letter = "" if key.letter in taken else key.letter
        free = key.replace(
            letter=letter,
            keys=tuple(name for name in key.keys if name not in taken),
        )
        if free.names:
            result.append(free)
            taken.update(free.names)
    return result


def lettered(keys: Iterable[Key], letters: Mapping[str, str]) -> list[Key]:
    """Return the keys with the letters of their meanings. Raises ValueError for one with its own."""
    result = []
    for key in keys:
        for name in key.keys:
            if len(name) == 1 and name.isalpha():
                raise ValueError(f"the key {name!r} ({key.label}) names a letter and no meaning")
        result.append(key.replace(letter=letters.get(key.means, "")) if key.means else key)
    return result


def command_of(line: str, named: Callable[[str], Key | None]) -> Key | None:
    """Return the key of a line typed after the colon, or None.

    The line is a command's word, or a word that takes the text behind it. `named` finds a key by
    its name.
    """
    key = named(f":{line}")
    if key:
        return key
    word, _, rest = line.partition(" ")
    key = named(f":{word}")
    if key and key.take and rest.strip():
        return key.replace(run=partial(key.take, rest.strip()))
    return None


def former_command(line: str, keys: Iterable[Key]) -> Key | None:
    """Return the key whose former command a line is, or None."""
    for key in keys:
        if line in key.former:
            return key
    return None


def key_name(event: events.Key) -> str:
    """Return the name under which a key is declared: its character, or Textual's name for it."""
    if event.is_printable and event.key != "space":
        return event.character or ""
    return event.key or ""
