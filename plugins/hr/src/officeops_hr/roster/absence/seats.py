"""Seats: shifts that somebody's absence opened and that nobody covers yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

_OPEN: Final = "person_id IS NULL AND call_out_id IS NOT NULL AND NOT dropped AND day >= ?"


def open_seats(office: Office, since: date) -> Iterator[Shift]:
    """Yield the open shifts of absences from a day on, the earliest first."""
    yield from office.all(
        Shift,
        _OPEN,
        since.isoformat(),
        order="day, starts_at, id",
    )


def next_seat(office: Office, shift: Shift) -> Shift | None:
    """Return the open seat after a shift, of the same absence; None where that was the last."""
    seats = [one for one in open_seats(office, office.today) if one.id != shift.id]
    same = [one for one in seats if one.call_out_id == shift.call_out_id]
    # After the last one come those that were passed over.
    later = [one for one in same if (one.day, one.starts_at) > (shift.day, shift.starts_at)]
    return next(iter(later or same), None)
