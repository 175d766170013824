"""Changed words: a unit or a recall that comes, or whose words change, is matched again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.values.wording import count
from officeops_maintenance.recalls.candidates import match_recalls, match_units
from officeops_maintenance.recalls.recall import RecallCandidate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops import Office
    from officeops_maintenance.equipment.equipment import Equipment
    from officeops_maintenance.recalls.recall import Recall

#: Columns of a unit that decide on its matches; a unit that is retired is in no question.
MATCHED: Final = frozenset({"make", "model", "lot", "serial", "status"})
#: Columns of a recall that do.
NAMED: Final = frozenset({"firm", "product", "codes"})
#: Where people read the candidates.
LISTED: Final = "`officeops recall-candidate list`"


def unit_changed(
    office: Office,
    unit: Equipment,
    before: Iterable[str] = MATCHED,
) -> Iterator[str]:
    """Match a unit with the recalls, where a column that decides on it is among the changed ones."""
    if MATCHED.isdisjoint(before):
        return
    change = match_units(office, [unit.id])
    # The recalls are not for everybody to see; the match is noted all the same.
    if not office.may_view(RecallCandidate):
        return
    if change.new:
        yield f"{count(change.new, 'recall')} may be about {unit.human_key}: {LISTED}."
    yield from change.outdated


def units_imported(office: Office, ids: Iterable[int]) -> Iterator[str]:
    """Match the units of a file with the recalls."""
    change = match_units(office, ids)
    if change.new and office.may_view(RecallCandidate):
        yield f"{count(change.new, 'unit')} may be recalled: {LISTED}."
        yield from change.outdated


def recall_changed(
    office: Office,
    recall: Recall,
    before: Iterable[str] = NAMED,
) -> Iterator[str]:
    """Match a recall with the units, likewise."""
    if NAMED.isdisjoint(before):
        return
    change = match_recalls(office, [recall.id], [recall.id])
    if change.new:
        yield f"{recall.number} may be about {count(change.new, 'unit')}: {LISTED}."
    yield from change.outdated
