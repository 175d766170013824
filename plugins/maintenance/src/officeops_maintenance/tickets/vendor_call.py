"""A call to a vendor about a ticket: the words, and when to call again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Note, Refused, action, param, ref
from officeops_maintenance.tickets.life import TICKET, UNSOLVED
from officeops_maintenance.tickets.vendor_answer import called_in
from officeops_maintenance.tickets.whom_to_call import vendor_of

if TYPE_CHECKING:
    from datetime import date

    from officeops import Office
    from officeops_maintenance.tickets.ticket import Ticket


@action("maintenance.ticket.call")
def call(
    office: Office,
    ticket: Ticket,
    said: str = param(
        kind="long_text", help="The words of the call", example="They come on Thursday"
    ),
    vendor_id: int | None = ref("vendors.vendor", default=None),
    follow_up_on: date | None = param(  # noqa: B008 - a declaration
        default=None, help="The day to call again"
    ),
    wait: bool = param(default=False, help="From now on, wait for the vendor"),  # noqa: FBT001
) -> str:
    """Note a call to the vendor; the ticket is called in from then on."""
    if vendor_id is not None:
        office.edit(ticket, vendor_id=vendor_id)
    vendor = vendor_of(office, ticket)
    if vendor is None:
        raise Refused("Say whom you called: --vendor.", ticket.human_key, code="needed")
    text = f"Call to {vendor.name}: {said}"
    office.add(Note(about=ticket, text=text, follow_up_on=follow_up_on))
    _step(office, ticket, vendor.id, wait=wait)
    called_in(office, ticket, office.now())
    again = f" Today says on {follow_up_on} to call again." if follow_up_on else ""
    return f"The call to {vendor.name} is noted on {ticket.human_key}.{again}"


def _step(
    office: Office,
    ticket: Ticket,
    vendor_id: int,
    *,
    wait: bool,
) -> None:
    """Bring a ticket that nobody called in yet to the state that it has after a call."""
    if wait and ticket.state in UNSOLVED and ticket.state != "waiting":
        TICKET.move(office, ticket, "wait", waiting_for="vendor")
    elif ticket.state in {"new", "triaged"}:
        TICKET.move(office, ticket, "assign", vendor_id=vendor_id)
