"""Hire: a candidate becomes a person with an employment, a position, pay, papers and a checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Attachment, Reason, action, param
from officeops.values import wording
from officeops_hr.boarding.start import begin
from officeops_hr.hiring.candidate import Candidate  # noqa: TC001 - what the action is about
from officeops_hr.hiring.former_names import all_names
from officeops_hr.hiring.life import STAGES
from officeops_hr.hiring.opening import OPENING, Opening
from officeops_hr.hiring.steps import open_offer
from officeops_hr.hiring.worked_before import worked_before
from officeops_hr.papers.paper import Paper
from officeops_hr.people.contacts import FormerName, Phone
from officeops_hr.people.employment import Employment
from officeops_hr.people.pay import Pay
from officeops_hr.people.person import Person
from officeops_hr.people.position import Position
from officeops_hr.screening.hits import follow_hired

if TYPE_CHECKING:
    from datetime import date

    from officeops import Action, Office
    from officeops_hr.hiring.offer import Offer

_APPLICATION: Final = """
SELECT id FROM hr_paper_type WHERE archived_at IS NULL AND name LIKE 'Application%' LIMIT 1
"""
_FILES: Final = "about_key = 'hr.candidate' AND about_id = ?"
_HIRED: Final = "SELECT count(*) FROM hr_candidate WHERE opening_id = ? AND stage = 'hired'"


def _cannot_hire(office: Office, candidate: Candidate) -> str | None:
    """Return why a candidate cannot be hired now, or None."""
    if why := STAGES.reason(office, candidate, "hire"):
        return why
    if open_offer(office, candidate) is None:
        return Reason("they have no offer", code="needed")
    return None


# It writes papers and pay, which a manager without HR does not reach.
@action("hr.candidate.hire", unless=_cannot_hire, reach="all")
def hire(
    office: Office,
    candidate: Candidate,
    person_id: int | None = param(
        target="hr.person",
        default=None,
        help="Somebody who worked here before. [default: a new person]",
    ),
) -> str:
    """Make them a person of the practice, by their offer, with the checklist of their role."""
    offer = open_offer(office, candidate)
    if offer is None:
        raise TypeError("asked before: a candidate without an offer is not hired")
    opening = office.get(Opening, candidate.opening_id)
    before = office.get(Person, person_id) if person_id is not None else None
    alike = [] if before else worked_before(office, candidate)
    person = before or _person(office, candidate)
    office.add(Employment(person_id=person.id, hired_on=offer.starts_on))
    office.add(_position(person, opening, offer if before else None))
    notes = [_paid(office, person, offer), _papers(office, candidate, person)]
    # After the person is written: a step that fails leaves nobody half hired.
    STAGES.move(office, candidate, "hire")
    office.edit(candidate, managed=True, person_id=person.id)
    follow_hired(office, candidate.id, person)
    notes.append(begin(office, person, "start", offer.starts_on, opening.role_id))
    notes.append(_filled(office, opening))
    notes += [_of_alike(office, number) for number in alike]
    said = f"{person.name} is {person.human_key}, hired for {offer.starts_on}."
    return " ".join(filter(None, (said, *notes)))


def _of_alike(office: Office, number: int) -> str:
    """Say how somebody who worked here before is hired again, and does not become two."""
    label, key = office.label(Person, number), f"{Person.meta.prefix}-{number}"
    return f"If this is {label}, `officeops undo` it, and hire with --person {key}."


def _person(office: Office, candidate: Candidate) -> Person:
    """Add the person with the contacts and the former names of the candidate."""
    person = office.add(Person(name=candidate.name, email=candidate.email, npi=candidate.npi))
    if candidate.phone:
        office.add(Phone(person_id=person.id, number=candidate.phone))
    for name in all_names(office, candidate)[1:]:
        office.add(FormerName(person_id=person.id, name=name))
    return person


def _position(
    person: Person,
    opening: Opening,
    again: Offer | None,
) -> Position:
    """Return the position of the opening; `again` is the offer of somebody who comes back."""
    return Position(
        person_id=person.id,
        # A first position counts from the first day, whenever that is moved to.
        starts_on=again.starts_on if again else None,
        role_id=opening.role_id,
        title=opening.title,
        department=opening.department,
        manager_id=opening.manager_id,
        location_id=opening.location_id,
        weekly=opening.weekly,
    )


def _paid(
    office: Office,
    person: Person,
    offer: Offer,
) -> str:
    """Add the pay of the offer; where the acting person may not, say that HR does."""
    if offer.pay is None:
        return "The offer has no pay: HR enters it (officeops pay add)."
    if not office.may("hr.pay.edit"):
        return "HR enters the pay of the offer (officeops pay add)."
    # A former pay of somebody who comes back ends where this one begins.
    is_first = office.first(Pay, "person_id = ?", person.id) is None
    pay = Pay(
        person_id=person.id,
        starts_on=None if is_first else offer.starts_on,
        basis="hourly" if offer.per == "hour" else "salary",
        amount=office.open(offer, "pay", needs="hr.pay.edit"),
        per=offer.per,
        reason="Offer",
    )
    office.add(pay)
    return ""


def _papers(
    office: Office,
    candidate: Candidate,
    person: Person,
) -> str:
    """Copy the candidate's files into the personnel file, sealed."""
    files = list(office.all(Attachment, _FILES, candidate.id))
    of_type = office.value(_APPLICATION)
    if not files or of_type is None:
        return ""
    if not office.may("hr.paper.add"):
        return "HR takes their files over into the personnel file."
    day: date = candidate.applied_on
    paper = office.add(Paper(person_id=person.id, type_id=of_type, dated_on=day))
    for file in files:
        with office.content(file) as content:
            office.attach(paper, content, name=file.name or "")
    return f"{wording.count(len(files), 'file')} went into the personnel file."


def _filled(office: Office, opening: Opening) -> str:
    """Fill the opening once everybody wanted is found."""
    if opening.state != "open" or office.value(_HIRED, opening.id) < opening.wanted:
        return ""
    OPENING.move(office, opening, "fill")
    return f"{opening.human_key} is filled."


ACTIONS: Final[list[Action[..., Any]]] = [hire]
