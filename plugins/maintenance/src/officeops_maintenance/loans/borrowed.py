"""Borrowed units: those that a vendor wants back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Due
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.tickets.whom_to_call import known_vendor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

#: Days before the return on which somebody has to arrange for it.
_LEAD: Final = timedelta(days=7)
_WANTED: Final = "return_by <= ? AND status <> 'retired' AND archived_at IS NULL"


def borrowed(office: Office, until: date) -> Iterator[Due]:
    """Yield the units whose vendor wants them back within a week, or did already."""
    for unit in office.all(Equipment, _WANTED, until + _LEAD):
        lender = known_vendor(office, unit.borrowed_from_id)
        name = lender.name if lender else "its owner"
        yield Due(
            # With its date, so that another date is a new item, though the old one was snoozed.
            key=f"maintenance.borrowed:{unit.id}:{unit.return_by}",
            on=unit.return_by or office.today,
            what=f"{unit.human_key} {unit.name} goes back to {name} by {unit.return_by}",
            severity="money",
            action="retire",
            record=Equipment.meta.key,
            record_id=unit.id,
        )
