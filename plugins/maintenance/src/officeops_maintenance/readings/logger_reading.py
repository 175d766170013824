"""Logger readings: what a device measured by itself. They are beside the log, never in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Record, choice, field, ref
from officeops_maintenance.readings.limits import VERDICTS

if TYPE_CHECKING:
    from datetime import date, datetime


class LoggerReading(
    Record,
    key="maintenance.logger-reading",
    plural="Logger data",
    display="taken_at",
    sort="-taken_at,-id",
    actions_only=True,
    also=("logger", "data-logger"),
    # Files of older releases may have two temperatures of one minute.
    unique_together=(("unit_id", "taken_at", "temperature"),),
):
    """A temperature that a data logger measured in a unit."""

    importer = "officeops_maintenance.readings.logger_import:LoggerImport"
    added_by = "officeops logger-reading import"

    unit_id: int = ref("maintenance.monitored-unit", indexed=False, list_rank=1)
    taken_at: datetime = field(
        list_rank=2,
        also=("timestamp", "date time", "datetime", "date and time", "time stamp", "logged at"),
    )
    day: date = field(list_rank=3)
    temperature: int = field(kind="temperature", list_rank=1, also=("temp", "t", "reading"))
    verdict: str | None = choice(
        *VERDICTS, default=None, list_rank=4, help="What it was against the limits of its day"
    )


class LoggerReport(
    Record,
    key="maintenance.logger-report",
    display="name",
    sort="-last_at,-id",
    actions_only=True,
    also=("logger-file",),
):
    """A logger's file that was imported.

    It says from when to when it goes, and what the device said of itself.
    """

    added_by = "officeops logger-reading import"

    unit_id: int = ref("maintenance.monitored-unit", list_rank=1)
    name: str = field(
        search=True, list_rank=2, help="The file's name, and the digest of its content"
    )
    first_at: datetime = field(list_rank=3)
    last_at: datetime = field(list_rank=3)
    readings: int = field(list_rank=4, help="Readings of the file")
    out_of_range: int = field(list_rank=4, help="Readings beyond the limits of the unit")
    lowest: int = field(kind="temperature", list_rank=5)
    highest: int = field(kind="temperature", list_rank=5)
    device: str | None = field(
        kind="long_text", default=None, hidden=True, help="The device, and the alarms that it noted"
    )
    excursion_id: int | None = ref("maintenance.excursion", default=None, list_rank=6)
