"""Rostered: the entries of somebody who works exactly as the schedule said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_hr.worked.time_entry import TimeEntry

if TYPE_CHECKING:
    from officeops_hr.worked.missing import RosteredDay


def as_rostered(rostered: RosteredDay) -> list[TimeEntry]:
    """Return an entry for each shift of a day; nothing is written."""
    entries = []
    for shift in rostered.shifts:
        entry = TimeEntry(
            person_id=rostered.person_id,
            day=rostered.day,
            how="as_rostered",
            starts_at=shift.starts_at,
            ends_at=shift.ends_at,
            unpaid=shift.unpaid,
        )
        entries.append(entry)
    return entries
