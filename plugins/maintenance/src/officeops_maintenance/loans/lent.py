"""Lent units in Today: those whose day to come back has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Due
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.equipment.unit_name import named_unit
from officeops_maintenance.loans.loan import has_it

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

_DUE_BACK: Final = "lent_to IS NOT NULL AND status <> 'retired' AND due_back_on <= ?"


def due_back(office: Office, until: date) -> Iterator[Due]:
    """Yield the due item of each lent unit that should be back."""
    for unit in office.all(Equipment, _DUE_BACK, until.isoformat()):
        day = unit.due_back_on or office.today
        yield Due(
            # With its day, so that a longer loan is a new item.
            key=f"maintenance.lent:{unit.id}:{day}",
            on=day,
            what=f"{named_unit(unit)}: {has_it(unit)}",
            severity="routine",
            action="take-back",
            record=Equipment.meta.key,
            record_id=unit.id,
        )
