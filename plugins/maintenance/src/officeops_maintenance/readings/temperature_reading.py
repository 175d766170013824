"""Temperature readings: what a person read on a unit's display, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Record, Upheld, choice, field, ref
from officeops_maintenance.readings.limits import VERDICTS
from officeops_maintenance.readings.monitored_unit import COLDEST, HOTTEST
from officeops_maintenance.readings.slot import SLOTS

if TYPE_CHECKING:
    from datetime import date, datetime


class TemperatureReading(
    Record,
    key="maintenance.temperature-reading",
    display="day",
    sort="-day,-slot,-id",
    actions_only=True,
    also=("temperature", "reading"),
    indexes=(("unit_id", "day"),),
):
    """A temperature that a person read on a display.

    It may have the lowest and highest since the reading before.
    """

    added_by = "officeops temperatures"

    unit_id: int = ref("maintenance.monitored-unit", indexed=False, list_rank=1)
    day: date = field(list_rank=1)
    slot: str = choice(*SLOTS, list_rank=2)
    taken_at: datetime = field(list_rank=3)
    current: int = field(kind="temperature", minimum=COLDEST, maximum=HOTTEST, list_rank=2)
    lowest: int | None = field(
        kind="temperature", default=None, minimum=COLDEST, maximum=HOTTEST, list_rank=3
    )
    highest: int | None = field(
        kind="temperature", default=None, minimum=COLDEST, maximum=HOTTEST, list_rank=3
    )
    verdict: str = choice(*VERDICTS, default="ok", list_rank=2)
    read_by: str = field(default=lambda office: office.actor, list_rank=4)
    note: str | None = field(default=None, list_rank=6)
    excursion_id: int | None = ref("maintenance.excursion", default=None, list_rank=7)

    upheld = Upheld("verdict", VERDICTS[1:], needs="maintenance.temperature-reading.correct")
