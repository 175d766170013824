"""Being out: somebody does not come for some days, and their shifts are open at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Problem, Refused, Value
from officeops_hr.roster.absence.call_out import CallOut
from officeops_hr.roster.absence.leave_of_absence import record_leave
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from officeops import Office
    from officeops_hr.people.person import Person

_DAY: Final = timedelta(days=1)
_THEIRS: Final = "person_id = ? AND NOT dropped AND day BETWEEN ? AND ?"


class Absence(Value):
    """A call-out with the shifts that it opened, and a sentence on its leave."""

    out: CallOut
    opened: Sequence[Shift]
    leave: str

    @property
    def days(self) -> str:
        """The days in words."""
        first, last = self.out.first_day, self.out.last_day
        return str(first) if first == last else f"{first} to {last}"


def be_out(
    office: Office,
    person: Person,
    days: tuple[date, date],
    policy_id: int | None = None,
) -> Absence:
    """Open the shifts of somebody from a first to a last day, and record the leave of these days.

    Raises Refused for days that are over, and for days on which they are out already.
    """
    first, last = days
    before = _before(office, person, first)
    # The days behind are the time sheet's, and a plan of them helps nobody.
    if first < office.today:
        raise Refused([Problem("is over", "first_day", code="not-allowed-here")])
    if before is not None and last <= before.last_day:
        why = f"{person.name} is out until {before.last_day} already, {before.human_key}"
        raise Refused(why, code="nothing-to-do")
    # The days that are recorded have their leave already.
    new = first if before is None else before.last_day + _DAY
    request, leave = record_leave(
        office,
        person.id,
        (new, last),
        policy_id,
    )
    leave_id = request.id if request else None
    if before is None:
        kept = _added(office, person, days, leave_id)
    else:
        # The newest request counts for the day of the return.
        office.edit(before, last_day=last, leave_id=leave_id or before.leave_id)
        kept = office.get(CallOut, before.id)
    return Absence(kept, _open(office, kept), leave)


def _added(
    office: Office,
    person: Person,
    days: tuple[date, date],
    leave_id: int | None,
) -> CallOut:
    first, last = days
    out = CallOut(
        person_id=person.id,
        first_day=first,
        last_day=last,
        called_at=office.now(),
        taken_by=office.actor,
        leave_id=leave_id,
    )
    return office.add(out)


def _before(
    office: Office,
    person: Person,
    first_day: date,
) -> CallOut | None:
    """Return the absence that a new one continues: somebody is out for another day."""
    yesterday = (first_day - _DAY).isoformat()
    where = "person_id = ? AND first_day <= ? AND last_day >= ?"
    return office.first(
        CallOut,
        where,
        person.id,
        first_day.isoformat(),
        yesterday,
    )


def _open(office: Office, out: CallOut) -> list[Shift]:
    """Open the shifts of somebody's absence; each keeps whose absence opened it."""
    days = (out.first_day.isoformat(), out.last_day.isoformat())
    shifts = list(
        office.all(
            Shift,
            _THEIRS,
            out.person_id,
            *days,
            order="day, starts_at",
        )
    )
    for shift in shifts:
        office.edit(
            shift,
            managed=True,
            person_id=None,
            despite=None,
            call_out_id=out.id,
        )
    return [office.get(Shift, shift.id) for shift in shifts]
