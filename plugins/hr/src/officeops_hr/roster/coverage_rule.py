"""Coverage rule: how many people of a role a place needs at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Problem, Record, choice, field, ref
from officeops.values import read_weekdays
from officeops_hr.roster.rules import coverage as rules
from officeops_hr.roster.rules.shift import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office

# Without `max`, which people read as a wish: at most is a rule like the others.
KINDS = (
    "fixed",
    "per",
    "guard",
    "holder",
    "most",
    "closed",
)


#: The kind of a rule by which nobody is needed for a part of a day.
CLOSED: Final = "closed"


class CoverageRule(
    Record,
    key="hr.coverage-rule",
    display="name",
    sort="sort_order,name",
    also=("coverage", "staffing-rule", "needed-staff"),
):
    """People that a place needs at a time.

    The schedule shows each gap with its reasons.
    """

    name: str = field(
        unique=True,
        search=True,
        list_rank=1,
        example="Front desk",
        also=("coverage rule",),
    )
    kind: str = choice(
        *KINDS,
        default="fixed",
        list_rank=1,
        help="A number; for each of another role; once anybody is there; who hold; at most; nobody",
    )
    people: int = field(
        minimum=0,
        maximum=99,
        default=1,
        list_rank=1,
        example="2",
        help="How many people",
    )
    role_id: int | None = ref(
        "hr.job-role",
        default=None,
        indexed=False,
        list_rank=1,
        help="Blank: any role",
    )
    other_role_id: int | None = ref(
        "hr.job-role",
        default=None,
        indexed=False,
        list_rank=3,
        label="For each",
        help="The role whose number counts, or whose presence",
    )
    # Two numbers and no fraction: three assistants for two providers is 3 and 2.
    per: int = field(
        minimum=1,
        maximum=99,
        default=1,
        hidden=True,
        help="For each so many of it",
    )
    credential_type_id: int | None = ref(
        "hr.credential-type",
        default=None,
        indexed=False,
        list_rank=4,
        label="Who hold",
    )
    # As people type them: a rule for each weekday would be five rows of one thing.
    weekdays: str | None = field(
        default=None,
        list_rank=3,
        example="mon tue",
        help="Blank: every day that is open",
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
    location_id: int | None = ref(
        "core.location",
        default=None,
        indexed=False,
        list_rank=5,
        help="Blank: every place",
    )
    room_id: int | None = ref(
        "core.location",
        default=None,
        where="kind=room",
        indexed=False,
        list_rank=5,
        help="Of kind most: at most so many in this room at once",
    )
    first_day: date | None = field(default=None, hidden=True)
    last_day: date | None = field(default=None, hidden=True)
    # Rarely counted, so out of sight: students are at most so many, too.
    trainees: bool = field(
        default=False,
        hidden=True,
        help="Whether people in training count",
    )
    severity: str = choice(
        *rules.SEVERITIES,
        default="routine",
        list_rank=4,
    )
    # Apart from the severity: a house may call a gap unsafe and publish all the same.
    blocks: bool = field(
        default=False,
        list_rank=6,
        help="A week with this gap is published on purpose alone",
    )
    sort_order: int = field(
        default=50,
        hidden=True,
        help="Lists show lower numbers first",
    )

    def check(self, office: Office) -> Iterable[Problem]:  # noqa: ARG002 - the hook's signature
        """Refuse weekdays that are none, and a rule that lacks what its kind counts."""
        try:
            read_weekdays(self.weekdays or "")
        except ValueError as error:
            yield Problem(
                str(error),
                "weekdays",
                code="malformed",
            )
        if self.kind == "per" and self.other_role_id is None:
            yield Problem(
                "is the role whose number counts",
                "other_role",
                code="needed",
            )
        # A gap of a room would be a seat in it, and people are needed at a place.
        if self.room_id is not None and self.kind != "most":
            yield Problem(
                "is for a rule of kind most: at most so many in it at once",
                "room",
                code="not-allowed-here",
            )
        if self.kind == "closed" and self.role_id is not None:
            words = "is of a rule that needs people; a closed time needs nobody of any role"
            yield Problem(
                words,
                "role",
                code="not-allowed-here",
            )
        if self.kind == "holder" and self.credential_type_id is None:
            yield Problem(
                "is what they hold",
                "credential_type",
                code="needed",
            )
        # Midnight as the end is written as 0:00.
        if 0 < self.ends_at <= self.starts_at:
            words = "is not after the start; a rule over midnight is two rules"
            yield Problem(
                words,
                "ends_at",
                code="wrong-order",
            )

    def rule(self) -> rules.Coverage:
        """Return it as the checker takes it."""
        held = self.credential_type_id
        return rules.Coverage(
            id=self.id,
            kind=self.kind,
            n=self.people,
            role=self.role_id,
            other_role=self.other_role_id,
            per=self.per,
            place=self.location_id,
            room=self.room_id,
            weekdays=frozenset(read_weekdays(self.weekdays or "")) or rules.EVERY_DAY,
            start=self.starts_at,
            end=self.ends_at or DAY,
            first=self.first_day,
            last=self.last_day,
            credentials=frozenset() if held is None else frozenset([held]),
            counts_trainees=self.trainees,
            severity=self.severity,
            blocks=self.blocks,
        )
