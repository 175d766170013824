"""Tickets that wait for a vendor today, on the morning's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import HuddleLine
from officeops_maintenance.tickets.board import unit_of
from officeops_maintenance.tickets.life import OPEN
from officeops_maintenance.tickets.ticket import Ticket
from officeops_maintenance.tickets.whom_to_call import vendor_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

#: Somebody called the vendor and nobody came yet, or the ticket waits for them by its state.
_WAITING: Final = f"""
{OPEN} AND state NOT IN ('resolved', 'verified')
AND (waiting_for = 'vendor' AND state = 'waiting' OR called_at IS NOT NULL AND answered_at IS NULL)
"""


def waiting_for_vendors(office: Office) -> Iterator[HuddleLine]:
    """Yield the tickets for which a vendor has to come or to call back, the oldest first."""
    for ticket in office.all(Ticket, _WAITING, order="reported_at, id"):
        words = in_words(office, ticket)
        yield HuddleLine("equipment", words, Ticket.meta.key, ticket.id)


def in_words(office: Office, ticket: Ticket) -> str:
    """Name a ticket with its unit, the vendor that it waits for, and since when."""
    unit = unit_of(office, ticket)
    name = f"{ticket.human_key} {ticket.title}"
    if unit:
        name = f"{name} ({unit})"
    vendor = vendor_of(office, ticket)
    whom = vendor.name if vendor else "the vendor"
    since = office.ways.day_of(ticket.called_at or office.last_event_at(ticket))
    return f"{name}: waits for {whom} since {since}"
