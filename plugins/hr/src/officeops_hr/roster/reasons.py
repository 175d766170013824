"""Reasons: one line for a gap, with every person of the role accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_hr.people.job_role import JobRole
from officeops_hr.people.person import Person
from officeops_hr.roster.clock import span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops_hr.roster.plan import Plan
    from officeops_hr.roster.rules.gaps import Gap
    from officeops_hr.roster.shift import Shift


def gap_words(plan: Plan, gap: Gap) -> str:
    """Return a gap in words: `Thu 2026-08-06 07:30-12:00 Front desk: 1 of 2`."""
    rule = plan.rule(gap)
    number = (
        f"{gap.have}, at most {gap.need}" if rule.kind == "most" else f"{gap.have} of {gap.need}"
    )
    return f"{gap.on:%a} {gap.on} {span(gap.start, gap.end)} {rule.name}: {number}"


def why(plan: Plan, gap: Gap) -> Iterator[str]:
    """Yield what keeps each person who has a shift or the role from filling a gap."""
    role = gap.rule.role
    if role is None:
        return
    office = plan.office
    code = office.get(JobRole, role).code
    for person in list(office.all(Person)):
        reason = _reason(plan, gap, person, code)
        if reason:
            yield f"{person.name}: {reason}"


def _reason(
    plan: Plan,
    gap: Gap,
    person: Person,
    code: str,
) -> str:
    """Return why somebody of the role does not fill a gap; blank for those of other roles."""
    own = [shift for shift in plan.shifts if shift.person_id == person.id and shift.day == gap.on]
    wanted = [shift for shift in own if shift.role_id == gap.rule.role]
    if wanted:
        stops = plan.stops(wanted[0])
        covers = any(_covers(shift, gap) for shift in wanted)
        return "; ".join(stops) or ("works already" if covers else "works at another time")
    if not plan.facts.works_as(person.id, code, gap.on):
        return ""
    if plan.facts.is_off(person.id, gap.on):
        return "is off"
    if own:
        return "works in another role"
    return "is free" if plan.facts.works_on(person.id, gap.on) else "not one of their days"


def _covers(shift: Shift, gap: Gap) -> bool:
    start, end = shift.planned().minutes_of(gap.on)
    return start <= gap.start < end
