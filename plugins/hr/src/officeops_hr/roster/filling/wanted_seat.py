"""Wanted seat: a shift that a plan needs somebody for, and how bad it is to leave it open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from officeops_hr.roster.rules.shift import Shift as PlannedShift  # noqa: TC001 - the kind of a field

if TYPE_CHECKING:
    from officeops_hr.roster.plan import Plan
    from officeops_hr.roster.rules.coverage import Coverage

#: How bad it is to leave a seat open, by the severity of its rule; 1 is a seat that no rule needs.
_WEIGHTS: Final = {"unsafe": 8, "legal": 6, "money": 4, "routine": 2}
UNNEEDED: Final = 1


class WantedSeat(NamedTuple):
    """A shift that needs somebody: `id` 0 is not in the plan yet; its person cannot come."""

    shift: PlannedShift
    weight: int
    rule: str = ""
    #: Credentials that who takes it must hold, and those that would close a second gap.
    holds: frozenset[int] = frozenset()
    prefers: frozenset[int] = frozenset()


def weight_of(plan: Plan, shift: PlannedShift) -> int:
    """Return how bad it is to leave a shift open: by the worst rule that counts it."""
    weights = [
        _WEIGHTS[rule.severity]
        for rule in plan.needed
        if is_of(
            rule,
            shift,
        )
    ]
    return max(
        weights,
        default=UNNEEDED,
    )


def weight_of_rule(rule: Coverage) -> int:
    """Return how bad a gap of a rule is."""
    return _WEIGHTS[rule.severity]


def is_of(rule: Coverage, shift: PlannedShift) -> bool:
    """Whether a rule counts the person of a shift, in a part of its time."""
    if rule.kind == "most" or rule.role != shift.role or not rule.counts_on(shift.on):
        return False
    return rule.start < shift.end and shift.start < rule.end


def has_seats(rule: Coverage) -> bool:
    """Whether a gap of a rule is closed by somebody in a role, whatever papers they hold."""
    return rule.kind != "most" and rule.role is not None and not rule.credentials
