"""The commands of `officeops roster` about news: who has not seen what, and calendars."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import click

from officeops import Refused
from officeops.commands import example, office_of, page_options
from officeops_hr.people.acting import own_person
from officeops_hr.people.columns import column
from officeops_hr.people.person import Person
from officeops_hr.roster.check_option import check_option
from officeops_hr.roster.printed_table import PrintedTable, prints
from officeops_hr.roster.revision import PublishedShift, RosterRevision
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.telling.calendar_events import Calendar
from officeops_hr.roster.telling.calendar_file import calendar_file, times, title, uid
from officeops_hr.roster.telling.notice import RosterNotice
from officeops_hr.roster.telling.unseen import own_words, unseen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_UNSEEN: Final = [
    column(
        "week",
        "Week of",
        3,
        kind="date",
    ),
    column(
        "revision",
        "Revision",
        4,
        kind="number",
    ),
    column("person", "Person"),
    column("day", "Day", kind="date"),
    column("what", "News"),
]


@example("--check")
@click.command("unseen")
@check_option("somebody has not seen a change")
@prints(Shift, RosterNotice)
def unseen_command(office: Office) -> PrintedTable:
    """Print who has neither seen a change of their shifts nor heard of it."""
    rows = list(_unseen_rows(office))
    return PrintedTable(
        "Changes that people have not seen",
        _UNSEEN,
        rows,
        "Everybody has seen their schedule.",
        is_due=bool(rows),
    )


def _unseen_rows(office: Office) -> Iterator[tuple[object, ...]]:
    for one in unseen(office):
        week, number = str(one.revision.monday), one.revision.number
        name = office.label(Person, one.person_id)
        for change in one.changes:
            words = own_words(change, one.person_id)
            yield (week, number, name, str(change.on), words)


@example("P-7")
@click.command("calendar")
@click.argument("person", required=False, metavar="[PERSON]")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print the events as JSON.",
)
@page_options("ics", "json")
@click.pass_context
def calendar_command(
    ctx: click.Context,
    person: str | None,
    *,
    as_json: bool,
) -> None:
    """Print a calendar file (.ics) of somebody's published shifts, by default yours.

    Into a file: officeops roster calendar --output shifts.ics
    """
    office = office_of(ctx)
    for kind in (PublishedShift, RosterRevision):
        office.allow_view(kind)
    who = office.find(Person, person).id if person else own_person(office)
    if who is None:
        raise Refused("No person is linked to your login.", code="not-found")
    # The same events, for a calendar that reads no .ics.
    if as_json:
        click.echo(json.dumps(list(_events(office, who)), ensure_ascii=False))
        return
    click.echo(calendar_file(office, who), nl=False)


def _events(office: Office, person_id: int) -> Iterator[dict[str, object]]:
    for event in Calendar(office, person_id).events:
        begins, ends = times(office, event.shift)
        yield {
            "uid": uid(office, event, person_id),
            "sequence": event.sequence,
            "status": "cancelled" if event.canceled else "confirmed",
            "begins": begins.isoformat(),
            "ends": ends.isoformat(),
            "summary": title(office, event.shift),
        }
