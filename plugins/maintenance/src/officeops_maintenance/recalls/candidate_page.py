"""The page of a recall candidate: what a person needs to decide, the unit beside the recall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Location, PageLine, PageSection, Subject
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.equipment.unit_name import named_unit
from officeops_maintenance.recalls.recall import Recall

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_maintenance.recalls.recall import RecallCandidate


def page(office: Office, candidate: RecallCandidate) -> Iterator[PageSection]:
    """Yield the unit with its numbers, then the recall, as far as the person may see them."""
    if office.may_view(Equipment):
        unit = office.get(Equipment, candidate.equipment_id)
        yield PageSection("The unit", list(_unit(office, unit)))
    if office.may_view(Recall):
        recall = office.get(Recall, candidate.recall_id)
        yield PageSection("The recall", list(_recall(recall)))


def _unit(office: Office, unit: Equipment) -> Iterator[PageLine]:
    place = office.label(Location, unit.location_id)
    name = f"{named_unit(unit)} ({place})" if place else named_unit(unit)
    yield PageLine("Unit", name, Subject(Equipment.meta.key, unit.id))
    yield from _texts(
        ("Make", unit.make),
        ("Model", unit.model),
        ("Lot", unit.lot),
        ("Serial", unit.serial),
    )


def _recall(recall: Recall) -> Iterator[PageLine]:
    title = " ".join(filter(None, (recall.number, recall.classification)))
    yield PageLine("Recall", title, Subject(Recall.meta.key, recall.id))
    yield from _texts(
        ("Firm", recall.firm),
        ("Product", recall.product),
        ("Numbers", recall.codes),
        ("Reason", recall.reason),
    )


def _texts(*lines: tuple[str, str | None]) -> Iterator[PageLine]:
    for label, text in lines:
        if text:
            yield PageLine(label, text)
