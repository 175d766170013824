"""Duplicates: two reports of one problem, of which one stays and keeps what the other said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Reason, Refused
from officeops_maintenance.tickets.life import MARK_ANY, UNSOLVED
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from officeops import Office

_DUPLICATES: Final = "duplicate_of_id = ? AND state = 'duplicate'"


def not_yours(office: Office, ticket: Ticket) -> str | None:
    """Say that somebody else reported it, so a manager decides whether it is a duplicate."""
    if ticket.reported_by == office.actor or office.may(MARK_ANY):
        return None
    who = ticket.reported_by or "somebody else"
    return Reason(f"{who} reported it; a manager marks it as a duplicate", code="forbidden")


def marked(
    office: Office,
    ticket: Ticket,
    **asked: Any,  # noqa: ANN401, ARG001 - the columns that the step wrote
) -> str:
    """Move what a duplicate says to the ticket that stays. Refuses one that says it nowhere."""
    head = _head(office, ticket)
    _refuse_other_unit(ticket, head)
    # Its own duplicates follow, so that none of them is behind another one.
    others = list(office.all(Ticket, _DUPLICATES, ticket.id))
    for duplicate in (ticket, *others):
        office.edit(
            duplicate,
            managed=True,
            duplicate_of_id=head.id,
        )
    office.move_about(ticket, head)
    said = f"{ticket.human_key} is a duplicate of {head.human_key}, which has its files and notes."
    # The unit stays out of service for the report that stays.
    if ticket.unsafe and not head.unsafe:
        said += f" {head.human_key} is unsafe, too."
    office.edit(
        head,
        unsafe=head.unsafe or ticket.unsafe,
        equipment_id=head.equipment_id or ticket.equipment_id,
    )
    return said


def _head(
    office: Office,
    ticket: Ticket,
) -> Ticket:
    """Return the open ticket at the head of the chain. Raises Refused for a circle, or a closed one."""
    head = office.get(Ticket, ticket.duplicate_of_id or 0)
    # The ticket itself is a duplicate by now, so a circle ends here.
    while head.state == "duplicate" and head.id != ticket.id:
        head = office.get(Ticket, head.duplicate_of_id or 0)
    if head.id == ticket.id:
        raise Refused(
            "it would be a duplicate of itself", ticket.human_key, code="not-allowed-here"
        )
    if head.state not in UNSOLVED:
        state = head.state.replace("_", " ")
        why = f"{head.human_key} is {state}; reopen it first, or leave this one open"
        raise Refused(why, ticket.human_key, code="wrong-state")
    return head


def _refuse_other_unit(ticket: Ticket, head: Ticket) -> None:
    """Raise Refused for reports about two units: one would be forgotten with its report."""
    units = {ticket.equipment_id, head.equipment_id} - {None}
    if len(units) > 1:
        why = f"{head.human_key} is about another unit, so both stay open"
        raise Refused(why, ticket.human_key, code="not-allowed-here")
