"""The page of a ticket: where it is, by when to call back, whom to call, and the parts in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Forbidden, PageLine, PageSection, named
from officeops_maintenance.tickets.board import by_when, state_words
from officeops_maintenance.tickets.call_back import call_back
from officeops_maintenance.tickets.life import ENDED
from officeops_maintenance.tickets.parts import part_in_words, parts_of
from officeops_maintenance.tickets.whom_to_call import is_open_now, numbers_of, vendor_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_maintenance.tickets.ticket import Ticket

#: What a contract promises of a ticket; contracts know of tickets, which know them by name alone.
_PROMISE: Final = "officeops_maintenance.contracts.contract_page:promise"


def page(office: Office, ticket: Ticket) -> Iterator[PageSection]:
    """Yield the sections of a ticket's page."""
    yield PageSection("", list(_summary(office, ticket)))
    parts = list(_parts(office, ticket))
    if parts:
        yield PageSection("Parts used", parts)


def _parts(office: Office, ticket: Ticket) -> Iterator[PageLine]:
    try:
        parts = parts_of(office, ticket)
    except Forbidden:
        # The stock is not theirs to see; the ticket is.
        return
    for part in parts:
        yield PageLine("", part_in_words(part))


def _summary(office: Office, ticket: Ticket) -> Iterator[PageLine]:
    since = office.ways.day_of(office.last_event_at(ticket))
    state = state_words(office)[ticket.state]
    yield PageLine("Now", f"{state} since {since}")
    # Nobody has to call about it any more.
    if ticket.state in ENDED:
        return
    yield from _clock(office, ticket)
    vendor = vendor_of(office, ticket)
    if vendor is not None:
        numbers = numbers_of(vendor, is_open=is_open_now(office))
        text = f"{vendor.name} {numbers or '(no phone is entered)'}"
        yield PageLine("Whom to call", text)
    yield from _promise(office, ticket)


def _promise(office: Office, ticket: Ticket) -> Iterator[PageLine]:
    """Yield what the contract of its unit promises, and how soon the vendor answered."""
    yield from named(_PROMISE)(office, ticket)


def _clock(office: Office, ticket: Ticket) -> Iterator[PageLine]:
    clock = call_back(office, ticket)
    if clock is None:
        return
    when = by_when(office, clock)
    if when:
        yield PageLine("Call back", when)
    elif not clock.is_running:
        left = clock.target - clock.used
        yield PageLine("Call back", f"the clock rests; {left} min are left")
