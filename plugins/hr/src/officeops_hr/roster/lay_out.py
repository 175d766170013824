"""Laying out: shifts from patterns, each once, for weeks that nobody has published yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import action, param
from officeops.values import wording
from officeops_hr.people.person import Person
from officeops_hr.roster.closed_patterns import closed_words, never_open
from officeops_hr.roster.plan import ONE_DAY
from officeops_hr.roster.rules.cycle import DAYS, monday_of
from officeops_hr.roster.rules.taken_times import TakenTimes
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.shift_pattern import ShiftPattern

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Action, Office

    #: Values of shifts by their columns.
    Rows = list[dict[str, Any]]

#: Weeks that the job lays out ahead.
AHEAD: Final = 8
#: So many that are left out are named.
_NAMED: Final = 5
#: Dropped ones count: what somebody took out never comes back by itself. Undone ones may.
_DONE: Final = (
    "SELECT pattern_id, day FROM hr_shift "
    "WHERE pattern_id IS NOT NULL AND archived_at IS NULL AND day BETWEEN ? AND ?"
)
_TAKEN: Final = "person_id IS NOT NULL AND NOT dropped AND day BETWEEN ? AND ?"
_PUBLISHED: Final = (
    "SELECT DISTINCT location_id, monday FROM hr_roster_revision "
    "WHERE archived_at IS NULL AND monday >= ?"
)


def lay_out(
    office: Office,
    first: date,
    last: date,
) -> int:
    """Add the shifts of all patterns in some days that are not there yet; return how many.

    None of them puts somebody in two places; the shift that is there already stays.
    """
    rows, _ = _to_add(office, first, last)
    office.add_many(Shift, rows)
    return len(rows)


def _to_add(
    office: Office,
    first: date,
    last: date,
) -> tuple[Rows, Rows]:
    """Return the shifts to add, and those of people who work already then."""
    done = {(row, day) for row, day in office.rows(_DONE, first.isoformat(), last.isoformat())}
    published = {
        (place, day) for place, day in office.rows(_PUBLISHED, monday_of(first).isoformat())
    }
    taken = _taken(office, first, last)
    rows: Rows = []
    left_out: Rows = []
    for pattern, day in _dates(office, first, last):
        week = (pattern.location_id, monday_of(day).isoformat())
        if (pattern.id, day.isoformat()) not in done and week not in published:
            row = _row(pattern, day)
            is_free = taken.take(pattern.shift_on(day))
            if is_free:
                rows.append(row)
            else:
                left_out.append(row)
    return rows, left_out


def _taken(
    office: Office,
    first: date,
    last: date,
) -> TakenTimes:
    """Return the times that people work already, nights before and after included."""
    days = ((first - ONE_DAY).isoformat(), (last + ONE_DAY).isoformat())
    shifts = office.all(
        Shift,
        _TAKEN,
        *days,
    )
    return TakenTimes(shift.planned() for shift in shifts)


def _dates(
    office: Office,
    first: date,
    last: date,
) -> Iterator[tuple[ShiftPattern, date]]:
    """Yield each pattern with the days on which it has its shift."""
    for pattern in office.all(ShiftPattern):
        calendar = office.calendar_at(pattern.location_id)
        day = first
        while day <= last:
            is_open = pattern.when_closed or calendar.is_open(day)
            if is_open and pattern.is_on(day):
                yield pattern, day
            day += ONE_DAY


def _row(pattern: ShiftPattern, day: date) -> dict[str, Any]:
    return {
        "day": day.isoformat(),
        "person_id": pattern.person_id,
        "role_id": pattern.role_id,
        "starts_at": pattern.starts_at,
        "ends_at": pattern.ends_at,
        "unpaid": pattern.unpaid,
        "location_id": pattern.location_id,
        "room_id": pattern.room_id,
        "origin": "pattern",
        "pattern_id": pattern.id,
    }


#: The last day to lay out.
_UNTIL: Final[date | None] = param(default=None, help="Blank: eight weeks ahead")


@action("hr.lay-out-schedule", label="Lay out the schedule")
def lay_out_schedule(
    office: Office,
    until: date | None = _UNTIL,
) -> str:
    """Add the shifts of patterns to unpublished weeks."""
    first = office.today
    last = until or monday_of(first) + (AHEAD * DAYS - 1) * ONE_DAY
    rows, left_out = _to_add(office, first, last)
    office.add_many(Shift, rows)
    said = f"{wording.count(len(rows), 'shift')} laid out until {last}."
    closed = never_open(office, first, last)
    return f"{said}{_left_out_words(office, left_out)}{closed_words(office, closed)}"


def _left_out_words(office: Office, left_out: Rows) -> str:
    """Return who has two patterns at one time, as a sentence behind the first."""
    if not left_out:
        return ""
    words = []
    for row in left_out[:_NAMED]:
        person = office.label(Person, row["person_id"])
        words.append(f"{person} on {row['day']}")
    more = len(left_out) - _NAMED
    if more > 0:
        words.append(f"{more} more")
    return f" Left out, as they work already then: {wording.listing(words)}."


ACTIONS: Final[list[Action[..., Any]]] = [lay_out_schedule]
