"""`officeops roster who`: who works on a day, as everybody may know it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops import Location
from officeops.commands import example, needed_day
from officeops_hr.people.columns import column
from officeops_hr.people.job_role import JobRole
from officeops_hr.roster.check_option import day_argument
from officeops_hr.roster.clock import span
from officeops_hr.roster.place_option import place_of, place_option
from officeops_hr.roster.printed_table import PrintedTable, prints
from officeops_hr.roster.published import newest, published_rows
from officeops_hr.roster.revision import PublishedShift
from officeops_hr.roster.rules.cycle import monday_of

if TYPE_CHECKING:
    from officeops import Office


_COLUMNS: Final = [
    column("day", "Day", 4, kind="date"),
    column("person", "Person", 1),
    column("role", "As", 1),
    column("time", "Time", 1),
    column("room", "Room", 3),
    column("kind", "Kind", 5),
]


@example("thu")
@click.command()
@day_argument("today")
@place_option
@prints(PublishedShift)
def who(
    office: Office,
    *,
    day: str,
    place: str | None,
) -> PrintedTable:
    """Print who works on a day, as it was published."""
    on = needed_day(office, "DAY", day)
    revision = newest(office, place_of(office, place), monday_of(on))
    shifts = [row for row in published_rows(office, revision) if row.day == on]
    rows = [_shown(office, row) for row in shifts]
    nothing = f"The week of {monday_of(on)} is not published."
    # An empty day and a week that nobody published are two things.
    if revision is not None:
        nothing = "Nobody works on that day."
    return PrintedTable(
        f"Who works on {on}",
        _COLUMNS,
        rows,
        nothing,
    )


def _shown(office: Office, row: PublishedShift) -> tuple[object, ...]:
    role = office.label(JobRole, row.role_id)
    times = span(row.starts_at, row.ends_at)
    room = None if row.room_id is None else office.label(Location, row.room_id)
    return (
        str(row.day),
        row.name or "open",
        role,
        times,
        room,
        row.kind,
    )
