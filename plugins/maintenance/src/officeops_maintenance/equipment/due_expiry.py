"""What expires by its label: a unit with a last day, such as the pads of an AED."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Due
from officeops_maintenance.equipment.equipment import Equipment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

#: Days before its last one on which Today says so.
_LEAD: Final = timedelta(days=30)
_ENDS: Final = "expires_on <= ? AND status <> 'retired'"


def expiring(office: Office, until: date) -> Iterator[Due]:
    """Yield the units whose last day by the label has passed, or comes in a month."""
    for unit in office.all(Equipment, _ENDS, (until + _LEAD).isoformat()):
        if unit.expires_on is None:
            continue
        verb = "expired" if unit.expires_on < office.today else "expires"
        yield Due(
            key=f"maintenance.expiry:{unit.id}:{unit.expires_on}",
            on=unit.expires_on - _LEAD,
            what=f"{unit.human_key} {unit.name} {verb} on {unit.expires_on}",
            severity="unsafe",
            action="edit or retire",
            record=Equipment.meta.key,
            record_id=unit.id,
        )
