"""Missing: rostered days of which nobody has said whether they were worked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_hr.people.scope import reaches
from officeops_hr.roster.revision import NEWEST, PublishedShift
from officeops_hr.worked.time_entry import TimeEntry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from officeops import Office

#: Shifts as they are published last. Being on call is no work.
_ROSTERED: Final = f"""
day BETWEEN ? AND ? AND person_id = ifnull(?, person_id) AND kind <> 'on_call'
AND revision_id IN ({NEWEST})
"""
#: Those of days without any entry.
_MISSING: Final = f"""
{_ROSTERED} AND NOT EXISTS (SELECT 1 FROM hr_time_entry e WHERE e.person_id = hr_published_shift.person_id
    AND e.day = hr_published_shift.day AND e.archived_at IS NULL)
"""
#: So long somebody looks after a day that is missing; payroll has gone by without it then.
BACK: Final = timedelta(days=28)
_ONE_DAY: Final = timedelta(days=1)
_ORDER: Final = "person_id, day, starts_at"


class RosteredDay(Value):
    """A day on which somebody was rostered, with the shifts."""

    person_id: int
    day: date
    shifts: Sequence[PublishedShift]


def missing_days(
    office: Office,
    first: date,
    last: date,
    person_id: int | None = None,
) -> Iterator[RosteredDay]:
    """Yield the days whose hours nobody gave, of the people within reach."""
    return _days(
        office,
        _MISSING,
        first,
        last,
        person_id,
    )


def overdue_days(office: Office) -> list[RosteredDay]:
    """Return the days of the last four weeks that are missing, the oldest first."""
    days = missing_days(
        office,
        office.today - BACK,
        office.today - _ONE_DAY,
    )
    return sorted(days, key=lambda one: one.day)


def first_missing(office: Office) -> date | None:
    """Return the first day of the last four weeks on which somebody is missing."""
    return next((one.day for one in overdue_days(office)), None)


def rostered_days(
    office: Office,
    first: date,
    last: date,
    person_id: int | None = None,
) -> Iterator[RosteredDay]:
    """Yield all days on which people within reach were rostered."""
    return _days(
        office,
        _ROSTERED,
        first,
        last,
        person_id,
    )


def _days(
    office: Office,
    where: str,
    first: date,
    last: date,
    person_id: int | None,
) -> Iterator[RosteredDay]:
    """Yield days by person and day."""
    days = (first.isoformat(), last.isoformat())
    by_day: dict[tuple[int, date], list[PublishedShift]] = {}
    for shift in office.all(
        PublishedShift,
        where,
        *days,
        person_id,
        order=_ORDER,
    ):
        if shift.person_id is not None:
            by_day.setdefault((shift.person_id, shift.day), []).append(shift)
    within: dict[int, bool] = {}
    for (person, day), shifts in by_day.items():
        # Everybody sees the schedule, and few the hours of others.
        if person not in within:
            within[person] = reaches(
                office,
                TimeEntry(
                    person_id=person,
                    day=day,
                    how="absent",
                ),
            )
        if within[person]:
            yield RosteredDay(
                person,
                day,
                shifts,
            )
