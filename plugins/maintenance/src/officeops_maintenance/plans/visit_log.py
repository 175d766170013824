"""`officeops visit-log`: who came in a period, what they did and used, and the dates nobody noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops import Task, Value, folded
from officeops.commands import entitle, example, needed_day, office_of, output_options, print_rows
from officeops_maintenance.columns import column
from officeops_maintenance.plans.visit import Visit
from officeops_maintenance.tickets.whom_to_call import known_vendor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

_COLUMNS: Final = (
    column("day", "date"),
    column("what", label="Visit"),
    column("state"),
    column("done", rank=2),
    column("used", label="Supplies used", rank=3),
    column("vendor", rank=3),
    column("noted_by", rank=2),
)
#: A day more on both sides: `came_at` is in UTC, and the office has its own date of it.
_VISITS: Final = """
state <> 'cancelled' AND ifnull(date(came_at), expected_on)
BETWEEN date(?, '-1 day') AND date(?, '+1 day')
"""
#: A date of a plan of visits that has no visit of its own.
_TASKS: Final = """
plan_key = 'maintenance.plan' AND due_on BETWEEN ? AND ?
AND plan_id IN (SELECT id FROM maintenance_plan WHERE sort = 'visit')
AND id NOT IN (
    SELECT task_id FROM maintenance_visit WHERE task_id IS NOT NULL AND archived_at IS NULL)
"""


class VisitLine(Value):
    """One line of the log: a visit, or a date of which nobody noted anything."""

    day: date
    what: str
    state: str
    done: str = ""
    used: str = ""
    vendor: str = ""
    noted_by: str = ""

    @property
    def cells(self) -> list[object]:
        """The cells of the line, with the day as files have it."""
        work = [self.state, self.done, self.used]
        return [str(self.day), self.what, *work, self.vendor, self.noted_by]


@example("cleaning --from 2026-01-01")
@click.command("visit-log")
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@click.option("--from", "first", default="-30d", show_default=True, metavar="DAY")
@click.option("--until", "last", default="today", show_default=True, metavar="DAY")
@output_options
@click.pass_context
def command(
    ctx: click.Context,
    words: tuple[str, ...],
    first: str,
    last: str,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print the log of visits, such as cleaning.

    WORDS are parts of their purpose. A date of a plan that nobody noted stays in it as a gap.
    """
    office = office_of(ctx)
    office.allow_view(Visit)
    begin = needed_day(office, "--from", first)
    end = needed_day(office, "--until", last)
    text = " ".join(words)
    head = f"{text.capitalize()} log" if text else "Visits"
    entitle(f"{head}, {begin} to {end}", office.facts.name)
    print_rows(
        list(_COLUMNS),
        [line.cells for line in visit_log(office, begin, end, text)],
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing="No visit is in this period.",
    )


def visit_log(
    office: Office,
    first: date,
    last: date,
    text: str = "",
) -> list[VisitLine]:
    """List the visits of some days whose purpose has a text, and the dates without one."""
    days = first.isoformat(), last.isoformat()
    lines = list(_visits(office, days))
    # Without the right to see tasks the log has visits alone, and no gaps.
    if office.may_view(Task):
        lines += _gaps(office, days)
    word = folded(text)
    wanted = []
    for line in lines:
        is_asked = word in folded(line.what)
        if is_asked and first <= line.day <= last:
            wanted.append(line)
    return sorted(wanted, key=lambda line: (line.day, line.what))


def _visits(office: Office, days: tuple[str, str]) -> Iterator[VisitLine]:
    for visit in office.all(Visit, _VISITS, *days):
        vendor = known_vendor(office, visit.vendor_id)
        yield VisitLine(
            _day_of(office, visit),
            visit.purpose,
            _state_of(visit),
            _in_one_line(visit.done),
            _in_one_line(visit.used),
            vendor.name if vendor else "",
            visit.noted_by or "",
        )


def _day_of(office: Office, visit: Visit) -> date:
    """Return the day on which they came, else the one on which they were expected."""
    if visit.came_at is None:
        return visit.expected_on
    return office.ways.day_of(visit.came_at)


def _state_of(visit: Visit) -> str:
    state = visit.state.replace("_", " ")
    return f"{state}: {visit.reason}" if visit.reason else state


def _in_one_line(text: str | None) -> str:
    return "; ".join((text or "").splitlines())


def _gaps(office: Office, days: tuple[str, str]) -> Iterator[VisitLine]:
    """Yield the dates of plans of visits that have no visit: left out, done, or not noted."""
    for task in office.all(Task, _TASKS, *days):
        # Today is not over yet.
        if task.state == "open" and task.due_on >= office.today:
            continue
        state = "NOT NOTED" if task.state == "open" else task.state
        if task.reason:
            state += f": {task.reason}"
        yield VisitLine(
            task.due_on,
            task.title,
            state,
            noted_by=task.done_by or "",
        )
