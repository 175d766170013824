"""What the rules of the schedule cost beside the first, throw-away code: filling a month, checking four weeks.

The practice is made up by a seed, as in the tests; both sides get the same people and seats.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from plugins.hr.tests.roster.made_up_practice import CASES, MONDAY, TIMES, WEIGHTS, Practice

from benchmarks.floors.roster_floor import FloorWeek, Person, check
from benchmarks.measure import Figure, busy, figure
from officeops_hr.roster.rules.coverage import Coverage
from officeops_hr.roster.rules.filling.greedy import fill
from officeops_hr.roster.rules.filling.repair import repair
from officeops_hr.roster.rules.gaps import gaps
from officeops_hr.roster.rules.shift import Shift

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

_MONTHS, _WEEKS = 10, 4
_DAYS, _PEOPLE = 28, 30
_ROLES: Final = ("FD", "MA", "MD")


def measure(folder: Path) -> Iterator[Figure]:  # noqa: ARG001 - of every part
    """Yield the figures of the schedule, in this process."""
    practices = [Practice(CASES["bad month"], seed) for seed in range(_MONTHS)]
    yield figure(
        f"filling {_MONTHS} bad months",
        "the throw-away filler on the same seats",
        lambda: busy(lambda: [_filled(practice) for practice in practices]),
        lambda: busy(lambda: [_filled_by_floor(practice) for practice in practices]),
        limit=5,
        aim=2,
        rounds=5,
    )
    shifts, spans = _shifts(), _spans()
    yield figure(
        f"checking {_DAYS} days of {_PEOPLE} people",
        "the throw-away checker on the same shifts",
        lambda: busy(lambda: _checked(shifts)),
        lambda: busy(lambda: [check(spans, _FLOOR_RULES, _SESSIONS) for _ in range(_DAYS)]),
        limit=3,
        aim=2,
        rounds=9,
    )


def _filled(practice: Practice) -> int:
    left = 0
    for number in range(_WEEKS):
        week = practice.week(number, {})
        fill(week)
        repair(week)
        left += len(week.open_seats())
    return left


def _filled_by_floor(practice: Practice) -> int:
    people = [Person(one.contract, one.most, len(one.roles)) for one in practice.people]
    minutes = {kind: end - start for kind, (start, end) in TIMES.items()}
    left = 0
    for number in range(_WEEKS):
        needs = {half: need for half, need in practice.needs.items() if half[0] // 7 == number}
        able = {
            (half, role): [
                place for place, person in enumerate(practice.people) if person.may(half[0], role)
            ]
            for half, need in needs.items()
            for role in need
        }
        week = FloorWeek(people, needs, able, minutes, WEIGHTS)
        week.fill()
        week.repair()
        left += len(week.gaps())
    return left


# -- the checker: half the people are assistants, and two are providers -----------------------------


_SESSIONS: Final = [(480, 720), (480, 720), (780, 1020)] * 4
_FLOOR_RULES: Final = [
    ("FD", "fixed", 2, 450, 720),
    ("FD", "fixed", 1, 720, 780),
    ("FD", "fixed", 2, 780, 1020),
    ("MA", "per", 1, 450, 1200),
]
_RULES: Final = [
    Coverage(1, "fixed", 2, 0, start=450, end=720),
    Coverage(2, "fixed", 1, 0, start=720, end=780),
    Coverage(3, "fixed", 2, 0, start=780, end=1020),
    Coverage(4, "per", 1, 1, 2, start=450, end=1200),
]


class _Everybody:
    """Facts by which all people come."""

    def is_present(self, shift: Shift, day: date) -> bool:  # noqa: ARG002 - of the protocol
        return True

    def holds(
        self,
        person: int,  # noqa: ARG002
        credentials: frozenset[int],  # noqa: ARG002
        day: date,  # noqa: ARG002
    ) -> bool:
        return True


def _spans() -> list[tuple[str, str, int, int]]:
    return [(f"p{n}", _ROLES[n % 2], 450 + n, 1020 - n) for n in range(_PEOPLE)]


def _shifts() -> list[list[Shift]]:
    """Return the same shifts by day; a provider's session is a shift of the third role."""
    by_day = []
    for number in range(_DAYS):
        day = MONDAY + timedelta(days=number)
        shifts = [Shift(0, n, day, 450 + n, 1020 - n, n % 2, 1) for n in range(_PEOPLE)]
        for place, (start, end) in enumerate(_SESSIONS):
            shifts.append(Shift(0, _PEOPLE + place, day, start, end, 2, 1))
        by_day.append(shifts)
    return by_day


def _checked(by_day: list[list[Shift]]) -> int:
    facts = _Everybody()
    return sum(len(gaps(shifts[0].on, shifts, _RULES, facts)) for shifts in by_day)
