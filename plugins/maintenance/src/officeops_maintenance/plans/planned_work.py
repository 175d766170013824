"""`officeops planned-work`: the work of a week, by whom, and who is expected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops import Task, computed, folded
from officeops.commands import entitle, example, needed_day, office_of, output_options, print_rows
from officeops_maintenance.plans.plan import Plan
from officeops_maintenance.plans.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

_FIELDS: Final = tuple(
    computed(name, "", kind=kind, label=label, list_rank=rank)
    for name, kind, label, rank in (
        ("day", "date", "Day", 1),
        ("weekday", "text", "", 4),
        ("what", "text", "What", 1),
        ("task", "text", "Task", 2),
        ("owner", "text", "Who", 2),
        ("vendor", "text", "Vendor", 3),
        ("state", "text", "State", 3),
    )
)
_DUE: Final = "state = 'open' AND second_sign IN (0, 1) AND due_on <= ?"
_EXPECTED: Final = "state = 'expected' AND expected_on <= ?"
Row = tuple["date", str, str, str, str, str, str]


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
    """List the planned work of a week by its days, for the wall or for one person.

    What is late comes first. `officeops task export week.ics --where 'due_on<=+7d state=open'`
    writes it for a calendar.
    """
    office = office_of(ctx)
    office.allow("core.task.view")
    begin = needed_day(office, "--from", first)
    end = needed_day(office, "--until", last)
    rows = list(planned_work(office, begin, end, owner))
    whose = f" of {owner}" if owner else ""
    entitle(f"Planned work{whose}, {begin} to {end}")
    print_rows(
        list(_FIELDS),
        rows,
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing="Nothing is planned for these days.",
    )


def planned_work(office: Office, first: date, last: date, owner: str = "") -> list[Row]:
    """List the open tasks and the expected visits of some days, and the late ones."""
    rows = [*_tasks(office, last, owner), *(() if owner else _visits(office, last))]
    late = office.today
    return sorted(row for row in rows if row[0] >= first or row[0] < late)


def _tasks(office: Office, last: date, owner: str) -> Iterator[Row]:
    vendors = {plan.id: _vendor(office, plan.vendor_id) for plan in office.all(Plan)}
    for task in office.all(Task, _DUE, last.isoformat()):
        if owner and folded(task.owner) != folded(owner):
            continue
        is_ours = task.plan_key == Plan.meta.key and task.plan_id is not None
        vendor = vendors.get(task.plan_id or 0, "") if is_ours else ""
        what = f"{task.title} ({task.slot})" if task.slot else task.title
        state = "missed" if task.is_missed(office.today) else _state(office, task.due_on)
        yield _row(task.due_on, what, task.human_key, task.owner, vendor, state)


def _visits(office: Office, last: date) -> Iterator[Row]:
    for visit in office.all(Visit, _EXPECTED, last.isoformat()):
        vendor = _vendor(office, visit.vendor_id)
        yield _row(visit.expected_on, visit.purpose, visit.human_key, "", vendor, "expected")


def _row(day: date, what: str, task: str, owner: str, vendor: str, state: str) -> Row:
    return day, f"{day:%a}", what, task, owner, vendor, state


def _state(office: Office, due_on: date) -> str:
    return "late" if due_on < office.today else ""


def _vendor(office: Office, vendor_id: int | None) -> str:
    if vendor_id is None:
        return ""
    return office.label(office.record("vendors.vendor"), vendor_id)
