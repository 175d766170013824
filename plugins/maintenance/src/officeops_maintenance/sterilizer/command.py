"""`officeops sterilization`: sterilizers and where they are, booking loads, and the log."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import click

from officeops import Already, UsageProblem, field
from officeops.commands import Group as CommandGroup
from officeops.commands import (
    book_sheet,
    entitle,
    example,
    needed_day,
    office_of,
    output_options,
    print_page,
    print_rows,
    run_of,
    say,
    sheet_entries,
)
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.sterilizer.load import Load
from officeops_maintenance.sterilizer.load_sheet import LoadSheet
from officeops_maintenance.sterilizer.log_page import fields, log_page, row_of
from officeops_maintenance.sterilizer.spore_test import SporeTest
from officeops_maintenance.sterilizer.sterilizer_log import SterilizerLog

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from officeops import Office

_STATUS: Final = """
SELECT 'EQ-' || e.id, e.name, e.status, e.spore_procedure,
    (SELECT max(l.run_at) FROM maintenance_sterilizer_load l
        WHERE l.equipment_id = e.id AND l.archived_at IS NULL),
    (SELECT max(b.run_at) FROM maintenance_spore_test b
        WHERE b.equipment_id = e.id AND b.archived_at IS NULL AND b.state = 'negative'),
    (SELECT 'SF-' || max(f.id) FROM maintenance_sterilizer_failure f
        WHERE f.equipment_id = e.id AND f.archived_at IS NULL AND f.state = 'locked')
FROM maintenance_equipment e
WHERE e.spore_procedure IS NOT NULL AND e.status <> 'retired' AND e.archived_at IS NULL
ORDER BY e.name, e.id
"""
_COLUMNS: Final = {
    "key": "text",
    "sterilizer": "text",
    "status": "text",
    "procedure": "text",
    "last_load": "instant",
    "last_negative": "instant",
    "locked_by": "text",
}
_PARTS: Final = ("cycle", "contents", "mechanical", "chemical", "time")


@example("")
@click.group(cls=CommandGroup, invoke_without_command=True)
@output_options
@click.pass_context
def sterilization(
    ctx: click.Context,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List the sterilizers, book their loads, or print a log."""
    if ctx.invoked_subcommand:
        return
    office = office_of(ctx)
    # SQL below asks no permission by itself.
    for kind in (Equipment, Load, SporeTest):
        office.allow_view(kind)
    columns = [field(kind=kind, default=None).named(name, "") for name, kind in _COLUMNS.items()]
    entitle("Sterilizers")
    print_rows(
        columns,
        office.rows(_STATUS),
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing="There is no sterilizer: officeops equipment edit EQ-1 --spore-procedure cdc_2003",
    )


@example('"Autoclave 1=513/4 exam sets/pass/pass"')
@sterilization.command()
@click.argument(
    "loads",
    nargs=-1,
    required=True,
    metavar="UNIT=CYCLE/CONTENTS/MECHANICAL/CHEMICAL[/TIME]...",
)
@click.option(
    "--day",
    metavar="DAY",
    help="The day of a log kept on paper. [default: today]",
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
    help="Print the loads as JSON.",
)
@click.pass_context
def record(
    ctx: click.Context,
    loads: tuple[str, ...],
    day: str | None,
    run_by: str | None,
    *,
    as_json: bool,
) -> None:
    """Book loads: 'Autoclave 1=513/4 exam sets/pass/pass', of another day with its time.

    Loads whose indicators passed are released. `sterilizer-load add` is for one with an implant.
    """
    office = office_of(ctx)
    on = (
        needed_day(
            office,
            "--day",
            day,
        )
        if day
        else office.today
    )
    # By the sheet of the screen, so that both check and book alike.
    sheet = LoadSheet(
        on,
        is_past=on != office.today,
        run_by=run_by or "",
    )
    # A sheet returns a sentence alone, so the new loads are those after the last one.
    before = int(office.value("SELECT ifnull(max(id), 0) FROM maintenance_sterilizer_load"))
    entries = sheet_entries(
        office,
        sheet,
        list(_lines(office, loads)),
        by_id=True,
    )
    try:
        said = book_sheet(
            office,
            entries,
            run_of(ctx).request,
        )
    except Already as done:
        run_of(ctx).repeat(done, silent=as_json)
        return
    say(said)
    if as_json:
        _print_loads(office, before)


def _print_loads(office: Office, before: int) -> None:
    columns = [Load.meta.by_name[name] for name in ("run_at", "number", "contents", "state")]
    rows = [
        (load.human_key, load.run_at.isoformat(), load.number, load.contents, load.state)
        for load in office.all(
            Load,
            "id > ?",
            before,
            order="id",
        )
    ]
    key = field(default=None).named("key", "")
    print_rows(
        [key, *columns],
        rows,
        office.ways,
        as_json=True,
    )


def _lines(office: Office, loads: tuple[str, ...]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield each load with its row and its texts by column; a sterilizer may have several."""
    taken: dict[int, int] = {}
    for word in loads:
        unit, sign, rest = word.partition("=")
        parts = [part.strip() for part in rest.split("/")]
        # A slash within the contents would shift the indicators, so too many parts are refused.
        if not sign or len(parts) > len(_PARTS):
            why = f"{word!r} is no load; write UNIT=CYCLE/CONTENTS/MECHANICAL/CHEMICAL."
            raise UsageProblem(why, code="malformed")
        unit_id = office.find(Equipment, unit.strip()).id
        # Each further load of a sterilizer has a row of its own on the sheet.
        taken[unit_id] = taken.get(unit_id, 0) + 1
        texts = dict(
            zip(
                _PARTS,
                parts,
                strict=False,
            )
        )
        yield f"{unit_id}.{taken[unit_id]}", {name: text for name, text in texts.items() if text}


@example('"Autoclave 1"')
@sterilization.command()
@click.argument(
    "unit",
    required=True,
    metavar="UNIT",
)
@click.option(
    "--from",
    "first",
    metavar="DAY",
    help="The first day. [default: 30 days ago]",
)
@click.option(
    "--until",
    metavar="DAY",
    help="The last day. [default: today]",
)
@click.option(
    "--check",
    is_flag=True,
    help="End with exit code 3 when a release, result or recall is missing.",
)
@output_options
@click.pass_context
def log(
    ctx: click.Context,
    unit: str,
    first: str | None,
    until: str | None,
    *,
    check: bool,
    as_json: bool,
    as_csv: bool,
) -> int:
    """Print the log of a sterilizer: every load and spore test of some days."""
    office = office_of(ctx)
    for kind in (Load, SporeTest):
        office.allow_view(kind)
    begin, end = _days(
        office,
        first,
        until,
    )
    sterilizer_log = SterilizerLog(
        office,
        office.find(Equipment, unit),
        begin,
        end,
    )
    if as_json or as_csv:
        rows = [row_of(line) for line in sterilizer_log.lines()]
        print_rows(
            fields(),
            rows,
            office.ways,
            as_json=as_json,
            as_csv=as_csv,
        )
    else:
        print_page(log_page(office, sterilizer_log))
    # 3 is the code of every command that finds something due.
    return 3 if check and sterilizer_log.is_open() else 0


def _days(
    office: Office,
    first: str | None,
    until: str | None,
) -> tuple[date, date]:
    end = (
        needed_day(
            office,
            "--until",
            until,
        )
        if until
        else office.today
    )
    begin = (
        needed_day(
            office,
            "--from",
            first,
        )
        if first
        else end - timedelta(days=30)
    )
    if begin > end:
        raise UsageProblem("--from is after --until.", code="out-of-range")
    return begin, end
