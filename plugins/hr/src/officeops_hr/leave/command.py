"""`officeops leave`: balances, the entries behind them, and who is off."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import click

from officeops import computed
from officeops.commands import (
    Group,
    entitle,
    example,
    needed_day,
    office_of,
    output_options,
    print_page,
    print_rows,
)
from officeops_hr.leave.balances import balances, statement
from officeops_hr.leave.enrollment import LeaveEnrollment
from officeops_hr.leave.entry import LeaveEntry
from officeops_hr.leave.policy import LeavePolicy
from officeops_hr.leave.request import LeaveRequest
from officeops_hr.leave.team_calendar import calendar_page, off_rows
from officeops_hr.leave.year_end import year_ends
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Field, Office

#: Days of the calendar where nobody says how many.
_TWO_WEEKS: Final = timedelta(days=13)


#: A number that nothing says yet is not zero.
_UNKNOWN: Final = {"projected": "—", "until": "—"}


def _fields(*columns: tuple[str, str, int]) -> list[Field]:
    declared = []
    for name, kind, rank in columns:
        declared.append(
            computed(name, "", kind=kind, list_rank=rank, unknown=_UNKNOWN.get(name, ""))
        )
    return declared


_BALANCE: Final = (
    ("person", "text", 1),
    ("policy", "text", 1),
    ("on", "date", 2),
    ("balance", "hours", 1),
    ("projected", "hours", 3),
    ("until", "date", 4),
    ("promised", "hours", 3),
)
_STATEMENT: Final = (
    ("person", "text", 4),
    ("policy", "text", 3),
    ("day", "date", 1),
    ("kind", "text", 1),
    ("amount", "hours", 1),
    ("balance", "hours", 1),
    ("due", "yes_no", 2),
)
_YEAR_END: Final = (
    ("person", "text", 1),
    ("ended", "date", 2),
    ("left", "hours", 1),
    ("carried", "hours", 1),
    ("gone", "hours", 1),
    ("lapsed", "hours", 3),
)
_OFF: Final = (
    ("day", "date", 1),
    ("person", "text", 1),
    ("policy", "text", 2),
    ("amount", "hours", 2),
    ("request", "text", 3),
    ("state", "text", 2),
)


@click.group(cls=Group)
def leave() -> None:
    """Balances of leave (PTO), and who is off."""


@example("P-7 --on 2026-12-31")
@leave.command()
@click.argument("person", required=False, metavar="PERSON")
@click.option("--on", "day", default="today", show_default=True, metavar="DAY")
@click.option("--policy", metavar="POLICY", help="Under one policy alone.")
@output_options
@click.pass_context
def balance(
    ctx: click.Context,
    person: str | None,
    day: str,
    policy: str | None,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print balances on a day, of one person or of all that you see.

    A day to come has all that accrues until then.
    """
    office = office_of(ctx)
    on = needed_day(office, "--on", day)
    entitle(f"Leave on {on}")
    rows = list(_balances(office, on, person, policy))
    nothing = "Nobody here has leave under a policy with a balance."
    fields = _fields(*_BALANCE)
    print_rows(fields, rows, office.ways, as_json=as_json, as_csv=as_csv, nothing=nothing)


def _balances(
    office: Office,
    on: date,
    person: str | None,
    policy: str | None,
) -> Iterator[tuple[object, ...]]:
    person_id, policy_id = _asked(office, person, policy)
    for row in balances(office, on, person_id=person_id, policy_id=policy_id):
        who = office.label(Person, row.account.person_id)
        # Nothing that is to come is no number; a number says until when it counts.
        ahead = (row.projected, str(on)) if row.projected else (None, None)
        yield (who, row.account.policy.name, str(on), row.minutes, *ahead, row.promised)


def _asked(
    office: Office,
    person: str | None,
    policy: str | None,
) -> tuple[int | None, int | None]:
    """Return the numbers of the person and the policy that were named, if any."""
    # A balance is a sum of entries, so it needs the right to see them.
    office.allow_view(LeaveEnrollment)
    office.allow_view(LeaveEntry)
    person_id = office.find(Person, person).id if person else None
    policy_id = office.find(LeavePolicy, policy).id if policy else None
    return person_id, policy_id


@example("P-7")
@leave.command("statement")
@click.argument("person", required=True, metavar="PERSON")
@click.option("--policy", metavar="POLICY", help="Under one policy alone.")
@click.option("--until", "day", default="today", show_default=True, metavar="DAY")
@output_options
@click.pass_context
def statement_command(
    ctx: click.Context,
    person: str,
    policy: str | None,
    day: str,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print the entries behind a balance, those too that are due and not booked yet."""
    office = office_of(ctx)
    until = needed_day(office, "--until", day)
    entitle(f"Leave until {until}")
    person_id, policy_id = _asked(office, person, policy)
    rows = []
    for row in balances(office, until, person_id=person_id, policy_id=policy_id):
        who = office.label(Person, row.account.person_id)
        for entry, left, due in statement(row.account, until):
            shown = (str(entry.day), entry.kind, entry.minutes, left, due)
            rows.append((who, row.account.policy.name, *shown))
    nothing = "No leave accrued or was taken until then."
    fields = _fields(*_STATEMENT)
    print_rows(fields, rows, office.ways, as_json=as_json, as_csv=as_csv, nothing=nothing)


@example("--from 2026-12-21")
@leave.command()
@click.option("--from", "first", default="today", show_default=True, metavar="DAY")
@click.option("--until", metavar="DAY", help="[default: two weeks]")
@click.option("--pending", is_flag=True, help="Requests that nobody decided on, too.")
@output_options
@click.pass_context
def calendar(
    ctx: click.Context,
    first: str,
    until: str | None,
    *,
    pending: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print who is off, by day; it says nothing of why.

    `officeops leave-request export leave.ics` writes it for a calendar.
    """
    office = office_of(ctx)
    office.allow_view(LeaveRequest)
    office.allow_view(LeaveEntry)
    begin = needed_day(office, "--from", first)
    end = needed_day(office, "--until", until) if until else begin + _TWO_WEEKS
    if as_json or as_csv:
        rows = list(off_rows(office, begin, end, pending=pending))
        fields = _fields(*_OFF)
        print_rows(fields, rows, office.ways, as_json=as_json, as_csv=as_csv)
        return
    print_page(calendar_page(office, begin, end, pending=pending))


@example("PTO")
@leave.command("year-end")
@click.argument("policy", required=True, metavar="POLICY")
@click.option("--until", default="today", show_default=True, metavar="DAY")
@output_options
@click.pass_context
def year_end(
    ctx: click.Context,
    policy: str,
    until: str,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print what closing leave years would carry over and let go of; nothing is written.

    What lapsed was carried over before, and ended within the year: it was not left any more.

    `officeops leave-policy close-year POLICY` does it, as one action that `undo` takes back.
    """
    office = office_of(ctx)
    _, policy_id = _asked(office, None, policy)
    day = needed_day(office, "--until", until)
    entitle(f"Leave years of {policy} that ended by {day}")
    rows = []
    for end in year_ends(office, policy_id, day):
        who = office.label(Person, end.account.person_id)
        for ended in end.years:
            minutes = (ended.left, ended.carried, ended.gone, ended.lapsed)
            rows.append((who, str(ended.day), *minutes))
    nothing = "No leave year is open that ended by then."
    fields = _fields(*_YEAR_END)
    print_rows(fields, rows, office.ways, as_json=as_json, as_csv=as_csv, nothing=nothing)
