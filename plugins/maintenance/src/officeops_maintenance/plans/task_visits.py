"""Visits of a plan: its task says whether the vendor came, and the visit keeps what they did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Outcome, Reason, Task, action, param
from officeops_maintenance.plans.plan import Plan
from officeops_maintenance.plans.visit import Visit
from officeops_maintenance.plans.visit_life import AGAIN, ANSWER, USED, VISIT, WHEN

if TYPE_CHECKING:
    from datetime import date, datetime

    from officeops import Action, Office

_WAITS: Final = "task_id = ? AND state = 'expected'"


def _no_visit(office: Office, task: Task) -> str | None:
    """Say why nobody is expected for a task."""
    plan = plan_of(office, task)
    # A plan of visits may name no vendor, and somebody is expected all the same.
    if plan is None or (plan.vendor_id is None and plan.sort != "visit"):
        return Reason("it is no visit: its plan has no vendor", code="not-allowed-here")
    if task.state != "open":
        return Reason(f"it is {task.state}", code="wrong-state")
    return None


def plan_of(office: Office, task: Task) -> Plan | None:
    """Return the plan of a task, if maintenance has it."""
    if task.plan_key != Plan.meta.key or task.plan_id is None:
        return None
    return office.first(Plan, "id = ?", task.plan_id)


def visit_for(office: Office, task: Task) -> Visit:
    """Return the visit that was booked for a task, or a new one on its day."""
    # Somebody may have booked the visit already, on a day of its own.
    booked = office.first(Visit, _WAITS, task.id)
    plan = plan_of(office, task)
    if booked is not None or plan is None:
        return booked or office.add(Visit(purpose=task.title, expected_on=task.due_on))
    about: Any = task.about
    is_unit = about is not None and about.key == "maintenance.equipment"
    return office.add(
        Visit(
            purpose=task.title,
            vendor_id=plan.vendor_id,
            expected_on=task.due_on,
            equipment_id=about.id if is_unit else None,
            location_id=plan.location_id,
            task_id=task.id,
        )
    )


@action("core.task.came", unless=_no_visit)
def task_came(
    office: Office,
    task: Task,
    done: str | None = param(
        kind="long_text", default=None, label="Work done", example="Filters changed"
    ),
    used: str | None = USED,
    answer: str | None = ANSWER,
    when: datetime | None = WHEN,
) -> Outcome:
    """Say that the vendor of a plan came, and what they did."""
    visit = visit_for(office, task)
    said = VISIT.move(
        office,
        visit,
        "came",
        done=done,
        used=used,
        answer=answer,
        when=when,
    )
    return Outcome(visit, said)


@action("core.task.not-came", unless=_no_visit)
def task_not_came(
    office: Office,
    task: Task,
    reason: str = param(example="Their van broke down", help="Why not"),
    again_on: date | None = AGAIN,
) -> Outcome:
    """Say that the vendor of a plan did not come, and why."""
    visit = visit_for(office, task)
    said = VISIT.move(office, visit, "not-came", reason=reason, again_on=again_on)
    return Outcome(visit, said)


ACTIONS: Final[list[Action[..., Any]]] = [task_came, task_not_came]
