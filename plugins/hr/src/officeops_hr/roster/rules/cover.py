"""Cover: who can take a shift, who can but should not, and who cannot, each with the reasons.

The few hard stops are: left or not begun, on leave, working then, not signed off for the role, a
credential not current, excluded. All else is "can, but", and a manager decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from officeops_hr.leave.amounts import hours
from officeops_hr.roster.rules.hours_rules import Case, broken
from officeops_hr.roster.rules.limits import (
    Contract,
    Limits,
    minutes_by_week,
    overtime,
    rest_around,
    week_begins_on,
)
from officeops_hr.roster.rules.shift import Shift  # noqa: TC001 - the kind of a field

if TYPE_CHECKING:
    from collections.abc import Iterable

CAN: Final = "can"
CAN_BUT: Final = "can, but"
#: Only if somebody else takes a shift of theirs.
MOVING: Final = "by moving"
CANNOT: Final = "cannot"
#: In the order in which a manager asks.
GROUPS: Final = (
    CAN,
    CAN_BUT,
    MOVING,
    CANNOT,
)


class Candidate(NamedTuple):
    """Somebody who may take a shift: their contract, and their shifts around it."""

    person: int
    name: str
    contract: Contract
    shifts: tuple[Shift, ...] = ()
    covers: int = 0
    unpopular: int = 0


class Known(Protocol):
    """What the office knows of people, by day."""

    def stops(
        self,
        person: int,
        shift: Shift,
    ) -> list[str]:
        """Return why somebody may not work a shift: leave, role, credential, exclusion."""
        ...

    def is_available(
        self,
        person: int,
        shift: Shift,
    ) -> bool:
        """Whether a shift is inside the times that somebody has said they can work."""
        ...


class Move(NamedTuple):
    """A shift that somebody leaves for another one, and who takes it."""

    shift: Shift
    to: int
    name: str


class Answer(NamedTuple):
    """One person's answer for a shift, with the reasons against it."""

    person: int
    name: str
    group: str
    reasons: tuple[str, ...]
    order: tuple[int, ...]
    week: int
    #: Only of the group `by moving`.
    move: Move | None = None


def who_can(
    shift: Shift,
    candidates: Iterable[Candidate],
    known: Known,
    limits: Limits,
) -> list[Answer]:
    """Return everybody's answer: people who can first, and within a group by fairness.

    That is: overtime, minutes over the contract, another place, covers taken, unpopular shifts,
    minutes below the contract, name.
    """
    answers = [
        answer(
            shift,
            candidate,
            known,
            limits,
        )
        for candidate in candidates
    ]
    return in_order(answers)


def in_order(answers: Iterable[Answer]) -> list[Answer]:
    """Return answers in the order in which a manager asks."""
    return sorted(
        answers,
        key=lambda one: (
            GROUPS.index(one.group),
            one.order,
            one.name,
        ),
    )


def answer(
    shift: Shift,
    candidate: Candidate,
    known: Known,
    limits: Limits,
) -> Answer:
    """Return one person's answer for a shift that is not among theirs."""
    # Asked once: the doubts, the order and the list all need it.
    week = _week(shift, candidate, limits)
    stops = known.stops(candidate.person, shift)
    if any(shift.clashes(other) for other in candidate.shifts):
        stops = [*stops, "works already then"]
    doubts = _doubts(
        shift,
        candidate,
        known,
        limits,
        week,
    )
    group = CANNOT if stops else CAN_BUT if doubts else CAN
    return Answer(
        person=candidate.person,
        name=candidate.name,
        group=group,
        reasons=tuple(stops or doubts),
        order=_order(
            shift,
            candidate,
            limits,
            week,
        ),
        week=week,
    )


def _week(
    shift: Shift,
    candidate: Candidate,
    limits: Limits,
) -> int:
    """Return the planned minutes of the shift's pay week with the shift in it."""
    weeks = minutes_by_week((*candidate.shifts, shift), limits.week_begins)
    return weeks.get(week_begins_on(shift.on, limits.week_begins), 0)


def _doubts(
    shift: Shift,
    candidate: Candidate,
    known: Known,
    limits: Limits,
    week: int,
) -> list[str]:
    doubts = []
    contract = candidate.contract
    if not known.is_available(candidate.person, shift):
        doubts.append("not one of their times")
    # Being on call is no work: it adds no hours, and people rest then.
    if shift.is_work:
        doubts += _hours_doubts(shift, candidate, limits, week)
    case = Case(
        shift,
        candidate.shifts,
        limits.today,
        limits.week_begins,
    )
    rules = [rule for rule in limits.rules if contract.is_under(rule, shift.on)]
    return [
        *doubts,
        *broken(case, rules),
    ]


def _hours_doubts(
    shift: Shift,
    candidate: Candidate,
    limits: Limits,
    week: int,
) -> list[str]:
    doubts = []
    contract = candidate.contract
    limit = None if contract.is_exempt else limits.week_overtime
    if over := overtime(week, limit):
        doubts.append(f"{hours(over)} overtime")
    elif week > contract.most:
        doubts.append(f"{hours(week - contract.minutes)} over their contract")
    doubts += _rest_doubts(shift, candidate, limits)
    if _days(shift, candidate, limits) > contract.days:
        doubts.append(f"more than {contract.days} days that week")
    day = _day(shift, candidate)
    if limits.day is not None and day > limits.day:
        doubts.append(f"{hours(day)} that day")
    return doubts


def _rest_doubts(
    shift: Shift,
    candidate: Candidate,
    limits: Limits,
) -> list[str]:
    rest = rest_around(shift, candidate.shifts)
    # Nobody who works on no other day lacks rest.
    if rest is None or limits.rest is None or rest >= limits.rest:
        return []
    return [f"rest of {hours(rest)} instead of {hours(limits.rest)}"]


def _days(
    shift: Shift,
    candidate: Candidate,
    limits: Limits,
) -> int:
    week = week_begins_on(shift.on, limits.week_begins)
    days = {shift.on}
    for other in candidate.shifts:
        if other.is_work and week_begins_on(other.on, limits.week_begins) == week:
            days.add(other.on)
    return len(days)


def _day(shift: Shift, candidate: Candidate) -> int:
    """Return the planned minutes of the day with the shift in it."""
    same = [other.planned for other in candidate.shifts if other.on == shift.on and other.is_work]
    return sum(same) + shift.planned


def _order(
    shift: Shift,
    candidate: Candidate,
    limits: Limits,
    week: int,
) -> tuple[int, ...]:
    contract = candidate.contract
    elsewhere = any(
        other.on == shift.on and other.place != shift.place for other in candidate.shifts
    )
    return (
        0 if contract.is_exempt else overtime(week, limits.week_overtime),
        overtime(week, contract.minutes),
        int(elsewhere),
        candidate.covers,
        candidate.unpopular,
        week - contract.minutes,
    )
