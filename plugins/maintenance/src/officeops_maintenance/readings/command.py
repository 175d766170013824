"""`officeops temperatures`: the sheet of the day, booking it, the month's log, and gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from officeops import Field, field
from officeops.commands import Group as CommandGroup
from officeops.commands import entitle, example, office_of, output_options, page, print_rows
from officeops_maintenance.readings.log_command import log
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.record_command import record
from officeops_maintenance.readings.slot import slot_now
from officeops_maintenance.readings.temperature_sheet import TemperatureSheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

#: Columns to write in, on paper.
_TO_WRITE = ("current", "lowest", "highest", "time", "initials")


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
    rows = list(_rows(office, sheet))
    columns = [_column("unit"), _column("limits"), _column("read_at", "instant")]
    entitle(sheet.title)
    if page():
        columns += map(_column, _TO_WRITE)
        rows = [[*cells, *[""] * len(_TO_WRITE)] for cells in rows]
    print_rows(columns, rows, office.ways, as_json=as_json, as_csv=as_csv, nothing=sheet.nothing)


temperatures.add_command(record)
temperatures.add_command(log)


def _rows(office: Office, sheet: TemperatureSheet) -> Iterator[list[str | None]]:
    """Yield each unit with its limits, and when it was read."""
    for row in sheet.rows(office, ()):
        unit = office.get(MonitoredUnit, int(row.id))
        limits = unit.limits(office).words(office.ways)
        moment = sheet.read_at.get(row.id)
        read_at = moment.isoformat() if moment else None
        yield [unit.name, limits, read_at]


def _column(name: str, kind: str = "text") -> Field:
    return field(kind=kind, default=None).named(name, "")  # type: ignore[no-any-return] # typed as a value
