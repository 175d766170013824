"""Decisions on recalls: a unit that one is about is quarantined, and Today asks while one is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Due
from officeops.values import wording
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.equipment.life import EQUIPMENT
from officeops_maintenance.equipment.unit_name import named_unit
from officeops_maintenance.recalls.recall import Recall, RecallCandidate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office


def is_affected(
    office: Office,
    candidate: RecallCandidate,
    **asked: Any,  # noqa: ANN401, ARG001 - the columns that the step wrote
) -> str:
    """Quarantine the unit of a recall, if it may still be used."""
    unit = office.get(Equipment, candidate.equipment_id)
    recall = office.get(Recall, candidate.recall_id)
    # No step leads from retirement to quarantine.
    if unit.status not in EQUIPMENT.transitions["quarantine"].sources:
        return f"{unit.name} is {unit.status.replace('_', ' ')} and stays so."
    EQUIPMENT.move(office, unit, "quarantine", reason=f"Recall {recall.number}")
    return f"{unit.name} is quarantined: nobody may use it."


def open_about(office: Office, unit: Equipment) -> Iterator[str]:
    """Yield a sentence on each recall by whose decision a unit is affected, or that is undecided."""
    where = "equipment_id = ? AND decision IN ('open', 'affected')"
    for candidate in office.all(RecallCandidate, where, unit.id):
        recall = office.get(Recall, candidate.recall_id)
        state = "counts it as affected" if candidate.decision == "affected" else "may be about it"
        key = candidate.human_key
        yield f"Recall {recall.number} {state}; officeops recall-candidate not-affected {key}."


def undecided(office: Office) -> Iterator[Due]:
    """Yield a line for each recall with units that nobody has decided about."""
    candidates = office.all(RecallCandidate, "decision = 'open' AND archived_at IS NULL")
    by_recall: dict[int, list[RecallCandidate]] = {}
    for candidate in candidates:
        by_recall.setdefault(candidate.recall_id, []).append(candidate)
    for recall_id, ones in by_recall.items():
        yield _line(office, office.get(Recall, recall_id), ones)


def _line(
    office: Office,
    recall: Recall,
    candidates: list[RecallCandidate],
) -> Due:
    units = wording.count(len(candidates), "unit")
    if len(candidates) == 1:
        units = named_unit(office.get(Equipment, candidates[0].equipment_id))
    return Due(
        key=f"maintenance.recall:{recall.id}",
        on=recall.reported_on or office.today,
        what=f"Recall {recall.number} may be about {units}: decide",
        severity="unsafe",
        action="not-affected",
        record=RecallCandidate.meta.key,
        record_id=candidates[0].id,
    )
