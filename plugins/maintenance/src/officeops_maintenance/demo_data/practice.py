"""The equipment of a made-up practice, and the tickets about it.

`equipment.csv` has costs in dollars, and the days from today of purchase and end of warranty;
`tickets.csv` the days from today of each report, and the steps that followed it. Makers are invented.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops import Location
from officeops.demo import Demo, demo_rows, working_again
from officeops_maintenance.demo_data.calibrations import build_calibrations
from officeops_maintenance.demo_data.contracts import build_contracts
from officeops_maintenance.demo_data.laboratory import build_laboratory
from officeops_maintenance.demo_data.plans_past import build_plans
from officeops_maintenance.demo_data.readings import build_readings
from officeops_maintenance.demo_data.sterilizers import build_sterilizers
from officeops_maintenance.demo_data.waste import build_waste
from officeops_maintenance.equipment.category import Category
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.tickets.life import TICKET
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from officeops import Office

#: The day, from today, on which the practice entered its equipment.
FIRST: Final = -730
#: The sort of the categories that are not clinical.
_SORTS: Final = {
    "Printer": "it",
    "Water heater": "appliance",
    "Smoke detector": "electrical",
    "Exam table": "furniture",
}


def build(office: Office, seed: int) -> None:
    """Write the equipment, and then what happened to it, step by step."""
    demo = Demo(office, seed, "equipment")
    with demo.at(demo.day(FIRST), "ann"), demo.writing():
        _add_equipment(demo)
    units = {unit.name: unit for unit in office.all(Equipment)}
    for row in demo_rows(__package__, "tickets.csv"):
        _report(demo, row, units.get(row["equipment"]))
    # Before the plans: those leave out the days on which a sterilizer was locked.
    build_sterilizers(office, seed)
    build_plans(demo, {code: _vendor(office, code) for code in ("MRJ", "OBP")})
    build_contracts(demo, _vendor(office, "OBP"))
    build_readings(office, seed)
    build_laboratory(office, seed)
    build_calibrations(demo)
    build_waste(demo)


def _add_equipment(demo: Demo) -> None:
    rows = demo_rows(__package__, "equipment.csv")
    names = list(dict.fromkeys(row["category"] for row in rows))
    sorts = [{"name": name, "sort": _SORTS.get(name, "clinical")} for name in names]
    categories = dict(zip(names, demo.office.add_many(Category, sorts), strict=True))
    locations = {place.name: place.id for place in demo.office.all(Location)}
    ids: dict[str, int] = {}
    # A part comes after its unit, so that it can name it.
    for part in (False, True):
        units = [row for row in rows if bool(row["parent"]) is part]
        values = [_unit(demo, row, categories, locations, ids) for row in units]
        added = demo.office.add_many(Equipment, values)
        ids.update(zip((row["name"] for row in units), added, strict=True))


def _unit(
    demo: Demo,
    row: dict[str, str],
    categories: dict[str, int],
    locations: dict[str, int],
    ids: dict[str, int],
) -> dict[str, Any]:
    warranty = row["warranty"]
    return {
        "name": row["name"],
        "category_id": categories[row["category"]],
        "make": row["make"] or None,
        "model": row["model"] or None,
        "serial": row["serial"] or None,
        "location_id": locations.get(row["location"]),
        "vendor_id": _vendor(demo.office, row["vendor"]),
        "criticality": row["criticality"],
        "acquired_on": demo.day(row["acquired"]).isoformat(),
        "cost": int(row["cost"]) * 100,
        "warranty_until": demo.day(warranty).isoformat() if warranty else None,
        "parent_id": ids.get(row["parent"]),
        "spore_procedure": row["procedure"] or None,
    }


def _vendor(office: Office, code: str) -> int | None:
    """Return the id of a vendor of the demo; None where the vendors are off."""
    from officeops.services import VendorDirectory

    directory = office.service(VendorDirectory)
    return directory.find(office, code).id if directory and code else None


def _report(
    demo: Demo,
    row: dict[str, str],
    unit: Equipment | None,
) -> None:
    """Report a ticket on its day, and take its steps on the days after."""
    office, day = demo.office, working_again(demo.day(row["days"]))
    # The next working day may be in the future, which no report is from.
    day = min(day, demo.today)
    with demo.at(day, row["reported_by"]), office.acting("maintenance.ticket.add"):
        ticket = office.add(
            Ticket(
                title=row["title"],
                equipment_id=unit.id if unit else None,
                priority=row["priority"],
                unsafe=row["unsafe"] == "yes",
                reported_by=row["reported_by"],
            )
        )
    for verb in row["steps"].split():
        day = min(working_again(day + timedelta(days=1)), demo.today)
        _step(demo, row, ticket, verb, day)


def _step(
    demo: Demo,
    row: dict[str, str],
    ticket: Ticket,
    verb: str,
    day: Any,  # noqa: ANN401
) -> None:
    asked: dict[str, dict[str, Any]] = {
        "assign": {
            "assignee": row["assignee"] or None,
            "vendor_id": _vendor(demo.office, row["vendor"]),
        },
        "wait": {"waiting_for": "vendor"},
        "close": {"resolution": row["resolution"], "cost": _money(row["cost"])},
        "resolve": {"resolution": row["resolution"], "cost": _money(row["cost"])},
    }
    # Another person than the one who resolved it has to verify it.
    person = "priya" if verb == "verify" else "ann"
    with demo.at(day, person), demo.office.acting(f"maintenance.ticket.{verb}"):
        # Read again: the step before has changed the ticket.
        current = demo.office.get(Ticket, ticket.id)
        TICKET.move(demo.office, current, verb, **asked.get(verb, {}))


def _money(dollars: str) -> int | None:
    """Return dollars in cents; None where nobody entered any."""
    return int(dollars) * 100 if dollars else None
