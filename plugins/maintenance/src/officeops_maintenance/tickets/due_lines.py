"""Today's lines of tickets: one for each open one, for the manager once it is late or waits long.

All of it follows from the events at the moment somebody looks, so a night without cron loses none.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from officeops import Due
from officeops_maintenance.config import MaintenanceSettings
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.tickets.board import by_when
from officeops_maintenance.tickets.call_back import call_back
from officeops_maintenance.tickets.life import OPEN
from officeops_maintenance.tickets.ticket import Ticket
from officeops_maintenance.tickets.whom_to_call import is_open_now, numbers_of, vendor_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office, Severity
    from officeops_maintenance.tickets.call_back import CallBack


def ticket_lines(office: Office) -> Iterator[Due]:
    """Yield the due item of each open ticket."""
    patience = office.settings("maintenance", MaintenanceSettings).waiting_days
    for ticket in office.all(Ticket, OPEN):
        clock = call_back(office, ticket)
        if clock is not None and clock.is_late and clock.by is not None:
            yield _late(office, ticket, clock)
        elif ticket.state == "waiting" and patience:
            yield _waiting(office, ticket, patience)
        else:
            yield _open(office, ticket, clock)


def _open(office: Office, ticket: Ticket, clock: CallBack | None) -> Due:
    when = by_when(office, clock)
    on = office.ways.day_of(ticket.reported_at)
    return _line(office, ticket, "", on, f"call back {when}" if when else "")


def _late(office: Office, ticket: Ticket, clock: CallBack) -> Due:
    """Return the line of a late one: a new line, which the manager has too."""
    why = f"nobody called back, {by_when(office, clock)}"
    assert clock.by is not None  # noqa: S101 - a late one has passed it
    return _line(office, ticket, ":late", office.ways.day_of(clock.by), why)


def _waiting(office: Office, ticket: Ticket, patience: int) -> Due:
    """Return the line of a waiting one: a new line after so many days, and so many days again."""
    since = office.ways.day_of(office.last_event_at(ticket))
    rounds = (office.today - since).days // patience
    why = f"waits for {ticket.waiting_for or 'something'} since {since}"
    if rounds < 1:
        return _line(office, ticket, "", since, why)
    on = since + timedelta(days=rounds * patience)
    return _line(office, ticket, f":waits-{since}-{rounds}", on, f"{why}; ask again")


def _line(office: Office, ticket: Ticket, step: str, on: date, more: str) -> Due:
    unit = office.label(Equipment, ticket.equipment_id) if ticket.equipment_id else ""
    what = f"{ticket.human_key} {ticket.title}" + (f" ({unit})" if unit else "")
    said = [what, more, _numbers(office, ticket)]
    owner = ticket.assignee or "manager"
    # A line of a later step is an escalation: the manager sees it among their own.
    others = ("manager",) if step and ticket.assignee else ()
    return Due(
        key=f"maintenance.ticket:{ticket.id}{step}",
        on=on,
        what=": ".join(filter(None, said)),
        severity=_severity(ticket),
        owner=owner,
        action="close" if ticket.assignee or ticket.vendor_id else "assign or close",
        record=Ticket.meta.key,
        record_id=ticket.id,
        others=others,
    )


def _numbers(office: Office, ticket: Ticket) -> str:
    """Return the numbers to call in an emergency; blank otherwise."""
    if ticket.priority != "emergency":
        return ""
    vendor = vendor_of(office, ticket)
    numbers = numbers_of(vendor, is_open=is_open_now(office)) if vendor else ""
    return f"call {vendor.name} {numbers}" if vendor and numbers else ""


def _severity(ticket: Ticket) -> Severity:
    return "unsafe" if ticket.unsafe or ticket.priority == "emergency" else "routine"
