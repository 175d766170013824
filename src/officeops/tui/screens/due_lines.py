"""The lines of Today.

They are the due items by their day, the snoozed items, and the plugins that did not answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.error_words import ended
from officeops.tui.terminal.cells import cut, pad, width_of, wrapped
from officeops.tui.widgets.lines import Line
from officeops.values.plain_text import wrapped as wrapped_whole
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from officeops.model.due import Noted
    from officeops.plugins.manifest import Trouble
    from officeops.tui.widgets.rows import Role, Span

#: The sign before an item for how bad it is to wait; a routine one has none.
MARKS: Final = {"unsafe": "!", "legal": "§", "money": "$", "routine": " "}
LEGEND: Final = "! unsafe  § law  $ money"
#: Cells before an item: its mark, a star if it is new, and a gap.
MARK: Final = 3
#: The most cells of the words that settle an item, and the fewest of the item beside them.
DEED, FEWEST = 12, 38
#: Cells between an item, its day and its settling words.
GAP: Final = 2
#: A later day is shown as a date.
SOON_DAYS: Final = 100


class DueLines:
    """The lines of due items on one day, for a width in cells."""

    def __init__(
        self,
        items: Sequence[Noted],
        today: date,
        width: int,
    ) -> None:
        self._today = today
        self._width = width
        self.awake = [item for item in items if not self._is_snoozed(item)]
        self.snoozed = [item for item in items if self._is_snoozed(item)]
        self._day = max((width_of(self._day_of(item)) for item in self.awake), default=0)
        self._deed = max((width_of(deed_of(item)) for item in self.awake), default=0)
        # On a narrow terminal the settling words are in the key line alone.
        if self._room < FEWEST:
            self._deed = 0

    @property
    def late(self) -> list[Noted]:
        """The items whose day has passed."""
        return [item for item in self.awake if item.due.on < self._today]

    @property
    def _room(self) -> int:
        """Cells of an item's sentence."""
        return self._width - MARK - GAP - self._day - (GAP + self._deed if self._deed else 0)

    def _is_snoozed(self, item: Noted) -> bool:
        return item.snoozed_until > self._today.isoformat()

    def _day_of(self, item: Noted) -> str:
        """Return an item's day as people say it."""
        days = (item.due.on - self._today).days
        if days == 0:
            return "today"
        if days < 0:
            return f"{-days} d late"
        return f"in {days} d" if days < SOON_DAYS else str(item.due.on)

    def by_time(self) -> Iterator[Line]:
        """Yield the items that are not snoozed: late or unsafe ones, those of today, later ones.

        In each part the worst come first, and those settled alike are together.
        """
        parts: dict[str, list[Noted]] = {"Late, or unsafe": [], "Today": [], "Soon": []}
        for item in self.awake:
            parts[self._part_of(item)].append(item)
        legend = LEGEND
        for title, items in parts.items():
            if items:
                yield self._heading(f"{title} ({len(items)})", legend)
                legend = ""
                for item in _grouped(items):
                    yield from self._item_lines(item)
                yield Line()

    def _part_of(self, item: Noted) -> str:
        if item.due.on < self._today or item.due.severity == "unsafe":
            return "Late, or unsafe"
        return "Today" if item.due.on == self._today else "Soon"

    def _heading(self, title: str, legend: str) -> Line:
        """Return a heading, and beside the first of them what the marks mean."""
        room = self._width - width_of(legend)
        if not legend or room <= width_of(title):
            return Line.of(title, "head")
        return Line.of(pad(title, room) + legend, "head")

    def _item_lines(self, item: Noted) -> Iterator[Line]:
        """Yield an item's line; a sentence that is too long for it continues below."""
        # A cut sentence could leave out the harm, the amount, or that it is late.
        first, *rest = wrapped_whole(safe(item.due.what), self._room)
        mark = MARKS[item.due.severity] + (" " if item.seen else "*")
        role: Role = "alarm" if item.due.on < self._today else "dim"
        spans: list[Span] = [
            (f"{mark:{MARK}}", "strong"),
            (pad(first, self._room + GAP), ""),
            (self._day_of(item).rjust(self._day), role),
        ]
        if self._deed:
            spans.append((" " * GAP + deed_of(item), "strong"))
        yield Line(tuple(spans), item, item.due.key, _also(item))
        for part in rest:
            yield Line.of(" " * MARK + part, "", item)

    def below(self) -> Iterator[Line]:
        """Yield the snoozed items: until when, and who snoozed them."""
        if not self.snoozed:
            return
        yield Line.of(f"Snoozed ({len(self.snoozed)})", "head")
        for item in self.snoozed:
            when = f"until {item.snoozed_until} by {safe(item.snoozed_by)}"
            text = pad(safe(item.due.what), self._width - width_of(when) - MARK - GAP)
            yield Line(
                ((" " * MARK + f"{text}  {when}", "dim"),),
                item,
                item.due.key,
            )
        yield Line()


def nothing_due(*, is_mine: bool = False, is_complete: bool = True) -> list[Line]:
    """Return the lines of a day without due items, or without any that is the person's own.

    Where somebody did not answer, nobody knows that the day has none.
    """
    if not is_complete:
        return [Line.of("No due item was found, but not all were looked for.", "strong"), Line()]
    hint = "Press b to browse, : to go anywhere, ? for help."
    if is_mine:
        hint = "Type :mine for everybody's due items."
    return [
        Line.of("Nothing is yours today." if is_mine else "Nothing needs doing today.", "strong"),
        Line(),
        Line.of(hint, "dim"),
        Line(),
    ]


def trouble_lines(troubles: Sequence[Trouble], width: int) -> Iterator[Line]:
    """Yield what plugins could not answer."""
    if troubles:
        yield Line.of("This list may be incomplete", "alarm")
    for trouble in troubles:
        said = f"{ended(str(trouble))} {trouble.cure}" if trouble.cure else str(trouble)
        for part in wrapped(safe(said), width - 2):
            yield Line.of(f"  {part}")


def _also(item: Noted) -> str:
    """Return by what else a filter finds an item: its plugin, its people, all that settles it."""
    due = item.due
    return " ".join((item.plugin, due.owner, *due.others, due.action, due.severity))


def deed_of(item: Noted) -> str:
    """Return what settles an item, the first of several; blank where nothing is known."""
    first, *others = item.due.action.split(" or ")
    return cut(safe(first) + (" …" if others else ""), DEED)


def _grouped(items: Sequence[Noted]) -> list[Noted]:
    """Return items with those settled alike together: the worst first, and of them the oldest."""
    ordered = sorted(items, key=lambda item: item.sort_key)
    leads: dict[tuple[str, str], tuple[int, date, str]] = {}
    for item in ordered:
        leads.setdefault((item.due.severity, item.due.action), item.sort_key)
    return sorted(ordered, key=lambda item: leads[item.due.severity, item.due.action])
