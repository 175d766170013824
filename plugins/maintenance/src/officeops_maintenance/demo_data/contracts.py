"""A made-up service contract and a warranty, and a recall that turned out to be about another lot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.demo import demo_rows
from officeops_maintenance.contracts.contract import Contract, CoveredUnit
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.recalls.recall import CANDIDATE, Recall, RecallCandidate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops.demo import Demo

#: Days from today: the recall, and the decision on it.
_RECALLED: Final = -120
_DECIDED: Final = -118


def build_contracts(demo: Demo, vendors: Mapping[str, int | None]) -> None:
    """Write the contracts of `contracts.csv`, and the recalls, one of which concerned a unit."""
    for row in demo_rows(__package__, "contracts.csv"):
        _contract(
            demo,
            row,
            vendors.get(row["vendor"]),
        )
    _recall(demo)


def _contract(
    demo: Demo,
    row: Mapping[str, str],
    vendor_id: int | None,
) -> None:
    office, begun = demo.office, demo.day(row["begun"])
    with demo.at(begun, "ann"), office.acting("maintenance.contract.add"):
        contract = office.add(
            Contract(
                name=row["name"],
                sort=row["sort"],
                vendor_id=vendor_id,
                respond_within=int(row["hours"]) * 60 if row["hours"] else None,
                covers=row["covers"] or None,
                cost=int(row["cost"]) * 100 if row["cost"] else None,
                issued_on=begun,
                expires_on=demo.day(row["ends"]),
            )
        )
        for unit in office.all(
            Equipment,
            "name LIKE ?",
            f"{row['units']}%",
        ):
            office.add(CoveredUnit(contract_id=contract.id, equipment_id=unit.id))


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
            CANDIDATE.move(
                office,
                candidate,
                verb,
                because="The serial number is a later one",
            )
