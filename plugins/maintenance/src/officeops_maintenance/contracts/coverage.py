"""Coverage: the contracts and the warranty that a unit has now, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import PageLine, Subject
from officeops.values.wording import count
from officeops_maintenance.contracts.contract import Contract, CoveredUnit
from officeops_maintenance.tickets.whom_to_call import known_vendor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_maintenance.equipment.equipment import Equipment

_COVERS: Final = """id IN (
SELECT u.contract_id FROM maintenance_covered_unit u
WHERE u.equipment_id = ? AND u.archived_at IS NULL)"""
_HOUR: Final = 60


def coverage(office: Office, unit: Equipment) -> Iterator[PageLine]:
    """Yield the warranty of a unit while it runs, and the contracts in force that cover it."""
    if unit.warranty_until and unit.warranty_until >= office.today:
        yield PageLine("Warranty", f"until {unit.warranty_until}")
    if not office.may_view(Contract):
        return
    for contract in Contract.in_force(office, _COVERS, unit.id):
        if contract.expires_on is None or contract.expires_on >= office.today:
            subject = Subject(Contract.meta.key, contract.id)
            yield PageLine("Contract", in_words(office, contract), subject)


def in_words(office: Office, contract: Contract) -> str:
    """Return a contract as one line: its name, its vendor, its end and the promised response."""
    parts = [contract.name]
    if vendor := known_vendor(office, contract.vendor_id):
        parts.append(vendor.name)
    if contract.expires_on:
        parts.append(f"until {contract.expires_on}")
    if contract.respond_within is not None:
        hours = contract.respond_within / _HOUR
        promised = count(int(hours), "hour") if hours.is_integer() else f"{hours:.1f} hours"
        parts.append(f"response within {promised}")
    return ", ".join(filter(None, parts))


def cover_as_before(office: Office, contract: Contract) -> None:
    """Have a renewal cover the units that the contract before it covered."""
    for unit in office.all(
        CoveredUnit, "contract_id = ? AND archived_at IS NULL", contract.replaces_id
    ):
        office.add(
            CoveredUnit(contract_id=contract.id, equipment_id=unit.equipment_id, note=unit.note)
        )
