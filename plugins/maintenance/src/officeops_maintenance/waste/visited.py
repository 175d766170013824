"""A pickup as a visit: the vendor came, the plan's task is done, the signer's training is known."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Reason, Task
from officeops_maintenance.plans.proved_by import IS_WASTE, WASTE_TEMPLATE
from officeops_maintenance.plans.task_visits import visit_for
from officeops_maintenance.plans.visit import Visit
from officeops_maintenance.plans.visit_life import VISIT
from officeops_maintenance.waste.pickup import WastePickup, in_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from officeops import Office
    from officeops_maintenance.plans.plan import Plan

_OPEN: Final = f"""
state = 'open' AND plan_key = 'maintenance.plan' AND due_on <= ?
AND plan_id IN (
    SELECT id FROM maintenance_plan
    WHERE archived_at IS NULL AND (vendor_id IS ?2 OR ?2 IS NULL OR vendor_id IS NULL)
        AND {IS_WASTE})
"""
_SAME_SIGNER: Final = "signer = ? AND trained_on IS NOT NULL AND picked_on <= ? AND id <> ?"
#: A vendor who comes earlier than this comes for no date of the plan.
_EARLY: Final = timedelta(days=7)


def is_waste(plan: Plan | None) -> bool:
    """Whether a plan is for pickups of waste: from the template, or by its name."""
    if plan is None:
        return False
    is_named = plan.sort == "visit" and "waste" in plan.title.lower()
    return is_named or plan.template == WASTE_TEMPLATE


def visited(office: Office, pickup: WastePickup) -> Iterator[str]:
    """Do what a new pickup brings with it, and yield a sentence on each."""
    _take_training(office, pickup)
    # One that a task brought has its visit already.
    if pickup.visit_id is None:
        task = _task_of(office, pickup)
        visit = visit_for(office, task) if task else _unplanned(office, pickup)
        yield meet(office, pickup, visit)
    training = office.text_of(pickup, "training")
    if training != "valid":
        yield f"The hazmat training of {pickup.signer} is {training} on that day."


def why_kept(office: Office, pickup: WastePickup) -> str | None:
    """Return why a pickup stays in the lists: by it the task of a plan is done."""
    visit = office.first(Visit, "id = ? AND state = 'came'", pickup.visit_id or 0)
    if visit is None or visit.task_id is None:
        return None
    key, task = visit.human_key, office.get(Task, visit.task_id).human_key
    why = f"{task} is done by it; first: officeops visit reopen {key} --reason …"
    return Reason(why, code="in-use")


def meet(
    office: Office,
    pickup: WastePickup,
    visit: Visit,
) -> str:
    """Say of a visit that they came, and let the pickup lead to it."""
    office.edit(
        pickup,
        managed=True,
        visit_id=visit.id,
        vendor_id=pickup.vendor_id or visit.vendor_id,
    )
    done = f"Manifest {pickup.manifest}"
    taken = in_words(office, pickup)
    if taken:
        done += f": {taken}"
    return VISIT.move(
        office,
        visit,
        "came",
        done=done,
        when=_when(office, pickup.picked_on),
    )


def _when(office: Office, day: date) -> datetime | None:
    """Return the moment of a pickup; None for now. Of a past day nobody knows the hour."""
    if day == office.today:
        return None
    return office.ways.moment(day, 12 * 60)


def _take_training(office: Office, pickup: WastePickup) -> None:
    """Take the day of a signer's training from the latest pickup that they signed."""
    if pickup.trained_on is not None:
        return
    asked = (pickup.signer, pickup.picked_on.isoformat(), pickup.id)
    before = office.first(WastePickup, _SAME_SIGNER, *asked, order="picked_on DESC, id DESC")
    if before is not None:
        office.edit(pickup, trained_on=before.trained_on)


def _task_of(office: Office, pickup: WastePickup) -> Task | None:
    """Return the open task that a pickup is for: the one that is due nearest to it."""
    last = (pickup.picked_on + _EARLY).isoformat()
    tasks = office.all(Task, _OPEN, last, pickup.vendor_id)
    return min(
        tasks,
        key=lambda task: (abs(task.due_on - pickup.picked_on), task.id),
        default=None,
    )


def _unplanned(office: Office, pickup: WastePickup) -> Visit:
    """Add the visit of a pickup that no plan asked for."""
    return office.add(
        Visit(
            purpose="Waste pickup",
            vendor_id=pickup.vendor_id,
            expected_on=pickup.picked_on,
        )
    )
