"""The screens of time worked: the day of everybody, and one's own days."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from officeops.tui import Key, SheetScreen
from officeops_hr.worked.missing import first_missing
from officeops_hr.worked.sheet.day_sheet import DaySheet, OwnSheet
from officeops_hr.worked.sheet.day_text import SAME
from officeops_hr.worked.sheet.time_sheet import WORKED, TimeSheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

_GROUP: Final = "Sheet"
_ONE_DAY: Final = timedelta(days=1)


class TimeScreen(SheetScreen):
    """Any sheet of time worked."""

    sheet: TimeSheet

    def sheet_keys(self) -> Iterator[Key]:
        """Yield the key that confirms all others."""
        yield Key(
            ("*", ":all"),
            "all others as rostered",
            self.confirm_others,
            "Type = for everybody who is missing",
            2,
            _GROUP,
        )

    def confirm_others(self) -> None:
        """Type `=` for the rows that are missing, and that nobody typed."""
        for row in self.entries.rows:
            # Somebody who was off is left out: the plan says nothing of their day.
            if self.sheet.is_missing(row) and self.entries.typed_in(row) is None:
                self.entries.put(row, {WORKED: SAME})
        self.keep()
        self.lay_out()
        self.show_bars()

    def booked(self, words: str) -> None:
        """Stay on the sheet: it shows the hours, and `u` takes them back."""
        self.entries.forget()
        self.reload()
        self.say(words)


class DayScreen(TimeScreen):
    """The day sheet; without a day, that of the first day with somebody missing."""

    def __init__(self, office: Office, day: date | None = None) -> None:
        """Open a day."""
        yesterday = office.today - _ONE_DAY
        self._day = day or first_missing(office) or yesterday
        super().__init__(office, DaySheet(self._day))

    def sheet_keys(self) -> Iterator[Key]:
        """Yield the keys of a day."""
        yield from super().sheet_keys()
        yield Key(
            ("]",),
            "after",
            partial(self._open, self._day + _ONE_DAY),
            "The day after",
            4,
            _GROUP,
        )
        yield Key(
            ("[",),
            "before",
            partial(self._open, self._day - _ONE_DAY),
            "The day before",
            4,
            _GROUP,
        )

    def _open(self, day: date) -> None:
        self.keep()
        self.app.switch_screen(DayScreen(self.office, day))

    def booked(self, words: str) -> None:
        """Say which day is missing next."""
        following = first_missing(self.office)
        also = f" Missing next: {following:%a} {following}." if following else ""
        super().booked(f"{words}{also}")


def own_hours(office: Office, person: int) -> TimeScreen:
    """Open the days of a person."""
    return TimeScreen(office, OwnSheet(office, person))
