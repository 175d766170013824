"""Kinds: what kinds of record there are, the first nine with a number that jumps to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.immutable import Value
from officeops.tui.base.command_line import screens, views_of
from officeops.tui.base.line_screen import LineScreen
from officeops.tui.terminal.cells import pad
from officeops.tui.terminal.keys import Key
from officeops.tui.widgets.lines import Line
from officeops.values.convert import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.model.declarations import Screen, View
    from officeops.model.records import Record
    from officeops.office.office import Office


class Place(Value):
    """Where a line leads: a kind of record, a view of it, or a screen."""

    record: type[Record] | None = None
    view: View | None = None
    screen: Screen | None = None


def ordered_kinds(office: Office) -> list[type[Record]]:
    """Return the kinds of record that the acting person may see, those people begin with first.

    First what stands by itself or has a number of its own (an item, a vendor, an order), then what has views,
    then what hangs on others; the core's facts and notes last.
    """
    marks = {view.record for _, view in office.plugins.registered("views")}

    def rank(record: type[Record]) -> int:
        meta = record.meta
        if meta.plugin == "core":
            return 3 if meta.noun == "location" else 6
        if not meta.editable:
            return 5
        hangs = any(f.kind == "reference" and f.required for f in meta.fields)
        return 0 if meta.prefix or not hangs else 1 if meta.key in marks else 4

    return sorted(office.seen().values(), key=rank)


class Kinds(LineScreen):
    """The list of what can be listed: kinds of record with their views, and plugins' screens."""

    def crumb(self) -> str:
        """Return the screen's name."""
        return "Browse"

    def own_keys(self) -> Iterator[Key]:
        """Yield the one key of its own."""
        yield Key(("enter", "right", "l"), "open", self.open, "Open the list", 1)

    def make_lines(self, width: int) -> Sequence[Line]:  # noqa: ARG002 - every line is short
        """Return a line for each kind, view and screen."""
        return list(self._lines())

    def _lines(self) -> Iterator[Line]:
        for number, record in enumerate(ordered_kinds(self.office), 1):
            meta = record.meta
            live = "" if meta.derived else " WHERE archived_at IS NULL"
            count = self.office.value(f"SELECT count(*) FROM {meta.table}{live}")
            digit = str(number) if number < 10 else " "
            named = f"{digit}  {pad(safe(meta.plural), 24)}{count:>9,}   "
            yield Line(((named, ""), (f":{meta.noun}", "dim")), Place(record), meta.key)
            for view in views_of(self.office, record):
                text = f"     {pad(safe(view.title), 34)}"
                yield Line(
                    ((text, ""), (f":{meta.noun} {view.name}", "dim")),
                    Place(record, view),
                    f"{meta.key} {view.name}",
                )
        for word, screen in screens(self.office).items():
            text = f"{screen.key or ' '}  {pad(safe(screen.title), 33)}   "
            yield Line(((text, ""), (f":{word}", "dim")), Place(screen=screen), screen.id)

    def open(self) -> None:
        """Open what the line stands for."""
        place = self.selected
        if isinstance(place, Place):
            if place.screen:
                self.desk.open_screen(place.screen)
            elif place.record:
                self.desk.open_kind(place.record, place.view)
