"""Hours rule: a limit of hours, rest or notice by a law or by the house; it warns once confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Problem, Record, choice, field
from officeops_hr.roster.rules.hours_rule import HoursRule
from officeops_hr.roster.rules.hours_rules import BY_MINUTES, KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office

_WEEK: Final = 10080


class ScheduleRule(
    Record,
    key="hr.hours-rule",
    display="name",
    sort="sort_order,name",
    also=("schedule-law", "overtime-rule"),
):
    """A rule of hours, rest or notice.

    Nobody vouches for a law until the office confirms the rule; then it warns, and forbids nothing.
    One of overtime counts for the pay too.
    """

    name: str = field(
        unique=True,
        search=True,
        list_rank=1,
        also=("hours rule",),
        example="Overtime by the week",
    )
    kind: str = choice(*KINDS, list_rank=2, label="Limits")
    minutes: int | None = field(
        kind="duration",
        default=None,
        minimum=1,
        maximum=_WEEK,
        list_rank=2,
        label="Hours",
        help="Of a time of day, since midnight: 19:00",
    )
    number: int | None = field(
        default=None,
        minimum=1,
        maximum=60,
        list_rank=2,
        label="Days",
        help="Of days or notice",
    )
    below_age: int | None = field(
        default=None,
        minimum=1,
        maximum=99,
        list_rank=5,
        help="Only for minors younger than this, by the day on which they turn 18",
    )
    state: str | None = field(
        default=None,
        list_rank=3,
        example="CA",
        help="Blank: everywhere",
    )
    # In words: no column could say "pay up to a limit that changes every July".
    applies_to: str | None = field(
        default=None,
        list_rank=5,
        help="Whom it is for, in words",
    )
    source: str | None = field(
        default=None,
        list_rank=4,
        help="The law, or the house",
    )
    as_of: date | None = field(
        default=None,
        list_rank=6,
        help="When the source was read",
    )
    # Never by default: a wrong law would look like the office's own.
    confirmed: bool = field(
        default=False,
        list_rank=1,
        help="Whether the office has compared it with its source",
    )
    # Else a rule that is confirmed today would pay overtime for all the years before.
    starts_on: date | None = field(
        default=None,
        list_rank=5,
        label="Paid from",
        help="Of overtime: the first pay week that it counts for; blank: every week",
    )
    sort_order: int = field(
        default=50,
        hidden=True,
        help="Lists show lower numbers first",
    )

    def check(self, office: Office) -> Iterable[Problem]:  # noqa: ARG002 - the hook's signature
        """Refuse a rule without the hours or days that its kind counts."""
        wanted = "minutes" if self.kind in BY_MINUTES else "number"
        if getattr(self, wanted) is None:
            yield Problem(
                "is the limit of this kind",
                wanted,
                code="needed",
            )

    def rule(self) -> HoursRule:
        """Return it as the rules take it."""
        limit = self.minutes if self.kind in BY_MINUTES else self.number
        return HoursRule(
            self.kind,
            limit or 0,
            self.name,
            self.below_age,
        )
