"""Safety: a ticket that says unsafe ends by its own steps alone, each with its reason or resolution."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Reason
from officeops_maintenance.tickets.life import UNSAFE, UNSOLVED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops import Office
    from officeops_maintenance.tickets.ticket import Ticket

#: An open report on the same unit that was a duplicate, until somebody took that back.
_NO_DUPLICATE: Final = f"""
SELECT 1 FROM maintenance_ticket
WHERE equipment_id = ? AND id <> ? AND archived_at IS NULL AND {UNSAFE} AND id IN (
    SELECT v.about_id FROM core_event v
    WHERE v.about_key = 'maintenance.ticket' AND v.now = 'duplicate' AND v.archived_at IS NOT NULL)
"""


def open_report(ticket: Ticket) -> str | None:
    """Say that a ticket keeps its unit out of service, and how it ends; None where it does not."""
    if not ticket.unsafe or ticket.equipment_id is None or ticket.state not in UNSOLVED:
        return None
    return _ends(ticket)


def still_said(
    office: Office,
    ticket: Ticket,
    before: Mapping[str, Any],
) -> str | None:
    """Say that a ticket said of a unit that it is unsafe, and says so no more."""
    unit_id = before.get("equipment_id", ticket.equipment_id)
    was_unsafe = before.get("unsafe", ticket.unsafe) and unit_id is not None
    if not was_unsafe or (ticket.unsafe and ticket.equipment_id == unit_id):
        return None
    # Ended, it is still why the unit is tested: a loan asks for it as the unit comes back.
    if "state" not in before and ticket.state not in UNSOLVED:
        return _said(ticket)
    if not {before.get("state", ticket.state), ticket.state} <= {*UNSOLVED}:
        return None
    # It said so for its duplicate, which says it itself again.
    if office.rows(_NO_DUPLICATE, unit_id, ticket.id):
        return None
    return _ends(ticket)


def _ends(ticket: Ticket) -> Reason:
    cure = f"officeops ticket cancel {ticket.human_key} --reason …"
    return Reason(f"it says that its unit is unsafe; close it, or cancel it: {cure}", code="in-use")


def _said(ticket: Ticket) -> Reason:
    word = ticket.state.replace("_", " ")
    why = f"it is {word}, and said that its unit was unsafe; report another unit in its own ticket"
    return Reason(why, code="in-use")
