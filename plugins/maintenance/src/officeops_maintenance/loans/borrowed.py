"""Loaners in Today: those that a vendor wants back, and those whose unit is back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Due
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.equipment.unit_name import named_unit
from officeops_maintenance.loans.replacement import is_needed, lender, sent_back

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

#: Days before the return on which somebody has to arrange for it.
_LEAD: Final = timedelta(days=7)
_LOANERS: Final = """
(return_by <= ? OR replaces_id IS NOT NULL) AND status <> 'retired'
"""


def borrowed(office: Office, until: date) -> Iterator[Due]:
    """Yield the loaners whose vendor wants them back within a week, or whose unit is back."""
    last = until + _LEAD
    for loaner in office.all(Equipment, _LOANERS, last):
        if not is_needed(office, loaner):
            yield _unneeded(office, loaner)
        elif loaner.return_by and loaner.return_by <= last:
            yield _wanted(office, loaner, loaner.return_by)


def _wanted(
    office: Office,
    loaner: Equipment,
    by: date,
) -> Due:
    words = f"{named_unit(loaner)} goes back to {lender(office, loaner)} by {by}"
    # With its date, so that another date is a new item, though the old one was snoozed.
    return _line(loaner, f"{loaner.id}:{by}", by, words)


def _unneeded(office: Office, loaner: Equipment) -> Due:
    replaced = office.get(Equipment, loaner.replaces_id or 0)
    since = office.ways.day_of(office.last_event_at(replaced))
    state = "retired" if replaced.status == "retired" else "back"
    ended = f"{named_unit(replaced)} is {state}"
    words = f"{named_unit(loaner)} replaced it: {sent_back(office, loaner)}"
    return _line(loaner, f"{loaner.id}:unneeded:{since}", since, f"{ended}; {words}")


def _line(
    loaner: Equipment,
    key: str,
    on: date,
    words: str,
) -> Due:
    return Due(
        key=f"maintenance.borrowed:{key}",
        on=on,
        what=words,
        severity="money",
        # A loaner leaves for good; the practice's own spare only ends its service for another.
        action="retire" if loaner.borrowed_from_id else "edit",
        record=Equipment.meta.key,
        record_id=loaner.id,
    )
