"""Actions on tasks: those of their life, and the writing of the tasks of all plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.core.task_record import LIFE, Task
from officeops.core.task_repeat import repeat
from officeops.core.task_settling import by_hand
from officeops.model.actions import action
from officeops.model.declarations import job

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.actions import Action
    from officeops.model.declarations import Job
    from officeops.model.office import Office


# Cron writes the tasks of plans that are about rows which the person may not reach.
@action("core.write-tasks", beside=("core.task",), reach="all")
def write_tasks(office: Office) -> str:
    """Write the tasks of plans that are not written yet."""
    from officeops.core.planned_tasks import write_all

    write_all(office)
    # How many there are would tell of plans that the person may not see.
    return "The tasks of all plans are written."


@job("tasks", schedule="nightly", cron="20 4 * * *")
def nightly(office: Office) -> Iterator[str]:
    """Write the tasks of plans ahead."""
    yield office.do(write_tasks)


ACTIONS: list[Action[..., Any]] = [*map(by_hand, LIFE.actions(Task)), repeat, write_tasks]
JOBS: list[Job] = [nightly]
