"""Week lines: the hours of each person in a pay week, and how far their sheet is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_hr.people.person import Person
from officeops_hr.worked.missing import missing_days
from officeops_hr.worked.name_order import by_name
from officeops_hr.worked.pay_week import LAST_DAY
from officeops_hr.worked.time_entry import TimeEntry
from officeops_hr.worked.timesheet import Timesheet
from officeops_hr.worked.worked_week import WorkedWeek

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from officeops import Office
    from officeops_hr.worked.rules.overtime import Minutes

#: Nobody has handed the week in.
NO_SHEET: Final = "open"


class WeekLine(Value):
    """The week of one person; `missing` are the days whose hours nobody gave."""

    person_id: int
    person: str
    state: str
    minutes: Minutes
    missing: Sequence[date]
    sheet: Timesheet | None = None
    #: Nobody has said anything of the week yet.
    is_unknown: bool = False


def week_lines(office: Office, week: date) -> list[WeekLine]:
    """Return the lines of a pay week for the people within reach, by name."""
    days = (week.isoformat(), (week + LAST_DAY).isoformat())
    sheets = {
        sheet.person_id: sheet
        for sheet in office.all(
            Timesheet,
            "week = ?",
            week.isoformat(),
        )
    }
    # Read for everybody at once: a query a person would be thirty.
    missing: dict[int, list[date]] = {}
    for one in missing_days(
        office,
        week,
        week + LAST_DAY,
    ):
        missing.setdefault(one.person_id, []).append(one.day)
    worked = {
        entry.person_id
        for entry in office.all(
            TimeEntry,
            "day BETWEEN ? AND ?",
            *days,
        )
    }
    lines = []
    # Somebody with missing days alone has a line too, else nobody would ask them.
    for person in {*sheets, *missing, *worked}:
        sheet = sheets.get(person)
        line = WeekLine(
            person_id=person,
            person=office.label(Person, person),
            state=sheet.state if sheet else NO_SHEET,
            minutes=WorkedWeek(
                office,
                person,
                week,
            ).minutes,
            missing=missing.get(person, []),
            sheet=sheet,
            is_unknown=person not in worked,
        )
        lines.append(line)
    return sorted(lines, key=lambda line: by_name(line.person))
