"""The plan of spore tests: a test that is booked completes the task of its week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Task
from officeops_maintenance.plans.proved_by import SPORE_TEMPLATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_maintenance.sterilizer.spore_test import SporeTest

_ASKED: Final = """
state = 'open' AND about_key = 'maintenance.equipment' AND about_id = ?1
AND plan_key = 'maintenance.plan' AND plan_id IN (
    SELECT id FROM maintenance_plan WHERE template = ?2 AND archived_at IS NULL)
AND ifnull(window_from, due_on) <= ?3 AND ifnull(window_to, ?3) >= ?3
"""


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
