"""What follows when somebody came or did not come: the task, the supplies, another visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Problem, Refused, Task
from officeops.services import Stock
from officeops.values import read_whole
from officeops_maintenance.plans.visit import Visit

if TYPE_CHECKING:
    from datetime import date, datetime

    from officeops import Office


_DONE: Final = "id = ? AND state IN ('done', 'signed')"


def came(
    office: Office,
    visit: Visit,
    used: str | None = None,
    answer: str | None = None,  # noqa: ARG001 - its task keeps the answers
    when: datetime | None = None,
) -> dict[str, Any]:
    """Return when they came, and what they used up, as it was taken from stock."""
    if when is not None and when > office.now():
        raise Refused([Problem("is in the future", "when", code="out-of-range")], visit.human_key)
    lines = [_taken(office, visit, line) for line in (used or "").splitlines() if line.strip()]
    return {"came_at": when or office.now(), "used": "\n".join(lines) or None}


def _taken(
    office: Office,
    visit: Visit,
    line: str,
) -> str:
    """Take one line of supplies, `Item=2`, from stock; without a stock it is only written down."""
    item, _, number = (part.strip() for part in line.partition("="))
    # An item alone means one of it.
    quantity = read_whole(number or "1")
    if not item or not quantity or quantity < 1:
        why = f"{line.strip()!r} is no item with its quantity, such as Paper towels=2"
        raise Refused([Problem(why, "used", code="malformed", is_whole=True)], visit.human_key)
    stock = office.service(Stock)
    if stock is None:
        return f"{quantity} {item}"
    taken = stock.take(office, item, quantity, about=visit)
    return f"{taken.quantity} {taken.unit} {taken.name}"


def has_come(
    office: Office,
    visit: Visit,
    used: str | None = None,  # noqa: ARG001 - it was taken before
    answer: str | None = None,
    when: datetime | None = None,
) -> str:
    """Complete the task of the visit, with the answers to its questions."""
    task = _open_task(office, visit)
    said = f"{office.name(visit)}: they came."
    if task is not None:
        return f"{said} {office.complete(task, answer, when)}"
    if answer:
        why = "has no open task whose questions it answers"
        raise Refused([Problem(why, "answer", code="unknown-field")], visit.human_key)
    return said


def has_not_come(
    office: Office,
    visit: Visit,
    again_on: date | None = None,
) -> str:
    """Expect them on another day, or skip the task: the next visit of the plan comes anyway."""
    task = _open_task(office, visit)
    said = f"{office.name(visit)}: they did not come."
    if again_on is not None:
        office.add(
            Visit(
                purpose=visit.purpose,
                vendor_id=visit.vendor_id,
                expected_on=again_on,
                equipment_id=visit.equipment_id,
                location_id=visit.location_id,
                # The same task waits for the new visit, so it stays open.
                task_id=visit.task_id,
            )
        )
        if task is not None:
            _wait_until(office, task, again_on)
        return f"{said} They are expected on {again_on}."
    if task is None:
        return said
    office.skip(task, f"they did not come: {visit.reason}")
    return f"{said} {task.human_key} is skipped."


def not_yet(office: Office, visit: Visit) -> dict[str, None]:  # noqa: ARG001
    """Clear when they came, and the work done; supplies that left the stock have moves there."""
    return {"came_at": None, "done": None}


def expected_again(office: Office, visit: Visit) -> str:
    """Open the task of a visit again."""
    said = f"{office.name(visit)}: they are expected again."
    if visit.used:
        said += f" {visit.used} stays taken from stock; count it if it is there."
    task = None
    if visit.task_id is not None:
        task = office.first(Task, _DONE, visit.task_id)
    return f"{said} {office.reopen(task)}" if task is not None else said


def _wait_until(
    office: Office,
    task: Task,
    day: date,
) -> None:
    """Let a task wait for the day on which they come instead; nobody missed it until then."""
    last = task.window_to
    if last is not None:
        last = max(last, day + (last - task.due_on))
    office.edit(task, managed=True, due_on=day, window_to=last)


def _open_task(office: Office, visit: Visit) -> Task | None:
    if visit.task_id is None:
        return None
    return office.first(Task, "id = ? AND state = 'open'", visit.task_id)
