"""Progress of continuing education: the credits earned in a cycle, and those that are missing.

A pure count: entries of the cycle by category, each category up to its most, and the credits that
the cycle before had over its need, up to the most that carries over.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from officeops import Value, folded
from officeops_hr.leave.rules.periods import months_after

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_DAY = timedelta(days=1)


class Need(Value):
    """A category with the least that it needs and the most that count; None: all of them."""

    category: str
    least: int = 0
    most: int | None = None


class Rule(Value):
    """The credits of a cycle, its length in months (0: calendar years), and its categories."""

    credits: int
    months: int = 0
    carry_most: int = 0
    categories: tuple[Need, ...] = ()


class Earned(Value):
    """Credits of a day, in a category."""

    on: date
    credits: int
    category: str = ""


class Share(Value):
    """A line of the progress: a category, or all of it (`""`)."""

    category: str
    needed: int
    earned: int

    @property
    def missing(self) -> int:
        """The credits that are still missing."""
        return max(0, self.needed - self.earned)


def cycle_of(
    rule: Rule,
    ends: date | None,
    day: date,
) -> tuple[date, date] | None:
    """Return the first and last day of a cycle; None where the credential does not end."""
    if not rule.months:
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if ends is None:
        return None
    return months_after(ends, -rule.months) + _DAY, ends


def progress(
    rule: Rule,
    entries: Sequence[Earned],
    cycle: tuple[date, date],
) -> list[Share]:
    """Return all of a cycle first, then each category that needs something."""
    carried = min(rule.carry_most, _over(rule, entries, cycle))
    by_category = _counted(rule, entries, cycle)
    total = Share("", rule.credits, sum(by_category.values()) + carried)
    shares = [total]
    for need in rule.categories:
        if need.least:
            earned = by_category.get(folded(need.category), 0)
            shares.append(Share(need.category, need.least, earned))
    return shares


def _over(
    rule: Rule,
    entries: Iterable[Earned],
    cycle: tuple[date, date],
) -> int:
    """Return the credits that the cycle before had over its need."""
    last = cycle[0] - _DAY
    first = months_after(last, -(rule.months or 12)) + _DAY
    before = sum(_counted(rule, entries, (first, last)).values())
    return max(0, before - rule.credits)


def _counted(
    rule: Rule,
    entries: Iterable[Earned],
    cycle: tuple[date, date],
) -> dict[str, int]:
    """Return the credits that count in a cycle, by category."""
    first, last = cycle
    sums: dict[str, int] = {}
    for entry in entries:
        if first <= entry.on <= last:
            name = folded(entry.category)
            sums[name] = sums.get(name, 0) + entry.credits
    for need in rule.categories:
        name = folded(need.category)
        if need.most is not None and name in sums:
            sums[name] = min(sums[name], need.most)
    return sums
