"""Meter readings: what a unit's counter showed, and when a new counter began."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from officeops import Problem, Record, choice, field, named, ref
from officeops_maintenance.equipment.not_retired import before_retirement
from officeops_maintenance.happened import not_to_come
from officeops_maintenance.plans.counters import COUNTERS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from officeops import Office

_BY_USE = "officeops_maintenance.plans.following:by_use"
_OTHERS = "equipment_id = ? AND counter = ? AND id <> ?"


class MeterReading(
    Record,
    key="maintenance.meter-reading",
    display="value",
    sort="-read_at",
    also=("meter", "counter", "hour meter"),
    indexes=(("equipment_id", "counter", "read_at"),),
):
    """What the counter of a unit showed, such as its hours."""

    equipment_id: int = ref("maintenance.equipment", indexed=False, list_rank=1)
    counter: str = choice(*COUNTERS, default="hours", list_rank=2)
    value: int = field(
        minimum=0,
        list_rank=1,
        also=("reading",),
        example="1250",
        help="The hours, cycles or pages that the counter shows",
    )
    read_at: datetime = field(default=lambda office: office.now(), list_rank=1)
    is_new: bool = field(
        default=False,
        label="New counter",
        list_rank=3,
        help="A new counter began, or the old one was set back; say its first value",
    )
    note: str | None = field(default=None, kind="long_text", hidden=True)

    bare_word: ClassVar[str] = "equipment_id"

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a counter that runs backward: a digit was left out, or the counter is a new one."""
        yield from not_to_come(office, self, "read_at")
        yield from before_retirement(office, self, "read_at")
        before, after = self._neighbors(office)
        if before and not self.is_new and self.value < before.value:
            yield _backward(f"is less than the {before.value:,} before it")
        # A reading may be entered late, between two others, so the one after it is a limit as well.
        if after and not after.is_new and self.value > after.value:
            yield _backward(f"is more than the {after.value:,} after it")

    def _neighbors(self, office: Office) -> tuple[MeterReading | None, MeterReading | None]:
        """Return the readings of the same counter before and after this one."""
        before: MeterReading | None = None
        # A new reading has no id yet, and 0 leaves out no other one.
        of_counter = (self.equipment_id, self.counter, self.id or 0)
        for other in office.all(MeterReading, _OTHERS, *of_counter, order="read_at, id"):
            if other.read_at > self.read_at:
                return before, other
            before = other
        return before, None

    def added(self, office: Office) -> Iterable[str]:
        """Write the tasks that are due by this reading."""
        # By name: plans know of readings.
        said: Iterable[str] = named(_BY_USE)(office, self.equipment_id, self.counter)
        return said


def _backward(why: str) -> Problem:
    cure = "check its digits, or say that a new counter began"
    return Problem(f"{why}; {cure}", "value", code="out-of-range")
