"""`officeops roster notice`: how many days before each shift its person could know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops.commands import example
from officeops_hr.people.columns import column
from officeops_hr.people.person import Person
from officeops_hr.roster.check_option import check_option, monday_in, week_argument
from officeops_hr.roster.clock import span
from officeops_hr.roster.place_option import place_of, place_option
from officeops_hr.roster.printed_table import PrintedTable, prints
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
@week_argument
@check_option("a notice is too short")
@place_option
@prints(Shift)
def notice_command(
    office: Office,
    *,
    day: str,
    place: str | None,
) -> PrintedTable:
    """Print the days of notice of each shift, from when it was first published as it is."""
    monday = monday_in(office, day)
    rows = list(_rows(office, place_of(office, place), monday))
    return PrintedTable(
        f"Notice in the week of {monday}",
        _COLUMNS,
        rows,
        "No shift of that week is published.",
        # Without a confirmed rule nothing is short, whatever the days.
        is_due=any(row[-1] for row in rows),
    )


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
