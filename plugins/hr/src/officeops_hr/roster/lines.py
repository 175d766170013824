"""Lines of the schedule on other pages: Today, the morning's page, and a person's own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, cast

from officeops import Due, HuddleLine, PageLine, PageSection, Subject
from officeops_hr.people.job_role import JobRole
from officeops_hr.roster.ahead_lines import stopped_lines, unpublished_lines
from officeops_hr.roster.clock import span
from officeops_hr.roster.coverage_rule import CoverageRule
from officeops_hr.roster.facts import RosterFacts
from officeops_hr.roster.plan import Plan
from officeops_hr.roster.published import newest
from officeops_hr.roster.reasons import gap_words
from officeops_hr.roster.revision import NEWEST, PublishedShift, RosterRevision
from officeops_hr.roster.rules.cycle import DAYS, monday_of
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.usual_place import usual_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office, Severity
    from officeops_hr.roster.rules.gaps import Gap

#: Gaps are listed so far ahead: there is time to ask people.
_AHEAD: Final = timedelta(days=13)
_WEEK: Final = timedelta(days=DAYS)
_OWN: Final = f"person_id = ? AND day BETWEEN ? AND ? AND revision_id IN ({NEWEST})"


def due_lines(office: Office) -> Iterator[Due]:
    """Yield the gaps of the next two weeks by rule, and the weeks ahead that nobody published."""
    place = usual_place(office)
    if place is None or not office.may_view(Shift):
        return
    plan = Plan(office, place, office.today, office.today + _AHEAD)
    by_rule: dict[int, list[Gap]] = {}
    for gap in plan.gaps:
        by_rule.setdefault(gap.rule.id, []).append(gap)
    for gaps in by_rule.values():
        yield _of_rule(plan, gaps)
    yield from stopped_lines(plan)
    yield from _not_published(office, place)
    yield from unpublished_lines(office)


def _of_rule(plan: Plan, gaps: Sequence[Gap]) -> Due:
    """Return one line for all gaps of a rule, named by the first."""
    rule, first = plan.rule(gaps[0]), gaps[0]
    more = f", and {len(gaps) - 1} more" if len(gaps) > 1 else ""
    return Due(
        # The day is in the key, so that a snoozed line comes back with the next gap.
        key=f"hr.coverage-rule:{rule.id}:{first.on}",
        on=first.on,
        what=f"Short: {gap_words(plan, first)}{more}",
        severity=cast("Severity", rule.severity),
        action="see the gaps",
        record=CoverageRule.meta.key,
        record_id=rule.id,
    )


def _not_published(office: Office, place: int) -> Iterator[Due]:
    monday = monday_of(office.today) + _WEEK
    plan = Plan.of_week(office, place, monday)
    if plan.shifts and newest(office, place, monday) is None:
        yield Due(
            key=f"hr.shift:{plan.shifts[0].id}:unpublished",
            what=f"The week of {monday} is not published",
            on=monday,
            action="publish",
            record=Shift.meta.key,
            record_id=plan.shifts[0].id,
        )


def morning_lines(office: Office) -> Iterator[HuddleLine]:
    """Yield what today's plan lacks."""
    place = usual_place(office)
    if place is None or not office.may_view(Shift):
        return
    plan = Plan(office, place, office.today, office.today)
    for gap in plan.gaps:
        words = gap_words(plan, gap)
        yield HuddleLine("people", f"Short: {words}", CoverageRule.meta.key, gap.rule.id)


def page(office: Office, person_id: int) -> Iterator[PageSection]:
    """Yield a person's published shifts of the next two weeks."""
    if not (office.may_view(PublishedShift) and office.may_view(RosterRevision)):
        return
    days = (office.today.isoformat(), (office.today + _AHEAD).isoformat())
    rows = office.all(PublishedShift, _OWN, person_id, *days, order="day, starts_at")
    # Published as theirs until the next revision, also where they will not come.
    facts = RosterFacts(
        office,
        office.today,
        office.today + _AHEAD,
        person_id,
    )
    lines = []
    for row in rows:
        off = ", you are off" if facts.is_off(person_id, row.day) else ""
        role = office.label(JobRole, row.role_id)
        # With its number, by which people offer it.
        words = f"{span(row.starts_at, row.ends_at)} {role}, #{row.id}{off}"
        subject = Subject(PublishedShift.meta.key, row.id)
        lines.append(PageLine(f"{row.day:%a} {row.day}", words, subject))
    if lines:
        yield PageSection("Shifts", lines)
