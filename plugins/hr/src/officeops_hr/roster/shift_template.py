"""Shift template: a usual shift of the office or of a place, which people type by its digit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Problem, Record, field, ref
from officeops_hr.roster.break_length import break_problems

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office


class ShiftTemplate(
    Record,
    key="hr.shift-template",
    display="name",
    sort="digit,location",
    also=("usual-shift",),
    unique_together=(("digit", "location_id"),),
):
    """A usual shift that a digit means in the week.

    One of a place goes before one of all places with the same digit.
    """

    digit: int = field(
        minimum=1,
        maximum=9,
        list_rank=1,
        also=("number",),
        example="1",
        help="What you type in the week",
    )
    name: str = field(
        unique=True,
        search=True,
        list_rank=1,
        example="Early",
        also=("shift template",),
    )
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
        also=("end",),
    )
    unpaid: int = field(
        kind="duration",
        default=0,
        minimum=0,
        maximum=480,
        list_rank=2,
        label="Unpaid break",
    )
    # Most practices have one place, and groups mostly the same shifts in all of them.
    location_id: int | None = ref(
        "core.location",
        default=None,
        indexed=False,
        unknown="all places",
        list_rank=3,
        also=("place",),
        help="Blank: at all places",
    )

    def check(self, office: Office) -> Iterable[Problem]:  # noqa: ARG002 - the hook's signature
        """Refuse a break that is as long as the shift."""
        yield from break_problems(
            self.starts_at,
            self.ends_at,
            self.unpaid,
        )
