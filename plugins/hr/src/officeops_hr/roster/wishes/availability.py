"""Availability: a time at which somebody can work, cannot, likes to, or would rather not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Problem, Record, choice, field, named, ref
from officeops_hr.people.scope import PEOPLE
from officeops_hr.roster.rules.availability import KINDS, Stated
from officeops_hr.roster.rules.shift import DAY
from officeops_hr.roster.shift_pattern import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office


def _own(office: Office) -> int | None:
    """Return the person of the acting login, who enters most of them."""
    person: int | None = named("officeops_hr.people.acting:own_person")(office)
    return person


class Availability(
    Record,
    key="hr.availability",
    display="kind",
    sort="person,weekday,first_day",
    also=("wish", "shift-preference"),
    scope=PEOPLE.by("person_id", all="manage"),
):
    """When somebody can, cannot or wishes to work.

    It warns and forbids nothing.
    """

    identity = (
        (
            "person_id",
            "kind",
            "weekday",
            "starts_at",
            "ends_at",
            "first_day",
            "last_day",
        ),
    )
    importer = "officeops_hr.roster.wishes.availability_import:AvailabilityImport"

    person_id: int = ref(
        "hr.person",
        default=_own,
        list_rank=1,
        also=("employee",),
    )
    # Two of work and two of wishes, in one list: people think of a time, not of a table.
    kind: str = choice(
        *KINDS,
        default="cannot",
        list_rank=1,
        also=("availability",),
    )
    weekday: str | None = choice(
        *WEEKDAYS,
        default=None,
        list_rank=1,
        help="Blank: each day of the dates",
    )
    starts_at: int = field(
        kind="time_of_day",
        default=0,
        list_rank=2,
        label="From",
    )
    ends_at: int = field(
        kind="time_of_day",
        default=0,
        list_rank=2,
        label="Until",
        help="0:00 is midnight",
    )
    first_day: date | None = field(
        default=None,
        list_rank=2,
        label="From day",
    )
    last_day: date | None = field(
        default=None,
        list_rank=2,
        label="Until day",
    )
    note: str | None = field(
        default=None,
        list_rank=4,
        help="For who plans; no private reason",
    )

    def check(self, office: Office) -> Iterable[Problem]:  # noqa: ARG002 - the hook's signature
        """Refuse a time of no day, and days or times in the wrong order."""
        if self.weekday is None and self.first_day is None:
            yield Problem(
                "is needed, or the days",
                "weekday",
                code="needed",
            )
        if self.first_day and self.last_day and self.last_day < self.first_day:
            yield Problem(
                "is before the first day",
                "last_day",
                code="wrong-order",
            )
        if 0 < self.ends_at <= self.starts_at:
            words = "is not after the start; a time over midnight is two"
            yield Problem(
                words,
                "ends_at",
                code="wrong-order",
            )

    def stated(self) -> Stated:
        """Return it as the rules take it; a first day without a last one and a weekday is one day."""
        last = self.last_day
        if self.weekday is None and last is None:
            last = self.first_day
        return Stated(
            kind=self.kind,
            weekday=None if self.weekday is None else WEEKDAYS.index(self.weekday),
            first=self.first_day,
            last=last,
            start=self.starts_at,
            end=self.ends_at or DAY,
        )
