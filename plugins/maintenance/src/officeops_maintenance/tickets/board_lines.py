"""The lines of the board: a heading for each state, and a line for each ticket."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from officeops.tui import Line, cut, pad
from officeops.values import safe
from officeops_maintenance.tickets.board import by_when

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office
    from officeops_maintenance.tickets.board import Card
    from officeops_maintenance.tickets.ticket import Ticket

#: Cells of the columns beside the title: key, unit, who has it, by when to call back.
_KEY: Final = 6
_UNIT: Final = 12
_WHO: Final = 9
_WHEN: Final = 16
#: All of them, with a blank between each two; the title takes the rest.
_BESIDE: Final = _KEY + _UNIT + _WHO + _WHEN + 4


def board_lines(
    office: Office,
    board: Sequence[Card],
    width: int,
) -> Iterator[Line]:
    """Yield the tickets under the states that they are in, for a width in cells."""
    for state, group in groupby(board, key=lambda card: card.state):
        of_state = list(group)
        heading = f"{state.capitalize()} ({len(of_state)})"
        yield Line.of(heading, "head")
        for card in of_state:
            yield _line(office, card, width)
        yield Line()


def _line(
    office: Office,
    card: Card,
    width: int,
) -> Line:
    ticket = card.ticket
    cells = (
        pad(ticket.human_key, _KEY),
        _cell(_marked(ticket), width - _BESIDE),
        _cell(card.unit, _UNIT),
        _cell(card.who, _WHO),
        _when(office, card),
    )
    text = " ".join(cells).rstrip()
    key = f"ticket {ticket.id}"
    if ticket.unsafe or ticket.priority == "emergency" or card.is_late:
        return Line.of(text, "alarm", ticket, key)
    return Line.of(text, "", ticket, key)


def _cell(text: str, width: int) -> str:
    return pad(cut(safe(text), width), width)


def _marked(ticket: Ticket) -> str:
    """Return the title behind the words that no color alone may say."""
    words = []
    if ticket.unsafe:
        words.append("UNSAFE")
    if ticket.priority in {"emergency", "high"}:
        words.append(ticket.priority.upper())
    return " ".join([*words, ticket.title])


def _when(office: Office, card: Card) -> str:
    """Return by when to call back; without a target, since when it is in its state."""
    when = by_when(office, card.clock)
    if when:
        # Shorter here: with a date the words would be wider than the column.
        return when.replace("late since", "late")
    word = "since"
    if card.ticket.state == "waiting":
        word = card.ticket.waiting_for or word
    day = office.ways.day_of(card.since)
    return f"{word} {day:%b} {day.day}"
