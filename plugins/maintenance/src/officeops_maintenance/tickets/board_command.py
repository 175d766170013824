"""`officeops repairs`: the open tickets by state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops import Field
from officeops.commands import entitle, office_of, output_options, print_rows
from officeops_maintenance.tickets.board import cards

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office


def _column(
    kind: str,
    name: str,
    label: str,
    rank: int,
) -> Field:
    return Field(kind, label=label, list_rank=rank).named(name, "")


FIELDS: Final = [
    _column("text", "state", "State", 1),
    _column("text", "key", "Ticket", 1),
    _column("text", "title", "Title", 1),
    _column("text", "equipment", "Equipment", 2),
    _column("text", "priority", "Priority", 4),
    _column("yes_no", "unsafe", "Unsafe", 6),
    _column("text", "who", "Who has it", 3),
    _column("text", "waiting_for", "Waiting for", 7),
    _column("instant", "since", "Since", 8),
    _column("instant", "call_back_by", "Call back by", 3),
    _column("yes_no", "late", "Late", 3),
]


@click.command()
@click.option("--check", is_flag=True, help="End with exit code 3 when a ticket is late.")
@output_options
@click.pass_context
def repairs(
    ctx: click.Context,
    *,
    check: bool,
    as_json: bool,
    as_csv: bool,
) -> int:
    """Open tickets by state, and by when to call back."""
    office = office_of(ctx)
    entitle("Repairs")
    rows = list(_rows(office))
    nothing = "No ticket is open."
    print_rows(FIELDS, rows, office.ways, as_json=as_json, as_csv=as_csv, nothing=nothing)
    # The last column says whether the ticket is late.
    return 3 if check and any(row[-1] for row in rows) else 0


def _rows(office: Office) -> Iterator[tuple[object, ...]]:
    for card in cards(office):
        ticket, clock = card.ticket, card.clock
        yield (
            card.state,
            ticket.human_key,
            ticket.title,
            card.unit or None,
            ticket.priority,
            ticket.unsafe,
            card.who or None,
            # The column keeps its value after the wait, when nothing is waited for any more.
            ticket.waiting_for if ticket.state == "waiting" else None,
            card.since,
            clock.by if clock else None,
            clock.is_late if clock else None,
        )
