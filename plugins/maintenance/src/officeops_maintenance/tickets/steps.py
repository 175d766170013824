"""What the steps of a ticket ask, and the sentences that they end with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Reason, Refused
from officeops.services import VendorDirectory
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.equipment.life import DOWN, EQUIPMENT
from officeops_maintenance.equipment.unit_name import named_unit
from officeops_maintenance.tickets.reported import out_of_service
from officeops_maintenance.tickets.vendor_answer import called_in
from officeops_maintenance.tickets.whom_to_call import whom_to_call

if TYPE_CHECKING:
    from officeops import Office
    from officeops_maintenance.tickets.ticket import Ticket


def vendor_refuses(office: Office, ticket: Ticket) -> str | None:
    """Say why its vendor may not be called: it is on hold, or inactive."""
    directory = office.service(VendorDirectory)
    if directory is None or ticket.vendor_id is None:
        return None
    status = directory.status(office, ticket.vendor_id)
    return None if status.is_good else Reason(status.why, code="on-hold")


def who_has_it(
    office: Office,
    ticket: Ticket,
    **asked: Any,  # noqa: ANN401, ARG001 - the columns that the step wrote
) -> str:
    """Refuse an assignment to nobody, and say who has it, with the number to call."""
    if not ticket.assignee and ticket.vendor_id is None:
        raise Refused("Say who sees to it: --assignee or --vendor.", code="needed")
    if why := vendor_refuses(office, ticket):
        raise Refused(why, ticket.human_key, code="on-hold")
    words = [f"{ticket.human_key} is assigned to {ticket.assignee}."] if ticket.assignee else []
    if ticket.vendor_id is not None:
        called_in(office, ticket, office.last_event_at(ticket))
        words.append(whom_to_call(office, ticket))
    return " ".join(words)


def with_cost(
    office: Office,  # noqa: ARG001 - the signature of a step
    ticket: Ticket,
    *,
    cost: int | None = None,
    labor: int | None = None,
    **asked: Any,  # noqa: ANN401, ARG001
) -> dict[str, int]:
    """Add a cost and a time worked to those that are entered; unknown stays unknown."""
    added = {}
    if cost is not None:
        added["cost"] = (ticket.cost or 0) + cost
    if labor is not None:
        added["labor"] = (ticket.labor or 0) + labor
    return added


def closed(
    office: Office,
    ticket: Ticket,
    *,
    return_unit: bool = False,
    **asked: Any,  # noqa: ANN401, ARG001
) -> str:
    """Say the resolution, and what still keeps its unit out of service."""
    words = [f"{ticket.human_key} is closed: {(ticket.resolution or '').rstrip('.')}."]
    unit = office.get(Equipment, ticket.equipment_id) if ticket.equipment_id else None
    if unit is not None and unit.status in DOWN:
        if return_unit:
            # A person who may close a ticket may not return a unit for that reason alone.
            office.allow("maintenance.equipment.return")
            words.append(EQUIPMENT.move(office, unit, "return"))
        else:
            state = unit.status.replace("_", " ")
            words.append(f"{named_unit(unit)} is still {state}.")
    return " ".join(words)


def taken_up(
    office: Office,  # noqa: ARG001 - the signature of a step
    ticket: Ticket,  # noqa: ARG001
    *,
    reason: str,
) -> dict[str, object]:
    """Keep why a ticket is open again; it is no duplicate any more."""
    return {"reopened_because": reason, "duplicate_of_id": None}


def reopened(
    office: Office,
    ticket: Ticket,
    **asked: Any,  # noqa: ANN401, ARG001
) -> str:
    """Take the unit of an unsafe ticket out of service again."""
    words = [f"{ticket.human_key} is open again: {ticket.reopened_because}."]
    if ticket.unsafe:
        words += out_of_service(office, ticket)
    return " ".join(words)
