"""What follows for plans when a unit is used, goes out of service, comes back, or changes its class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops_maintenance.plans.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from officeops import Office
    from officeops_maintenance.equipment.equipment import Equipment

_OF_UNIT: Final = "equipment_id = ?1 OR category_id IN (?2, ?3)"
_BY_USE: Final = """
mode IN ('meter', 'first_of') AND counter = ?2 AND (equipment_id = ?1 OR category_id = (
    SELECT category_id FROM maintenance_equipment WHERE id = ?1))
"""


def unit_changed(
    office: Office,
    unit: Equipment,
    before: Mapping[str, Any] | None = None,
) -> None:
    """Write the future tasks about a unit again, by its plans and those of its category.

    `before` has the category and the place that an edit changed.
    """
    was = {"category_id": unit.category_id, "location_id": unit.location_id, **(before or {})}
    # A list: the loop writes while the query would still be read.
    for plan in list(office.all(Plan, _OF_UNIT, unit.id, unit.category_id, was["category_id"])):
        had_it = plan.category_id == was["category_id"]
        had_it = had_it and plan.location_id in {None, was["location_id"]}
        joins = plan.category_id is not None and not had_it
        office.reschedule(plan, unit, joins=joins)


def by_use(
    office: Office,
    unit_id: int,
    counter: str,
) -> Iterable[str]:
    """Write the tasks that are due by the use of a unit; yield a sentence on each plan."""
    yield from _due(office, list(office.all(Plan, _BY_USE, unit_id, counter)))


def _due(office: Office, plans: Iterable[Plan]) -> Iterator[str]:
    for plan in plans:
        if office.generate(plan):
            yield f"{plan.title} is due by use."
