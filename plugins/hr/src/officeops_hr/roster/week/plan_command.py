"""`officeops roster plan`: the week's sheet without its screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from officeops import Refused
from officeops.commands import (
    book_sheet,
    example,
    needed_day,
    office_of,
    outcome_option,
    run_of,
    say_outcome,
    sheet_entries,
)
from officeops_hr.roster.place_option import place_of, place_option
from officeops_hr.roster.week.copying import copied
from officeops_hr.roster.week.sheet import REASON, WeekSheet
from officeops_hr.roster.week.typed_week import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@example('--week +7d "Ana Alvarez" mon=7-3 tue=off')
@click.command()
@click.option(
    "--week",
    "day",
    default="today",
    show_default=True,
    metavar="DAY",
)
@place_option
@click.option(
    "--copy",
    is_flag=True,
    help="Begin with the shifts of the week before.",
)
@click.option(
    "--reason",
    metavar="TEXT",
    help="Why, although a rule warns.",
)
@click.argument(
    "words",
    nargs=-1,
    metavar="[NAME DAY=SHIFT...]...",
)
@outcome_option
@click.pass_context
def plan(
    ctx: click.Context,
    day: str,
    place: str | None,
    words: tuple[str, ...],
    *,
    copy: bool,
    reason: str | None,
) -> None:
    """Plan a week: shifts as people type them, all of them or none.

    DAY is mon to sun. SHIFT is 7-3, 7:30-15:30, a digit for a usual shift, or off.
    """
    office = office_of(ctx)
    office.allow(WeekSheet.verb)
    sheet = WeekSheet(
        office,
        place_of(office, place),
        needed_day(
            office,
            "--week",
            day,
        ),
    )
    # By their ids: two people may have one name.
    lines = list(copied(sheet.week).texts.items()) if copy else []
    lines += _lines(words)
    # An empty booking would be an action in the history that changed nothing.
    if not lines:
        raise Refused("Nothing differs from the week before.", code="nothing-to-do")
    # One reason for all lines; what a copied line brings is its own.
    why = {REASON: reason} if reason else {}
    typed = [(name, {**why, **cells}) for name, cells in lines]
    entries = sheet_entries(
        office,
        sheet,
        typed,
    )
    said = book_sheet(
        office,
        entries,
        run_of(ctx).request,
    )
    say_outcome(ctx, said)


def _lines(words: Iterable[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each name with the texts of its days. Raises UsageError for a day without a name."""
    name, cells = "", dict[str, str]()
    for word in words:
        day, is_cell, text = word.partition("=")
        if not is_cell:
            if name:
                yield name, cells
            name, cells = word, {}
            continue
        if not name or day.lower() not in COLUMNS:
            what = f"{word!r}: name somebody, then a day from mon to sun, as in mon=7-3"
            raise click.UsageError(what)
        cells[day.lower()] = text
    if name:
        yield name, cells
