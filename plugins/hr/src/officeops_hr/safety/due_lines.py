"""Today's lines of safety beside the tasks: vaccine offers, and the OSHA summary of a year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from officeops import Due
from officeops_hr.config import HrSettings
from officeops_hr.safety.unvaccinated import exposed
from officeops_hr.safety.vaccine_offer import VaccineOffer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_HR: Final = "hr"
#: The last day on which the summary of a year is posted.
_LAST: Final = (4, 30)
_ANY: Final = "SELECT 1 FROM hr_vaccine_offer WHERE archived_at IS NULL LIMIT 1"


def due_lines(office: Office, until: date) -> Iterator[Due]:
    """Yield the offers that are due, and the summary to post."""
    yield from _offers(office, until)
    yield from _answers(office)
    yield from _summary(office, until)


def _offers(office: Office, until: date) -> Iterator[Due]:
    """Yield the people to whom nobody has offered it, once the office keeps offers here."""
    # An office that keeps declinations on paper gets no line for each person.
    if not office.value(_ANY):
        return
    for person in exposed(office):
        if person.on <= until and not (person.is_offered or person.is_answered):
            yield Due(
                key=f"hr.vaccine-offer:offer:{person.person_id}",
                on=person.on,
                what=f"Offer hepatitis B vaccination to {person.name}",
                severity="legal",
                owner=_HR,
                action="add a vaccine offer",
                # Of the kind as a whole, which HR alone sees: there is no row yet.
                record=VaccineOffer.meta.key,
            )


def _answers(office: Office) -> Iterator[Due]:
    for offer in office.all(VaccineOffer, "answer IS NULL", order="offered_on, id"):
        yield Due(
            key=f"hr.vaccine-offer:{offer.id}:answer",
            on=offer.offered_on,
            what=f"Vaccine offer of {offer.offered_on}: the answer is missing",
            severity="legal",
            owner=_HR,
            action="edit",
            record=VaccineOffer.meta.key,
            record_id=offer.id,
        )


def _summary(office: Office, until: date) -> Iterator[Due]:
    """Yield the posting of last year's summary, from February 1 to April 30."""
    on = date(until.year, 2, 1)
    if not office.settings("hr", HrSettings).safety_osha_log:
        return
    if on <= until <= date(until.year, *_LAST):
        yield Due(
            key=f"hr.osha-summary:{on.year - 1}",
            on=on,
            what=f"Post the OSHA summary (300A) of {on.year - 1} until April 30",
            severity="legal",
            owner=_HR,
            action="report osha-summary",
        )
