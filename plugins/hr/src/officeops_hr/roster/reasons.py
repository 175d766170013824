"""Reasons: one line for a gap, with every person of the role accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_hr.people.person import Person
from officeops_hr.roster.clock import span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from officeops_hr.roster.facts import RosterFacts
    from officeops_hr.roster.plan import Plan
    from officeops_hr.roster.rules.gaps import Gap
    from officeops_hr.roster.rules.shift import Shift


def gap_words(plan: Plan, gap: Gap) -> str:
    """Return a gap in words: `Thu 2026-08-06 07:30-12:00 Front desk: 1 of 2`."""
    rule = plan.rule(gap)
    number = (
        f"{gap.have}, at most {gap.need}" if rule.kind == "most" else f"{gap.have} of {gap.need}"
    )
    return f"{gap.on:%a} {gap.on} {span(gap.start, gap.end)} {rule.name}: {number}"


def why(plan: Plan, gap: Gap) -> Iterator[str]:
    """Yield what keeps each person who has a shift or the role from filling a gap."""
    planned = [shift.planned() for shift in plan.shifts if shift.day == gap.on]
    names = {person.id: person.name for person in plan.office.all(Person)}
    yield from reasons(gap, planned, plan.facts, names)


def reasons(
    gap: Gap,
    shifts: Sequence[Shift],
    facts: RosterFacts,
    names: Mapping[int, str],
) -> Iterator[str]:
    """Yield what keeps each of some people from filling a gap, with the shifts of its day."""
    if gap.rule.role is None:
        return
    for person, name in names.items():
        own = [shift for shift in shifts if shift.person == person]
        reason = _reason(gap, person, own, facts)
        if reason:
            yield f"{name}: {reason}"


def _reason(
    gap: Gap,
    person: int,
    own: Sequence[Shift],
    facts: RosterFacts,
) -> str:
    """Return why somebody of the role does not fill a gap; blank for those of other roles."""
    wanted = [shift for shift in own if shift.role == gap.rule.role]
    if wanted:
        stops = facts.stops(person, wanted[0])
        covers = any(_covers(shift, gap) for shift in wanted)
        return "; ".join(stops) or ("works already" if covers else "works at another time")
    if gap.rule.role not in facts.roles(person, gap.on):
        return ""
    if facts.is_off(person, gap.on):
        return "is off"
    if own:
        return "works in another role"
    return "is free" if facts.works_on(person, gap.on) else "not one of their days"


def _covers(shift: Shift, gap: Gap) -> bool:
    start, end = shift.minutes_of(gap.on)
    return start <= gap.start < end
