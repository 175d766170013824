"""The page of a call-out: each shift that it opened, and who covers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import PageLine, PageSection, Subject
from officeops_hr.people.person import Person
from officeops_hr.roster.absence.seat_words import seat
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_hr.roster.absence.call_out import CallOut


def page(office: Office, out: CallOut) -> Iterator[PageSection]:
    """Yield the shifts of the days, if the acting person sees the plan."""
    # The person themselves may read this page, and the plan is a manager's.
    if not office.may_view(Shift):
        return
    shifts = office.all(
        Shift,
        "call_out_id = ?",
        out.id,
        order="day, starts_at",
    )
    lines = [_line(office, shift) for shift in list(shifts)]
    if lines:
        yield PageSection("Shifts", lines)


def _line(office: Office, shift: Shift) -> PageLine:
    # A seat that nobody needs any more is dropped, and is no gap.
    who = "open"
    if shift.person_id is not None:
        who = f"covered by {office.label(Person, shift.person_id)}"
    elif shift.dropped:
        who = "dropped"
    return PageLine(
        f"Shift #{shift.id}",
        f"{seat(office, shift)}: {who}",
        _subject(shift),
    )


def _subject(shift: Shift) -> Subject:
    return Subject(Shift.meta.key, shift.id)
