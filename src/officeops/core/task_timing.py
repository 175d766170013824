"""Task timing: when a task was done, of one that is typed in afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.errors import Problem, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from officeops.core.task_record import Task
    from officeops.model.office import Office


def not_done(
    office: Office,  # noqa: ARG001 - the signature of a step
    task: Task,  # noqa: ARG001
) -> dict[str, Any]:
    """Clear who did a task, and who signed it."""
    return dict.fromkeys(("done_at", "done_by", "signed_at", "signed_by"))


def done_at(
    office: Office,
    task: Task,
    when: datetime | None = None,
    **asked: Any,  # noqa: ANN401, ARG001 - the answers
) -> dict[str, Any]:
    """Return when a task was done, of one that is typed in afterwards. Raises Refused for later."""
    if when is None:
        return {}
    if when > office.now():
        problem = Problem("is in the future", "when", code="out-of-range", is_whole=True)
        raise Refused([problem], task.human_key)
    return {"done_at": when}
