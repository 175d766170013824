"""The page of a pickup: the waste, whether the signer was trained, and the signed copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import PageLine, PageSection, Subject
from officeops_maintenance.plans.visit import Visit
from officeops_maintenance.waste.due_waste import due_back
from officeops_maintenance.waste.pickup import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_maintenance.waste.pickup import WastePickup


def page(office: Office, pickup: WastePickup) -> Iterator[PageSection]:
    """Yield the section of a pickup's page."""
    taken = in_words(office, pickup) or "nobody entered what"
    lines = [
        PageLine("Taken", taken),
        PageLine("Signed", _signer(office, pickup)),
        PageLine("Signed copy", copy_in_words(office, pickup)),
    ]
    if pickup.visit_id is not None:
        visit = office.get(Visit, pickup.visit_id)
        subject = Subject(Visit.meta.key, visit.id)
        lines.append(PageLine("Visit", visit.purpose, subject))
    yield PageSection("", lines)


def _signer(office: Office, pickup: WastePickup) -> str:
    """Say who signed, and whether they were trained for it on the day."""
    # On the day of the pickup, whatever the signer has learned since.
    training = office.text_of(pickup, "training")
    text = f"{pickup.signer}; hazmat training {training}"
    if pickup.trained_on is None:
        return text
    return f"{text}, of {pickup.trained_on}"


def copy_in_words(office: Office, pickup: WastePickup) -> str:
    """Say when the signed copy came back, or by when it has to."""
    if pickup.returned_on is not None:
        return f"back on {pickup.returned_on}"
    day, is_confirmed = due_back(office, pickup)
    is_late = day < office.today
    text = f"overdue since {day}" if is_late else f"due by {day}"
    # Nobody has compared the suggestion with the rule of the state.
    return text if is_confirmed else f"{text}, as suggested"
