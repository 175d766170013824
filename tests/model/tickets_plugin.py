"""A plugin for the tests of lifecycles: tickets with every kind of transition."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - the kind of a field
from typing import TYPE_CHECKING, Any

from officeops import (
    ACTOR,
    NOW,
    OPTIONAL,
    REQUIRED,
    Lifecycle,
    Migration,
    Plugin,
    Record,
    Refused,
    Transition,
    action,
    field,
    hookimpl,
    param,
    ref,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Action, Office

PLUGIN = Plugin("tickets", "Tickets", api=2)


def not_blocked(_office: Office, ticket: Ticket) -> str | None:
    """Refuse to close a ticket whose title says that it is blocked."""
    return "it waits for the landlord" if "blocked" in ticket.title else None


def told(_office: Office, ticket: Ticket, cost: int | None) -> str | None:
    """Say what the repair cost; refuse a cost that nobody pays."""
    if cost is not None and cost > 1000:
        raise Refused("nobody pays that much")
    return f"{ticket.title} is closed, for {cost}." if cost else None


TICKET = Lifecycle(
    ("new", "assigned", "waiting", "done", "closed"),
    Transition(
        "assign",
        ("new", "assigned"),
        "assigned",
        "Give it to somebody.",
        fields={"assignee": REQUIRED, "note": OPTIONAL},
        stamp={"assigned_by": ACTOR, "assigned_at": NOW},
    ),
    Transition("wait", ("assigned",), "waiting", "Wait for somebody else.", means="move"),
    Transition("resume", ("waiting",), "assigned", "Go on with it."),
    Transition("finish", ("assigned", "waiting"), "done", "Say that it is repaired."),
    Transition(
        "close",
        ("done",),
        "closed",
        "Sign it off.",
        means="do",
        guard=not_blocked,
        by_other=("assignee", "user_id"),
        fields={"cost": param(kind="number", default=None)},
        then=told,
    ),
    Transition("reopen", ("done", "closed"), "new"),
    words={"new": "a new ticket"},
    log=True,
    since="reported_at",
)


class Ticket(Record, key="tickets.ticket", prefix="T", display="title"):
    """Something that is broken."""

    title: str = field()
    status: str = TICKET.field()
    reported_at: datetime | None = field(default=None)
    assignee: str | None = field(default=None, managed=True)
    user_id: int | None = ref("core.user", default=None, managed=True)
    assigned_by: str | None = field(default=None, managed=True)
    assigned_at: datetime | None = field(default=None, managed=True)
    note: str | None = field(default=None)
    life = TICKET


WHEN: Any = param(kind="instant")


@action("tickets.ticket.finish-all")
def finish_all(office: Office, ticket: Ticket, at: datetime = WHEN) -> str:
    """Give a ticket to somebody and finish it, in one action."""
    TICKET.move(office, ticket, "assign", assignee="bob", at=at)
    return TICKET.move(office, ticket, "finish", at=at)


@hookimpl
def records() -> Iterable[type[Record]]:
    return [Ticket]


@hookimpl
def actions() -> Iterable[Action[..., Any]]:
    return [*TICKET.actions(Ticket), finish_all]


STEPS: list[Migration] = [
    Migration(
        "0001",
        """
CREATE TABLE tickets_ticket (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    title TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'new',
    reported_at TEXT,
    assignee TEXT,
    user_id INTEGER REFERENCES core_user(id),
    assigned_by TEXT,
    assigned_at TEXT,
    note TEXT
) STRICT;
CREATE INDEX tickets_ticket_user_id ON tickets_ticket(user_id) WHERE user_id IS NOT NULL;
""",
    )
]


@hookimpl
def migrations() -> Iterable[Migration]:
    return STEPS
