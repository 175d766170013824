"""`officeops roster`: who works when, what the days lack, what changed, and who can cover."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import click

from officeops.commands import (
    Group,
    WholeNumber,
    entitle,
    example,
    needed_day,
    office_of,
    output_options,
    print_rows,
)
from officeops_hr.people.columns import column
from officeops_hr.people.job_role import JobRole
from officeops_hr.people.person import Person
from officeops_hr.roster.absence.asked import asked_words
from officeops_hr.roster.absence.open_command import open_command
from officeops_hr.roster.clock import cell, span
from officeops_hr.roster.covering import answers
from officeops_hr.roster.fairness_command import fairness_command
from officeops_hr.roster.filling.fill_command import fill
from officeops_hr.roster.paper.on_call_command import on_call
from officeops_hr.roster.paper.who_can_command import who_can_cover
from officeops_hr.roster.place_option import place_of, place_option
from officeops_hr.roster.plan import Plan
from officeops_hr.roster.published import changes_since, newest, published_rows
from officeops_hr.roster.reasons import why
from officeops_hr.roster.revision import PublishedShift
from officeops_hr.roster.rules.cycle import monday_of
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.telling.news_commands import calendar_command, unseen_command
from officeops_hr.roster.telling.notice_command import notice_command
from officeops_hr.roster.week.coverage_command import coverage as coverage_of_week
from officeops_hr.roster.week.plan_command import plan as plan_week

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_hr.roster.rules.changes import Change
    from officeops_hr.roster.rules.shift import Shift as PlannedShift

_TWO_WEEKS: Final = timedelta(days=13)
#: The exit code of a check that found something.
FOUND: Final = 3


@click.group(cls=Group)
def roster() -> None:
    """Show the staff schedule, its gaps and who can cover."""


def _needed_plan(office: Office) -> None:
    office.allow_view(Shift)


for part in (
    plan_week,
    coverage_of_week,
    open_command,
    unseen_command,
    notice_command,
    calendar_command,
    on_call,
    who_can_cover,
):
    roster.add_command(part)


WHO: Final = [
    column("day", "Day", 4, kind="date"),
    column("person", "Person", 1),
    column("role", "As", 1),
    column("time", "Time", 1),
    column("kind", "Kind", 5),
]


@example("--on thu")
@roster.command()
@click.option("--on", "day", default="today", show_default=True, metavar="DAY")
@place_option
@output_options
@click.pass_context
def who(ctx: click.Context, *, day: str, place: str | None, as_json: bool, as_csv: bool) -> None:
    """Print who works on a day, as it was published."""
    office = office_of(ctx)
    office.allow_view(PublishedShift)
    on = needed_day(office, "--on", day)
    entitle(f"Who works on {on}")
    revision = newest(office, place_of(office, place), monday_of(on))
    shifts = [row for row in published_rows(office, revision) if row.day == on]
    rows = [_shown(office, row) for row in shifts]
    nothing = f"The week of {monday_of(on)} is not published."
    if revision is not None:
        nothing = "Nobody works on that day."
    print_rows(WHO, rows, office.ways, as_json=as_json, as_csv=as_csv, nothing=nothing)


def _shown(office: Office, row: PublishedShift) -> tuple[object, ...]:
    role = office.label(JobRole, row.role_id)
    times = span(row.starts_at, row.ends_at)
    return (str(row.day), row.name or "open", role, times, row.kind)


@example("2026-08-03")
@roster.command()
@click.argument("day", default="today", metavar="[WEEK]")
@place_option
@output_options
@click.pass_context
def week(ctx: click.Context, day: str, place: str | None, *, as_json: bool, as_csv: bool) -> None:
    """Print the plan of a week: people in lines, days in columns."""
    office = office_of(ctx)
    _needed_plan(office)
    plan = Plan.of_week(office, place_of(office, place), needed_day(office, "WEEK", day))
    revision = newest(office, plan.place, plan.first)
    state = f"revision {revision.number}" if revision else "not published"
    entitle(f"Week of {plan.first}, {state}")
    fields = [column("role", "Role", 3), column("person", "Person", 1)]
    fields += [column(f"{on:%A}".lower(), f"{on:%a} {on.day}", 1) for on in plan.days]
    fields.append(column("hours", "Hours", 2, kind="hours"))
    rows = list(_week_rows(plan))
    nothing = "Nobody is planned in that week: officeops lay-out-schedule"
    print_rows(fields, rows, office.ways, as_json=as_json, as_csv=as_csv, nothing=nothing)


def _week_rows(plan: Plan) -> Iterator[tuple[object, ...]]:
    for row in plan.rows():
        by_day = plan.of_row(row)
        cells = [" ".join(_cell(plan, shift) for shift in by_day[day]) for day in plan.days]
        yield (row.role, row.name, *cells, plan.minutes(row))


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
@click.option("--from", "first", default="today", show_default=True, metavar="DAY")
@click.option("--until", metavar="DAY", help="[default: two weeks]")
@click.option("--check", is_flag=True, help="End with 3 where there is a gap.")
@place_option
@output_options
@click.pass_context
def gaps(
    ctx: click.Context,
    first: str,
    until: str | None,
    place: str | None,
    *,
    check: bool,
    as_json: bool,
    as_csv: bool,
) -> int:
    """Print the gaps of the plan, each with why nobody fills it."""
    office = office_of(ctx)
    _needed_plan(office)
    begin = needed_day(office, "--from", first)
    end = needed_day(office, "--until", until) if until else begin + _TWO_WEEKS
    plan = Plan(office, place_of(office, place), begin, end)
    entitle(f"Gaps from {begin} to {end}")
    rows = list(_gap_rows(plan))
    nothing = "Nothing is lacking."
    print_rows(CHECK, rows, office.ways, as_json=as_json, as_csv=as_csv, nothing=nothing)
    return FOUND if check and rows else 0


def _gap_rows(plan: Plan) -> Iterator[tuple[object, ...]]:
    for gap in plan.gaps:
        rule = plan.rule(gap)
        reasons = " · ".join(why(plan, gap))
        times = span(gap.start, gap.end)
        yield (str(gap.on), times, rule.name, gap.have, gap.need, rule.severity, reasons)


CHANGES: Final = [
    column("what", "What", 1),
    column("day", "Day", 1, kind="date"),
    column("before", "Before", 2),
    column("after", "Now", 2),
    column("concerns", "Concerns", 3),
]


@example("2026-08-03")
@roster.command()
@click.argument("day", default="today", metavar="[WEEK]")
@place_option
@click.option(
    "--since",
    "number",
    type=WholeNumber(1),
    metavar="REVISION",
    help="Of an earlier revision.  [default: the newest]",
)
@output_options
@click.pass_context
def changes(
    ctx: click.Context,
    day: str,
    place: str | None,
    number: int | None,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print what changed in a week since it was published, and whom it concerns."""
    office = office_of(ctx)
    _needed_plan(office)
    monday = monday_of(needed_day(office, "WEEK", day))
    entitle(f"Changes in the week of {monday}")
    found = changes_since(office, place_of(office, place), monday, number)
    rows = [_change(office, one) for one in found]
    nothing = "Nothing changed since it was published."
    print_rows(CHANGES, rows, office.ways, as_json=as_json, as_csv=as_csv, nothing=nothing)


def _change(office: Office, change: Change) -> tuple[object, ...]:
    concerned = ", ".join(office.label(Person, person) for person in change.people)
    what = ", ".join(change.kinds)
    before, after = _words(office, change.before), _words(office, change.after)
    return (what, str(change.on), before, after, concerned)


def _words(office: Office, shift: PlannedShift | None) -> str | None:
    if shift is None:
        return None
    person = "open" if shift.person is None else office.label(Person, shift.person)
    return f"{person} {span(shift.start, shift.end)}"


COVER: Final = [
    column("group", "Who", 1),
    column("person", "Person", 1),
    column("week", "Week", 2, kind="hours"),
    column("reasons", "Why", 2),
    column("asked", "Asked", 3),
]


@example("41")
@roster.command()
@click.argument("shift", metavar="SHIFT")
@output_options
@click.pass_context
def cover(ctx: click.Context, shift: str, *, as_json: bool, as_csv: bool) -> None:
    """Print who can take a shift, who can but should not, and who cannot."""
    office = office_of(ctx)
    _needed_plan(office)
    wanted = office.find(Shift, shift)
    role = office.label(JobRole, wanted.role_id)
    planned = wanted.planned()
    entitle(f"Cover: {role}, {wanted.day:%a} {wanted.day} {span(planned.start, planned.end)}")
    found = answers(office, wanted)
    asked = asked_words(office, wanted.id)
    rows = []
    for one in found:
        reasons = ", ".join(one.reasons)
        rows.append((one.group, one.name, one.week, reasons, asked.get(one.person)))
    nothing = "Nobody else works here."
    print_rows(COVER, rows, office.ways, as_json=as_json, as_csv=as_csv, nothing=nothing)


roster.add_command(fill)
roster.add_command(fairness_command, "fairness")
