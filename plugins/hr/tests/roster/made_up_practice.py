"""A made-up practice of four weeks, by a seed: people, half-days with the seats that they need, leave.

The draws of chance come in one fixed order, since the optima of the instances are kept as data.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Final, NamedTuple

from officeops_hr.roster.rules.filling.seats import Seat, Slot, Worker
from officeops_hr.roster.rules.filling.week import Week

MONDAY: Final = date(2026, 8, 3)
#: Kinds of half-day, with their minutes.
TIMES: Final = {"AM": (450, 720), "PM": (780, 1020), "EVE": (1020, 1200), "SAT": (480, 720)}
_UNPOPULAR: Final = frozenset({"EVE", "SAT"})
WEIGHTS: Final = {"TRIAGE": 8, "MA": 8, "XRAY": 4, "PHLEB": 4, "FD": 6}
#: By name, so that the numbers sort as the names do.
_ROLES: Final = sorted(WEIGHTS)
_EVENINGS: Final = (1, 3)
_WEEKS: Final = 4
_DAY: Final = 510


class Case(NamedTuple):
    """How large a practice is: providers, assistants, nurses, desk, leave blocks, ended papers."""

    providers: int = 4
    assistants: int = 6
    nurses: int = 2
    desk: int = 4
    leave: int = 2
    ended: int = 1


CASES: Final = {
    "ordinary": Case(),
    "bad month": Case(leave=6, ended=2),
    "thirty people": Case(providers=8, assistants=10, nurses=4, desk=6, leave=6, ended=2),
    "hopeless": Case(providers=5, leave=5, ended=2),
}


class Helper:
    """Somebody who may be planned."""

    def __init__(
        self,
        roles: set[str],
        contract: int,
        days: list[int] | range,
    ) -> None:
        """Take their roles, the minutes of a week, and the weekdays on which they can."""
        self.roles, self.contract, self.days = roles, contract, set(days)
        self.most = contract + 240 if contract < 2400 else 2400
        self.off: set[int] = set()
        self.ends: int | None = None

    def may(self, day: int, role: str) -> bool:
        """Whether they may work in a role on a day: role, leave, weekday, papers."""
        if role not in self.roles or day in self.off or day % 7 not in self.days:
            return False
        return role == "FD" or self.ends is None or day <= self.ends


class Practice:
    """One instance: its people, and how many each half-day needs in each role."""

    def __init__(self, case: Case, seed: int) -> None:
        """Draw the instance."""
        self._chance = random.Random(seed)  # noqa: S311 - no secret
        self.people: list[Helper] = []
        self._hire(case)
        self.needs = self._sessions(case.providers)
        self._absences(case)

    def _hire(self, case: Case) -> None:
        for number in range(case.assistants):
            roles = {"MA"}
            further = (("PHLEB", 2, 0), ("XRAY", 3, 0), ("FD", 4, 1))
            roles |= {role for role, every, at in further if number % every == at}
            is_part = number % 3 == 2
            days = self._chance.sample(range(5), 3) if is_part else range(6)
            self.people.append(Helper(roles, 1440 if is_part else 2400, days))
        for number in range(case.nurses):
            minutes = 1920 if number else 2400
            self.people.append(Helper({"TRIAGE", "MA", "PHLEB"}, minutes, range(6)))
        for number in range(case.desk):
            days = self._chance.sample(range(5), 4) if number == 3 else range(6)
            self.people.append(Helper({"FD"}, 1440 if number % 2 else 2400, days))
        # The biller and the manager help at the desk.
        self.people += [Helper({"FD"}, 2400, range(5)) for _ in range(2)]

    def _sessions(self, providers: int) -> dict[tuple[int, str], dict[str, int]]:
        weeks = [self._week_of_provider(number) for number in range(providers)]
        needs: dict[tuple[int, str], dict[str, int]] = {}
        for day in range(7 * _WEEKS):
            for kind in _kinds(day):
                count = 2 if kind == "SAT" else sum((day % 7, kind) in week for week in weeks)
                if count:
                    needs[day, kind] = _needed(day % 7, kind, count)
        return needs

    def _week_of_provider(self, number: int) -> set[tuple[int, str]]:
        week = {(day, kind) for day in range(5) for kind in ("AM", "PM")}
        for half_day in self._chance.sample(sorted(week), 2 + (number % 2) * 2):
            week.discard(half_day)
        if number in {0, 2}:
            week.add((1, "EVE"))
        if number in {1, 3}:
            week.add((3, "EVE"))
        return week

    def _absences(self, case: Case) -> None:
        days = sorted({day for day, _ in self.needs})
        for _ in range(case.leave):
            person, first = self._chance.choice(self.people), self._chance.choice(days)
            person.off |= set(range(first, first + self._chance.randint(1, 5)))
        assistants = [person for person in self.people if "MA" in person.roles]
        for _ in range(case.ended):
            person = self._chance.choice(assistants)
            person.ends = self._chance.choice(days[6:])

    # -- for the filler --------------------------------------------------------------------------

    def workers(self, unpopular: dict[int, int]) -> list[Worker]:
        """Return the people as the filler takes them."""
        return [
            Worker(
                id=number,
                contract=person.contract,
                most=person.most,
                day=_DAY,
                days=5,
                roles=len(person.roles),
                unpopular=unpopular.get(number, 0),
            )
            for number, person in enumerate(self.people)
        ]

    def week(self, number: int, unpopular: dict[int, int]) -> Week:
        """Return the draft of one week, in which nobody has anything yet."""
        seats: dict[Seat, int] = {}
        for (day, kind), needed in self.needs.items():
            if day // 7 == number:
                start, end = TIMES[kind]
                slot = Slot(MONDAY + timedelta(days=day), start, end, 0, kind in _UNPOPULAR)
                for role, count in needed.items():
                    seats[Seat(slot, _ROLES.index(role), WEIGHTS[role])] = count
        return Week(self.workers(unpopular), seats, self._may)

    def _may(self, worker: Worker, seat: Seat) -> bool:
        day = (seat.slot.on - MONDAY).days
        return self.people[worker.id].may(day, _ROLES[seat.role])


def _kinds(day: int) -> tuple[str, ...]:
    weekday = day % 7
    if weekday == 5:
        return () if day // 7 % 2 else ("SAT",)
    if weekday == 6:
        return ()
    return ("AM", "PM", "EVE") if weekday in _EVENINGS else ("AM", "PM")


def _needed(weekday: int, kind: str, providers: int) -> dict[str, int]:
    needed = {"MA": providers, "FD": 2}
    if kind in {"AM", "PM"}:
        needed["TRIAGE"] = 1
    if kind == "AM":
        needed["PHLEB"] = 1
    if kind == "AM" and weekday in {0, 2, 4}:
        needed["XRAY"] = 1
    return needed
