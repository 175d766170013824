"""Charges: what a ticket cost, and how long somebody worked on it, entered when it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Refused, action, param
from officeops_maintenance.tickets.steps import with_cost

if TYPE_CHECKING:
    from officeops import Office
    from officeops_maintenance.tickets.ticket import Ticket


@action("maintenance.ticket.charge", label="Add a cost")
def charge(
    office: Office,
    ticket: Ticket,
    cost: int | None = param(
        kind="money", default=None, minimum=0, help="Added to its cost so far"
    ),
    labor: int | None = param(
        kind="duration", default=None, minimum=0, help="Time worked, added to its labor"
    ),
) -> str:
    """Add a cost or a time worked, also once it is closed: the invoice comes later."""
    added = with_cost(office, ticket, cost=cost, labor=labor)
    if not added:
        raise Refused("Enter a cost or a time worked: --cost or --labor.", code="needed")
    office.edit(ticket, managed=True, **added)
    return f"{ticket.human_key} has it."
