"""Merge clashes: hours that keep two people from being made one, each with its cure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Reason
from officeops_hr.worked.entry_checks import clashes
from officeops_hr.worked.time_entry import TimeEntry
from officeops_hr.worked.timesheet import sheet_of

if TYPE_CHECKING:
    from officeops import Office
    from officeops_hr.worked.timesheet import Timesheet

_IN_WEEK: Final = "person_id = ? AND day BETWEEN ? AND ?"
_SIX_DAYS: Final = timedelta(days=6)


def of_entry(
    office: Office,
    entry: TimeEntry,
    keep: int,
) -> Reason | None:
    """Return why an entry is not the person's who stays: their week is handed in, or it is twice."""
    sheet = sheet_of(office, keep, entry.day)
    if sheet is not None and sheet.state != "open":
        verb = "unlock" if sheet.state == "locked" else "return"
        cure = f"officeops timesheet {verb} {sheet} opens it; then merge again"
        return Reason(f"{entry.day} is in a week that is {sheet.state}; {cure}", code="wrong-state")
    for problem in clashes(office, entry, keep):
        cure = f"archive one, officeops time-entry archive #{entry.id}, and merge again"
        return Reason(f"{entry.day} {problem.message}; {cure}", code="given-twice")
    return None


def of_sheet(
    office: Office,
    sheet: Timesheet,
    keep: int,
) -> Reason | None:
    """Return that a week which is handed in would get hours that nobody handed in."""
    if sheet.state == "open":
        return None
    days = (sheet.week.isoformat(), (sheet.week + _SIX_DAYS).isoformat())
    other = office.first(TimeEntry, _IN_WEEK, keep, *days)
    if other is None:
        return None
    verb = "unlock" if sheet.state == "locked" else "return"
    cure = f"officeops timesheet {verb} {sheet} opens it; then merge again"
    why = f"it is {sheet.state}, without the hours of #{other.id} on {other.day}; {cure}"
    return Reason(why, code="wrong-state")
