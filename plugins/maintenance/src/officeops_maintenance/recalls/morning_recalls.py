"""Recalls on the morning's page: units that may be recalled, until somebody decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import HuddleLine
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.equipment.unit_name import named_unit
from officeops_maintenance.recalls.decisions import UNDECIDED
from officeops_maintenance.recalls.recall import Recall, RecallCandidate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office


def undecided_units(office: Office) -> Iterator[HuddleLine]:
    """Yield each unit that a recall may be about, and that nobody has decided on."""
    for candidate in office.all(RecallCandidate, UNDECIDED):
        unit = office.get(Equipment, candidate.equipment_id)
        recall = office.get(Recall, candidate.recall_id)
        words = f"{named_unit(unit)} may be recalled by {recall.number}: decide"
        yield HuddleLine("unsafe", words, RecallCandidate.meta.key, candidate.id)
