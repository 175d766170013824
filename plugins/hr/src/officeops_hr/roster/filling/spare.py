"""Spare: shifts that no rule needs, whose people may go where somebody is lacking."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops_hr.roster.plan import Plan
    from officeops_hr.roster.rules.shift import Shift as PlannedShift


def spare(
    plan: Plan,
    day: date,
    shifts: Iterable[PlannedShift],
) -> set[int]:
    """Return the numbers of those shifts of a day without which it lacks no more than now.

    All of them together: of two people of whom one is needed, one is spare. An office without a rule
    for a role says nothing of it, so nobody of that role is.
    """
    roles = {rule.role for rule in plan.needed_on(day) if rule.kind != "most"}
    left = plan.planned_on(day)
    lacking = _lacking(
        plan,
        day,
        left,
    )
    numbers: set[int] = set()
    # The newest first: the oldest shifts are the base of the plan.
    for shift in sorted(shifts, key=lambda one: -one.id):
        if shift.role not in roles:
            continue
        # One after the other: each counts only if the ones before have gone.
        without = [one for one in left if one.id != shift.id]
        if (
            _lacking(
                plan,
                day,
                without,
            )
            <= lacking
        ):
            left = without
            numbers.add(shift.id)
    return numbers


def _lacking(
    plan: Plan,
    day: date,
    shifts: Iterable[PlannedShift],
) -> int:
    """Return the minutes of people that a day lacks."""
    gaps = plan.gaps_of(day, shifts)
    return sum(abs(gap.need - gap.have) * (gap.end - gap.start) for gap in gaps)
