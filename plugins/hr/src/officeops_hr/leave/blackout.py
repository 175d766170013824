"""Blackout: days on which the office would rather have nobody off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import DateOrder, Record, choice, field, ref

if TYPE_CHECKING:
    from datetime import date


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

    date_orders = (DateOrder(("first_day", "last_day")),)

    @property
    def until(self) -> date:
        """The last day, which is the first one where none is given."""
        return self.last_day or self.first_day
