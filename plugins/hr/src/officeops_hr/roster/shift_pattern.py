"""Shift pattern: a shift that somebody works again and again, in one week of a cycle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from officeops import Problem, Record, choice, field, named, ref
from officeops_hr.people.scope import PEOPLE
from officeops_hr.roster.break_length import break_problems
from officeops_hr.roster.clock import span
from officeops_hr.roster.rules import shift as rules
from officeops_hr.roster.rules.cycle import ANCHOR, LONGEST, week_of
from officeops_hr.roster.usual_place import usual_place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office

WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)

#: A pattern of two people who are one.
_SAME = (
    "person_id",
    "weekday",
    "starts_at",
    "ends_at",
    "unpaid",
    "role_id",
    "location_id",
    "room_id",
    "cycle",
    "week",
    "first_day",
    "last_day",
    "when_closed",
)


class ShiftPattern(
    Record,
    key="hr.shift-pattern",
    display="weekday",
    sort="person,week,weekday,starts_at",
    also=("base-schedule", "recurring-shift"),
    scope=PEOPLE.by("person_id", all="manage"),
):
    """One shift of somebody's repeating weeks.

    The weeks of a cycle are counted from Monday, 2026-01-05.
    """

    identity = (_SAME,)
    importer = "officeops_hr.roster.pattern_import:PatternImport"

    person_id: int = ref(
        "hr.person",
        list_rank=1,
        also=("employee",),
    )
    # One weekday a row: hours differ by the day far more often than not.
    weekday: str = choice(*WEEKDAYS, list_rank=1)
    starts_at: int = field(
        kind="time_of_day",
        list_rank=1,
        label="From",
        also=("start",),
    )
    ends_at: int = field(
        kind="time_of_day",
        list_rank=1,
        label="Until",
        help="Not after the start: the next day",
    )
    unpaid: int = field(
        kind="duration",
        default=0,
        minimum=0,
        maximum=480,
        list_rank=4,
        label="Unpaid break",
    )
    role_id: int = ref(
        "hr.job-role",
        indexed=False,
        list_rank=1,
    )
    location_id: int = ref(
        "core.location",
        default=usual_place,
        indexed=False,
        list_rank=5,
        also=("place",),
    )
    room_id: int | None = ref(
        "core.location",
        default=None,
        where="kind=room",
        indexed=False,
        list_rank=6,
        help="Of the place",
    )
    # Counted from a fixed Monday, since the weeks of the year drift in a year of 53.
    cycle: int = field(
        default=1,
        minimum=1,
        maximum=LONGEST,
        list_rank=3,
        help="Weeks after which it repeats",
    )
    week: int = field(
        default=1,
        minimum=1,
        maximum=LONGEST,
        list_rank=3,
        help="Which week of the cycle",
    )
    first_day: date | None = field(
        default=None,
        list_rank=4,
        label="From day",
    )
    last_day: date | None = field(
        default=None,
        list_rank=4,
        label="Until day",
    )
    # For the cleaner and the bookkeeper: they work while nobody else does.
    when_closed: bool = field(
        default=False,
        hidden=True,
        help="Also on days that are closed",
    )

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a week that its cycle does not have, days in the wrong order, and a time taken."""
        if self.week > self.cycle:
            words = f"is not one of a cycle of {self.cycle}"
            yield Problem(
                words,
                "week",
                code="out-of-range",
            )
        if self.first_day and self.last_day and self.last_day < self.first_day:
            yield Problem(
                "is before the first day",
                "last_day",
                code="wrong-order",
            )
        yield from break_problems(
            self.starts_at,
            self.ends_at,
            self.unpaid,
        )
        yield from self._taken(office)

    def _taken(self, office: Office) -> Iterable[Problem]:
        """Yield the patterns of the person that have a shift at the same time."""
        overlapping = named("officeops_hr.roster.overlaps:overlapping")
        for other, day in overlapping(office, self, self.person_id):
            times = span(other.starts_at, other.ends_at)
            cure = f"officeops shift-pattern edit #{other.id} --last-day DAY ends that one"
            words = f"shares time with pattern #{other.id}, {times}, on {day:%a} {day}; {cure}"
            yield Problem(words, "starts_at", code="given-twice")

    @classmethod
    def clash(cls, office: Office, row: Self, keep: int) -> str | None:
        """Refuse a merge after which two patterns would plan somebody twice."""
        why: str | None = named("officeops_hr.roster.merge_clashes:of_pattern")(office, row, keep)
        return why

    def is_on(self, day: date) -> bool:
        """Whether the pattern has its shift on a day, closed days aside."""
        if day.weekday() != WEEKDAYS.index(self.weekday):
            return False
        begun = self.first_day is None or self.first_day <= day
        if not begun or (self.last_day is not None and self.last_day < day):
            return False
        return (
            week_of(
                day,
                ANCHOR,
                self.cycle,
            )
            == self.week
        )

    def shift_on(self, day: date) -> rules.Shift:
        """Return its shift of a day as the rules take it."""
        over_midnight = self.ends_at <= self.starts_at
        return rules.Shift(
            id=0,
            person=self.person_id,
            on=day,
            start=self.starts_at,
            end=self.ends_at + (rules.DAY if over_midnight else 0),
            role=self.role_id,
            place=self.location_id,
        )
