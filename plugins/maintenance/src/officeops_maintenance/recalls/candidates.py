"""Candidates: the units that recalls may be about follow from both, whichever came first.

An open candidate comes and goes with the words that match. One that somebody decided about stays.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.recalls.matching import RecallText, pairs
from officeops_maintenance.recalls.recall import RecallCandidate

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from officeops import Office

_IN_USE: Final = "archived_at IS NULL AND status <> 'retired'"
# Plain rows: an office may keep ten thousands of recalls, and a unit has its words in few.
_RECALLS: Final = """
SELECT id, firm, product, codes FROM maintenance_recall
WHERE archived_at IS NULL AND (?1 IS NULL OR id IN (SELECT value FROM json_each(?1)))
"""
#: With those that are archived: a candidate that matches again is the same one.
_KEPT: Final = """
SELECT id FROM maintenance_recall_candidate
WHERE {column} IN (SELECT value FROM json_each(?))
"""

_Pair = tuple[int, int]


class Change(Value):
    """What matching changed: how many candidates are new, and sentences on those that it overtook."""

    new: int
    outdated: tuple[str, ...]


def match_units(office: Office, ids: Iterable[int]) -> Change:
    """Bring the candidates of units in line with all recalls."""
    asked = sorted(set(ids))
    units = [(unit.id, unit) for unit in office.some(Equipment, asked) if _is_in_use(unit)]
    # Without a unit in use nothing is read of the recalls.
    wanted = pairs(_texts(office), units) if units else {}
    return _bring_in_line(office, _kept(office, "equipment_id", asked), wanted)


def match_recalls(
    office: Office,
    ids: Iterable[int],
    reworded: Container[int] = (),
) -> Change:
    """Bring the candidates of recalls in line with all units.

    `reworded` are recalls whose own words changed: what somebody decided by the old ones is said.
    """
    asked = sorted(set(ids))
    units = [(unit.id, unit) for unit in office.all(Equipment, _IN_USE)]
    wanted = pairs(_texts(office, json.dumps(asked)), units)
    return _bring_in_line(office, _kept(office, "recall_id", asked), wanted, reworded)


def words_of(office: Office, ids: Iterable[int] | None = None) -> Iterator[tuple[int, RecallText]]:
    """Yield the words of recalls by their ids, as they are compared; of all without `ids`."""
    return _texts(office, None if ids is None else json.dumps(list(ids)))


def _is_in_use(unit: Equipment) -> bool:
    return unit.archived_at is None and unit.status != "retired"


def _texts(office: Office, ids: str | None = None) -> Iterator[tuple[int, RecallText]]:
    """Yield the words of the recalls with these ids, as JSON; None for all."""
    for key, firm, product, codes in office.rows(_RECALLS, ids):
        yield key, RecallText.of(firm, product, codes)


def _kept(
    office: Office,
    column: str,
    ids: list[int],
) -> list[RecallCandidate]:
    rows = office.rows(_KEPT.format(column=column), json.dumps(ids))
    return list(office.some(RecallCandidate, [number for (number,) in rows]))


def _bring_in_line(
    office: Office,
    kept: Iterable[RecallCandidate],
    wanted: Mapping[_Pair, str],
    reworded: Container[int] = (),
) -> Change:
    """Add the candidates that are wanted, correct the open ones, and archive those without a match."""
    missing = dict(wanted)
    outdated = []
    for candidate in kept:
        words = missing.pop((candidate.recall_id, candidate.equipment_id), "")
        if candidate.decision == "open":
            if candidate.archived_at is None and not words:
                outdated.append(_gone(candidate))
            _follow(office, candidate, words)
        elif words and words != candidate.matched:
            outdated.append(_outdated(candidate, f"now it matches by {words}"))
        elif candidate.recall_id in reworded:
            # Such as other serial numbers: "a later one" was said of the old ones.
            now = "the recall says other things now" if words else "it matches no more"
            outdated.append(_outdated(candidate, now))
    for (recall_id, unit_id), words in missing.items():
        candidate = RecallCandidate(
            recall_id=recall_id,
            equipment_id=unit_id,
            matched=words,
        )
        office.add(candidate)
    return Change(len(missing), tuple(outdated))


def _follow(
    office: Office,
    candidate: RecallCandidate,
    words: str,
) -> None:
    is_live = candidate.archived_at is None
    if words and not is_live:
        office.unarchive(candidate)
    if is_live and not words:
        office.archive(candidate)
    if words and words != candidate.matched:
        office.edit(candidate, matched=words)


def _gone(candidate: RecallCandidate) -> str:
    # Nobody decided on it, so a slip of the words would end the question unseen.
    return f"{candidate.human_key} ({candidate.matched}) matches no more, and is off the list."


def _outdated(candidate: RecallCandidate, now: str) -> str:
    decided = candidate.decision.replace("_", " ")
    was = f"{candidate.human_key} was decided as {decided} by {candidate.matched}"
    return f"{was}; {now}: look at it again."
