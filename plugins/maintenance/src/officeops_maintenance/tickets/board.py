"""The board: open tickets by their state, the most urgent first, each with its call-back time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Value
from officeops.values import local
from officeops_maintenance.config import MaintenanceSettings
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.tickets.call_back import call_back
from officeops_maintenance.tickets.life import OPEN, SHORT, STATES
from officeops_maintenance.tickets.ticket import PRIORITIES, Ticket

if TYPE_CHECKING:
    from datetime import datetime

    from officeops import Office
    from officeops_maintenance.tickets.call_back import CallBack


class Card(Value):
    """An open ticket on the board: its state as the office sees it, and since when it has it."""

    ticket: Ticket
    state: str
    unit: str
    who: str
    since: datetime
    clock: CallBack | None

    @property
    def is_late(self) -> bool:
        """Whether nobody called back in time."""
        return self.clock is not None and self.clock.is_late


def cards(office: Office) -> list[Card]:
    """Return the open tickets, by state in the order of their life, then the most urgent first."""
    words = state_words(office)
    # States that share a short word are one group, where the first of them comes.
    order = list(dict.fromkeys(words.values()))
    tickets = office.all(Ticket, OPEN)
    board = [_card(office, ticket, words[ticket.state]) for ticket in tickets]

    def place(card: Card) -> tuple[int, int, int]:
        urgency = PRIORITIES.index(card.ticket.priority)
        # The lower number is the older ticket, which has waited longer.
        return order.index(card.state), urgency, card.ticket.id

    board.sort(key=place)
    return board


def state_words(office: Office) -> dict[str, str]:
    """Map each state to what people read: a short word, or its own once they turn the rest on."""
    words: dict[str, str] = {}
    settings = office.settings("maintenance", MaintenanceSettings)
    if settings.states == "all":
        for state in STATES:
            words[state] = state.replace("_", " ")
        return words
    for word, states in SHORT.items():
        words |= dict.fromkeys(states, word.replace("_", " "))
    return words


def _card(
    office: Office,
    ticket: Ticket,
    state: str,
) -> Card:
    return Card(
        ticket,
        state,
        unit_of(office, ticket),
        who_has(office, ticket),
        office.last_event_at(ticket),
        call_back(office, ticket),
    )


def unit_of(office: Office, ticket: Ticket) -> str:
    """Return the unit of a ticket by key and name; blank for none."""
    return office.label(Equipment, ticket.equipment_id)


def who_has(office: Office, ticket: Ticket) -> str:
    """Return who sees to a ticket: a person, a vendor, or both; blank for nobody."""
    vendor = ""
    # None while the plugin of vendors is off; the column keeps its numbers.
    kind = office.target(Ticket.meta.by_name["vendor_id"])
    if kind is not None:
        vendor = office.label(kind, ticket.vendor_id)
    return ", ".join(filter(None, (ticket.assignee, vendor)))


def by_when(office: Office, clock: CallBack | None) -> str:
    """Say by when to call back, or that it is late; blank without a target, or while it rests."""
    if clock is None or clock.by is None:
        return ""
    moment = local(clock.by, office.ways.zone)
    when = f"{moment:%H:%M}"
    if moment.date() != office.today:
        when = f"{moment:%b} {moment.day} {when}"
    return f"late since {when}" if clock.is_late else f"by {when}"
