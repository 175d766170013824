"""`officeops roster on-call`: whom the answering service calls, when, and by which number."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import click

from officeops.commands import example, say
from officeops.values import wording
from officeops_hr.people.columns import column
from officeops_hr.people.contacts import Phone
from officeops_hr.people.job_role import JobRole
from officeops_hr.roster.check_option import (
    check_option,
    days_of,
    first_option,
    until_option,
)
from officeops_hr.roster.clock import time
from officeops_hr.roster.paper.phones import phones
from officeops_hr.roster.printed_table import PrintedTable, prints
from officeops_hr.roster.published import changes_since
from officeops_hr.roster.revision import NEWEST, PublishedShift, RosterRevision
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from officeops import Office

_COLUMNS: Final = [
    column(
        "day",
        "Day",
        kind="date",
    ),
    column("from", "From"),
    column("until", "Until"),
    column("person", "On call"),
    column(
        "role",
        "As",
        3,
    ),
    column("phone", "Phone"),
    column(
        "other_phone",
        "Or",
        2,
    ),
]
_ONE_DAY: Final = timedelta(days=1)
_ON_CALL: Final = f"kind = 'on_call' AND day BETWEEN ? AND ? AND revision_id IN ({NEWEST})"


@example("--from 2026-08-03")
@click.command("on-call")
@first_option
@until_option
@check_option("nobody can be called")
@prints(Shift, Phone, PublishedShift)
def on_call(
    office: Office,
    *,
    first: str,
    until: str | None,
) -> PrintedTable:
    """Print who is on call by which number, as it was published: for the answering service."""
    begin, end = days_of(
        office,
        first,
        until,
    )
    shifts = list(
        office.all(
            PublishedShift,
            _ON_CALL,
            begin.isoformat(),
            end.isoformat(),
            order="day, starts_at",
        )
    )
    rows = list(_rows(office, shifts))
    lacking = [row for row in rows if row[5] is None]
    _warn(
        office,
        begin,
        end,
    )
    return PrintedTable(
        f"On call from {begin} to {end}",
        _COLUMNS,
        rows,
        "Nobody is on call in the published weeks.",
        under=office.facts.name,
        is_due=bool(lacking) or not rows,
    )


def _rows(office: Office, shifts: Sequence[PublishedShift]) -> Iterator[tuple[object, ...]]:
    numbers = phones(office)
    for row in shifts:
        own = [*numbers.get(row.person_id or 0, []), None, None]
        ends = time(row.ends_at)
        # A night ends on another day, which the service has to know.
        if row.ends_at <= row.starts_at:
            ends = f"{row.day + _ONE_DAY:%a} {ends}"
        role = office.label(JobRole, row.role_id)
        who = row.name or "nobody"
        yield (
            str(row.day),
            f"{row.day:%a} {time(row.starts_at)}",
            ends,
            who,
            role,
            own[0],
            own[1],
        )


def _warn(
    office: Office,
    begin: date,
    end: date,
) -> None:
    """Say that the plan differs: a sheet that is out of date rings the wrong person."""
    changed = 0
    for revision in list(office.all(RosterRevision, f"id IN ({NEWEST})")):
        for change in changes_since(
            office,
            revision.location_id,
            revision.monday,
        ):
            is_on_call = change.shift.kind == "on_call"
            changed += int(is_on_call and begin <= change.on <= end)
    if changed:
        words = wording.count(changed, "change")
        say(f"The plan has {words} that nobody has published: officeops publish-schedule.")
