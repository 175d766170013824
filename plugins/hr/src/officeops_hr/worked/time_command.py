"""`officeops time`: hours worked by day and by week, and what the payroll gets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import click

from officeops.commands import Group, example, needed_day
from officeops.values import wording
from officeops_hr.people.columns import column
from officeops_hr.roster.check_option import check_option, day_argument
from officeops_hr.roster.printed_table import PrintedTable, prints
from officeops_hr.worked.day_sheet import MISSING, day_lines
from officeops_hr.worked.not_locked import not_locked
from officeops_hr.worked.paid_time import PaidTime
from officeops_hr.worked.pay_changes import reaches_pay_of, sees_amounts
from officeops_hr.worked.pay_week import LAST_DAY, first_day_of
from officeops_hr.worked.payroll import payroll_rows, policies
from officeops_hr.worked.time_entry import TimeEntry
from officeops_hr.worked.week_lines import week_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Field, Office
    from officeops_hr.worked.payroll import PayrollRow
    from officeops_hr.worked.week_lines import WeekLine

_NO_WORD: Final = re.compile(r"[^a-z0-9]+")
_NOBODY: Final = "Nobody was rostered, and nobody entered time."

pay_week_argument: Final = click.argument("day", default="-7d", metavar="[WEEK]")
until_option: Final = click.option(
    "--until",
    metavar="WEEK",
    help="Of several weeks, the last.  [default: one week]",
)


@click.group(cls=Group)
def time() -> None:
    """Show hours worked by day, week and for payroll."""


DAY: Final = [
    column("person", "Person"),
    column("how", "How"),
    column("time", "Time"),
    column("hours", "Hours", 2, kind="hours"),
    column("entry", "Entry", 4, kind="number"),
]


@example("yesterday")
@time.command()
@day_argument("yesterday")
@check_option("a day is missing")
@prints(TimeEntry)
def day(office: Office, *, day: str) -> PrintedTable:
    """Print the day sheet: who worked as rostered, who was absent, and who is missing."""
    on = needed_day(office, "DAY", day)
    lines = day_lines(office, on)
    return PrintedTable(
        f"Day sheet of {on}",
        DAY,
        [(line.person, line.how, line.time, line.minutes, line.entry_id) for line in lines],
        _NOBODY,
        is_due=any(line.how == MISSING for line in lines),
    )


WEEK: Final = [
    column("person", "Person"),
    column("sheet", "Sheet", 3),
    column("state", "State"),
    column("hours", "Hours", 2, kind="hours"),
    column("regular", "Regular", 4, kind="hours"),
    column("overtime", "Overtime", 2, kind="hours"),
    column("double", "Double", 5, kind="hours"),
    column("missing", "Missing", 1),
]


@example("--check")
@time.command()
@pay_week_argument
@check_option("a week is not approved yet")
@prints(TimeEntry)
def week(office: Office, *, day: str) -> PrintedTable:
    """Print the hours of a pay week, with overtime, missing days, and how far each sheet is."""
    first = first_day_of(office, needed_day(office, "WEEK", day))
    lines = week_lines(office, first)
    return PrintedTable(
        f"Hours of the week {first} to {first + LAST_DAY}",
        WEEK,
        [_week_row(line) for line in lines],
        _NOBODY,
        is_due=any(line.state not in {"approved", "locked"} for line in lines),
    )


def _week_row(line: WeekLine) -> tuple[object, ...]:
    sheet = line.sheet.human_key if line.sheet else None
    missing = " ".join(f"{one:%a}" for one in line.missing)
    # Of days that nobody spoke of, the hours are unknown and not none.
    rates = (None,) * 4 if line.is_unknown else (line.minutes.all, *line.minutes)
    return (line.person, sheet, line.state, *rates, missing)


PAYROLL: Final = [
    column("number", "Number", 2),
    column("person", "Person"),
    column("regular", "Regular", kind="hours"),
    column("overtime", "Overtime", kind="hours"),
    column("double", "Double", 4, kind="hours"),
    column("corrections", "Of it late", 3, kind="hours"),
]

NEW_PAY: Final = [
    column("new_pay_from", "New pay", 3, kind="date"),
    column("pay_was", "Pay was", 4),
    column("pay_is", "Pay is", 4),
]


@example("--csv")
@time.command()
@pay_week_argument
@until_option
@check_option("hours are not locked yet")
@prints(PaidTime)
def payroll(office: Office, *, day: str, until: str | None) -> PrintedTable:
    """Print what the payroll gets of locked weeks: hours, leave, and who gets other pay."""
    first = first_day_of(office, needed_day(office, "WEEK", day))
    last = first_day_of(office, needed_day(office, "--until", until)) if until else first
    kinds = policies(office)
    rows = payroll_rows(office, first, last)
    fields = [*PAYROLL, *_leave_columns(kinds)]
    # Where they may not see it, a blank would read as if nobody's pay had changed.
    if reaches_pay_of(office, [row.person_id for row in rows]):
        fields += NEW_PAY if sees_amounts(office) else NEW_PAY[:1]
    left_out = not_locked(office, first, last)
    # Beside the rows and not among them: the payroll takes these as they are.
    names = wording.listing(left_out)
    return PrintedTable(
        f"Payroll of {first} to {last + LAST_DAY}",
        fields,
        [_payroll_row(row, kinds)[: len(fields)] for row in rows],
        "Nothing is handed over of these weeks: officeops timesheet lock",
        is_due=bool(left_out),
        warning=f"Not in it, as they are not locked: {names}." if left_out else "",
    )


def _leave_columns(kinds: dict[int, str]) -> Iterator[Field]:
    for number, name in kinds.items():
        word = _NO_WORD.sub("_", name.lower()).strip("_") or str(number)
        yield column(f"leave_{word}", name, 4, kind="hours")


def _payroll_row(row: PayrollRow, kinds: dict[int, str]) -> tuple[object, ...]:
    """Return the cells of a person, the amounts of pay last."""
    leave = [row.leave.get(kind, 0) for kind in kinds]
    hours = (row.number, row.person, *row.rates.values(), row.corrections)
    new = row.new_pay
    if new is None:
        return (*hours, *leave, None, None, None)
    return (*hours, *leave, str(new.starts_on), new.was, new.becomes)
