"""Typed day: somebody's day with the text that is typed for it, in the words of the sheet."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from officeops_hr.worked.hour_text import hours
from officeops_hr.worked.rules.day_minutes import minutes_passed
from officeops_hr.worked.sheet import day_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date, datetime

    from officeops_hr.worked.sheet.worked_day import WorkedDay
    from officeops_hr.worked.time_entry import TimeEntry


class TypedDay:
    """A day as the office has it; where something is typed, as it would be."""

    def __init__(
        self,
        worked: WorkedDay,
        text: str,
        moment: Callable[[date, int], datetime],
    ) -> None:
        """`text` is blank where nothing is typed; `moment` is the clock of the office."""
        self.worked = worked
        self.text = text
        self._moment = moment

    @cached_property
    def entries(self) -> Sequence[TimeEntry] | None:
        """The entries of the day; None while nobody has said any."""
        if not self.text:
            return self.worked.entries or None
        try:
            return day_text.entries_of(self.worked, self.text)
        except ValueError:
            return None

    def cell(self) -> str:
        """Return the day with its mark: `+` is typed, `?` cannot be read."""
        if not self.text:
            return day_text.words_of(self.worked.entries)
        mark = "?" if day_text.wrong(self.text) else "+"
        words = "as rostered" if self.text == day_text.SAME else self.text
        return f"{mark}{words}"

    def hours(self) -> str:
        """Return the hours; nothing is assumed of a missing day."""
        if self.entries is not None:
            return hours(self._minutes(self.entries))
        if self.worked.is_off:
            return "off"
        return "missing" if self.worked.rostered else ""

    def more(self) -> str:
        """Return how much more or less than rostered it is; blank where it is the same."""
        if self.entries is None:
            return ""
        minutes = self._minutes(self.entries) - self._minutes(self.worked.rostered)
        sign = "+" if minutes > 0 else ""
        return f"{sign}{hours(minutes)}" if minutes else ""

    def _minutes(self, entries: Iterable[TimeEntry]) -> int:
        # As they are paid: the week of the payroll has the same sum.
        return minutes_passed(day_text.shifts_of(entries), self._moment)

    def booked_as(self) -> str:
        """Return what becomes of the day, or why it is not booked."""
        if self.worked.closed:
            return "closed"
        if self.entries is None:
            return "not rostered"
        return day_text.words_of(self.entries)

    def sentences(self) -> Iterator[str]:
        """Yield the times with the unpaid break, and why the day takes no change or no `=`."""
        worked = self.worked
        entries = self.entries or worked.rostered
        times = day_text.times_of(entries) or "no times"
        unpaid = sum(entry.unpaid for entry in entries)
        less = f", {hours(unpaid)} of it unpaid" if unpaid else ""
        yield f"{worked.day:%a} {worked.day}: {times}{less}."
        if worked.closed:
            yield f"The day {worked.closed}."
        elif worked.is_off and not worked.entries:
            yield "They were off: x is absent, or type what they worked."
