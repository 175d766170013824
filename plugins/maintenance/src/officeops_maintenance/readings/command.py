"""`officeops temperatures`: the sheet of the day, booking it, the month's log, and gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops.commands import Group as CommandGroup
from officeops.commands import entitle, example, office_of, output_options, page, print_rows
from officeops_maintenance.columns import column
from officeops_maintenance.readings.log_command import log
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.record_command import record
from officeops_maintenance.readings.slot import slot_now
from officeops_maintenance.readings.temperature_sheet import TemperatureSheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_COLUMNS: Final = (column("unit"), column("limits"), column("read_at", "instant"))
#: On paper: columns to write in.
_TO_WRITE: Final = (
    column("current"),
    column("lowest"),
    column("highest"),
    column("time"),
    column("initials"),
)


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
    columns = list(_COLUMNS)
    entitle(sheet.title)
    if page():
        if not sheet.read_at:
            # The time to write is that of the reading.
            columns.pop()
            rows = [cells[:-1] for cells in rows]
        columns += _TO_WRITE
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
