"""What a person's page says of them: who they are, what they work as, and how to reach them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import PageLine, PageSection, Subject
from officeops.values import money_text
from officeops_hr.people.as_of import as_of
from officeops_hr.people.contacts import EmergencyContact, Phone
from officeops_hr.people.employment import Employment
from officeops_hr.people.job_role import JobRole
from officeops_hr.people.leader import leader_label
from officeops_hr.people.pay import Pay
from officeops_hr.people.person import Person
from officeops_hr.people.position import Position
from officeops_hr.people.status import status_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_OF = "person_id = ?"


def page(office: Office, person_id: int) -> Iterator[PageSection]:
    """Yield the sections about somebody's work and contacts."""
    yield PageSection("", list(_summary(office, person_id)))
    contacts = list(_contacts(office, person_id))
    if contacts:
        yield PageSection("Contacts", contacts)


def own_page(office: Office, person_id: int) -> Iterator[PageSection]:
    """Yield the same sections, and the person's own pay."""
    yield from page(office, person_id)
    # Asked first: a page that is refused in one part would show nothing at all.
    if office.may_view(Pay) and office.may("hr.pay.view"):
        lines = list(_pay(office, person_id))
        if lines:
            yield PageSection("Pay", lines)


def _summary(office: Office, person_id: int) -> Iterator[PageLine]:
    person = office.get(Person, person_id)
    yield PageLine("Name", _names(person))
    if office.may_view(Employment):
        spans = list(office.all(Employment, _OF, person_id, order="hired_on"))
        yield PageLine("State", _state(status_on(spans, office.today), spans))
    if office.may_view(Position):
        held = as_of(office.all(Position, _OF, person_id), office.today)
        if held is not None:
            yield from _position(office, held)


def _names(person: Person) -> str:
    return f"{person.name} ({person.legal_name})" if person.legal_name else person.name


def _state(status: str, spans: list[Employment]) -> str:
    words = status.replace("_", " ")
    if not spans:
        return words
    last = spans[-1]
    # The day they left says more than the day they came.
    if status == "left":
        return f"{words} on {last.last_day}"
    # The first hire, as people count their years here from it; of somebody to come the next one.
    hired = spans[-1] if status == "future" else spans[0]
    since = f"{words}, hired {hired.hired_on}"
    return f"{since}, last day {last.last_day}" if last.last_day else since


def _position(office: Office, held: Position) -> Iterator[PageLine]:
    role = office.label(JobRole, held.role_id)
    # A title is often the name of the role, which the page says once.
    words = dict.fromkeys(filter(None, (held.title, role, held.department)))
    yield PageLine("Position", ", ".join(words))
    if held.manager_id:
        manager = leader_label(office, held.manager_id)
        yield PageLine("Manager", manager, Subject(Person.meta.key, held.manager_id))


def _contacts(office: Office, person_id: int) -> Iterator[PageLine]:
    if office.may_view(Phone):
        for phone in office.all(Phone, _OF, person_id, order="id"):
            yield PageLine(phone.kind.capitalize(), phone.number)
    if office.may_view(EmergencyContact):
        for contact in office.all(EmergencyContact, _OF, person_id, order="id"):
            words = (contact.name, contact.relation, contact.phone, contact.other_phone)
            yield PageLine("In an emergency", ", ".join(filter(None, words)))


def _pay(office: Office, person_id: int) -> Iterator[PageLine]:
    paid = as_of(office.all(Pay, _OF, person_id), office.today)
    if paid is not None:
        # Revealed, not opened: the history says that the person looked.
        amount = money_text(office.reveal(paid, "amount"), office.ways.places)
        since = f" since {paid.starts_on}" if paid.starts_on else ""
        yield PageLine(paid.basis.capitalize(), f"{amount} per {paid.per}{since}")
