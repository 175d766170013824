"""Blackout: days on which the office would rather have nobody off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Problem, Record, choice, field, ref

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office


class Blackout(
    Record,
    key="hr.leave-blackout",
    noun="blackout",
    display="reason",
    sort="first_day",
    also=("block-out", "no-leave-days", "blackout-days"),
):
    """Days on which leave is refused.

    Some blackouts only warn: leave is approved on purpose then.
    """

    first_day: date = field(list_rank=1)
    last_day: date | None = field(default=None, list_rank=1, help="Blank: one day")
    reason: str = field(list_rank=1, search=True, example="Flu clinic")
    role_id: int | None = ref(
        "hr.job-role",
        default=None,
        indexed=False,
        list_rank=2,
        help="Of one role; blank is everybody",
    )
    strict: str = choice(
        "warns",
        "refuses",
        default="warns",
        list_rank=3,
        label="It",
        help="What it does to a request",
    )

    @property
    def until(self) -> date:
        """The last day, which is the first one where none is given."""
        return self.last_day or self.first_day

    def check(self, office: Office) -> Iterable[Problem]:  # noqa: ARG002 - the hook's signature
        """Refuse days in the wrong order."""
        if self.last_day and self.last_day < self.first_day:
            yield Problem("is before the first day", "last_day", code="wrong-order")
