"""`officeops roster notice`: how many days before each shift its person could know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops.commands import (
    entitle,
    example,
    needed_day,
    office_of,
    output_options,
    print_rows,
)
from officeops_hr.people.columns import column
from officeops_hr.people.person import Person
from officeops_hr.roster.check_option import check_option, ended
from officeops_hr.roster.clock import span
from officeops_hr.roster.place_option import place_of, place_option
from officeops_hr.roster.rules.cycle import monday_of
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.telling.short_notice import notices, wanted_notice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

_COLUMNS: Final = [
    column("day", "Day", kind="date"),
    column("person", "Person"),
    column("time", "Time"),
    column("since", "Published", 2, kind="date"),
    column("days", "Days", kind="number"),
    column("short", "Short of"),
]


@example("2026-08-03 --check")
@click.command("notice")
@click.argument("day", default="today", metavar="[WEEK]")
@check_option("a notice is too short")
@place_option
@output_options
@click.pass_context
def notice_command(
    ctx: click.Context,
    day: str,
    place: str | None,
    *,
    check: bool,
    as_json: bool,
    as_csv: bool,
) -> int:
    """Print the days of notice of each shift, from when it was first published as it is."""
    office = office_of(ctx)
    office.allow_view(Shift)
    monday = monday_of(needed_day(office, "WEEK", day))
    entitle(f"Notice in the week of {monday}")
    rows = list(_rows(office, place_of(office, place), monday))
    nothing = "No shift of that week is published."
    print_rows(
        _COLUMNS,
        rows,
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing=nothing,
    )
    # Without a confirmed rule nothing is short, whatever the days.
    is_short = any(row[-1] for row in rows)
    return ended(is_short, check=check)


def _rows(
    office: Office,
    place: int,
    monday: date,
) -> Iterator[tuple[object, ...]]:
    wanted = wanted_notice(office)
    for notice in notices(office, place, monday):
        shift = notice.shift
        short = None
        if wanted is not None and notice.days < wanted[0]:
            short = f"{wanted[0]} days ({wanted[1]})"
        yield (
            str(shift.on),
            office.label(Person, shift.person or 0),
            span(shift.start, shift.end),
            str(notice.since),
            notice.days,
            short,
        )
