"""Booking a day: what somebody typed becomes the time entries of that day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Problem, Refused
from officeops_hr.worked.confirming import NOT_OVER
from officeops_hr.worked.sheet.day_text import entries_of

if TYPE_CHECKING:
    from officeops import Office
    from officeops_hr.worked.sheet.worked_day import WorkedDay
    from officeops_hr.worked.time_entry import TimeEntry


def book_day(
    office: Office,
    worked: WorkedDay,
    text: str,
    note: str | None,
) -> None:
    """Write the entries of a day. Raises Refused with the person, the day, and why not."""
    about = f"{worked.name} on {worked.day}"
    try:
        wanted = entries_of(worked, text) if text else []
    except ValueError as error:
        raise Refused([Problem(str(error), code="malformed")], about) from error
    is_confirmed = any(entry.how == "as_rostered" for entry in wanted)
    if is_confirmed and worked.day >= office.today:
        raise Refused([Problem(NOT_OVER, code="wrong-state")], about)
    if wanted:
        wanted[0].note = note
    try:
        _write(
            office,
            list(worked.entries),
            wanted,
            note,
        )
    except Refused as refused:
        # The problem names a field alone, and the sheet has many people.
        raise Refused(refused.problems, about) from refused


def _write(
    office: Office,
    before: list[TimeEntry],
    wanted: list[TimeEntry],
    note: str | None,
) -> None:
    if not wanted and before:
        office.edit(before[0], note=note)
        return
    # One entry that becomes another stays the same one, so that its history shows both.
    if len(before) == len(wanted) == 1:
        new = wanted[0]
        office.edit(
            before[0],
            how=new.how,
            starts_at=new.starts_at,
            ends_at=new.ends_at,
            unpaid=new.unpaid,
            note=note or before[0].note,
        )
        return
    # All that goes first: edited one by one, several would clash on the way.
    for entry in before:
        office.archive(entry)
    for entry in wanted:
        office.add(entry)
