"""Tickets for the tests of lifecycles, and ways to take them through their states."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from officeops.office.office import Office

#: A ticket, and whatever else belongs to the plugin of these tests, which is loaded by name.
Ticket: TypeAlias = Any
PLUGIN = Path(__file__).with_name("tickets_plugin.py").read_text()
#: A Monday morning on which the tickets of these tests begin.
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
STATES = ("new", "assigned", "waiting", "done", "closed")
#: The steps from a new ticket to each state.
TO_REACH = {
    "new": (),
    "assigned": ("assign",),
    "waiting": ("assign", "wait"),
    "done": ("assign", "finish"),
    "closed": ("assign", "finish", "close"),
}
VERBS = ("assign", "wait", "resume", "finish", "close", "reopen")


def ticket_in(office: Office, title: str = "Autoclave") -> Ticket:
    """Add a ticket that somebody reported on that Monday."""
    with office.acting("tickets.ticket.add"):
        return office.add(office.record("ticket")(title=title, reported_at=MONDAY))


def read(office: Office, ticket: Ticket) -> Ticket:
    return office.get(office.record("ticket"), ticket.id)


def move(office: Office, ticket: Ticket, verb: str, **given: Ticket) -> str:
    """Take a transition by code, in an action with its name."""
    with office.acting(f"tickets.ticket.{verb}"):
        said: str = ticket.life.move(office, ticket, verb, **given)
    return said


def do(office: Office, ticket: Ticket, verb: str, **given: Ticket) -> Ticket:
    """Take a transition by its action."""
    actions = {action.verb: action for action in office.actions(office.record("ticket"))}
    return office.do(actions[verb], read(office, ticket), **given)


def changes(office: Office, ticket: Ticket) -> int:
    sql = "SELECT count(*) FROM core_change WHERE record = 'tickets_ticket' AND record_id = ?"
    return int(office.value(sql, ticket.id))


def needed(verb: str) -> dict[str, str]:
    return {"assignee": "bob"} if verb == "assign" else {}
