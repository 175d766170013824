"""What the steps of a calibration bring with them: the task, the ticket, and the doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Reason, Task
from officeops_maintenance.calibration.back_dated import shortens_nothing
from officeops_maintenance.calibration.certificate import lacks_certificate
from officeops_maintenance.calibration.measured import in_doubt_since
from officeops_maintenance.calibration.plan_task import complete, task_of
from officeops_maintenance.calibration.tolerance import OUT
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.equipment.life import DOWN
from officeops_maintenance.tickets.life import OPEN, UNSOLVED
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_maintenance.calibration.calibration import Calibration

_FOR_TASK = "task_id = ? AND id <> ? AND state IN ('passed', 'failed')"
_OPEN_ONE = f"equipment_id = ? AND kind = 'calibration' AND {OPEN}"


def not_passable(office: Office, calibration: Calibration) -> str | None:
    """Say why a calibration cannot pass: a point was left out of tolerance, or a paper is missing."""
    if office.text_of(calibration, "as_left") == OUT:
        return Reason("it was left out of tolerance; fail it", code="wrong-state")
    return lacks_certificate(office, calibration)


def has_passed(office: Office, calibration: Calibration) -> str:
    """Complete the task, and say which work is left."""
    unit = office.get(Equipment, calibration.equipment_id)
    words = [f"{unit.human_key} {unit.name} passed, {calibration.human_key}."]
    words += _completed(office, calibration)
    if office.text_of(calibration, "as_found") == OUT:
        words.append(_doubt(office, calibration))
    if ignored := shortens_nothing(office, calibration):
        words.append(ignored)
    # A person closes the ticket and returns the unit: the certificate says nothing of the repair.
    ticket = office.first(Ticket, _OPEN_ONE, unit.id)
    if ticket is not None:
        words.append(f"{ticket.human_key} is still open.")
    if unit.status in DOWN:
        words.append(f"It is still {unit.status.replace('_', ' ')}.")
    return " ".join(words)


def has_failed(
    office: Office,
    calibration: Calibration,
    *,
    take_out: bool = True,
    **asked: Any,  # noqa: ANN401, ARG001 - the columns that the step wrote
) -> str:
    """Complete the task, open a ticket, and take the unit out of service where that is asked."""
    unit = office.get(Equipment, calibration.equipment_id)
    words = [f"{unit.human_key} {unit.name} failed, {calibration.human_key}."]
    # Before the unit goes out of service: its plans pause then, and their tasks go.
    words += _completed(office, calibration)
    ticket = _ticket(office, calibration, take_out=take_out)
    office.edit(calibration, managed=True, ticket_id=ticket.id)
    words.append(f"{ticket.human_key} is open.")
    words.append(_doubt(office, calibration))
    return " ".join(words)


def _ticket(
    office: Office,
    calibration: Calibration,
    *,
    take_out: bool,
) -> Ticket:
    """Open a ticket for a failed calibration, or return the one that is open for the one before."""
    # A second attempt that fails is the same repair.
    ticket = office.first(Ticket, _OPEN_ONE, calibration.equipment_id)
    if ticket is not None:
        return office.edit(ticket, unsafe=True) if take_out and not ticket.unsafe else ticket
    return office.add(
        Ticket(
            title=f"Calibration failed: {calibration.reason}",
            details=calibration.human_key,
            equipment_id=calibration.equipment_id,
            vendor_id=calibration.vendor_id,
            kind="calibration",
            unsafe=take_out,
        )
    )


def take_out(office: Office, calibration: Calibration) -> Iterator[str]:
    """Take a unit out of service for the failed calibration of a list, with a ticket."""
    # The ticket names the calibration: a row of a file is not changed by what follows from it.
    ticket = _ticket(office, calibration, take_out=True)
    unit = office.get(Equipment, calibration.equipment_id)
    key = ticket.human_key
    yield f"{unit.name} is out of service: {calibration.human_key} failed, {key} is open."
    yield _doubt(office, calibration)


def is_withdrawn(
    office: Office,
    calibration: Calibration,
    **asked: Any,  # noqa: ANN401, ARG001
) -> str:
    """Open the task again that it completed, unless another calibration is for it."""
    words = [f"{calibration.human_key} is withdrawn: {calibration.reason}."]
    task = office.get(Task, calibration.task_id) if calibration.task_id else None
    other = task and office.first(type(calibration), _FOR_TASK, task.id, calibration.id)
    if task is not None and task.state in {"done", "signed"} and other is None:
        words.append(office.reopen(task))
    ticket = office.get(Ticket, calibration.ticket_id) if calibration.ticket_id else None
    # Its unit stays out, and the tag names that ticket.
    if ticket is not None and ticket.state in UNSOLVED:
        key = ticket.human_key
        words.append(f"{key} is still open: officeops ticket cancel {key} --reason …")
    return " ".join(words)


def _completed(office: Office, calibration: Calibration) -> Iterator[str]:
    """Complete the task that is named, or the plan's nearest one."""
    task: Task | None
    if calibration.task_id is not None:
        task = office.get(Task, calibration.task_id)
    else:
        task = task_of(office, calibration.equipment_id, calibration.done_on)
        if task is not None:
            office.edit(calibration, task_id=task.id)
    if task is not None and task.state == "open":
        yield complete(office, task, calibration.done_on)


def _doubt(office: Office, calibration: Calibration) -> str:
    since = in_doubt_since(office, calibration)
    begin = f"since {since}" if since else "at any time before"
    how = f"officeops calibration review {calibration.human_key}"
    return f"Decide on what it measured {begin}: {how}."
