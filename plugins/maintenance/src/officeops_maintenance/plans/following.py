"""What follows for plans when a unit is used, goes out of service, comes back, or changes its class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops_maintenance.plans.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops import Office
    from officeops_maintenance.equipment.equipment import Equipment

_OF_UNIT: Final = "equipment_id = ?1 OR category_id IN (?2, ?3)"
_BY_USE: Final = """
mode IN ('meter', 'first_of') AND counter = ?2 AND (equipment_id = ?1 OR category_id = (
    SELECT category_id FROM maintenance_equipment WHERE id = ?1))
"""


def unit_changed(office: Office, unit: Equipment, former_category: int | None = None) -> None:
    """Write the future tasks about a unit again, by its plans and those of its category."""
    for plan in list(office.all(Plan, _OF_UNIT, unit.id, unit.category_id, former_category)):
        office.reschedule(plan, unit)


def by_use(office: Office, unit_id: int, counter: str) -> Iterable[str]:
    """Write the tasks that are due by the use of a unit; yield a sentence on each plan."""
    yield from _due(office, list(office.all(Plan, _BY_USE, unit_id, counter)))


def _due(office: Office, plans: Iterable[Plan]) -> Iterator[str]:
    for plan in plans:
        if office.generate(plan):
            yield f"{plan.title} is due by use."
