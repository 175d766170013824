"""Task settling: which tasks of plans another record completes, and what to do with them instead."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from officeops.model.errors import Reason

if TYPE_CHECKING:
    from datetime import date

    from officeops.core.task_record import Task
    from officeops.model.about import Subject
    from officeops.model.actions import Action
    from officeops.model.office import Office
    from officeops.model.schedule import SettledBy
    from officeops.model.schedule.settling import Settling


class Settlings:
    """How the tasks of all plans are settled; each kind of plan is asked once."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._asked: dict[str, SettledBy | None] = {}

    def of(self, task: Task) -> Settling | None:
        """Return how a task is settled; None for one that people complete."""
        if task.plan_key is None or task.plan_id is None:
            return None
        subject: Any = task.about
        return self.on(task.plan_key, task.plan_id, subject, task.due_on)

    def on(
        self,
        plan_key: str,
        plan_id: int,
        subject: Subject | None,
        day: date,
    ) -> Settling | None:
        """Return how a plan's task about a record on a day is settled, written or not."""
        if plan_key not in self._asked:
            self._asked[plan_key] = self._ask(plan_key)
        settled_by = self._asked[plan_key]
        return settled_by(plan_id, subject, day) if settled_by else None

    def _ask(self, plan_key: str) -> SettledBy | None:
        kind = self._office.records.get(plan_key)
        declared: Any = kind.schedule if kind else None
        if kind is None or declared is None or declared.settled is None:
            return None
        place = f"`settled` of the schedule of {plan_key}"
        # Lifted: a task is completed as its plan says, also by a person who may not see plans.
        with self._office.answering(kind.meta.plugin, place), self._office.lifted():
            settled_by: SettledBy = declared.settled(self._office)
            return settled_by


def by_hand(step: Action[..., Any]) -> Action[..., Any]:
    """Let people complete no task that another record completes. Code of plugins does so freely."""
    if step.verb == "complete":
        step.unless = partial(_refused, step.unless)
    return step


def _refused(
    otherwise: Any,  # noqa: ANN401 - the step's own rule
    office: Office,
    task: Task,
) -> str | None:
    why: str | None = otherwise(office, task)
    # A closed task says so first.
    settling = None if why else Settlings(office).of(task)
    if settling is None or not settling.cure:
        return why
    return Reason(settling.cure_of(task.human_key), code="not-allowed-here")
