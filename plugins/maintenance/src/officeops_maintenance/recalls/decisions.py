"""Decisions on recalls: a unit that one is about is quarantined until it has a remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Due, Reason
from officeops.values import wording
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.equipment.fitness import Obstacle
from officeops_maintenance.equipment.life import DOWN, EQUIPMENT
from officeops_maintenance.equipment.unit_name import named_unit
from officeops_maintenance.recalls.recall import Recall, RecallCandidate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

#: SQL of candidates that nobody has decided about; an archived recall asks for nothing.
UNDECIDED: Final = """decision = 'open' AND archived_at IS NULL
AND recall_id IN (SELECT id FROM maintenance_recall WHERE archived_at IS NULL)"""
#: SQL of candidates by which a recall is about a unit, and nothing was done yet.
AFFECTED: Final = "decision = 'affected' AND archived_at IS NULL"


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


def is_remedied(
    office: Office,
    candidate: RecallCandidate,
    **asked: Any,  # noqa: ANN401, ARG001
) -> str:
    """Say how the unit returns to service."""
    unit = office.get(Equipment, candidate.equipment_id)
    said = f"{named_unit(unit)}: {candidate.because}."
    if unit.status not in DOWN:
        return said
    return f"{said} It returns to service by officeops equipment return {unit.human_key}."


def open_about(office: Office, unit: Equipment) -> Iterator[str]:
    """Yield a sentence on each recall that may be about a unit, and is undecided."""
    for candidate in office.all(RecallCandidate, f"equipment_id = ? AND {UNDECIDED}", unit.id):
        recall = office.get(Recall, candidate.recall_id)
        key = candidate.human_key
        yield f"Recall {recall.number} may be about it; officeops recall-candidate affected {key}."


def obstacle(office: Office, unit: Equipment) -> Obstacle | None:
    """Return the recall that keeps a unit out of service: it is about it, and nothing was done yet."""
    candidate = office.first(RecallCandidate, f"equipment_id = ? AND {AFFECTED}", unit.id)
    if candidate is None:
        return None
    recall = office.get(Recall, candidate.recall_id)
    key = candidate.human_key
    return Obstacle(f"recall {recall.number} is about it", f"note the remedy: {_cure(key)}", key)


def _cure(key: str) -> str:
    return f"officeops recall-candidate remedy {key} --reason …"


def awaits_remedy(office: Office, recall: Recall) -> str | None:
    """Say which unit keeps a recall from the archive; None where none does."""
    for candidate in office.all(RecallCandidate, f"recall_id = ? AND {AFFECTED}", recall.id):
        unit = office.get(Equipment, candidate.equipment_id)
        if unit.status != "retired" and unit.archived_at is None:
            how = f"note the remedy, or retire the unit: {_cure(candidate.human_key)}"
            why = f"it is about {named_unit(unit)}; {how}"
            return Reason(why, code="in-use")
    return None


def undecided(office: Office) -> Iterator[Due]:
    """Yield a line for each recall with units that nobody has decided about."""
    by_recall: dict[int, list[RecallCandidate]] = {}
    for candidate in office.all(RecallCandidate, UNDECIDED):
        by_recall.setdefault(candidate.recall_id, []).append(candidate)
    for recall_id, ones in by_recall.items():
        yield _line(office, office.get(Recall, recall_id), ones)


def affected(office: Office) -> Iterator[Due]:
    """Yield a line for each unit that a recall is about, until somebody notes a remedy."""
    for candidate in office.all(RecallCandidate, AFFECTED):
        unit = office.get(Equipment, candidate.equipment_id)
        # A unit that is gone for good needs no remedy.
        if unit.status == "retired" or unit.archived_at is not None:
            continue
        recall = office.get(Recall, candidate.recall_id)
        decided = candidate.decided_at
        yield Due(
            key=f"maintenance.recall-remedy:{candidate.id}",
            on=office.ways.day_of(decided) if decided else office.today,
            what=f"Recall {recall.number} is about {named_unit(unit)}: note the remedy",
            severity="unsafe",
            action="remedy",
            record=RecallCandidate.meta.key,
            record_id=candidate.id,
        )


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
        action="affected or not-affected",
        record=RecallCandidate.meta.key,
        record_id=candidates[0].id,
    )
