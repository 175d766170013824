"""`officeops temperatures`: the sheet of the day, booking it, the month's log, and gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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
from officeops_maintenance.period import days_of
from officeops_maintenance.readings.log_page import fields, log_page, row_of
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.month_log import MonthLog
from officeops_maintenance.readings.slot import SLOTS, Slot, slot_now
from officeops_maintenance.readings.temperature_reading import TemperatureReading
from officeops_maintenance.readings.temperature_sheet import TemperatureSheet

_READ: Final = ("unit", "day", "slot", "taken_at", "current", "lowest", "highest", "verdict")
_LATEST: Final = """
SELECT u.name, r.day, r.slot, r.taken_at, r.current, r.lowest, r.highest, r.verdict,
    'EX-' || r.excursion_id
FROM maintenance_temperature_reading r JOIN maintenance_monitored_unit u ON u.id = r.unit_id
WHERE r.unit_id = ? AND r.day = ? AND r.slot = ? AND r.archived_at IS NULL
ORDER BY r.id DESC LIMIT 1
"""

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from officeops import Office


@example("")
@click.group(cls=CommandGroup, invoke_without_command=True)
@output_options
@click.pass_context
def temperatures(
    ctx: click.Context,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print the temperature sheet, book it, or print a log."""
    if ctx.invoked_subcommand:
        return
    office = office_of(ctx)
    sheet = TemperatureSheet(slot_now(office))
    read_at = field(kind="instant", default=None).named("read_at", "")
    columns = [_text("unit"), _text("limits"), read_at]
    rows: list[list[str | None]] = []
    for row in sheet.rows(office, ()):
        unit = office.get(MonitoredUnit, int(row.id))
        moment = sheet.read_at.get(row.id)
        limits = unit.limits(office).words(office.ways)
        rows.append([unit.name, limits, moment.isoformat() if moment else None])
    entitle(sheet.title)
    if page():
        # Columns to write in.
        names = ("current", "lowest", "highest", "time", "initials")
        columns += [_text(name) for name in names]
        rows = [[*cells, *[""] * len(names)] for cells in rows]
    print_rows(columns, rows, office.ways, as_json=as_json, as_csv=as_csv, nothing=sheet.nothing)


def _text(name: str) -> Field:
    return field(default=None).named(name, "")  # type: ignore[no-any-return] # typed as a value


@example('"Vaccine refrigerator=38/36.5/41"')
@temperatures.command()
@click.argument("readings", nargs=-1, required=True, metavar="UNIT=CURRENT[/LOWEST/HIGHEST]...")
@click.option("--day", metavar="DAY", help="The day of a log kept on paper. [default: today]")
@click.option("--slot", type=click.Choice(SLOTS), help="[default: by the clock]")
@click.option("--at", metavar="TIME", help="When it was read, on a log kept on paper: 7:45.")
@click.option("--read-by", metavar="LOGIN", help="Whose initials the paper has. [default: you]")
@click.option("--json", "as_json", is_flag=True, help="Print the readings as JSON.")
@click.pass_context
def record(
    ctx: click.Context,
    readings: tuple[str, ...],
    day: str | None,
    slot: str | None,
    at: str | None,
    read_by: str | None,
    *,
    as_json: bool,
) -> None:
    """Book temperatures: 'Freezer=-4', or with the lowest and highest 'Freezer=-4/-8/0'.

    Out of range it says DO NOT USE, opens an excursion and holds the lots that the unit keeps.
    """
    office = office_of(ctx)
    now = slot_now(office)
    on = needed_day(office, "--day", day) if day else now.day
    chosen = Slot(on, slot or now.half)
    is_past = chosen != now
    # The clock of now would be a false time for a reading of another day or half.
    if is_past and at is None:
        raise UsageProblem("Say when it was read: --at 7:45.", code="needed")
    sheet = TemperatureSheet(chosen, is_past=is_past or at is not None, read_by=read_by or "")
    entries = sheet_entries(office, sheet, list(_lines(readings, at)))
    try:
        said = book_sheet(office, entries, run_of(ctx).request)
    except Already as done:
        run_of(ctx).repeat(done, silent=as_json)
    else:
        say(said)
    if as_json:
        _print_readings(office, chosen, list(entries.all_typed()))


def _print_readings(
    office: Office,
    slot: Slot,
    unit_ids: list[str],
) -> None:
    """Print the latest readings of units in a slot as JSON."""
    kinds = {"day": "date", "taken_at": "instant"}
    kinds |= dict.fromkeys(("current", "lowest", "highest"), "temperature")
    names = (*_READ, "excursion")
    columns = [field(kind=kinds.get(name), default=None).named(name, "") for name in names]
    rows = []
    for unit_id in unit_ids:
        rows += office.rows(_LATEST, int(unit_id), slot.day.isoformat(), slot.half)
    print_rows(columns, rows, office.ways, as_json=True)


def _lines(readings: tuple[str, ...], at: str | None) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield each unit with its texts by column."""
    for word in readings:
        unit, sign, temperatures = word.rpartition("=")
        parts = [part.strip() for part in temperatures.split("/")]
        if not sign or len(parts) > 3:
            why = f"{word!r} is no reading; write UNIT=CURRENT or UNIT=CURRENT/LOWEST/HIGHEST."
            raise UsageProblem(why, code="malformed")
        texts = dict(zip(("current", "lowest", "highest"), parts, strict=False))
        if at is not None:
            texts["time"] = at
        yield unit.strip(), {name: text for name, text in texts.items() if text}


@example('"Vaccine refrigerator"')
@temperatures.command()
@click.argument("unit", required=True, metavar="UNIT")
@click.option("--month", metavar="YYYY-MM", help="Which month. [default: this one]")
@click.option("--from", "first", metavar="DAY", help="The first day, in place of a month.")
@click.option("--until", metavar="DAY", help="The last day. [default: today]")
@click.option("--check", is_flag=True, help="End with exit code 3 when a reading is missing.")
@output_options
@click.pass_context
def log(
    ctx: click.Context,
    unit: str,
    month: str | None,
    first: str | None,
    until: str | None,
    *,
    check: bool,
    as_json: bool,
    as_csv: bool,
) -> int:
    """Print the log of a unit for a month: every reading, and every gap as a gap."""
    office = office_of(ctx)
    office.allow_view(TemperatureReading)
    monitored = office.find(MonitoredUnit, unit)
    begin, end = days_of(office, month, first, until)
    month_log = MonthLog(office, monitored, begin, end)
    if as_json or as_csv:
        rows = [row_of(line) for line in month_log.lines()]
        print_rows(fields(), rows, office.ways, as_json=as_json, as_csv=as_csv)
    else:
        print_page(log_page(office, month_log))
    return 3 if check and month_log.has_unexplained() else 0
