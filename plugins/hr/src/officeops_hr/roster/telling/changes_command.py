"""`officeops roster changes`: how a week differs from a publication, and whom that concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops.commands import (
    WholeNumber,
    entitle,
    example,
    needed_day,
    office_of,
    output_options,
    print_rows,
)
from officeops_hr.people.columns import column
from officeops_hr.people.person import Person
from officeops_hr.roster.clock import span
from officeops_hr.roster.place_option import place_of, place_option
from officeops_hr.roster.published import changes_since
from officeops_hr.roster.rules.cycle import monday_of
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from officeops import Office
    from officeops_hr.roster.rules.changes import Change
    from officeops_hr.roster.rules.shift import Shift as PlannedShift


_COLUMNS: Final = [
    column("what", "What", 1),
    column("day", "Day", 1, kind="date"),
    column("before", "Before", 2),
    column("after", "Now", 2),
    column("concerns", "Concerns", 3),
    column("notice", "Days ahead", 4, kind="number"),
]


@example("2026-08-03")
@click.command()
@click.argument("day", default="today", metavar="[WEEK]")
@place_option
@click.option(
    "--since",
    "number",
    type=WholeNumber(1),
    metavar="REVISION",
    help="Of an earlier revision.  [default: the newest]",
)
@output_options
@click.pass_context
def changes(
    ctx: click.Context,
    day: str,
    place: str | None,
    number: int | None,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print what changed in a week since it was published, and whom it concerns."""
    office = office_of(ctx)
    office.allow_view(Shift)
    monday = monday_of(needed_day(office, "WEEK", day))
    entitle(f"Changes in the week of {monday}")
    found = changes_since(
        office,
        place_of(office, place),
        monday,
        number,
    )
    rows = [_change(office, one) for one in found]
    nothing = "Nothing changed since it was published."
    print_rows(
        _COLUMNS,
        rows,
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing=nothing,
    )


def _change(office: Office, change: Change) -> tuple[object, ...]:
    concerned = ", ".join(office.label(Person, person) for person in change.people)
    what = ", ".join(change.kinds)
    # Old and new: who lost a shift has to hear it as well.
    before, after = _words(office, change.before), _words(office, change.after)
    return (
        what,
        str(change.on),
        before,
        after,
        concerned,
        (change.on - office.today).days,
    )


def _words(office: Office, shift: PlannedShift | None) -> str | None:
    if shift is None:
        return None
    person = "open" if shift.person is None else office.label(Person, shift.person)
    return f"{person} {span(shift.start, shift.end)}"
