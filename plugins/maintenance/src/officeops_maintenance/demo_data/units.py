"""The units of the made-up practice, and the days on which one was away, lent or retired.

`equipment.csv` has costs in dollars, and the days from today of purchase and end of warranty.
Makers are invented.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from officeops import Location
from officeops.demo import demo_rows, working_again
from officeops_maintenance.equipment.category import Category
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.equipment.life import EQUIPMENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from officeops.demo import Demo
    from officeops_maintenance.demo_data.tickets_past import Step

#: The day, from today, on which the practice entered its equipment.
_ENTERED: Final = -730


def add_units(demo: Demo, vendors: Mapping[str, int | None]) -> None:
    """Write the categories and the units, as one list that somebody imported."""
    with demo.at(demo.day(_ENTERED), "ann"), demo.writing():
        _Units(demo, vendors).add()


class _Units:
    def __init__(
        self,
        demo: Demo,
        vendors: Mapping[str, int | None],
    ) -> None:
        self._demo, self._office, self._vendors = demo, demo.office, vendors
        self._rows = demo_rows(__package__, "equipment.csv")
        self._places = {place.name: place.id for place in demo.office.all(Location)}
        self._categories: dict[str, int] = {}
        self._ids: dict[str, int] = {}

    def add(self) -> None:
        sorts = {row["category"]: row["sort"] for row in demo_rows(__package__, "categories.csv")}
        names = list(dict.fromkeys(row["category"] for row in self._rows))
        categories = [{"name": name, "sort": sorts.get(name, "clinical")} for name in names]
        ids = self._office.add_many(Category, categories)
        self._categories = dict(
            zip(
                names,
                ids,
                strict=True,
            )
        )
        # A part comes after its unit, so that it can name it.
        for is_part in (False, True):
            rows = [row for row in self._rows if bool(row["parent"]) is is_part]
            added = self._office.add_many(Equipment, list(map(self._unit, rows)))
            self._ids.update(
                zip(
                    (row["name"] for row in rows),
                    added,
                    strict=True,
                )
            )

    def _unit(self, row: Mapping[str, str]) -> dict[str, Any]:
        return {
            "name": row["name"],
            "category_id": self._categories[row["category"]],
            "make": row["make"] or None,
            "model": row["model"] or None,
            "serial": row["serial"] or None,
            "location_id": self._places.get(row["location"]),
            "vendor_id": self._vendors.get(row["vendor"]),
            "criticality": row["criticality"],
            "acquired_on": self._day(row["acquired"]),
            "cost": int(row["cost"]) * 100,
            "warranty_until": self._day(row["warranty"]),
            "parent_id": self._ids.get(row["parent"]),
            "spore_procedure": row["procedure"] or None,
        }

    def _day(self, days: str) -> str | None:
        return self._demo.day(days).isoformat() if days else None


def unit_steps(demo: Demo) -> Iterator[Step]:
    """Yield the steps of units that no ticket took: planned work, loans, a recall, a retirement."""
    for row in demo_rows(__package__, "equipment_steps.csv"):
        day = min(working_again(demo.day(row["days"])), demo.today)
        yield (
            day,
            row["by"],
            partial(
                _take,
                demo,
                row,
            ),
        )


def _take(demo: Demo, row: Mapping[str, str]) -> None:
    office = demo.office
    pairs = (pair.partition("=") for pair in filter(None, row["values"].split("; ")))
    asked: dict[str, Any] = {name: value for name, _, value in pairs}
    if "due_back_on" in asked:
        asked["due_back_on"] = demo.day(asked["due_back_on"])
    if "planned" in asked:
        asked["planned"] = asked["planned"] == "yes"
    with office.acting(f"maintenance.equipment.{row['verb']}"):
        EQUIPMENT.move(
            office,
            office.find(Equipment, row["unit"]),
            row["verb"],
            **asked,
        )
