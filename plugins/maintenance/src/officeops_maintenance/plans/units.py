"""What a plan is about: its unit or those of its category, their use, and when they were out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol

from officeops import Pause, Reading, Subject
from officeops_maintenance.equipment.downtime import Downtime
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.plans.meter_reading import MeterReading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_UNIT: Final = "maintenance.equipment"
_DAY: Final = timedelta(days=1)
_OF_CATEGORY: Final = """
SELECT id FROM maintenance_equipment
WHERE category_id = ? AND (?2 IS NULL OR location_id = ?2)
AND status <> 'retired' AND archived_at IS NULL ORDER BY id
"""
#: Most units have never been out, and one question is enough for them.
_WAS_OUT: Final = """
SELECT EXISTS (SELECT 1 FROM maintenance_downtime WHERE equipment_id = ?1)
OR EXISTS (SELECT 1 FROM maintenance_equipment WHERE id = ?1 AND status = 'retired')
"""


class UnitPlan(Protocol):
    """A plan as far as its units go: one of them, or a category's, and how it takes an outage."""

    equipment_id: int | None
    category_id: int | None
    location_id: int | None
    counter: str | None
    while_out: str


def subjects(office: Office, plan: UnitPlan) -> Subject | list[Subject] | None:
    """Return the unit of a plan, or the units of its category; None of a plan about a place."""
    if plan.category_id is not None:
        rows = office.rows(_OF_CATEGORY, plan.category_id, plan.location_id)
        return [Subject(_UNIT, number) for (number,) in rows]
    # Not by reading the unit: Today asks this of every plan.
    return Subject(_UNIT, plan.equipment_id) if plan.equipment_id else None


def use(
    office: Office,
    plan: UnitPlan,
    subject: Subject | None = None,
) -> Iterator[Reading]:
    """Yield the readings of the counter that a plan goes by."""
    asked = (_unit_id(plan, subject), plan.counter)
    for reading in office.all(MeterReading, "equipment_id = ? AND counter = ?", *asked):
        on = office.ways.day_of(reading.read_at)
        yield Reading(on, reading.value, reset=reading.is_new)


def pauses(
    office: Office,
    plan: UnitPlan,
    subject: Subject | None = None,
) -> Iterator[Pause]:
    """Yield when the unit of a plan was out of service, and since when it is retired."""
    unit_id = _unit_id(plan, subject)
    if unit_id is None or not office.value(_WAS_OUT, unit_id):
        return
    for unit in office.all(Equipment, "id = ? AND status = 'retired'", unit_id):
        # A unit that came retired from another program's list has no day of it.
        since = unit.retired_on or office.now()
        yield Pause(office.ways.day_of(since), None, "retired")
    # Such a plan goes on while its unit is down, but not after the unit is retired.
    if plan.while_out == "go_on":
        return
    for downtime in office.all(Downtime, "equipment_id = ?", unit_id):
        first = office.ways.day_of(downtime.started_at)
        # On the day of its return it is used again.
        last = office.ways.day_of(downtime.ended_at) - _DAY if downtime.ended_at else None
        if last is None or last >= first:
            why = f"out of service: {downtime.reason}"
            yield Pause(first, last, why, waits=plan.while_out == "wait")


def _unit_id(plan: UnitPlan, subject: Subject | None) -> int | None:
    return subject.id if subject else plan.equipment_id
