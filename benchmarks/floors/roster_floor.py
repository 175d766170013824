"""The first, throw-away filler and checker of the schedule: half-days by number, no reasons, no office."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import NamedTuple

_MOST_A_DAY, _MOST_DAYS, _DEEPEST = 2, 5, 3
Half = tuple[int, str]
Place = tuple[Half, str]


class Person(NamedTuple):
    """Somebody, with the roles of the half-days that they may work."""

    contract: int
    most: int
    roles: int


class FloorWeek:
    """One week, filled greedily and repaired by chains."""

    def __init__(
        self,
        people: list[Person],
        needs: dict[Half, dict[str, int]],
        able: dict[Place, list[int]],
        minutes: dict[str, int],
        weights: dict[str, int],
    ) -> None:
        """Take the week."""
        self.people, self.needs, self.able = people, needs, able
        self.minutes, self.weights = minutes, weights
        self.at: dict[tuple[int, Half], str] = {}
        self.filled: Counter[Place] = Counter()
        self.week: Counter[int] = Counter()
        self.day: Counter[tuple[int, int]] = Counter()
        self.days: Counter[int] = Counter()
        self.late: Counter[int] = Counter()
        self.by_day: dict[int, list[Half]] = defaultdict(list)
        for half in needs:
            self.by_day[half[0]].append(half)

    def why(self, person: int, half: Half) -> str:
        """Say what keeps somebody from a half-day."""
        day, kind = half
        if (person, half) in self.at:
            return "busy"
        if self.day[person, day] >= _MOST_A_DAY:
            return "day full"
        if not self.day[person, day] and self.days[person] >= _MOST_DAYS:
            return "days"
        if self.week[person] + self.minutes[kind] > self.people[person].most:
            return "hours"
        return ""

    def put(self, person: int, half: Half, role: str) -> None:
        """Give somebody a half-day."""
        day, kind = half
        self.at[person, half] = role
        self.filled[half, role] += 1
        self.week[person] += self.minutes[kind]
        self.day[person, day] += 1
        self.days[person] += self.day[person, day] == 1
        self.late[person] += kind in {"EVE", "SAT"}

    def drop(self, person: int, half: Half) -> str:
        """Take it back."""
        day, kind = half
        role = self.at.pop((person, half))
        self.filled[half, role] -= 1
        self.week[person] -= self.minutes[kind]
        self.day[person, day] -= 1
        self.days[person] -= self.day[person, day] == 0
        self.late[person] -= kind in {"EVE", "SAT"}
        return role

    def cost(self, person: int, half: Half) -> tuple[int, ...]:
        """Return what speaks against somebody."""
        day, kind = half
        one = self.people[person]
        over = self.week[person] + self.minutes[kind] - one.contract
        late = self.late[person] if kind in {"EVE", "SAT"} else 0
        new_day = self.day[person, day] == 0
        return (max(0, over), late, new_day, one.roles, self.week[person] - one.contract, person)

    def gaps(self) -> list[Place]:
        """Return the open seats."""
        left: list[Place] = []
        for half, needed in self.needs.items():
            for role, count in needed.items():
                left += [(half, role)] * (count - self.filled[half, role])
        return left

    def weight(self) -> int:
        """Return how bad they are."""
        return sum(self.weights[role] for _, role in self.gaps())

    def fill(self) -> None:
        """Fill half-day by half-day."""
        for half, needed in self.needs.items():
            todo = [role for role, count in needed.items() for _ in range(count)]
            while todo:
                free = {
                    role: [one for one in self.able[half, role] if not self.why(one, half)]
                    for role in set(todo)
                }
                role = min(
                    todo,
                    key=lambda one: (
                        len(free[one]) - todo.count(one),
                        -self.weights[one],
                        one,
                    ),
                )
                todo.remove(role)
                if free[role]:
                    best = min(free[role], key=lambda one: self.cost(one, half))
                    self.put(best, half, role)

    def _chain(
        self,
        half: Half,
        role: str,
        depth: int,
        seen: set[tuple[int, Half, Half, str]],
        floor: int,
    ) -> bool:
        able = sorted(self.able[half, role], key=lambda one: self.cost(one, half))
        for person in able:
            if not self.why(person, half):
                self.put(person, half, role)
                return True
        if depth == 0:
            return False
        for person in able:
            for other in self._give(person, half):
                step = (person, other, half, role)
                if step in seen or (other == half and self.at[person, other] == role):
                    continue
                seen.add(step)
                old = self.drop(person, other)
                if not self.why(person, half):
                    self.put(person, half, role)
                    if self.weights[old] < floor:
                        return True
                    if self._chain(other, old, depth - 1, seen, floor):
                        return True
                    self.drop(person, half)
                self.put(person, other, old)
        return False

    def _give(self, person: int, half: Half) -> list[Half]:
        why = self.why(person, half)
        if why == "busy":
            return [half]
        halves = self.by_day[half[0]] if why == "day full" else list(self.needs)
        return [other for other in halves if (person, other) in self.at]

    def repair(self) -> None:
        """Close open seats by chains, the worst first."""
        stuck: set[Place] = set()
        while True:
            todo = sorted(self.gaps(), key=lambda gap: (-self.weights[gap[1]], gap))
            todo = [gap for gap in todo if gap not in stuck]
            if not todo:
                return
            half, role = todo[0]
            before = self.weight()
            floor = self.weights[role]
            ok = any(self._chain(half, role, n, set(), 0) for n in range(_DEEPEST + 1)) or any(
                self._chain(half, role, n, set(), floor) for n in range(1, _DEEPEST + 1)
            )
            if not ok:
                stuck.add(todo[0])
            elif self.weight() < before:
                stuck.clear()


Span = tuple[str, str, int, int]
Rule = tuple[str, str, int, int, int]


def check(
    shifts: list[Span],
    rules: list[Rule],
    sessions: list[tuple[int, int]],
) -> list[tuple[str, int, int, int, int]]:
    """Return the gaps of a day: role, from, to, have, need."""
    cuts = {minute for _, _, start, end in shifts for minute in (start, end)}
    cuts |= {minute for rule in rules for minute in rule[3:5]}
    cuts |= {minute for session in sessions for minute in session}
    edges = sorted(cuts)
    pieces = []
    for start, end in pairwise(edges):
        have: dict[str, list[str]] = defaultdict(list)
        for person, role, begins, ends in shifts:
            if begins <= start and end <= ends:
                have[role].append(person)
        present = sum(begins <= start and end <= ends for begins, ends in sessions)
        for role, kind, count, first, last in rules:
            if first <= start and end <= last:
                need = count * present if kind == "per" else count
                if len(have[role]) < need:
                    pieces.append((role, start, end, len(have[role]), need))
    joined: list[tuple[str, int, int, int, int]] = []
    for piece in sorted(pieces):
        last_one = joined[-1] if joined else None
        if last_one and (last_one[0], last_one[2], *last_one[3:]) == (*piece[:2], *piece[3:]):
            joined[-1] = (piece[0], last_one[1], *piece[2:])
        else:
            joined.append(piece)
    return joined
