"""`officeops roster`: who works when, what the days lack, what changed, and who can cover."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops.commands import Group, example, needed_day
from officeops_hr.people.columns import column
from officeops_hr.roster.absence.cover_command import cover
from officeops_hr.roster.absence.open_command import open_command
from officeops_hr.roster.check_option import (
    check_option,
    days_of,
    first_option,
    until_option,
    week_argument,
)
from officeops_hr.roster.clock import cell, span
from officeops_hr.roster.fairness_command import fairness_command
from officeops_hr.roster.filling.fill_command import fill
from officeops_hr.roster.paper.on_call_command import on_call
from officeops_hr.roster.paper.who_can_command import who_can_cover
from officeops_hr.roster.place_option import place_of, place_option
from officeops_hr.roster.plan import Plan
from officeops_hr.roster.printed_table import PrintedTable, prints
from officeops_hr.roster.published import newest
from officeops_hr.roster.reasons import why
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.telling.changes_command import changes
from officeops_hr.roster.telling.news_commands import calendar_command, unseen_command
from officeops_hr.roster.telling.notice_command import notice_command
from officeops_hr.roster.telling.who_command import who
from officeops_hr.roster.week.coverage_command import coverage as coverage_of_week
from officeops_hr.roster.week.plan_command import plan as plan_week

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office


@click.group(cls=Group)
def roster() -> None:
    """Show the schedule, its gaps and who can cover."""


for part in (
    plan_week,
    coverage_of_week,
    open_command,
    unseen_command,
    notice_command,
    calendar_command,
    on_call,
    who_can_cover,
    who,
    changes,
    cover,
):
    roster.add_command(part)


@example("2026-08-03")
@roster.command()
@week_argument
@place_option
# By the plan and not by the publication: gaps and open seats are a manager's.
@prints(Shift)
def week(
    office: Office,
    *,
    day: str,
    place: str | None,
) -> PrintedTable:
    """Print the plan of a week: people in lines, days in columns."""
    plan = Plan.of_week(office, place_of(office, place), needed_day(office, "WEEK", day))
    # In the title, since a plan that nobody has seen looks the same.
    revision = newest(office, plan.place, plan.first)
    state = f"revision {revision.number}" if revision else "not published"
    fields = [
        column("role", "Role", 3),
        column("person", "Person", 1),
    ]
    fields += [column(f"{on:%A}".lower(), f"{on:%a} {on.day}", 1) for on in plan.days]
    fields.append(column("hours", "Hours", 2, kind="hours"))
    return PrintedTable(
        f"Week of {plan.first}, {state}",
        fields,
        list(_week_rows(plan)),
        "Nobody is planned in that week: officeops lay-out-schedule",
    )


def _week_rows(plan: Plan) -> Iterator[tuple[object, ...]]:
    for row in plan.rows():
        by_day = plan.of_row(row)
        # A day may have two shifts, split by a long lunch.
        cells = [" ".join(_cell(plan, shift) for shift in by_day[day]) for day in plan.days]
        yield (
            row.role,
            row.name,
            *cells,
            plan.minutes(row),
        )


def _cell(plan: Plan, shift: Shift) -> str:
    """Write a shift, with a mark where the person may not work it."""
    return f"!{cell(shift)}" if plan.stops(shift) else cell(shift)


CHECK: Final = [
    column("day", "Day", 1, kind="date"),
    column("time", "Time", 1),
    column("rule", "What", 1),
    column("have", "Have", 2, kind="number"),
    column("need", "Need", 2, kind="number"),
    column("severity", "Severity", 4),
    column("why", "Why", 3),
]


@example("--from 2026-08-03 --check")
@roster.command()
@first_option
@until_option
@check_option("there is a gap")
@place_option
@prints(Shift)
def gaps(
    office: Office,
    *,
    first: str,
    until: str | None,
    place: str | None,
) -> PrintedTable:
    """Print the gaps of the plan, each with why nobody fills it."""
    begin, end = days_of(office, first, until)
    plan = Plan(
        office,
        place_of(office, place),
        begin,
        end,
    )
    rows = list(_gap_rows(plan))
    return PrintedTable(
        f"Gaps from {begin} to {end}",
        CHECK,
        rows,
        "Nothing is lacking.",
        is_due=bool(rows),
    )


def _gap_rows(plan: Plan) -> Iterator[tuple[object, ...]]:
    for gap in plan.gaps:
        rule = plan.rule(gap)
        reasons = " · ".join(why(plan, gap))
        times = span(gap.start, gap.end)
        yield (
            str(gap.on),
            times,
            rule.name,
            gap.have,
            gap.need,
            rule.severity,
            reasons,
        )


roster.add_command(fill)
roster.add_command(fairness_command, "fairness")
