"""Plan: the shifts of a place in some days as they are planned now, with what the days lack."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_hr.people.job_role import JobRole
from officeops_hr.people.person import Person
from officeops_hr.roster.coverage_rule import CLOSED, CoverageRule
from officeops_hr.roster.facts import RosterFacts
from officeops_hr.roster.rules.cycle import DAYS, monday_of
from officeops_hr.roster.rules.gaps import Closing, gaps, levels
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from officeops import Office
    from officeops_hr.roster.rules.coverage import Coverage
    from officeops_hr.roster.rules.gaps import Facts, Gap
    from officeops_hr.roster.rules.shift import Shift as PlannedShift

ONE_DAY: Final = timedelta(days=1)
#: Shifts of the place, those that are dropped left out.
_HERE: Final = "day BETWEEN ? AND ? AND NOT dropped AND location_id = ?"


class Row(Value):
    """A line of the plan: somebody in their role, or the open seats of a role."""

    role_id: int
    role: str
    person_id: int | None
    name: str


class Plan:
    """The shifts of one place from a first to a last day; all is read at its first use."""

    def __init__(
        self,
        office: Office,
        place: int,
        first: date,
        last: date,
    ) -> None:
        self.office, self.place = office, place
        self.first, self.last = first, last

    @classmethod
    def of_week(
        cls,
        office: Office,
        place: int,
        day: date,
    ) -> Plan:
        """Return the plan of the week that a day is in."""
        monday = monday_of(day)
        return cls(
            office,
            place,
            monday,
            monday + (DAYS - 1) * ONE_DAY,
        )

    @property
    def days(self) -> list[date]:
        """The days, the first one first."""
        count = (self.last - self.first).days + 1
        return [self.first + number * ONE_DAY for number in range(count)]

    @cached_property
    def shifts(self) -> list[Shift]:
        """The shifts of the days."""
        return [shift for shift in self._with_nights if shift.day >= self.first]

    @cached_property
    def facts(self) -> RosterFacts:
        """What the office knows of people on the days."""
        return RosterFacts(
            self.office,
            self.first - ONE_DAY,
            self.last,
        )

    @cached_property
    def _with_nights(self) -> list[Shift]:
        # A night that began on the day before is part of the first day.
        days = ((self.first - ONE_DAY).isoformat(), self.last.isoformat())
        found = self.office.all(
            Shift,
            _HERE,
            *days,
            self.place,
            order="day, starts_at, id",
        )
        return list(found)

    # -- what the days lack ----------------------------------------------------------------------

    # By day: a rule is of a day, and a night that goes on counts for both.
    @cached_property
    def gaps(self) -> list[Gap]:
        """The gaps of all days, the earliest day first."""
        lacking: list[Gap] = []
        for day in self.days:
            lacking += self.gaps_of(
                day,
                self.planned_on(day),
            )
        return sorted(
            lacking,
            key=lambda gap: gap.on,
        )

    def planned_on(self, day: date) -> list[PlannedShift]:
        """Return the shifts that count on a day, those of the night before it included."""
        around = (day - ONE_DAY, day)
        return [shift.planned() for shift in self._with_nights if shift.day in around]

    def gaps_of(
        self,
        day: date,
        shifts: Iterable[PlannedShift],
        facts: Facts | None = None,
    ) -> list[Gap]:
        """Return the gaps of a day with other shifts than those planned, or facts, the worst first."""
        return gaps(
            day,
            shifts,
            self.needed,
            facts or self.facts,
            self._closings(day),
        )

    def levels_of(
        self,
        day: date,
        shifts: Iterable[PlannedShift],
        rule: Coverage,
    ) -> list[Gap]:
        """Return what a rule has and needs over a day with other shifts than those planned."""
        return levels(
            day,
            shifts,
            rule,
            self.facts,
            self._closings(day),
        )

    @property
    def rules(self) -> Sequence[CoverageRule]:
        """The coverage rules in the office's order, without those of closed times."""
        return [rule for rule in self._rules.values() if rule.kind != CLOSED]

    @cached_property
    def needed(self) -> list[Coverage]:
        """The rules of coverage as the checker takes them."""
        return [rule.rule() for rule in self.rules]

    def needed_on(self, day: date) -> list[Coverage]:
        """Return the rules of coverage that count on a day; none where the place is closed."""
        if not self.office.calendar_at(self.place).is_open(day):
            return []
        return [rule for rule in self.needed if rule.counts_on(day)]

    def needed_at(
        self,
        day: date,
        minute: int,
    ) -> list[Coverage]:
        """Return the rules of coverage that count at a moment; none while the place is closed."""
        for closing in self._closings(day):
            if closing.start <= minute < closing.end:
                return []
        return [rule for rule in self.needed_on(day) if rule.start <= minute < rule.end]

    def closed_edges(self, day: date) -> set[int]:
        """Return the minutes at which a closed part of a day begins or ends."""
        edges: set[int] = set()
        for closing in self._closings(day):
            edges |= {closing.start, closing.end}
        return edges

    def rule(self, gap: Gap) -> CoverageRule:
        """Return the record of a gap's rule."""
        return self._rules[gap.rule.id]

    @cached_property
    def _rules(self) -> dict[int, CoverageRule]:
        here = "location_id IS NULL OR location_id = ?"
        rules = self.office.all(
            CoverageRule,
            here,
            self.place,
            order="sort_order, id",
        )
        return {rule.id: rule for rule in rules}

    def _closings(self, day: date) -> list[Closing]:
        calendar = self.office.calendar_at(self.place)
        if not calendar.is_open(day):
            return [Closing(None)]
        # Of one date the calendar says it, and of each Wednesday afternoon a rule.
        parts = [(part.start, part.end) for part in calendar.closed_parts(day)]
        parts += [(rule.start, rule.end) for rule in self._closed_times if rule.counts_on(day)]
        return [Closing(None, *part) for part in parts]

    @cached_property
    def _closed_times(self) -> list[Coverage]:
        return [rule.rule() for rule in self._rules.values() if rule.kind == CLOSED]

    # -- the table -------------------------------------------------------------------------------

    def rows(self) -> list[Row]:
        """Return the lines of the table, by role in the office's order and by name."""
        roles = {role.id: (role.sort_order, role.name) for role in self.office.all(JobRole)}
        lines = {
            self._row(
                shift,
                roles,
            )
            for shift in self.shifts
        }
        return sorted(
            lines,
            key=lambda row: (
                roles[row.role_id],
                row.person_id is None,
                row.name,
            ),
        )

    def _row(
        self,
        shift: Shift,
        roles: dict[int, tuple[int, str]],
    ) -> Row:
        person = shift.person_id
        name = (
            "Open"
            if person is None
            else self.office.label(
                Person,
                person,
            )
        )
        return Row(
            shift.role_id,
            roles[shift.role_id][1],
            person,
            name,
        )

    def of_row(self, row: Row) -> dict[date, list[Shift]]:
        """Return the shifts of a line by day."""
        by_day: dict[date, list[Shift]] = defaultdict(list)
        for shift in self.shifts:
            if shift.role_id == row.role_id and shift.person_id == row.person_id:
                by_day[shift.day].append(shift)
        return by_day

    def minutes(self, row: Row) -> int:
        """Return the planned minutes of a line; being on call is no work."""
        planned = [shift.planned() for days in self.of_row(row).values() for shift in days]
        return sum(shift.planned for shift in planned if shift.is_work)

    def stops(self, shift: Shift) -> Sequence[str]:
        """Return why somebody may not work a shift that they have."""
        if shift.person_id is None:
            return []
        return self.facts.stops(
            shift.person_id,
            shift.planned(),
        )

    def stopped(self) -> Iterator[tuple[Shift, Sequence[str]]]:
        """Yield the shifts that somebody has and may not work, with the reasons."""
        for shift in self.shifts:
            why = self.stops(shift)
            if why:
                yield shift, why
