"""Matching: which units a recall may be about, by make, model, lot and serial number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from officeops import Due, folded
from officeops.values import wording
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.equipment.life import EQUIPMENT
from officeops_maintenance.recalls.recall import Recall, RecallCandidate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops import Office

#: A shorter serial or lot number alone is in too many texts.
_SURE: Final = 5


def matched(recall: Recall, unit: Equipment) -> str:
    """Return the words of a unit that a recall has too; blank where they are too few.

    A serial or lot number is enough if it is long; else the make has to match, and the model, the
    lot or the serial number with it.
    """
    text = folded(f"{recall.product} {recall.codes or ''}")
    by = {"serial": unit.serial, "lot": unit.lot, "model": unit.model}
    hits = {name: value for name, value in by.items() if value and _is_in(value, text)}
    is_made_by = bool(unit.make and _is_in(unit.make, f"{folded(recall.firm or '')} {text}"))
    numbers = [value for name, value in hits.items() if name != "model"]
    if not (hits and is_made_by) and not any(len(value) >= _SURE for value in numbers):
        return ""
    make = [f"make {unit.make}"] if is_made_by else []
    return ", ".join([*make, *(f"{name} {value}" for name, value in hits.items())])


def _is_in(value: str, text: str) -> bool:
    """Whether a text has a value as a word of its own."""
    return bool(re.search(rf"(?<!\w){re.escape(folded(value))}(?!\w)", text))


def match(office: Office, recalls: Iterable[Recall]) -> int:
    """Note the units that recalls may be about, once each; return how many are new."""
    # Read once for all recalls of a file.
    units = list(office.all(Equipment, "archived_at IS NULL AND status <> 'retired'"))
    new = 0
    for recall in recalls:
        known = office.all(RecallCandidate, "recall_id = ?", recall.id)
        # Open candidates count too, so that a second import adds none of them again.
        decided = {candidate.equipment_id for candidate in known}
        for unit in units:
            words = matched(recall, unit)
            if words and unit.id not in decided:
                office.add(
                    RecallCandidate(recall_id=recall.id, equipment_id=unit.id, matched=words)
                )
                new += 1
    return new


def is_affected(
    office: Office,
    candidate: RecallCandidate,
    **asked: Any,  # noqa: ANN401, ARG001 - the columns that the step wrote
) -> str:
    """Quarantine the unit of a recall, if it may still be used."""
    unit = office.get(Equipment, candidate.equipment_id)
    recall = office.get(Recall, candidate.recall_id)
    # No step leads from a loan or from retirement to quarantine.
    if unit.status not in {"in_service", "out_of_service"}:
        return f"{unit.name} is {unit.status.replace('_', ' ')} and stays so."
    EQUIPMENT.move(office, unit, "quarantine", reason=f"Recall {recall.number}")
    return f"{unit.name} is quarantined: nobody may use it."


def undecided(office: Office) -> Iterator[Due]:
    """Yield a line for each recall with units that nobody has decided about."""
    candidates = office.all(RecallCandidate, "decision = 'open' AND archived_at IS NULL")
    by_recall: dict[int, list[RecallCandidate]] = {}
    for candidate in candidates:
        by_recall.setdefault(candidate.recall_id, []).append(candidate)
    for recall_id, ones in by_recall.items():
        recall = office.get(Recall, recall_id)
        units = wording.count(len(ones), "unit")
        yield Due(
            key=f"maintenance.recall:{recall_id}",
            on=recall.reported_on or office.today,
            what=f"Recall {recall.number} may be about {units}: decide",
            severity="unsafe",
            action="not-affected",
            record=RecallCandidate.meta.key,
            record_id=ones[0].id,
        )
