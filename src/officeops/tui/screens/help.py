"""Help: every key of the screen below, made from the same values that make it work.

A list that can be filtered, and whose keys can be run from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.tui.base.line_screen import LineScreen
from officeops.tui.terminal.cells import pad, wrapped
from officeops.tui.terminal.keys import WRITTEN, Key
from officeops.tui.widgets.lines import Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.office.office import Office
    from officeops.tui.base.screen import OfficeScreen

#: Cells of the key names beside what they do, and the fewest for the words.
KEYS: Final = 20
FEWEST: Final = 10
#: The filter language, as `/` and `:` take it; `officeops.query.terms` reads it.
FILTER: Final = (
    ("glove blue", "both words are in the name or another searched field"),
    ("category=Gloves", "the field has this value; several values with commas"),
    ("on_hand<10", "also <= > >= !=, for numbers, money and dates"),
    ("expires_on<=+30d", "dates: 2026-01-31, today, +30d, -1w"),
    ("vendor~mck", "the field contains this text"),
    ("lead_days=", "the field is blank; != is not blank"),
    ("-discontinued=yes", "a minus reverses a term"),
    ("item=#12", "one record, if several have its name; #12 alone is the listed record itself"),
)


class Help(LineScreen):
    """The keys of one screen, each with its effect."""

    def __init__(self, office: Office, about: OfficeScreen) -> None:
        super().__init__(office)
        self._about = about

    def crumb(self) -> str:
        """Return the screen's name."""
        return "Help"

    def own_keys(self) -> Iterator[Key]:
        """Yield the keys that filter the list and run one of its keys."""
        yield Key(("enter",), "do it", self.run_key, "Do what the key on this line does", 1)
        yield Key(("/",), "filter", self.read_find, "Show only the keys with some words", 1)

    def run_key(self) -> None:
        """Go back, and do what the key under the cursor does."""
        key = self.selected
        if not isinstance(key, Key):
            self.say("This line is no key; it explains.")
            return
        self.app.pop_screen()
        self._about.press(key)

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return the keys by group, the filter language, and notes on the screen."""
        return [*self._key_lines(width), *_filter_lines(width), *self._note_lines(width)]

    def _key_lines(self, width: int) -> Iterator[Line]:
        # The order of the groups is the order of their first keys: this screen's own come first.
        groups: dict[str, dict[str, list[Key]]] = {}
        for key in self._about.all_keys():
            groups.setdefault(key.group, {}).setdefault(_sentence(key), []).append(key)
        for group, entries in groups.items():
            yield Line.of(group, "head")
            for words, keys in entries.items():
                names = ", ".join(name for key in keys for name in _names(key))
                yield from _entry(names, words, width, keys[0])
            yield Line()

    def _note_lines(self, width: int) -> Iterator[Line]:
        notes = list(self._about.notes())
        if not notes:
            return
        yield Line()
        yield Line.of("This list, as it is now", "head")
        for name, words in notes:
            for line in wrapped(f"{name}: {words}.", max(width - 2, FEWEST)):
                yield Line.of(f"  {line}")


def _sentence(key: Key) -> str:
    # Help texts of actions are docstrings, and end with a period.
    return (key.help or key.label).removesuffix(".")


def _names(key: Key) -> list[str]:
    return [WRITTEN.get(name, name) for name in key.names]


def _filter_lines(width: int) -> Iterator[Line]:
    yield Line.of("Filters: terms with spaces between; all must match", "head")
    for example, words in FILTER:
        yield from _entry(example, words, width)


def _entry(
    name: str,
    words: str,
    width: int,
    key: Key | None = None,
) -> Iterator[Line]:
    first, *rest = wrapped(words, max(width - KEYS - 1, FEWEST))
    label = pad(f"  {name}", KEYS) + " "
    yield Line(((label, "strong"), (first, "")), key)
    for part in rest:
        yield Line.of(" " * len(label) + part, target=key)
