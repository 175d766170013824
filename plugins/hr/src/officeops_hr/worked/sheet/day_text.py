"""Day text: what people type of a day that was worked: =, 7:30-6, 8-12 1-5/30, or absent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops_hr.roster.hours.break_default import BreakDefault
from officeops_hr.roster.rules.shift import DAY
from officeops_hr.roster.week.cell_text import OFF, read_cell, write_cell
from officeops_hr.roster.week.differences import usual_break
from officeops_hr.worked.time_entry import TimeEntry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops_hr.roster.rules.shift import Shift
    from officeops_hr.roster.week.cell_text import Wanted
    from officeops_hr.worked.sheet.worked_day import WorkedDay

#: As rostered, as people type it.
SAME: Final = "="
ABSENT: Final = "absent"
#: With these a text begins; any other character is a key of the screen.
BEGINS: Final = "0123456789=oxa-"
_ABSENT: Final = OFF | {"a", ABSENT}


def wrong(text: str) -> str:
    """Return why a text says nothing of a day; blank where it does."""
    try:
        _read(text)
    except ValueError as error:
        return str(error)
    return ""


def entries_of(worked: WorkedDay, text: str) -> list[TimeEntry]:
    """Return the entries that a text means for a day; nothing is written.

    Raises ValueError for no text of a day, and for `=` on a day on which nobody expected them.
    """
    said = text.strip().lower()
    if said == SAME:
        if not worked.rostered:
            raise ValueError("was not rostered then: type the times")
        return list(worked.rostered)
    if said in _ABSENT:
        return [
            TimeEntry(
                person_id=worked.person_id,
                day=worked.day,
                how="absent",
            )
        ]
    expected = shifts_of(worked.rostered)
    return [
        _entry(
            worked,
            wanted,
            expected,
        )
        for wanted in _read(text)
    ]


def _read(text: str) -> list[Wanted]:
    """Read the stretches of a day; none for a word."""
    if text.strip().lower() in {SAME, *_ABSENT}:
        return []
    wanted = read_cell(text, ())
    # Being on call is no work, and a meeting is work like any other.
    if any(one.kind != "work" for one in wanted):
        raise ValueError("takes times alone: 7:30-16:30, or absent")
    return wanted


def _entry(
    worked: WorkedDay,
    wanted: Wanted,
    expected: list[Shift],
) -> TimeEntry:
    unpaid = wanted.unpaid
    if unpaid is None:
        # The break that was planned, as on the schedule; somebody who went home early had none.
        unpaid = usual_break(
            wanted,
            expected,
            (),
            BreakDefault(),
        ).minutes
    return TimeEntry(
        person_id=worked.person_id,
        day=worked.day,
        how="entered",
        starts_at=wanted.start,
        ends_at=wanted.end % DAY,
        unpaid=unpaid,
    )


def shifts_of(entries: Iterable[TimeEntry]) -> list[Shift]:
    """Return the stretches of entries as the rules take them."""
    shifts = []
    for entry in entries:
        shift = entry.worked()
        if shift is not None:
            shifts.append(shift)
    return shifts


def times_of(entries: Iterable[TimeEntry]) -> str:
    """Write the times of entries as people type them: 730-12,1-5."""
    return write_cell(shifts_of(entries), {})


def words_of(entries: Iterable[TimeEntry]) -> str:
    """Write what entries say of a day: as rostered, absent, or the times."""
    entries = list(entries)
    hows = {entry.how for entry in entries}
    if hows == {"as_rostered"}:
        return "as rostered"
    return ABSENT if hows == {ABSENT} else times_of(entries)
