"""The answer of a vendor: when they were called about a ticket, and when they came or called back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Refused, action, param

if TYPE_CHECKING:
    from datetime import datetime

    from officeops import Office
    from officeops_maintenance.tickets.ticket import Ticket


@action("maintenance.ticket.vendor-answered", label="Vendor answered")
def vendor_answered(
    office: Office,
    ticket: Ticket,
    at: datetime | None = param(  # noqa: B008 - a declaration
        default=None, help="When they came or called back; now, if you do not say"
    ),
) -> str:
    """Note that the vendor came or called back; their contract may promise how soon."""
    if ticket.called_at is None:
        raise Refused("Nobody called a vendor about it yet.", ticket.human_key, code="wrong-state")
    moment = at or office.now()
    if moment > office.now():
        raise Refused("Enter a time that has passed.", ticket.human_key, code="not-allowed-here")
    if moment < ticket.called_at:
        raise Refused("They were called after that.", ticket.human_key, code="not-allowed-here")
    office.edit(ticket, managed=True, answered_at=moment)
    return f"{ticket.human_key}: the vendor answered."


def called_in(
    office: Office,
    ticket: Ticket,
    at: datetime,
) -> None:
    """Keep when a vendor was first called about a ticket: a promise counts from then."""
    if ticket.called_at is None:
        office.edit(ticket, managed=True, called_at=at)


def begun(
    office: Office,
    ticket: Ticket,
    **asked: Any,  # noqa: ANN401, ARG001 - the columns that the step wrote
) -> None:
    """Take the beginning of the work for the vendor's answer, where none is entered."""
    if ticket.called_at is not None and ticket.answered_at is None:
        office.edit(ticket, managed=True, answered_at=office.last_event_at(ticket))
