"""The counters of the made-up practice: a reading a month, and a counter that began at nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.demo import demo_rows, working_before
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.plans.meter_reading import MeterReading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from officeops.demo import Demo

#: Days from today on which somebody read the counters.
_READ: Final = range(
    -715,
    -4,
    30,
)


def build_counters(demo: Demo) -> None:
    """Write the readings of all counters."""
    with demo.writing():
        for row in demo_rows(__package__, "meters.csv"):
            demo.office.add_many(MeterReading, list(_readings(demo, row)))


def _readings(demo: Demo, row: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    unit = demo.office.find(Equipment, row["unit"])
    chance = demo.random(f"counter of {unit.name}")
    value, use = int(row["value"]), int(row["use"])
    new = int(row["new"]) if row["new"] else None
    for days in _READ:
        is_new = new is not None and days >= new
        if is_new:
            # The repair put in a part with a counter of its own.
            value, new = 0, None
        moment = demo.office.ways.moment(working_before(demo.day(days)), 8 * 60 + 20)
        yield {
            "equipment_id": unit.id,
            "counter": row["counter"],
            "value": value,
            "read_at": moment.isoformat(),
            "is_new": int(is_new),
        }
        value += chance.randint(use * 8 // 10, use * 12 // 10)
