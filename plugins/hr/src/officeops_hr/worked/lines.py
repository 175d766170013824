"""Lines of time worked on other pages: Today, and a person's own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Due, PageLine, PageSection
from officeops.values import wording
from officeops_hr.people.acting import own_person
from officeops_hr.people.person import Person
from officeops_hr.worked.hour_text import hours
from officeops_hr.worked.missing import overdue_days
from officeops_hr.worked.pay_week import LAST_DAY, first_day_of
from officeops_hr.worked.time_entry import TimeEntry
from officeops_hr.worked.timesheet import Timesheet
from officeops_hr.worked.worked_week import WorkedWeek

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

_ONE_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_CORRECTED: Final = "person_id = ? AND corrections > 0"


def due_lines(office: Office) -> Iterator[Due]:
    """Yield the weeks with missing days, and the sheets that wait for an approval or the lock."""
    if not office.may_view(TimeEntry) or not _has_begun(office):
        return
    # One line a week and not one a day: Today has a screen only.
    weeks: dict[date, list[tuple[int, date]]] = {}
    for one in overdue_days(office):
        weeks.setdefault(first_day_of(office, one.day), []).append((one.person_id, one.day))
    for week, days in weeks.items():
        yield _missing(
            office,
            week,
            days,
        )
    if office.may("hr.timesheet.approve"):
        yield from _waiting(
            office,
            "submitted",
            "approve",
        )
    if office.may("hr.timesheet.lock"):
        yield from _waiting(
            office,
            "approved",
            "lock",
        )


def _has_begun(office: Office) -> bool:
    # An office that only plans is not asked for hours.
    return office.first(TimeEntry) is not None


def _missing(
    office: Office,
    week: date,
    days: list[tuple[int, date]],
) -> Due:
    person, day = days[0]
    name = office.get(Person, person).name
    more = f" and {wording.count(len(days) - 1, 'more day')}" if len(days) > 1 else ""
    return Due(
        key=f"hr.time-entry:missing:{week}",
        on=day + _ONE_DAY,
        what=f"Hours are missing: {name} on {day:%a} {day}{more}",
        # Of no one record: Enter opens the sheet on the first of the days.
        action="day-sheet",
    )


def _waiting(
    office: Office,
    state: str,
    verb: str,
) -> Iterator[Due]:
    own = own_person(office)
    for sheet in office.all(
        Timesheet,
        "state = ?",
        state,
        order="week, person_id",
    ):
        # Their own is for somebody else to approve.
        if verb == "approve" and sheet.person_id == own:
            continue
        name = office.get(Person, sheet.person_id).name
        yield Due(
            key=f"hr.timesheet:{sheet.id}:{state}",
            on=sheet.week + LAST_DAY + _ONE_DAY,
            what=f"{sheet.human_key}: hours of {name}, week of {sheet.week}",
            action=verb,
            record=Timesheet.meta.key,
            record_id=sheet.id,
        )


def own_page(office: Office, person_id: int) -> Iterator[PageSection]:
    """Yield the hours of this week and the last one, and the entries that others corrected."""
    if not office.may_view(TimeEntry):
        return
    this = first_day_of(office, office.today)
    lines = []
    for week in (this - _WEEK, this):
        worked = WorkedWeek(
            office,
            person_id,
            week,
        )
        if worked.entries:
            lines.append(PageLine(f"Week of {week}", _words(worked)))
    corrected = office.all(
        TimeEntry,
        _CORRECTED,
        person_id,
        order="day DESC LIMIT 3",
    )
    lines += [PageLine(f"Corrected {one.day}", one.late_reason or "") for one in corrected]
    if lines:
        yield PageSection("Hours", lines)


def _words(worked: WorkedWeek) -> str:
    minutes = worked.minutes
    extra = minutes.overtime + minutes.double
    return hours(minutes.all) + (f", {hours(extra)} of it overtime" if extra else "")
