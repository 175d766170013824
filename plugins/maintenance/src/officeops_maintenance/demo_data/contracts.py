"""A made-up service contract and a warranty, and a recall that turned out to be about another lot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.demo import demo_rows
from officeops_maintenance.contracts.contract import Contract, CoveredUnit
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.recalls.recall import CANDIDATE, Recall, RecallCandidate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops.demo import Demo


def build_contracts(demo: Demo, vendors: Mapping[str, int | None]) -> None:
    """Write the contracts of `contracts.csv`, and the recalls, one of which concerned a unit."""
    for row in demo_rows(__package__, "contracts.csv"):
        _contract(
            demo,
            row,
            vendors.get(row["vendor"]),
        )
    for row in demo_rows(__package__, "recalls.csv"):
        _recall(demo, row)


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


def _recall(demo: Demo, row: Mapping[str, str]) -> None:
    """Add a recall, and decide on the units that it may be about."""
    office, reported = demo.office, demo.day(row["reported"])
    with demo.at(reported, "ann"), office.acting("maintenance.recall.add"):
        recall = office.add(
            Recall(
                number=row["number"],
                classification=row["classification"],
                firm=row["firm"],
                product=row["product"],
                codes=row["codes"],
                reported_on=reported,
            )
        )
    verb, decided = row["verb"], demo.day(row["decided"])
    with demo.at(decided, "ann"), office.acting(f"{RecallCandidate.meta.key}.{verb}"):
        for candidate in office.all(RecallCandidate, "recall_id = ?", recall.id):
            CANDIDATE.move(
                office,
                candidate,
                verb,
                reason=row["because"],
            )
