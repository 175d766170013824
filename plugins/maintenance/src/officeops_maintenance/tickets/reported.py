"""What a report brings with it: the unit goes out of service, and the number to call is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Note
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.equipment.life import EQUIPMENT
from officeops_maintenance.equipment.return_demand import keep_demands
from officeops_maintenance.tickets.life import OPEN
from officeops_maintenance.tickets.ticket import Ticket
from officeops_maintenance.tickets.whom_to_call import whom_to_call

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from officeops import Failure, Office


def reported(office: Office, ticket: Ticket) -> Iterator[str]:
    """Take the unit of an unsafe ticket out of service, and say whom to call in an emergency."""
    if ticket.unsafe:
        yield from out_of_service(office, ticket)
    if ticket.priority == "emergency" and (number := whom_to_call(office, ticket)):
        yield number


def changed(
    office: Office,
    ticket: Ticket,
    before: Mapping[str, Any],
) -> Iterator[str]:
    """Do the same where a ticket turns out to be unsafe, or an emergency, or about another unit."""
    is_open = ticket.state in {"new", "triaged", "assigned", "in_progress", "waiting"}
    if is_open and ticket.unsafe and {"unsafe", "equipment_id"} & before.keys():
        yield from out_of_service(office, ticket)
    is_new = ticket.priority == "emergency" and "priority" in before
    if is_new and (number := whom_to_call(office, ticket)):
        yield number


def out_of_service(office: Office, ticket: Ticket) -> Iterator[str]:
    """Take the unit of a ticket out of service, unless it is out of it already."""
    if ticket.equipment_id is None:
        return
    unit = office.get(Equipment, ticket.equipment_id)
    if unit.status == "in_service":
        why = f"{ticket.human_key} {ticket.title}"
        yield EQUIPMENT.move(office, unit, "take-out", reason=why)
    # No step leads out of service from a loan: the unit is with somebody else.
    elif unit.status == "on_loan":
        keep_demands(office, unit)
        yield f"{unit.name} is on loan to {unit.lent_to}: tell them to stop using it."


def open_for(office: Office, failure: Failure) -> Ticket:
    """Open a ticket for a failed answer of a checklist, or add to the one that is open already.

    An item that blocks the unit makes the ticket unsafe, so the unit goes out of service.
    """
    subject = failure.about
    unit_id = subject.id if subject and subject.key == Equipment.meta.key else None
    title = f"{failure.question} failed"
    text = f"{failure.task}: {failure.answer}"
    # IS, not =: a failure that is about no unit has to match a ticket without one.
    same = f"title = ? AND equipment_id IS ? AND {OPEN}"
    ticket = office.first(Ticket, same, title, unit_id)
    if ticket is not None:
        office.add(Note(about=ticket, text=f"It failed again. {text}"))
        return ticket
    return office.add(
        Ticket(title=title, details=text, equipment_id=unit_id, unsafe=failure.blocks)
    )
