"""Missing: rostered days of which nobody has said whether they were worked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_hr.people.scope import reaches
from officeops_hr.roster.revision import PublishedShift
from officeops_hr.worked.time_entry import TimeEntry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from officeops import Office

#: Shifts as they are published last, of days without any entry. Being on call is no work.
_MISSING: Final = """
day BETWEEN ? AND ? AND person_id = ifnull(?, person_id) AND kind <> 'on_call'
AND revision_id IN (SELECT max(r.id) FROM hr_roster_revision r GROUP BY r.location_id, r.monday)
AND NOT EXISTS (SELECT 1 FROM hr_time_entry e WHERE e.person_id = hr_published_shift.person_id
    AND e.day = hr_published_shift.day AND e.archived_at IS NULL)
"""
_ORDER: Final = "person_id, day, starts_at"


class MissingDay(Value):
    """A day on which somebody was rostered, with the shifts, and no word of what they worked."""

    person_id: int
    day: date
    shifts: Sequence[PublishedShift]


def missing_days(
    office: Office,
    first: date,
    last: date,
    person_id: int | None = None,
) -> Iterator[MissingDay]:
    """Yield the missing days of the people within reach, by person and day."""
    days = (first.isoformat(), last.isoformat())
    by_day: dict[tuple[int, date], list[PublishedShift]] = {}
    for shift in office.all(PublishedShift, _MISSING, *days, person_id, order=_ORDER):
        if shift.person_id is not None:
            by_day.setdefault((shift.person_id, shift.day), []).append(shift)
    within: dict[int, bool] = {}
    for (person, day), shifts in by_day.items():
        # Everybody sees the schedule, and few the hours of others.
        if person not in within:
            within[person] = reaches(office, TimeEntry(person_id=person, day=day, how="absent"))
        if within[person]:
            yield MissingDay(person, day, shifts)
