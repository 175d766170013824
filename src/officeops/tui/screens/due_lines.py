"""The lines of Today.

They are the due items by severity, the snoozed items, and the plugins that did not answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.due import SEVERITIES
from officeops.model.error_words import ended
from officeops.tui.terminal.cells import pad, width_of, wrapped
from officeops.tui.widgets.lines import Line
from officeops.values import wording
from officeops.values.plain_text import wrapped as wrapped_whole
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from officeops.model.due import Noted
    from officeops.plugins.manifest import Trouble
    from officeops.tui.widgets.rows import Role, Span

#: The headings over the items of each severity.
HEADINGS: Final = {
    "unsafe": "Unsafe: people could be harmed",
    "legal": "Required by law or contract",
    "money": "Costs money",
    "routine": "Routine",
}
#: Cells before an item ("new "), and of them with the gap in front of its date.
MARK, AROUND = 4, 6
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

    def _is_snoozed(self, item: Noted) -> bool:
        return item.snoozed_until > self._today.isoformat()

    def by_severity(self) -> Iterator[Line]:
        """Yield the items that are not snoozed, the worst first."""
        for severity in SEVERITIES:
            items = [item for item in self.awake if item.due.severity == severity]
            if items:
                yield Line.of(f"{HEADINGS[severity]} ({len(items)})", "head")
                for item in items:
                    yield from self._item_lines(item)
                yield Line()

    def _item_lines(self, item: Noted) -> Iterator[Line]:
        """Yield an item's line; a sentence that is too long for it continues below."""
        text = safe(item.due.what)
        when = late(item.due.on, self._today)
        room = self._width - width_of(when) - AROUND
        # A cut sentence could leave out the harm, the amount, or that it is late.
        first, *rest = wrapped_whole(text, room)
        mark = "" if item.seen else "new "
        role: Role = "alarm" if item.due.on < self._today else "dim"
        spans: tuple[Span, ...] = (
            (f"{mark:{MARK}}", "strong"),
            (pad(first, room), ""),
            (f"  {when}", role),
        )
        yield Line(spans, item, item.due.key)
        for part in rest:
            yield Line.of(" " * MARK + part, "", item)

    def below(self) -> Iterator[Line]:
        """Yield the snoozed items: until when, and who snoozed them."""
        if not self.snoozed:
            return
        yield Line.of(f"Snoozed ({len(self.snoozed)})", "head")
        for item in self.snoozed:
            when = f"until {item.snoozed_until} by {safe(item.snoozed_by)}"
            text = pad(safe(item.due.what), self._width - width_of(when) - AROUND)
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


def late(on: date, today: date) -> str:
    """Return a day as people say it beside a due item."""
    days = (on - today).days
    if days == 0:
        return "today"
    if days < 0:
        return f"{wording.count(-days, 'day')} late"
    return f"in {wording.count(days, 'day')}" if days < SOON_DAYS else str(on)
