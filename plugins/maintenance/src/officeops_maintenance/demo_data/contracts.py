"""A made-up service contract and a warranty, and a recall that turned out to be about another lot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops_maintenance.contracts.contract import Contract, CoveredUnit
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.recalls.recall import CANDIDATE, Recall, RecallCandidate

if TYPE_CHECKING:
    from officeops.demo import Demo

#: Days from today: the contract's first and last day, the recall, and the decision on it.
_BEGUN: Final = -200
_ENDS: Final = 530
_RECALLED: Final = -120
_DECIDED: Final = -118
_COVERED: Final = "name LIKE 'Autoclave%'"


def build_contracts(demo: Demo, vendor_id: int | None) -> None:
    """Write a warranty, the contract over both autoclaves, and the recall of an AED with its decision."""
    office = demo.office
    with demo.at(demo.day(_BEGUN), "ann"), office.acting("maintenance.contract.add"):
        warranty = Contract(
            name="Extended warranty of the ECG",
            sort="warranty",
            issued_on=demo.day(_BEGUN),
            expires_on=demo.day(_ENDS),
        )
        office.add(warranty)
        contract = office.add(
            Contract(
                name="Full service for sterilizers",
                vendor_id=vendor_id,
                respond_within=24 * 60,
                covers="Parts and labor",
                issued_on=demo.day(_BEGUN),
                expires_on=demo.day(_ENDS),
            )
        )
        for unit in office.all(Equipment, _COVERED):
            office.add(CoveredUnit(contract_id=contract.id, equipment_id=unit.id))
    _recall(demo)


def _recall(demo: Demo) -> None:
    office = demo.office
    with demo.at(demo.day(_RECALLED), "ann"), office.acting("maintenance.recall.add"):
        recall = Recall(
            number="Z-0412-0000",
            classification="Class II",
            firm="Cardiform Inc.",
            product="Cardiform C-300 automated external defibrillator",
            codes="Serial numbers C300-10000 to C300-19999",
            reported_on=demo.day(_RECALLED),
        )
        office.add(recall)
    verb = "not-affected"
    with demo.at(demo.day(_DECIDED), "ann"), office.acting(f"{RecallCandidate.meta.key}.{verb}"):
        for candidate in office.all(RecallCandidate):
            CANDIDATE.move(office, candidate, verb, because="The serial number is a later one")
