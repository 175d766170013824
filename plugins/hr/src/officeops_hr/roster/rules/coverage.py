"""Coverage: how many people of a role a place needs at a time; five kinds of rule, all data."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the kind of a field
from typing import TYPE_CHECKING, Final, NamedTuple

from officeops_hr.roster.rules.shift import DAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops_hr.roster.rules.shift import Shift

#: n of a role; n for each of another; n once anyone is at work; n who hold papers; n at most.
KINDS: Final = ("fixed", "per", "guard", "holder", "most")
#: The worst first.
SEVERITIES: Final = ("unsafe", "legal", "money", "routine")
EVERY_DAY: Final = frozenset(range(7))


class Coverage(NamedTuple):
    """One rule. A role or place of None is any; `n` people for each `per` of the other role."""

    id: int
    kind: str
    n: int
    role: int | None = None
    other_role: int | None = None
    per: int = 1
    place: int | None = None
    weekdays: frozenset[int] = EVERY_DAY
    start: int = 0
    end: int = DAY
    first: date | None = None
    last: date | None = None
    credentials: frozenset[int] = frozenset()
    counts_trainees: bool = False
    severity: str = "routine"
    blocks: bool = False
    room: int | None = None

    def counts_on(self, day: date) -> bool:
        """Whether the rule is one of a day."""
        if day.weekday() not in self.weekdays:
            return False
        begun = self.first is None or self.first <= day
        return begun and (self.last is None or day <= self.last)

    def takes(self, shift: Shift) -> bool:
        """Whether somebody at work counts for it; a person in training fills no seat."""
        if shift.is_trainee and not self.counts_trainees:
            return False
        if self.room is not None and shift.room != self.room:
            return False
        return self.role is None or shift.role == self.role

    def depends_on(self, shift: Shift) -> bool:
        """Whether somebody at work is one of the people who need others; nobody is needed for a trainee."""
        if self.kind not in {"per", "guard"} or shift.is_trainee:
            return False
        return self.other_role is None or shift.role == self.other_role

    def needed(self, present: Sequence[Shift]) -> int:
        """Return how many people are needed among those present, or how many at most."""
        # Each person once, whatever the number of their shifts.
        others = {shift.person for shift in present if self.depends_on(shift)}
        return self.needed_beside(len(others))

    def needed_beside(self, others: int) -> int:
        """Return how many people are needed beside so many of the other role."""
        if self.kind == "per":
            # Rounded up: one more provider needs one more assistant, not a part of one.
            return -(-others * self.n // self.per)
        if self.kind == "guard":
            return self.n if others else 0
        return self.n

    def is_broken(self, have: int, need: int) -> bool:
        """Whether a number of people breaks the rule."""
        return have > need if self.kind == "most" else have < need
