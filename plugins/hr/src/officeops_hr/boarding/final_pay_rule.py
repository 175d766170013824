"""Final pay rule: when a state wants the last pay, as data that the office confirms."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Problem, Record, choice, field
from officeops_hr.credentials.credential_type import state_problems

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office

_COUNTED: Final = ("hours", "days", "working_days")
_HOURS_OF_DAY: Final = 24


class FinalPayRule(
    Record,
    key="hr.final-pay-rule",
    display="state",
    sort="state,cause",
    also=("final paycheck rule",),
    unique_together=(("state", "cause"),),
):
    """When a state wants the last pay.

    Published tables disagree, so nobody vouches for a rule until the office confirms it.
    """

    identity = (("state", "cause"),)

    state: str = field(list_rank=1, example="CA", help="Its two letters", also=("final pay rule",))
    cause: str = choice("discharge", "quit", list_rank=1)
    kind: str = choice("at_once", *_COUNTED, "next_payday", list_rank=2, label="Due")
    number: int | None = field(
        default=None, minimum=1, maximum=400, list_rank=2, help="Of hours or days"
    )
    or_payday: str | None = choice(
        "earlier", "later", default=None, list_rank=3, help="Or the next payday, if that is so"
    )
    source: str | None = field(default=None, list_rank=4, help="The law")
    confirmed: bool = field(
        default=False, list_rank=5, help="Whether the office has confirmed it for its state"
    )

    def check(self, office: Office) -> Iterable[Problem]:  # noqa: ARG002 - of every record
        """Refuse hours or days without a number, and a state that is not its two letters."""
        yield from state_problems(self.state)
        if (self.kind in _COUNTED) != (self.number is not None):
            yield Problem("goes with hours and days, and they need it", "number", code="needed")

    def due_on(
        self,
        last_day: date,
        office: Office,
        payday: date | None = None,
    ) -> date:
        """Return the day by which the pay is due; without a payday the rule's own day counts."""
        if self.kind == "next_payday":
            return payday or last_day
        day = self._counted(last_day, office)
        if payday is None:
            return day
        if self.or_payday == "earlier":
            return min(day, payday)
        return max(day, payday) if self.or_payday == "later" else day

    @property
    def needs_payday(self) -> bool:
        """Whether its day follows from the next payday, or from that too."""
        return self.kind == "next_payday" or self.or_payday is not None

    @property
    def words(self) -> str:
        """The rule as people say it: `quit: 72 hours`."""
        amount = f"{self.number} " if self.number else ""
        payday = f", or the next payday if {self.or_payday}" if self.or_payday else ""
        return f"{self.cause}: {amount}{self.kind.replace('_', ' ')}{payday}"

    def _counted(self, last_day: date, office: Office) -> date:
        number = self.number or 0
        # Hours are counted in whole days, upward: a pay run has no minutes.
        if self.kind == "hours":
            return last_day + timedelta(days=-(-number // _HOURS_OF_DAY))
        if self.kind == "working_days":
            day = last_day
            for _ in range(number):
                day = office.calendar.next_open_day(day + timedelta(days=1))
            return day
        return last_day + timedelta(days=number)
