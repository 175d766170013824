"""Facts: what the office knows of people on a day, as the checker and the cover list ask it.

Read once for a stretch of days, so that a week of thirty people takes a few queries.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final, TypeVar

from officeops_hr.credentials.papers import Papers
from officeops_hr.credentials.readiness import Readiness, Seat
from officeops_hr.leave.off_days import minutes_by, off
from officeops_hr.people.as_of import as_of
from officeops_hr.people.employment import Employment
from officeops_hr.people.job_role import JobRole
from officeops_hr.people.person import Person
from officeops_hr.people.position import Position
from officeops_hr.people.status import status_on
from officeops_hr.people.work_pattern import WorkPattern
from officeops_hr.roster.absence.call_out import CallOut
from officeops_hr.roster.rules.availability import can_work, wish
from officeops_hr.roster.wishes.availability import Availability

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from officeops import Office
    from officeops_hr.roster.rules.availability import Stated
    from officeops_hr.roster.rules.shift import Shift

_OF: Final = "person_id = ifnull(?, person_id)"
T = TypeVar(
    "T",
    Employment,
    WorkPattern,
    Position,
    CallOut,
)
_OUT: Final = f"first_day <= ? AND last_day >= ? AND {_OF}"


class RosterFacts:
    """Why people may not work a shift, by leave, employment, role and credentials."""

    def __init__(
        self,
        office: Office,
        first: date,
        last: date,
        person: int | None = None,
    ) -> None:
        """Read who is off from the first to the last day; of one person, or of everybody."""
        self._office, self._person = office, person
        self._off: dict[tuple[int, date], int] = {}
        for row in off(
            office,
            first,
            last,
        ):
            key = (row.person_id, row.day)
            self._off[key] = self._off.get(key, 0) + row.minutes
        # Somebody who called out is off, also where no leave is recorded.
        self._out = _by_person(
            office.all(
                CallOut,
                _OUT,
                last.isoformat(),
                first.isoformat(),
                person,
            )
        )
        self._codes = {role.id: role.code for role in office.all(JobRole)}
        self._barred = {one.id for one in office.all(Person, "barred_on IS NOT NULL")}
        self._papers = Papers(office, person)
        # One readiness for a person and a day, whatever the number of shifts and rules.
        self._readiness = cache(self._read_readiness)
        self._usual = cache(self._read_usual)

    def leave_out(self, call_out: int) -> None:
        """Forget an absence that is about to end."""
        for person, rows in self._out.items():
            self._out[person] = [out for out in rows if out.id != call_out]

    # -- what the checker asks -------------------------------------------------------------------

    def is_present(
        self,
        shift: Shift,
        day: date,  # noqa: ARG002 - the night is the first day's
    ) -> bool:
        """Whether somebody comes to a shift and may work in its role."""
        return shift.person is not None and not self.stops(shift.person, shift)

    def holds(
        self,
        person: int,
        credentials: frozenset[int],
        day: date,
    ) -> bool:
        """Whether somebody holds all of these types of credential, current on a day."""
        rows = self._papers.credentials(person)
        good = {row.type_id for row in rows if self._papers.status(row, day).is_good}
        return credentials <= good

    # -- what the cover list asks ----------------------------------------------------------------

    def stops(
        self,
        person: int,
        shift: Shift,
    ) -> list[str]:
        """Return why somebody may not work a shift; the words say nothing of why they are off."""
        status = status_on(self._employments[person], shift.on)
        if status in {"left", "future", "not_employed"}:
            return ["does not work here then"]
        if person in self._barred:
            return ["may not work"]
        if status == "on_leave" or self.is_off(person, shift.on):
            return ["is off"]
        return self._role_stops(person, shift)

    def is_off(
        self,
        person: int,
        day: date,
    ) -> bool:
        """Whether somebody called out or has leave for all of a day."""
        if any(out.first_day <= day <= out.last_day for out in self._out[person]):
            return True
        minutes = self._off.get((person, day), 0)
        return minutes > 0 and minutes >= self._usual(person)(day)

    def is_employed(
        self,
        person: int,
        day: date,
    ) -> bool:
        """Whether somebody works here on a day, or is on a long leave then."""
        return status_on(self._employments[person], day) in {"active", "on_leave"}

    def works_as(
        self,
        person: int,
        code: str,
        day: date,
    ) -> bool:
        """Whether somebody has a role on a day, whatever their papers."""
        return code in {seat.role for seat in self._readiness(person, day)}

    def roles(
        self,
        person: int,
        day: date,
    ) -> dict[int, str]:
        """Return the codes of somebody's roles on a day, the main one first."""
        return self._papers.roles(person, day)

    def position(
        self,
        person: int,
        day: date,
    ) -> Position | None:
        """Return somebody's position on a day: their hours a week and their place."""
        return as_of(self._positions[person], day)

    def adult_on(self, person: int) -> date | None:
        """Return the day on which a minor turns 18; None of everybody else."""
        return self._minors.get(person)

    @cached_property
    def _minors(self) -> dict[int, date]:
        minors: dict[int, date] = {}
        for person in self._office.all(Person, "adult_on IS NOT NULL"):
            if person.adult_on is not None:
                minors[person.id] = person.adult_on
        return minors

    def works_on(
        self,
        person: int,
        day: date,
    ) -> bool:
        """Whether somebody works on a weekday at all, by their pattern."""
        return self._usual(person)(day) > 0

    def is_available(
        self,
        person: int,
        shift: Shift,
    ) -> bool:
        """Whether a shift is at one of somebody's times."""
        usual = self.works_on(person, shift.on) if self._patterns[person] else None
        return can_work(
            shift,
            self._stated[person],
            usual,
        )

    def wish(
        self,
        person: int,
        shift: Shift,
    ) -> int:
        """Return 1 for a shift that somebody likes, -1 for one they would rather not have, else 0."""
        return wish(shift, self._stated[person])

    def _role_stops(
        self,
        person: int,
        shift: Shift,
    ) -> list[str]:
        code = self._codes.get(shift.role, "")
        seats = {seat.role: seat.why for seat in self._readiness(person, shift.on)}
        if code not in seats:
            return [f"does not work as {code}"]
        return list(seats[code])

    def _read_readiness(
        self,
        person: int,
        day: date,
    ) -> list[Seat]:
        return Readiness(
            self._office,
            person,
            day,
            self._papers,
        ).seats()

    def _read_usual(self, person: int) -> Callable[[date], int]:
        return minutes_by(
            self._office,
            self._patterns[person],
            self._positions[person],
        )

    # Rows of everybody, each read at its first use: a query a person would be thirty.

    @cached_property
    def _employments(self) -> dict[int, list[Employment]]:
        return _by_person(
            self._office.all(
                Employment,
                _OF,
                self._person,
            )
        )

    @cached_property
    def _patterns(self) -> dict[int, list[WorkPattern]]:
        return _by_person(
            self._office.all(
                WorkPattern,
                _OF,
                self._person,
            )
        )

    @cached_property
    def _positions(self) -> dict[int, list[Position]]:
        return _by_person(
            self._office.all(
                Position,
                _OF,
                self._person,
            )
        )

    @cached_property
    def _stated(self) -> dict[int, list[Stated]]:
        by_person: dict[int, list[Stated]] = defaultdict(list)
        for row in self._office.all(
            Availability,
            _OF,
            self._person,
        ):
            by_person[row.person_id].append(row.stated())
        return by_person


def _by_person(rows: Iterable[T]) -> dict[int, list[T]]:
    by_person: dict[int, list[T]] = defaultdict(list)
    for row in rows:
        by_person[row.person_id].append(row)
    return by_person
