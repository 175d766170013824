"""Due items of plans beside their tasks: leads, expected visits, and intervals to confirm."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops import Due, HuddleLine, Task
from officeops.values import wording
from officeops_maintenance.plans.leads import LONGEST, leads_in
from officeops_maintenance.plans.plan import Plan
from officeops_maintenance.plans.proved_by import IS_VISIT, step_of
from officeops_maintenance.plans.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

_DAY: Final = timedelta(days=1)
#: By the index of state, signature and day, so that the past costs nothing.
_COMING: Final = """
state = 'open' AND second_sign IN (0, 1) AND due_on > ?1 AND due_on <= ?2 AND plan_id = ?3
AND plan_key = 'maintenance.plan'
"""
_BOOKED: Final = "SELECT 1 FROM maintenance_visit WHERE task_id = ? AND state = 'expected'"
#: A visit that was booked for a task is left out, since the task is due itself.
_FREE: Final = "state = 'expected' AND expected_on <= ? AND task_id IS NULL"
#: The tasks for which somebody from outside comes.
_COMES: Final = f"""
state = 'open' AND second_sign IN (0, 1) AND due_on <= ? AND plan_key = 'maintenance.plan'
AND plan_id IN (SELECT id FROM maintenance_plan WHERE {IS_VISIT})
"""
_UNCONFIRMED: Final = """
SELECT count(*) FROM maintenance_plan
WHERE template IS NOT NULL AND confirmed_on IS NULL AND archived_at IS NULL
"""


def due_plans(office: Office, until: date) -> Iterator[Due]:
    """Yield the due items of plans and visits up to a day."""
    for plan in office.all(Plan, "leads IS NOT NULL"):
        yield from _leads(office, plan, until)
    for visit in office.all(Visit, _FREE, until.isoformat()):
        yield Due(
            key=f"maintenance.visit:{visit.id}",
            on=visit.expected_on,
            what=f"Expected: {visit_line(office, visit)}",
            action="came",
            record=Visit.meta.key,
            record_id=visit.id,
        )
    yield from _unconfirmed(office)


def _leads(
    office: Office,
    plan: Plan,
    until: date,
) -> Iterator[Due]:
    """Yield a line for each lead of a plan whose day has come, until somebody is expected."""
    # A lead counts back from its date: a task up to the longest lead ahead may have one by now.
    last = (until + LONGEST * _DAY).isoformat()
    for task in office.all(Task, _COMING, office.today.isoformat(), last, plan.id):
        days = [lead for lead in leads_in(plan.leads) if task.due_on - lead * _DAY <= until]
        # A line of its own for each lead, so that snoozing the first hides none of the others.
        if not days or office.value(_BOOKED, task.id):
            continue
        whom = _vendor(office, plan.vendor_id)
        yield Due(
            key=f"maintenance.lead:{task.id}:{days[-1]}",
            on=task.due_on - days[-1] * _DAY,
            what=f"{task.title} is due on {task.due_on}" + (f": call {whom}" if whom else ""),
            severity=plan.severity,  # type: ignore[arg-type] # a choice of these words
            owner=plan.owner,
            action=step_of(office)(task) or "complete or skip",
            record=Task.meta.key,
            record_id=task.id,
        )


def _unconfirmed(office: Office) -> Iterator[Due]:
    number = office.value(_UNCONFIRMED)
    if number:
        yield Due(
            key="maintenance.plans-unconfirmed",
            on=office.today,
            what=f"{wording.count(number, 'plan')} from a template to compare with the source",
            action="confirm",
            record=Plan.meta.key,
        )


def visit_line(office: Office, visit: Visit) -> str:
    """Name a visit with who comes: `Look at the ECG (Acme)`."""
    vendor = _vendor(office, visit.vendor_id)
    return f"{visit.purpose} ({vendor})" if vendor else visit.purpose


def visitors(office: Office) -> Iterator[HuddleLine]:
    """Yield the visitors of today for the morning's page."""
    # A line without text says that the office keeps this part, also on a day without visitors.
    yield HuddleLine("visitors", record=Visit.meta.key)
    today = office.today.isoformat()
    for visit in office.all(Visit, "state = 'expected' AND expected_on <= ?", today):
        what = f"{visit_line(office, visit)}{_late(office, visit.expected_on)}"
        yield HuddleLine("visitors", what, Visit.meta.key, visit.id)
    if office.may_view(Task):
        yield from _by_plans(office)


def _by_plans(office: Office) -> Iterator[HuddleLine]:
    """Yield who comes by a plan today, or may still come for a date before."""
    coming: dict[tuple[int | None, Any], Task] = {}
    for task in sorted(office.all(Task, _COMES, office.today.isoformat()), key=_when):
        # A visit that somebody booked has a line of its own, on its own day.
        if not task.is_missed(office.today) and not office.value(_BOOKED, task.id):
            # The latest date alone: the cleaners come once for all that nobody noted.
            coming[task.plan_id, task.about] = task
    for task in coming.values():
        plan = office.get(Plan, task.plan_id or 0)
        vendor = _vendor(office, plan.vendor_id)
        whom = f" ({vendor})" if vendor else ""
        what = f"{task.title}{whom}{_late(office, task.due_on)}"
        yield HuddleLine("visitors", what, Task.meta.key, task.id)


def _when(task: Task) -> tuple[date, int]:
    return task.due_on, task.id


def _late(office: Office, day: date) -> str:
    return f", expected {day}" if day < office.today else ""


def _vendor(office: Office, vendor_id: int | None) -> str:
    """Name a vendor; blank for none."""
    return office.label(office.record("vendors.vendor"), vendor_id) if vendor_id else ""
