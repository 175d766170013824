"""Week: everything that the screen of a week needs, each part read once for everybody."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from officeops import Location
from officeops_hr.people.job_role import JobRole
from officeops_hr.people.person import Person
from officeops_hr.roster.contracts import contract_of
from officeops_hr.roster.covering import covers
from officeops_hr.roster.fairness import LOOK_BACK, fairness
from officeops_hr.roster.hours.break_default import BreakDefault, break_default
from officeops_hr.roster.office_limits import limits_of
from officeops_hr.roster.plan import ONE_DAY, Plan
from officeops_hr.roster.published import changes_since, newest
from officeops_hr.roster.rules.cycle import monday_of
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.usual_place import usual_place
from officeops_hr.roster.week.absences import absences
from officeops_hr.roster.week.templates import Template, templates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from officeops import Office
    from officeops_hr.roster.revision import RosterRevision
    from officeops_hr.roster.rules.changes import Change
    from officeops_hr.roster.rules.fairness import Share
    from officeops_hr.roster.rules.limits import Contract, Limits
    from officeops_hr.roster.rules.shift import Shift as PlannedShift

#: Shifts of all places: nobody works in two at once, and hours count wherever they are worked.
_AROUND: Final = "day BETWEEN ? AND ? AND NOT dropped"
#: The id of the line with the open seats of a role begins so.
OPEN: Final = "open-"


class WeekLine(NamedTuple):
    """A line of the week: somebody in their main role, or the open seats of a role."""

    id: str
    person: int | None
    role: int
    code: str
    name: str


class Week:
    """One week of one place, as the office has it now."""

    def __init__(
        self,
        office: Office,
        place: int,
        day: date,
    ) -> None:
        """Take the week that a day is in; each part is read at its first use."""
        self.office, self.place = office, place
        self.plan = Plan.of_week(
            office,
            place,
            monday_of(day),
        )
        self.monday, self.days = self.plan.first, self.plan.days
        self.facts = self.plan.facts

    # -- the lines -------------------------------------------------------------------------------

    @cached_property
    def names(self) -> dict[int, str]:
        """The people of the office, by their numbers."""
        return {person.id: person.name for person in self.office.all(Person)}

    @cached_property
    def fairness(self) -> dict[int, Share]:
        """The shares of unpopular shifts in the weeks before, read when its column is first shown."""
        return fairness(self.office, self.monday - LOOK_BACK, self.monday - ONE_DAY)

    @cached_property
    def roles(self) -> dict[int, JobRole]:
        """The roles, by their numbers."""
        return {role.id: role for role in self.office.all(JobRole)}

    @cached_property
    def codes(self) -> dict[int, str]:
        """The codes of the roles, by their numbers."""
        return {number: role.code for number, role in self.roles.items()}

    @cached_property
    def rooms(self) -> dict[int, str]:
        """The words by which people type the rooms, by their numbers: `room3` for Room 3."""
        rooms: dict[int, str] = {}
        for room in self.office.all(Location, "kind = 'room' AND id <> ?", self.place):
            word = "".join(letter for letter in room.name.lower() if letter.isalnum())
            # Two of one word differ by their numbers.
            rooms[room.id] = f"{word}{room.id}" if word in rooms.values() else word
        return rooms

    def lines(self, also: Iterable[str] = ()) -> list[WeekLine]:
        """Return the lines by role and name, with those of `also`; open seats after their role."""
        ids = {line_id for line_id, _ in self.shifts}
        ids |= {str(person) for person in self.names if self._belongs_here(person)}
        ids |= set(also)
        lines = [line for line_id in ids if (line := self.line(line_id))]
        return sorted(lines, key=self._order)

    def line(self, line_id: str) -> WeekLine | None:
        """Return the line of an id; None for somebody of whom no role is known."""
        if line_id.startswith(OPEN):
            seat = int(line_id.removeprefix(OPEN))
            return WeekLine(
                line_id,
                None,
                seat,
                self.codes.get(seat, ""),
                "Open",
            )
        person = int(line_id)
        role = self._role_of(person)
        if role is None:
            return None
        name = self.names.get(person, "")
        return WeekLine(
            line_id,
            person,
            role,
            self.codes.get(role, ""),
            name,
        )

    def _role_of(self, person: int) -> int | None:
        """Return the main role of a person, of the first day on which they have one."""
        for day in self.days:
            for role in self.facts.roles(person, day):
                return role
        # Somebody who left keeps their shifts until they are open seats.
        own = self.of_person.get(person)
        return own[0].role if own else None

    def _belongs_here(self, person: int) -> bool:
        if not any(self.facts.is_employed(person, day) for day in self.days):
            return False
        position = self.facts.position(person, self.days[-1])
        # Somebody without a place of their own belongs to the usual one.
        place = position.location_id if position else None
        return (place or self._usual_place) == self.place

    @cached_property
    def _usual_place(self) -> int | None:
        return usual_place(self.office)

    def _order(self, line: WeekLine) -> tuple[int, str, bool, str]:
        order = self.roles[line.role].sort_order if line.role in self.roles else 0
        return order, line.code, line.person is None, line.name

    # -- the shifts ------------------------------------------------------------------------------

    @cached_property
    def _around(self) -> list[PlannedShift]:
        """The shifts of all places from the day before the week to the day after it."""
        first, last = self.monday - ONE_DAY, self.days[-1] + ONE_DAY
        rows = self.office.all(
            Shift,
            _AROUND,
            first.isoformat(),
            last.isoformat(),
        )
        return [row.planned() for row in rows]

    @cached_property
    def shifts(self) -> dict[tuple[str, date], list[PlannedShift]]:
        """The shifts of the place by line and day."""
        cells: dict[tuple[str, date], list[PlannedShift]] = defaultdict(list)
        for shift in self._around:
            if self.is_here(shift):
                cells[self._line_id(shift), shift.on].append(shift)
        return cells

    def is_here(self, shift: PlannedShift) -> bool:
        """Whether a shift is in a cell of this week and place."""
        return shift.place == self.place and self.monday <= shift.on <= self.days[-1]

    @cached_property
    def of_person(self) -> dict[int, list[PlannedShift]]:
        """The shifts of people, wherever they are."""
        by_person: dict[int, list[PlannedShift]] = defaultdict(list)
        for shift in self._around:
            if shift.person is not None:
                by_person[shift.person].append(shift)
        return by_person

    @staticmethod
    def _line_id(shift: PlannedShift) -> str:
        return f"{OPEN}{shift.role}" if shift.person is None else str(shift.person)

    @cached_property
    def night_before(self) -> list[PlannedShift]:
        """The shifts of the place on the day before the week: a night goes on into it."""
        before = self.monday - ONE_DAY
        return [one for one in self._around if one.on == before and one.place == self.place]

    # -- what belongs to it ----------------------------------------------------------------------

    @cached_property
    def place_name(self) -> str:
        """The name of the place."""
        return self.office.get(Location, self.place).name

    @cached_property
    def templates(self) -> list[Template]:
        """The usual shifts, by their digits."""
        return templates(self.office, self.place)

    @cached_property
    def break_default(self) -> BreakDefault:
        """The unpaid minutes of a typed shift of which nobody typed them."""
        return break_default(self.office)

    @cached_property
    def revision(self) -> RosterRevision | None:
        """The newest publication; None before the first."""
        return newest(
            self.office,
            self.place,
            self.monday,
        )

    @cached_property
    def changes(self) -> list[Change]:
        """What changed since the week was published; nothing before."""
        if self.revision is None:
            return []
        return changes_since(
            self.office,
            self.place,
            self.monday,
        )

    @cached_property
    def changed_cells(self) -> set[tuple[str, date]]:
        """The lines and days that changed since the week was published, those of both people."""
        return set(self._changed())

    def _changed(self) -> Iterator[tuple[str, date]]:
        for change in self.changes:
            for shift in (change.before, change.after):
                if shift is not None:
                    yield self._line_id(shift), shift.on

    @cached_property
    def away(self) -> dict[tuple[int, date], str]:
        """The words for each day that somebody is off, as much as may be said of why."""
        return absences(
            self.office,
            self.facts,
            self.names,
            self.days,
        )

    @cached_property
    def covers(self) -> dict[int, int]:
        """How many shifts of others people took over lately."""
        return covers(self.office, self.days[-1])

    @cached_property
    def limits(self) -> Limits:
        """The figures that warn: rest, overtime, and what else the office confirmed."""
        return limits_of(self.office)

    def is_open(self, day: date) -> bool:
        """Whether the place is open on a day."""
        return day in self._open_days

    @cached_property
    def _open_days(self) -> set[date]:
        calendar = self.office.calendar_at(self.place)
        return {day for day in self.days if calendar.is_open(day)}

    def contract(self, person: int) -> Contract:
        """Return the hours of somebody's position; unknown ones are a full week."""
        return contract_of(
            self.facts,
            person,
            self.days[-1],
        )
