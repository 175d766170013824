"""The page of a timesheet: its days, its hours by rate, and what the payroll has not had."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from officeops import PageLine, PageSection
from officeops_hr.worked.handing_over import not_handed_over
from officeops_hr.worked.hour_text import hours
from officeops_hr.worked.worked_week import WorkedWeek

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_hr.worked.timesheet import Timesheet


def page(office: Office, sheet: Timesheet) -> Iterator[PageSection]:
    """Yield the hours of the week as they are now."""
    worked = WorkedWeek(
        office,
        sheet.person_id,
        sheet.week,
    )
    lines = []
    missing = {one.day for one in worked.missing}
    for number, minutes in enumerate(worked.days):
        day = sheet.week + timedelta(days=number)
        text = "missing" if day in missing else hours(minutes)
        if minutes or day in missing:
            lines.append(PageLine(f"{day:%a} {day}", text))
    for rate, minutes in zip(("Regular", "Overtime", "Double"), worked.minutes, strict=True):
        if minutes:
            lines.append(PageLine(rate, hours(minutes)))
    # After a correction: the sheet says that its hours are not those that were paid.
    if sheet.state == "locked":
        for rate, minutes in not_handed_over(
            office,
            sheet.person_id,
            sheet.week,
        ):
            lines.append(PageLine("With the next week", f"{hours(minutes)} {rate}"))
    yield PageSection("", lines)
