"""Response: how soon a vendor answered a call about a unit, against the promise of its contract.

It counts from the first call about a ticket to the vendor's first answer: they came, or called back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_maintenance.contracts.contract import Contract
from officeops_maintenance.tickets.life import ENDED, NO_WORK
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from officeops import Office

#: Each called ticket with the contracts over its unit, of the vendor that was called.
_PROMISED: Final = f"""
SELECT k.id, c.id FROM maintenance_ticket k
JOIN maintenance_equipment e ON e.id = k.equipment_id
JOIN maintenance_covered_unit u ON u.equipment_id = e.id AND u.archived_at IS NULL
JOIN maintenance_contract c ON c.id = u.contract_id AND c.archived_at IS NULL
WHERE k.called_at IS NOT NULL AND k.archived_at IS NULL AND k.state NOT IN {NO_WORK}
AND (?1 IS NULL OR k.id = ?1) AND (?2 IS NULL OR c.id = ?2)
AND c.respond_within IS NOT NULL
AND (c.vendor_id IS NULL OR c.vendor_id = coalesce(k.vendor_id, e.vendor_id))
ORDER BY k.id, c.issued_on DESC, c.id
"""
_FIXED: Final = ("resolved", "verified", *ENDED)


class Response(Value):
    """The answer to one call: minutes given, None while there is no answer, and minutes promised.

    `passed` are the minutes until the repair, or until now: no answer came before that without a
    note of it.
    """

    ticket: Ticket
    contract: Contract
    promised: int
    given: int | None
    passed: int
    is_fixed: bool

    @property
    def is_late(self) -> bool:
        """Whether the answer came too late, or is too late already."""
        if self.given is not None:
            return self.given > self.promised
        return not self.is_fixed and self.passed > self.promised

    @property
    def is_in_time(self) -> bool:
        """Whether the answer came in time; a repair within the promise proves it as well."""
        if self.given is not None:
            return self.given <= self.promised
        return self.is_fixed and self.passed <= self.promised


def responses(
    office: Office,
    *,
    ticket: Ticket | None = None,
    contract: Contract | None = None,
) -> Iterator[Response]:
    """Yield the responses to all calls, or to those about a ticket or under a contract.

    Of several contracts the newest counts that was in force on the day of the call.
    """
    asked = (ticket and ticket.id, contract and contract.id)
    answered: set[int] = set()
    for ticket_id, contract_id in office.rows(_PROMISED, *asked):
        promise = office.get(Contract, contract_id)
        call = office.get(Ticket, ticket_id)
        if ticket_id not in answered and _was_in_force(office, promise, call):
            answered.add(ticket_id)
            yield _response(office, call, promise)


def _was_in_force(
    office: Office,
    contract: Contract,
    ticket: Ticket,
) -> bool:
    if ticket.called_at is None:
        return False
    day = office.ways.day_of(ticket.called_at)
    has_begun = contract.issued_on is None or contract.issued_on <= day
    has_ended = contract.expires_on is not None and contract.expires_on < day
    return has_begun and not has_ended


def _response(
    office: Office,
    ticket: Ticket,
    contract: Contract,
) -> Response:
    called = ticket.called_at or office.now()
    is_fixed = ticket.state in _FIXED
    ended = (ticket.resolved_at or ticket.closed_at) if is_fixed else None
    given = None
    if ticket.answered_at is not None:
        given = _minutes(office, contract, called, ticket.answered_at)
    return Response(
        ticket=ticket,
        contract=contract,
        promised=contract.respond_within or 0,
        given=given,
        passed=_minutes(office, contract, called, ended or office.now()),
        is_fixed=ended is not None,
    )


def _minutes(
    office: Office,
    contract: Contract,
    begin: datetime,
    end: datetime,
) -> int:
    """Return the minutes between two moments, as the contract counts them."""
    # An answer entered with a time before the call took no time.
    last = max(begin, end)
    if contract.open_hours:
        return office.calendar.minutes(begin, last)
    return int((last - begin).total_seconds()) // 60
