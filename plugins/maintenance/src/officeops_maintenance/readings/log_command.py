"""`officeops temperatures log`: a month of a unit, as a page or for programs."""

from __future__ import annotations

import click

from officeops.commands import (
    example,
    office_of,
    output_options,
    print_page,
    print_rows,
)
from officeops_maintenance.period import days_of
from officeops_maintenance.readings.log_page import log_page
from officeops_maintenance.readings.log_rows import COLUMNS, row_of
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.month_log import MonthLog
from officeops_maintenance.readings.temperature_reading import TemperatureReading


@example('"Vaccine refrigerator"')
@click.command()
@click.argument("unit", required=True, metavar="UNIT")
@click.option("--month", metavar="YYYY-MM", help="Which month. [default: this one]")
@click.option("--from", "first", metavar="DAY", help="The first day, in place of a month.")
@click.option("--until", metavar="DAY", help="The last day. [default: today]")
@click.option(
    "--to-write",
    is_flag=True,
    help="With a line for each reading that is to come: the sheet for the door.",
)
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
    to_write: bool,
    check: bool,
    as_json: bool,
    as_csv: bool,
) -> int:
    """Print the log of a unit for a month: every reading, and every gap as a gap."""
    office = office_of(ctx)
    office.allow_view(TemperatureReading)
    monitored = office.find(MonitoredUnit, unit)
    begin, end = days_of(office, month, first, until)
    month_log = MonthLog(office, monitored, begin, end, to_write=to_write)
    if as_json or as_csv:
        rows = [row_of(line) for line in month_log.lines()]
        print_rows(list(COLUMNS), rows, office.ways, as_json=as_json, as_csv=as_csv)
    else:
        print_page(log_page(office, month_log))
    return 3 if check and month_log.has_unexplained() else 0
