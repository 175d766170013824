"""`officeops planned-work`: the work of a week, by whom, and who is expected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops import Task, Value, folded
from officeops.commands import entitle, example, needed_day, office_of, output_options, print_rows
from officeops.values import wording
from officeops_maintenance.columns import column
from officeops_maintenance.plans.plan import Plan
from officeops_maintenance.plans.proved_by import IN_LOG, step_of
from officeops_maintenance.plans.task_owner import task_owner
from officeops_maintenance.plans.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

_COLUMNS: Final = (
    column("day", "date"),
    column("weekday", rank=4),
    column("what"),
    column("task", rank=2),
    column("owner", label="Who", rank=2),
    column("vendor", rank=3),
    column("state", rank=3),
)
_DUE: Final = "state = 'open' AND second_sign IN (0, 1) AND due_on <= ?"
_BOOKED: Final = """
SELECT task_id FROM maintenance_visit
WHERE task_id IS NOT NULL AND state = 'expected' AND archived_at IS NULL"""
_EXPECTED: Final = "state = 'expected' AND expected_on <= ?"


class PlannedLine(Value):
    """One line of the page: a task or a visit, on its day."""

    day: date
    what: str
    number: str
    owner: str
    vendor: str
    state: str
    #: The task or the visit, which the screen opens.
    record: Task | Visit

    @property
    def is_late(self) -> bool:
        """Whether its day has passed."""
        return "late" in self.state

    @property
    def cells(self) -> list[str]:
        """The cells of the line, with the day as files have it."""
        weekday = f"{self.day:%a}"
        who = [self.number, self.owner, self.vendor]
        return [str(self.day), weekday, self.what, *who, self.state]


@example("--for dana")
@click.command("planned-work")
@click.option("--from", "first", default="today", show_default=True, metavar="DAY")
@click.option("--until", "last", default="+6d", show_default=True, metavar="DAY")
@click.option("--for", "owner", default="", metavar="WHO", help="Of one person or role alone.")
@output_options
@click.pass_context
def command(
    ctx: click.Context,
    first: str,
    last: str,
    owner: str,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List the planned work of a week by its days.

    Late work comes first. `officeops task export week.ics --where 'due_on<=+7d state=open'`
    writes it for a calendar.
    """
    office = office_of(ctx)
    office.allow("core.task.view")
    begin = needed_day(office, "--from", first)
    end = needed_day(office, "--until", last)
    lines = planned_work(office, begin, end, task_owner(office, owner))
    whose = f" of {owner}" if owner else ""
    entitle(f"Planned work{whose}, {begin} to {end}")
    print_rows(
        list(_COLUMNS),
        [line.cells for line in lines],
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing="Nothing is planned for these days.",
    )


def planned_work(
    office: Office,
    first: date,
    last: date,
    owner: str = "",
) -> list[PlannedLine]:
    """List the open tasks and the expected visits of some days, and the late ones."""
    lines = list(_tasks(office, last, owner))
    # A visit has no owner, so the page of one person leaves visits out.
    if not owner:
        lines += _visits(office, last)
    # Late work stays on the page of any week until somebody does it.
    wanted = [line for line in lines if line.day >= first or line.day < office.today]
    return sorted(wanted, key=lambda line: (line.day, line.what))


def _tasks(
    office: Office,
    last: date,
    owner: str,
) -> Iterator[PlannedLine]:
    # Read once for all tasks: a daily plan has one on each day of the week.
    vendors, step = _vendors(office), step_of(office)
    # The line of a visit that somebody booked is its task's as well.
    sees_visits = not owner and office.may_view(Visit)
    booked = {number for (number,) in office.rows(_BOOKED)} if sees_visits else set()
    for task in office.all(Task, _DUE, last.isoformat()):
        # A log of its own asks for it, and keeps its gaps.
        if step(task) == IN_LOG or task.id in booked:
            continue
        if owner and folded(task.owner) != folded(owner):
            continue
        slot = f" ({task.slot})" if task.slot else ""
        yield PlannedLine(
            task.due_on,
            f"{task.title}{slot}",
            task.human_key,
            task.owner,
            vendors.get((task.plan_key, task.plan_id), ""),
            _state(office, task),
            task,
        )


def _vendors(office: Office) -> dict[tuple[str | None, int | None], str]:
    """Return who comes for each plan that has a vendor."""
    kind = office.record("vendors.vendor")
    vendors: dict[tuple[str | None, int | None], str] = {}
    for plan in office.all(Plan, "vendor_id IS NOT NULL"):
        vendors[plan.meta.key, plan.id] = office.label(kind, plan.vendor_id)
    return vendors


def _state(office: Office, task: Task) -> str:
    """Say how late a task is, or that it may be done early, before somebody completes it."""
    days = (office.today - task.due_on).days
    if task.is_missed(office.today):
        return f"missed, {wording.count(days, 'day')} late"
    if days > 0:
        return f"{wording.count(days, 'day')} late"
    if days < 0 and task.window_from is not None and task.window_from < task.due_on:
        is_open = task.window_from <= office.today
        return "may be early now" if is_open else f"early from {task.window_from}"
    return ""


def _visits(office: Office, last: date) -> Iterator[PlannedLine]:
    for visit in office.all(Visit, _EXPECTED, last.isoformat()):
        vendor = ""
        if visit.vendor_id is not None:
            vendor = office.label(office.record("vendors.vendor"), visit.vendor_id)
        yield PlannedLine(
            visit.expected_on,
            visit.purpose,
            visit.human_key,
            "",
            vendor,
            "expected",
            visit,
        )
