"""DaySheet and OwnSheet: the hours of a day, a row a person; and one's own, a row a day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops.values import read_date
from officeops_hr.people.person import Person
from officeops_hr.worked.sheet.time_sheet import TimeSheet, row_id

if TYPE_CHECKING:
    from datetime import date

    from officeops import Office
    from officeops_hr.worked.sheet.worked_day import WorkedDay

#: So many days people look back on when they enter their own.
_BACK: Final = timedelta(days=13)


class DaySheet(TimeSheet):
    """One day of everybody within reach."""

    heading = "Person"
    adds = "Person who worked"

    def __init__(self, day: date) -> None:
        """Make the sheet of a day."""
        super().__init__(day, day)

    @property
    def title(self) -> str:
        """The day."""
        return f"Day sheet {self.first:%a} {self.first}"

    def label(self, worked: WorkedDay) -> str:
        """Return the person."""
        return worked.name

    def find(
        self,
        office: Office,
        text: str,
    ) -> str | None:
        """Return the row of a person."""
        return row_id(office.find(Person, text).id, self.first)

    def add(
        self,
        office: Office,
        text: str,
    ) -> str:
        """Return the row of somebody who was not expected."""
        return self.find(office, text) or ""


class OwnSheet(TimeSheet):
    """The days of one person, two weeks back."""

    heading = "Day"
    adds = "Day on which you worked"

    def __init__(
        self,
        office: Office,
        person: int,
    ) -> None:
        """Make the sheet of a person."""
        super().__init__(
            office.today - _BACK,
            office.today,
            person,
        )
        self._whose = person

    @property
    def title(self) -> str:
        """Whose it is: that of the reader."""
        return "Your hours"

    def label(self, worked: WorkedDay) -> str:
        """Return the day."""
        return f"{worked.day} {worked.day:%a}"

    def order(self, worked: WorkedDay) -> tuple[str, str]:
        """Return the place of a row: the oldest day first."""
        return worked.day.isoformat(), ""

    def find(
        self,
        office: Office,
        text: str,
    ) -> str | None:
        """Return the row of a day. Raises ValueError for a text that is none."""
        day = read_date(text, office.ways)
        return row_id(self._whose, day) if day else None

    def add(
        self,
        office: Office,
        text: str,
    ) -> str:
        """Return the row of a day without a shift."""
        return self.find(office, text) or ""
