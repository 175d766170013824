"""`officeops roster open`: the shifts ahead that nobody has, with whom to ask first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops.commands import example
from officeops_hr.people.columns import column
from officeops_hr.people.job_role import JobRole
from officeops_hr.people.person import Person
from officeops_hr.roster.absence.call_out import CallOut
from officeops_hr.roster.check_option import check_option, days_of, until_option
from officeops_hr.roster.clock import span
from officeops_hr.roster.covering import answers
from officeops_hr.roster.printed_table import PrintedTable, prints
from officeops_hr.roster.rules.cover import CANNOT
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

_COLUMNS: Final = [
    column("shift", "Shift"),
    column("day", "Day", kind="date"),
    column("time", "Time"),
    column("role", "Role"),
    column("absent", "For", 2),
    column("ask", "Ask", 2),
]
_OPEN: Final = "person_id IS NULL AND NOT dropped AND day BETWEEN ? AND ?"
#: So many people are named; `officeops roster cover` has all.
_NAMED: Final = 3


@example("--check")
@click.command("open")
@until_option
@check_option("a shift is open")
@prints(Shift)
def open_command(office: Office, *, until: str | None) -> PrintedTable:
    """Print the shifts ahead that nobody has, with whom to ask first."""
    _, end = days_of(office, "today", until)
    rows = list(_rows(office, end))
    return PrintedTable(
        f"Open shifts until {end}",
        _COLUMNS,
        rows,
        "No shift is open.",
        is_due=bool(rows),
    )


def _rows(office: Office, end: date) -> Iterator[tuple[object, ...]]:
    days = (office.today.isoformat(), end.isoformat())
    for shift in list(
        office.all(
            Shift,
            _OPEN,
            *days,
            order="day, starts_at, id",
        )
    ):
        absent = None
        if shift.call_out_id is not None:
            out = office.get(CallOut, shift.call_out_id)
            absent = office.label(Person, out.person_id)
        found = [answer.name for answer in answers(office, shift) if answer.group != CANNOT]
        ask = ", ".join(found[:_NAMED]) or "nobody can"
        times = span(shift.starts_at, shift.ends_at)
        role = office.get(JobRole, shift.role_id).code
        yield (f"#{shift.id}", str(shift.day), times, role, absent, ask)
