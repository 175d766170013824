"""The page of a pickup: what was taken, whether the signer was trained, and the signed copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import PageLine, PageSection, Subject
from officeops_maintenance.waste.due_waste import due_back
from officeops_maintenance.waste.pickup import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_maintenance.waste.pickup import WastePickup


def page(office: Office, pickup: WastePickup) -> Iterator[PageSection]:
    """Yield the section of a pickup's page."""
    yield PageSection("", list(_summary(office, pickup)))


def _summary(office: Office, pickup: WastePickup) -> Iterator[PageLine]:
    yield PageLine("Taken", in_words(office, pickup) or "nobody entered what")
    training = office.text_of(pickup, "training")
    of = f", of {pickup.trained_on}" if pickup.trained_on else ""
    yield PageLine("Signed", f"{pickup.signer}; hazmat training {training}{of}")
    yield PageLine("Signed copy", copy_in_words(office, pickup))
    if pickup.visit_id is not None:
        visit = office.record("maintenance.visit")
        name = office.label(visit, pickup.visit_id)
        yield PageLine("Visit", name, Subject(visit.meta.key, pickup.visit_id))


def copy_in_words(office: Office, pickup: WastePickup) -> str:
    """Say when the signed copy came back, or by when it has to."""
    if pickup.returned_on is not None:
        return f"back on {pickup.returned_on}"
    day, is_confirmed = due_back(office, pickup)
    doubt = "" if is_confirmed else ", as suggested"
    late = "overdue since" if day < office.today else "due by"
    return f"{late} {day}{doubt}"
