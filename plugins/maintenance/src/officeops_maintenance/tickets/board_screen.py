"""The board on the screen: open tickets by state, each with the keys of a ticket."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from officeops.tui import Key, Line, LineScreen, cut, new_key, pad, record_keys
from officeops.values import safe, wording
from officeops_maintenance.tickets.board import Card, by_when, cards
from officeops_maintenance.tickets.life import TICKET
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office

#: Cells of the columns beside the title: key, unit, who has it, by when to call back.
#: The rank of a key that the key line leaves out.
_NEVER = 9
_KEY, _UNIT, _WHO, _WHEN = 6, 12, 9, 16


class RepairsScreen(LineScreen):
    """The open tickets, by state."""

    # Hundreds of tickets with a clock each take longer than a key press.
    slow = True

    def gather(self, office: Office) -> list[Card]:
        """Read the open tickets."""
        return cards(office)

    def crumb(self) -> str:
        """Return the screen's name."""
        return "Repairs"

    def status(self) -> str:
        """Return how many tickets are open, and how many are late."""
        if self.gathered is None:
            return "reading…"
        late = sum(1 for card in self.gathered if card.clock and card.clock.is_late)
        words = f"{wording.count(len(self.gathered), 'ticket')} open"
        return f"{words}, {late} late" if late else words

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return the tickets under the states that they are in."""
        if self.gathered is None:
            return [Line.of("Reading the tickets…", "dim")]
        lines = list(self._lines(width))
        return lines or [
            Line.of("No ticket is open. n reports that something does not work.", "strong")
        ]

    def _lines(self, width: int) -> Iterator[Line]:
        for state, group in groupby(self.gathered, key=lambda card: card.state):
            of_state = list(group)
            yield Line.of(f"{state.capitalize()} ({len(of_state)})", "head")
            for card in of_state:
                yield self._line(card, width)
            yield Line()

    def _line(self, card: Card, width: int) -> Line:
        ticket = card.ticket
        when = by_when(self.office, card.clock).replace("late since", "late")
        when = when or _since(self.office, card)
        title = width - _KEY - _UNIT - _WHO - _WHEN - 4
        cells = (
            pad(ticket.human_key, _KEY),
            pad(cut(_marked(ticket), title), title),
            pad(cut(safe(card.unit), _UNIT), _UNIT),
            pad(cut(safe(card.who), _WHO), _WHO),
            when,
        )
        is_grave = ticket.unsafe or ticket.priority == "emergency"
        is_late = card.clock is not None and card.clock.is_late
        text = " ".join(cells).rstrip()
        return Line.of(text, "alarm" if is_grave or is_late else "", ticket, f"ticket {ticket.id}")

    # -- keys ------------------------------------------------------------------------------------

    def own_keys(self) -> Iterator[Key]:
        """Yield the keys of the board, and those of the ticket under the cursor."""
        yield Key(("enter", "right", "l"), "open", self.open, "Open the ticket", 1)
        yield new_key(self, Ticket, dict)
        for key in record_keys(self, Ticket, self._chosen):
            yield key if self._is_ready(key) else key.replace(rank=_NEVER)

    def _is_ready(self, key: Key) -> bool:
        """Whether a transition leads from the state of the ticket under the cursor."""
        ticket, verb = self.selected, key.keys[-1].removeprefix(":")
        way = TICKET.transitions.get(verb)
        return way is None or (isinstance(ticket, Ticket) and ticket.state in way.sources)

    def _chosen(self) -> Sequence[Ticket]:
        ticket = self.selected
        return [self.office.get(Ticket, ticket.id)] if isinstance(ticket, Ticket) else []

    def open(self) -> None:
        """Open the ticket under the cursor."""
        if isinstance(self.selected, Ticket):
            self.navigator.open_record(Ticket, self.selected.id)
        else:
            self.say("Move to a ticket first.")


def _marked(ticket: Ticket) -> str:
    """Return the title behind the words that no color alone may say."""
    marks = ["UNSAFE"] if ticket.unsafe else []
    if ticket.priority in {"emergency", "high"}:
        marks.append(ticket.priority.upper())
    return safe(" ".join([*marks, ticket.title]))


def _since(office: Office, card: Card) -> str:
    day = office.ways.day_of(card.since)
    waiting = card.ticket.waiting_for if card.ticket.state == "waiting" else ""
    return f"{waiting or 'since'} {day:%b %-d}"
