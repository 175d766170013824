"""Lines about absences: open seats in Today, and on the morning's page who covers for whom."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Due, HuddleLine
from officeops_hr.people.person import Person
from officeops_hr.roster.absence.call_out import CallOut
from officeops_hr.roster.absence.seat_words import seat
from officeops_hr.roster.absence.seats import open_seats
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

#: So far ahead there is time to ask people.
_AHEAD: Final = timedelta(days=13)
_TODAY: Final = "call_out_id IS NOT NULL AND NOT dropped AND day = ?"


def due_lines(office: Office) -> Iterator[Due]:
    """Yield the open seats of absences in the next two weeks."""
    if not office.may_view(Shift):
        return
    for shift in open_seats(office, office.today):
        if shift.day > office.today + _AHEAD:
            break
        yield Due(
            key=f"hr.shift:{shift.id}:open-{shift.call_out_id}",
            on=shift.day,
            what=f"Open: {seat(office, shift)}, {_absent(office, shift)} is out",
            action="assign",
            record=Shift.meta.key,
            record_id=shift.id,
        )


def morning_lines(office: Office) -> Iterator[HuddleLine]:
    """Yield who covers for whom today, and what nobody covers."""
    if not office.may_view(Shift):
        return
    shifts = list(office.all(Shift, _TODAY, office.today.isoformat(), order="starts_at, id"))
    for shift in shifts:
        # Leave has its own line of who is off, which says nothing of the seat.
        who = "Nobody" if shift.person_id is None else office.label(Person, shift.person_id)
        words = f"{who} covers for {_absent(office, shift)}: {seat(office, shift)}"
        yield HuddleLine("people", words, Shift.meta.key, shift.id)


def _absent(office: Office, shift: Shift) -> str:
    out = office.get(CallOut, shift.call_out_id or 0)
    return office.label(Person, out.person_id)
