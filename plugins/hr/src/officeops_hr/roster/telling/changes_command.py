"""`officeops roster changes`: how a week differs from a publication, and whom that concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops.commands import WholeNumber, example
from officeops_hr.people.columns import column
from officeops_hr.people.person import Person
from officeops_hr.roster.check_option import monday_in, week_argument
from officeops_hr.roster.clock import span
from officeops_hr.roster.place_option import place_of, place_option
from officeops_hr.roster.printed_table import PrintedTable, prints
from officeops_hr.roster.published import changes_since
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
@week_argument
@place_option
@click.option(
    "--since",
    "number",
    type=WholeNumber(1),
    metavar="REVISION",
    help="Of an earlier revision.  [default: the newest]",
)
@prints(Shift)
def changes(
    office: Office,
    *,
    day: str,
    place: str | None,
    number: int | None,
) -> PrintedTable:
    """Print what changed in a week since it was published, and whom it concerns."""
    monday = monday_in(office, day)
    changed = changes_since(
        office,
        place_of(office, place),
        monday,
        number,
    )
    return PrintedTable(
        f"Changes in the week of {monday}",
        _COLUMNS,
        [_change(office, change) for change in changed],
        "Nothing changed since it was published.",
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
