"""`officeops first-hour sharps`: what to do now, on the screen or on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops import Field
from officeops.commands import entitle, example, office_of, output_options, print_page, print_rows
from officeops.values import wrapped
from officeops_hr.safety.first_hour import first_hour, kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops_hr.safety.first_hour import Card

FIELDS: Final = [
    Field("text", label="Card", list_rank=1).named("card", ""),
    Field("number", label="Step", list_rank=1).named("step", ""),
    Field("text", label="What to do", list_rank=1).named("text", ""),
]
_WIDTH: Final = 72


@example("sharps")
@click.command()
@click.argument("kind", type=click.Choice(kinds()), default="sharps")
@output_options
@click.pass_context
def command(
    ctx: click.Context,
    kind: str,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Say what to do first after an incident."""
    office = office_of(ctx)
    card = first_hour(office, kind)
    entitle(card.title, office.facts.name)
    # Programs get rows; people a page that they can follow with wet hands.
    if as_json or as_csv:
        rows = [(card.kind, number, step) for number, step in enumerate(card.steps, 1)]
        print_rows(FIELDS, rows, office.ways, as_json=as_json, as_csv=as_csv)
        return
    print_page(_lines(card))


def _lines(card: Card) -> Iterator[str]:
    yield f"{card.title}: the first hour"
    yield ""
    for number, step in enumerate(card.steps, 1):
        first, *more = wrapped(step, _WIDTH)
        yield f"{number:2}. {first}"
        yield from (f"    {line}" for line in more)
    yield ""
    yield from wrapped(f"Not compared with its sources yet: {card.source}", _WIDTH)
