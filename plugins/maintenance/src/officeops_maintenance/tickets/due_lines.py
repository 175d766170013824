"""Today's lines of tickets: one for each open one, for the manager once it is late or waits long.

All of it follows from the events at the moment somebody looks, so a night without cron loses none.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from officeops import Due
from officeops_maintenance.config import MaintenanceSettings
from officeops_maintenance.tickets.board import by_when, unit_of
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
    settings = office.settings("maintenance", MaintenanceSettings)
    for ticket in office.all(Ticket, OPEN):
        clock = call_back(office, ticket)
        late = _late(office, ticket, clock)
        if late is not None:
            yield late
        elif ticket.state == "waiting":
            yield _waiting(office, ticket, settings.waiting_days)
        else:
            yield _open(office, ticket, clock)


def _open(
    office: Office,
    ticket: Ticket,
    clock: CallBack | None,
) -> Due:
    on = office.ways.day_of(ticket.reported_at)
    when = by_when(office, clock)
    return _line(office, ticket, "", on, f"call back {when}" if when else "")


def _late(
    office: Office,
    ticket: Ticket,
    clock: CallBack | None,
) -> Due | None:
    """Return the line of a late one: a new line, which the manager has too; None in time."""
    if clock is None or clock.by is None or not clock.is_late:
        return None
    on = office.ways.day_of(clock.by)
    why = f"nobody called back, {by_when(office, clock)}"
    return _line(office, ticket, ":late", on, why)


def _waiting(
    office: Office,
    ticket: Ticket,
    patience: int,
) -> Due:
    """Return the line of a waiting one: a new line after so many days, and so many days again."""
    since = office.ways.day_of(office.last_event_at(ticket))
    why = f"waits for {ticket.waiting_for or 'something'} since {since}"
    days = (office.today - since).days
    # 0 days in the settings mean that Today never says so.
    rounds = days // patience if patience else 0
    if not rounds:
        return _line(office, ticket, "", since, why)
    on = since + timedelta(days=rounds * patience)
    # A key of its own for each round, so that snoozing one hides that one alone.
    step = f":waits-{since}-{rounds}"
    return _line(office, ticket, step, on, f"{why}; ask again")


def _line(
    office: Office,
    ticket: Ticket,
    step: str,
    on: date,
    more: str,
) -> Due:
    """Return a line of a ticket; one of a later step is an escalation, so the manager has it too."""
    is_called_in = ticket.assignee or ticket.vendor_id
    words = (_named(office, ticket), more, _numbers(office, ticket))
    return Due(
        key=f"maintenance.ticket:{ticket.id}{step}",
        on=on,
        what=": ".join(filter(None, words)),
        severity=_severity(ticket),
        owner=ticket.assignee or "manager",
        action="close" if is_called_in else "assign or close",
        record=Ticket.meta.key,
        record_id=ticket.id,
        # Without an assignee the manager owns the line, and needs no second one.
        others=("manager",) if step and ticket.assignee else (),
    )


def _named(office: Office, ticket: Ticket) -> str:
    unit = unit_of(office, ticket)
    name = f"{ticket.human_key} {ticket.title}"
    return f"{name} ({unit})" if unit else name


def _numbers(office: Office, ticket: Ticket) -> str:
    """Return the numbers to call in an emergency; blank otherwise."""
    if ticket.priority != "emergency":
        return ""
    vendor = vendor_of(office, ticket)
    if vendor is None:
        return ""
    numbers = numbers_of(vendor, is_open=is_open_now(office))
    return f"call {vendor.name} {numbers}" if numbers else ""


def _severity(ticket: Ticket) -> Severity:
    is_grave = ticket.unsafe or ticket.priority == "emergency"
    return "unsafe" if is_grave else "routine"
