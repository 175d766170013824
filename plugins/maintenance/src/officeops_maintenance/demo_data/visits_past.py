"""The visits of the made-up practice: those of the plans, and two that somebody booked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops_maintenance.plans.visit import Visit
from officeops_maintenance.plans.visit_life import VISIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from officeops.demo import Demo, ToldTask
    from officeops_maintenance.plans.plan import Plan

#: Days from today, and what for: one is over, one is expected.
_BOOKED: Final = ((-12, "Leak under the sink"), (2, "Look at the water heater"))
#: What the vendors of the plans did, by the beginning of the title.
_DONE: Final = {
    "Medical waste": "2 sharps containers and 1 box taken",
    "Cleaning": "Floors, trash, restrooms",
    "Deep cleaning": "Floors waxed, windows, vents",
    "AC filter": "Filter changed",
}


def work_done(plan: Plan) -> str:
    """Return what the vendor of a plan does each time."""
    return next((text for word, text in _DONE.items() if plan.title.startswith(word)), "As agreed")


def visit_rows(plan: Plan, told: Sequence[ToldTask]) -> Iterator[dict[str, Any]]:
    """Yield the visit of each told task of a plan with a vendor."""
    if plan.vendor_id is None:
        return
    done = work_done(plan)
    for task in told:
        if task.end is None:
            continue
        came = task.end.state == "done"
        yield {
            "purpose": plan.title,
            "vendor_id": plan.vendor_id,
            "expected_on": task.occurrence.due_on.isoformat(),
            "equipment_id": plan.equipment_id,
            "location_id": plan.location_id,
            "task_id": task.id,
            "state": "came" if came else "not_came",
            "came_at": task.end.at.isoformat() if came else None,
            "done": done if came else None,
            "reason": None if came else "Their van broke down",
            "noted_by": task.end.by,
        }


def book_visits(demo: Demo, vendors: Mapping[str, int | None]) -> None:
    """Add the visits that somebody booked, and note the one that is over."""
    office = demo.office
    for days, purpose in _BOOKED:
        day: date = demo.day(days)
        with (
            # Booked the day before at the latest, and never after today.
            demo.at(min(day, demo.today) - timedelta(days=1), "ann"),
            office.acting("maintenance.visit.add"),
        ):
            visit = office.add(
                Visit(
                    purpose=purpose,
                    expected_on=day,
                    vendor_id=vendors.get("MRJ"),
                )
            )
        if day < demo.today:
            with demo.at(day, "ann"), office.acting("maintenance.visit.add"):
                VISIT.move(
                    office,
                    visit,
                    "came",
                    done="New seal, no leak since",
                )
