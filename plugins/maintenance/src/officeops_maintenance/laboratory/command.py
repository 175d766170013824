"""`officeops controls`: the sheet of the morning's controls, booking them, and the log."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from officeops import Already, Field, UsageProblem, field
from officeops.commands import Group as CommandGroup
from officeops.commands import (
    book_sheet,
    entitle,
    example,
    needed_day,
    office_of,
    output_options,
    page,
    print_page,
    print_rows,
    run_of,
    say,
    sheet_entries,
)
from officeops_maintenance.laboratory.control_log import Asked, fields, log_page, log_rows
from officeops_maintenance.laboratory.control_sheet import ControlSheet
from officeops_maintenance.laboratory.lab_control import LabControl
from officeops_maintenance.laboratory.lab_test import LabTest
from officeops_maintenance.period import days_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from officeops import Office


@example("")
@click.group(cls=CommandGroup, invoke_without_command=True)
@output_options
@click.pass_context
def controls(
    ctx: click.Context,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print the sheet of controls, book them, or print a log."""
    if ctx.invoked_subcommand:
        return
    office = office_of(ctx)
    sheet = ControlSheet()
    columns = [_text(name) for name in ("kit_and_control", "row", "expected")]
    rows = [[row.label, row.also, row.expected] for row in sheet.rows(office, ())]
    entitle(f"{sheet.title} {office.today}")
    if page():
        # Columns to write in.
        names = ("result", "time", "initials")
        columns += [_text(name) for name in names]
        rows = [[*cells, *[""] * len(names)] for cells in rows]
    print_rows(columns, rows, office.ways, as_json=as_json, as_csv=as_csv, nothing=sheet.nothing)


def _text(name: str) -> Field:
    return field(default=None).named(name, "")  # type: ignore[no-any-return] # typed as a value


@example("LK-3/positive=positive LK-3/negative=negative")
@controls.command()
@click.argument(
    "results",
    nargs=-1,
    required=True,
    metavar="KIT/LEVEL=RESULT...",
)
@click.option(
    "--day",
    metavar="DAY",
    help="The day of a log kept on paper. [default: today]",
)
@click.option(
    "--at",
    metavar="TIME",
    help="When it was run, on a log kept on paper: 7:45.",
)
@click.option(
    "--run-by",
    metavar="LOGIN",
    help="Whose initials the paper has. [default: you]",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print the controls as JSON.",
)
@click.pass_context
def record(
    ctx: click.Context,
    results: tuple[str, ...],
    day: str | None,
    at: str | None,
    run_by: str | None,
    *,
    as_json: bool,
) -> None:
    """Book controls: LK-3/positive=positive, or with a number LK-7/1=2.4.

    A failed one says DO NOT USE, keeps the lot held in the stock and opens a ticket. Patients'
    results do not belong here.
    """
    office = office_of(ctx)
    # The clock of now would be a false time for a control of another day.
    if day and at is None:
        raise UsageProblem("Say when it was run: --at 7:45.", code="needed")
    on = needed_day(office, "--day", day) if day else office.today
    sheet = ControlSheet(day=on if at else None, run_by=run_by or "")
    entries = sheet_entries(office, sheet, list(_lines(results, at)))
    try:
        said = book_sheet(office, entries, run_of(ctx).request)
    except Already as done:
        run_of(ctx).repeat(done, silent=as_json)
    else:
        say(said)
    if as_json:
        _print_controls(office, entries.all_typed())


def _print_controls(office: Office, row_ids: Iterable[str]) -> None:
    """Print the latest control of each row as JSON."""
    # A paper log may be of any day; the latest row of a kit and level is the one just booked.
    asked = Asked(date.min, date.max)
    latest = {(row["kit"], row["level"]): row for row in log_rows(office, asked)}
    rows = []
    for row_id in row_ids:
        kit_id, _, level = row_id.partition("-")
        rows.append(list(latest[f"LK-{kit_id}", level].values()))
    print_rows(fields(), rows, office.ways, as_json=True)


def _lines(results: tuple[str, ...], at: str | None) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield each kit and level with its text by column."""
    for word in results:
        row, sign, result = (part.strip() for part in word.partition("="))
        if not sign or "/" not in row or not result:
            why = f"{word!r} is no control; write KIT/LEVEL=RESULT, such as LK-3/positive=positive."
            raise UsageProblem(why, code="malformed")
        yield row, {"result": result, "time": at} if at else {"result": result}


@example("--month 2026-11")
@controls.command()
@click.option(
    "--test",
    metavar="TEST",
    help="Of one test.",
)
@click.option(
    "--lot",
    metavar="LOT",
    help="Of one lot.",
)
@click.option(
    "--person",
    metavar="LOGIN",
    help="By one person.",
)
@click.option(
    "--month",
    metavar="YYYY-MM",
    help="Which month. [default: this one]",
)
@click.option(
    "--from",
    "first",
    metavar="DAY",
    help="The first day, in place of a month.",
)
@click.option(
    "--until",
    metavar="DAY",
    help="The last day. [default: today]",
)
@output_options
@click.pass_context
def log(
    ctx: click.Context,
    test: str | None,
    lot: str | None,
    person: str | None,
    month: str | None,
    first: str | None,
    until: str | None,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print the log of controls: by test and lot, who ran each, and what failed."""
    office = office_of(ctx)
    # The log reads tables of its own, so the right is asked for here.
    office.allow_view(LabControl)
    test_id = office.find(LabTest, test).id if test else None
    begin, end = days_of(office, month, first, until)
    asked = Asked(begin, end, test_id, lot, person)
    if as_json or as_csv:
        rows = [list(row.values()) for row in log_rows(office, asked)]
        print_rows(fields(), rows, office.ways, as_json=as_json, as_csv=as_csv)
    else:
        print_page(log_page(office, asked))
