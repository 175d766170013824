"""Help: every key of the screen one came from, made from the same values that make it work."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from officeops.tui.base.line_screen import LineScreen
from officeops.tui.terminal.cells import pad, wrapped
from officeops.tui.widgets.lines import Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.office.office import Office
    from officeops.tui.base.screen import OfficeScreen
    from officeops.tui.terminal.keys import Key

#: Key names beside what they do.
KEYS = 20
#: The filter language, as `/` and `:` take it; `officeops.query.filter` reads it.
FILTER = (
    ("glove blue", "both words are in the name or another searched field"),
    ("category=Gloves", "a field is that; several with commas"),
    ("on_hand<10", "also <= > >= !=, for numbers, money and dates"),
    ("expires_on<=+30d", "dates: 2026-01-31, today, +30d, -1w"),
    ("vendor~mck", "a field contains that"),
    ("lead_days=", "a field is blank; != is not blank"),
    ("-discontinued=yes", "a minus turns a term round"),
    ("item=#12", "one record, where several have its name; #12 alone is the listed record itself"),
)


class Help(LineScreen):
    """What every key does."""

    def __init__(self, office: Office, about: OfficeScreen) -> None:
        super().__init__(office)
        self._about = about

    def crumb(self) -> str:
        """Return the screen's name."""
        return "Help"

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return the keys by group, then the filter language."""
        about = self._about.all_keys()
        order = list(dict.fromkeys(key.group for key in about))
        ordered = sorted(about, key=lambda key: order.index(key.group))
        return [
            line
            for group, keys in groupby(ordered, key=lambda key: key.group)
            for line in (Line.of(group, "head"), *self._of(list(keys), width), Line())
        ] + [*self._filter(width), *self._notes(width)]

    def _of(self, keys: Sequence[Key], width: int) -> Iterator[Line]:
        for key in keys:
            names = ", ".join(key.replace(keys=(name,)).written for name in key.keys)
            yield from _entry(names, key.help or key.label, width)

    def _filter(self, width: int) -> Iterator[Line]:
        yield Line.of("Filters: terms with spaces between; all must hold", "head")
        for example, words in FILTER:
            yield from _entry(example, words, width)

    def _notes(self, width: int) -> Iterator[Line]:
        if notes := list(self._about.notes()):
            yield from (Line(), Line.of("This list, as it is now", "head"))
            for names, words in notes:
                yield from (
                    Line.of(f"  {line}")
                    for line in wrapped(f"{names}: {words}.", max(width - 2, 10))
                )


def _entry(name: str, words: str, width: int) -> Iterator[Line]:
    first, *rest = wrapped(words, max(width - KEYS - 1, 10))
    yield Line(((pad(f"  {name}", KEYS) + " ", "strong"), (first, "")))
    yield from (Line.of(" " * (KEYS + 1) + each) for each in rest)
