"""`officeops roster fairness`: who had how many evenings, weekends, closings and on-call shifts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import click

from officeops.commands import example, needed_day
from officeops_hr.people.columns import column
from officeops_hr.people.person import Person
from officeops_hr.roster.contracts import contract_of
from officeops_hr.roster.facts import RosterFacts
from officeops_hr.roster.fairness import LOOK_BACK, fairness
from officeops_hr.roster.place_option import place_of, place_option
from officeops_hr.roster.printed_table import PrintedTable, prints
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

COLUMNS: Final = [
    column("person", "Person", 1),
    column("hours", "Hours", 2, kind="hours"),
    column("weekend", "Weekends", 1, kind="number"),
    column("evening", "Evenings", 1, kind="number"),
    column("holiday", "Holidays", 3, kind="number"),
    column("closing", "Closings", 1, kind="number"),
    column("on_call", "On call", 2, kind="number"),
    column("unpopular", "Together", 1, kind="number"),
    column("as_full_time", "Full-time", 3),
    column("liked", "Liked", 4, kind="number"),
    column("disliked", "Disliked", 4, kind="number"),
]


@example("--from 2026-06-01 --until 2026-08-23")
@click.command()
@click.option("--from", "first", metavar="DAY", help="[default: twelve weeks before the last day]")
@click.option("--until", default="today", show_default=True, metavar="DAY")
@place_option
@prints(Shift)
def fairness_command(
    office: Office,
    *,
    first: str | None,
    until: str,
    place: str | None,
) -> PrintedTable:
    """Print who had how many weekends, evenings, closings and on-call shifts."""
    last = needed_day(office, "--until", until)
    begin = needed_day(office, "--from", first) if first else last - LOOK_BACK + timedelta(days=1)
    where = place_of(office, place) if place else None
    return PrintedTable(
        f"Unpopular shifts from {begin} to {last}",
        COLUMNS,
        list(_rows(office, begin, last, where)),
        "Nobody is planned in those days.",
    )


def _rows(
    office: Office,
    first: date,
    last: date,
    place: int | None,
) -> Iterator[tuple[object, ...]]:
    facts = RosterFacts(office, first, last)
    counted = fairness(office, first, last, place)
    # Who had most comes first.
    people = sorted(counted, key=lambda person: (-counted[person].unpopular, person))
    for person in people:
        share = counted[person]
        hundredths = share.of_full_time(contract_of(facts, person, last).minutes)
        yield (
            office.label(Person, person),
            share.minutes,
            share.weekend,
            share.evening,
            share.holiday,
            share.closing if share.closing_days else None,
            share.on_call,
            share.unpopular,
            None if hundredths is None else f"{hundredths / 100:.1f}",
            share.liked,
            share.disliked,
        )
