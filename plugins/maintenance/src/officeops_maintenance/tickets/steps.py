"""What the steps of a ticket ask, and the sentences that they end with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Reason, Refused
from officeops.services import VendorDirectory
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from officeops import Office


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
    words = []
    if ticket.assignee:
        words.append(f"{ticket.human_key} is assigned to {ticket.assignee}.")
    directory = office.service(VendorDirectory)
    vendor = directory.vendor(office, ticket.vendor_id) if directory and ticket.vendor_id else None
    if vendor is not None:
        words.append(f"{vendor.name} has it; call {vendor.phone or 'them: no phone is entered'}.")
    return " ".join(words)


def closed(
    office: Office,  # noqa: ARG001 - the signature of a step
    ticket: Ticket,
    **asked: Any,  # noqa: ANN401, ARG001
) -> str:
    """Refuse to close without a word on what was done."""
    if not ticket.resolution:
        raise Refused(
            "Say what was done: --resolution.",
            code="needed",
        )
    return f"{ticket.human_key} is closed: {ticket.resolution}."


def same_as(
    office: Office,
    ticket: Ticket,
    **asked: Any,  # noqa: ANN401, ARG001
) -> str:
    """Move what hangs on a duplicate to the ticket that stays."""
    if ticket.duplicate_of_id in {None, ticket.id}:
        raise Refused("A ticket is no duplicate of itself.", code="not-allowed-here")
    kept = office.get(Ticket, int(ticket.duplicate_of_id or 0))
    office.move_about(ticket, kept)
    return f"{ticket.human_key} is a duplicate of {kept.human_key}, which has its files and notes."
