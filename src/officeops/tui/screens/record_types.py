"""RecordTypes: the list of everything that can be listed; the first nine types have a digit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.immutable import Value
from officeops.tui.base.command_line import screen_letters, screens, views_of
from officeops.tui.base.line_screen import LineScreen
from officeops.tui.base.record_order import ordered_types
from officeops.tui.terminal.cells import pad
from officeops.tui.terminal.keys import Key
from officeops.tui.widgets.lines import Line
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.model.declarations import Screen, View
    from officeops.model.meta import Meta
    from officeops.model.records import Record

#: Cells of a name, so that all commands begin in one column.
NAME, VIEW_NAME, SCREEN_NAME = 24, 34, 33


class Place(Value):
    """The target of a line: a record type, a view of it, or a screen."""

    record: type[Record] | None = None
    view: View | None = None
    screen: Screen | None = None


class RecordTypes(LineScreen):
    """Record types with their views, and plugins' screens, each with the command that opens it."""

    def crumb(self) -> str:
        """Return the screen's name."""
        return "Browse"

    def own_keys(self) -> Iterator[Key]:
        """Yield the one key of its own."""
        yield Key(
            keys=("enter", "right"),
            means="open",
            label="open",
            run=self.open,
            help="Open the list",
            rank=1,
        )

    def make_lines(self, width: int) -> Sequence[Line]:  # noqa: ARG002 - every line is short
        """Return a line for each type, view and screen."""
        return [*self._type_lines(), *self._screen_lines()]

    def _type_lines(self) -> Iterator[Line]:
        for number, record in enumerate(ordered_types(self.office), 1):
            yield self._type_line(number, record)
            yield from self._view_lines(record)

    def _type_line(self, number: int, record: type[Record]) -> Line:
        meta = record.meta
        # A single key opens a type, so there are digits for nine.
        digit = str(number) if number < 10 else " "
        name = pad(safe(meta.plural), NAME)
        text = f"{digit}  {name}{self._count(meta):>9,}   "
        return Line(
            ((text, ""), (f":{meta.noun}", "dim")),
            Place(record),
            meta.key,
        )

    def _count(self, meta: Meta) -> int:
        # Nobody archives the rows of a derived table, which has no column for it.
        live = "" if meta.derived else " WHERE archived_at IS NULL"
        return int(self.office.value(f"SELECT count(*) FROM {meta.table}{live}"))

    def _view_lines(self, record: type[Record]) -> Iterator[Line]:
        meta = record.meta
        for view in views_of(self.office, record):
            text = f"     {pad(safe(view.title), VIEW_NAME)}"
            command = f":{meta.noun} {view.name}"
            key = f"{meta.key} {view.name}"
            yield Line(
                ((text, ""), (command, "dim")),
                Place(record, view),
                key,
            )

    def _screen_lines(self) -> Iterator[Line]:
        letters = screen_letters(self.office)
        for word, screen in screens(self.office).items():
            title = pad(safe(screen.title), SCREEN_NAME)
            text = f"{letters.get(word, ' ')}  {title}   "
            yield Line(
                ((text, ""), (f":{word}", "dim")),
                Place(screen=screen),
                screen.id,
            )

    def open(self) -> None:
        """Open the target of the line."""
        place = self.selected
        if not isinstance(place, Place):
            return
        if place.screen:
            self.navigator.open_screen(place.screen)
        elif place.record:
            self.navigator.list_records(place.record, place.view)
