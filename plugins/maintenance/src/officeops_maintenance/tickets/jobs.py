"""The job of tickets: who hears of a late one, once, whenever cron runs again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Job, Note, job
from officeops_maintenance.tickets.board import by_when
from officeops_maintenance.tickets.call_back import call_back
from officeops_maintenance.tickets.life import OPEN
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_maintenance.tickets.call_back import CallBack


@job("ticket-escalation", schedule="hourly", cron="10 * * * *")
def ticket_escalation(office: Office) -> Iterator[str]:
    """Hand tickets to the manager whose call-back time has passed; each of them once."""
    handed = 0
    # A list: the loop edits the tickets that the query would still read.
    for ticket in list(office.all(Ticket, OPEN)):
        clock = call_back(office, ticket)
        if clock is None or not _is_new(ticket, clock):
            continue
        yield _escalate(office, ticket, clock)
        handed += 1
    if not handed:
        yield "No ticket is newly late."


def _is_new(ticket: Ticket, clock: CallBack) -> bool:
    """Whether a ticket is late, and nobody heard of it since."""
    if not clock.is_late or clock.by is None:
        return False
    # A new priority sets a new target, which may pass in its turn.
    return ticket.escalated_at is None or ticket.escalated_at < clock.by


def _escalate(
    office: Office,
    ticket: Ticket,
    clock: CallBack,
) -> str:
    """Write on the ticket that it went to the manager; the sentence is for cron's mail."""
    when = by_when(office, clock)
    why = f"Nobody called back, {when}; the manager is to see to it."
    with office.acting("maintenance.ticket.escalate"):
        office.edit(ticket, managed=True, escalated_at=office.now())
        office.add(Note(about=ticket, text=why))
    return f"{ticket.human_key} {ticket.title}: nobody called back, {when}."


JOBS: list[Job] = [ticket_escalation]
