"""The plan of spore tests: a test that is booked completes the task of its week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Task
from officeops_maintenance.plans.proved_by import SPORE_TEMPLATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from officeops import Office
    from officeops_maintenance.sterilizer.spore_test import SporeTest

_ASKED: Final = """
state = 'open' AND about_key = 'maintenance.equipment' AND about_id = ?1
AND plan_key = 'maintenance.plan' AND plan_id IN (
    SELECT id FROM maintenance_plan WHERE template = ?2 AND archived_at IS NULL)
AND ifnull(window_from, due_on) <= ?3 AND ifnull(window_to, ?3) >= ?3
"""


_DONE: Final = """
state IN ('done', 'signed') AND about_key = 'maintenance.equipment' AND about_id = ?1
AND plan_key = 'maintenance.plan' AND plan_id IN (
    SELECT id FROM maintenance_plan WHERE template = ?2) AND done_at = ?3
"""
_LIVE: Final = "equipment_id = ? AND state <> 'withdrawn' AND id <> ?"


def taken_back(
    office: Office,
    test: SporeTest,
    **asked: Any,  # noqa: ANN401, ARG001 - the columns that the step wrote
) -> str:
    """Open the task again that a withdrawn test completed, unless another test is for it."""
    words = [f"{test.human_key} is withdrawn: {test.reason}."]
    words += reopen_task(office, test, test.equipment_id, test.run_at)
    return " ".join(words)


def reopen_task(
    office: Office,
    test: SporeTest,
    unit_id: int,
    run_at: datetime,
) -> Iterator[str]:
    """Open the task that a test of a unit completed at a moment; another test may complete it."""
    others = list(office.all(type(test), _LIVE, unit_id, test.id, order="run_at, id"))
    # Several vials may run in one cycle.
    if any(other.run_at == run_at for other in others):
        return
    task = office.first(Task, _DONE, unit_id, SPORE_TEMPLATE, run_at.isoformat())
    if task is None:
        return
    yield office.reopen(task)
    for other in others:
        moment = other.run_at.isoformat()
        if office.first(Task, _DONE, unit_id, SPORE_TEMPLATE, moment) is None:
            yield from close_task(office, other)


def moved(
    office: Office,
    test: SporeTest,
    before: Mapping[str, Any],
) -> Iterator[str]:
    """Follow the edit of the unit or the moment of a test: it is for another task now."""
    if before.keys().isdisjoint({"equipment_id", "run_at"}):
        return
    unit_id = before.get("equipment_id", test.equipment_id)
    yield from reopen_task(
        office,
        test,
        unit_id,
        before.get("run_at", test.run_at),
    )
    yield from close_task(office, test)


def close_task(office: Office, test: SporeTest) -> Iterator[str]:
    """Complete the first open task of a plan in whose window a test was run."""
    day = office.ways.day_of(test.run_at).isoformat()
    tasks = sorted(
        office.all(Task, _ASKED, test.equipment_id, SPORE_TEMPLATE, day),
        key=lambda task: task.due_on,
    )
    if not tasks:
        return
    task = tasks[0]
    if task.checklist_id is not None:
        # The test has the answers itself, and its result comes days after the task is done.
        task = office.edit(task, checklist_id=None)
    office.complete(task, when=test.run_at)
    yield f"{task.human_key} is done."
