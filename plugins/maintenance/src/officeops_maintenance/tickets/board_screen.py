"""The board on the screen: open tickets by state, each with the keys of a ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.tui import Key, Line, LineScreen, new_key, record_keys
from officeops.values import wording
from officeops_maintenance.tickets.board import Card, cards
from officeops_maintenance.tickets.board_lines import board_lines
from officeops_maintenance.tickets.life import TICKET
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office

#: The rank of a key that the key line leaves out.
_NEVER: Final = 9
_NOTHING: Final = "No ticket is open. n reports that something does not work."


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
        words = wording.count(len(self.gathered), "ticket")
        late = sum(card.is_late for card in self.gathered)
        return f"{words} open, {late} late" if late else f"{words} open"

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return the tickets under the states that they are in."""
        if self.gathered is None:
            return [Line.of("Reading the tickets…", "dim")]
        lines = list(board_lines(self.office, self.gathered, width))
        return lines or [Line.of(_NOTHING, "strong")]

    # -- keys ------------------------------------------------------------------------------------

    def own_keys(self) -> Iterator[Key]:
        """Yield the keys of the board, and those of the ticket under the cursor."""
        yield Key(("enter", "right"), "open", self.open, "Open the ticket", 1, means="open")
        yield new_key(self, Ticket, dict)
        for key in record_keys(self, Ticket, self._chosen):
            if self._is_ready(key):
                yield key
            else:
                # Pressed all the same, the key says why not; only the key line leaves it out.
                yield key.replace(rank=_NEVER)

    @property
    def ticket(self) -> Ticket | None:
        """The ticket under the cursor, as the board was read."""
        return self.selected if isinstance(self.selected, Ticket) else None

    def _is_ready(self, key: Key) -> bool:
        """Whether a transition leads from the state of the ticket under the cursor."""
        verb = key.keys[-1].removeprefix(":")
        way = TICKET.transitions.get(verb)
        if way is None:
            return True
        return self.ticket is not None and self.ticket.state in way.sources

    def _chosen(self) -> Sequence[Ticket]:
        if self.ticket is None:
            return []
        # Read again, since somebody may have moved the ticket after the board was read.
        return [self.office.get(Ticket, self.ticket.id)]

    def open(self) -> None:
        """Open the ticket under the cursor."""
        if self.ticket is None:
            self.say("Move to a ticket first.")
            return
        self.navigator.open_record(Ticket, self.ticket.id)
