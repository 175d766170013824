"""Hours rule: one limit of the office on hours, rest or notice, which warns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from officeops_hr.roster.rules.limits import Contract


class HoursRule(NamedTuple):
    """One limit: minutes or days, and its name; of a time of day, the minutes after midnight."""

    kind: str
    limit: int
    name: str
    #: Only for people younger than so many years; None is for people of any age.
    below_age: int | None = None

    @property
    def is_of_pay(self) -> bool:
        """Whether it is about overtime, which nobody owes to people who are exempt."""
        return self.kind in {"week_overtime", "day_overtime", "day_double", "seventh_day"}

    def counts_for(
        self,
        contract: Contract,
        day: date,
    ) -> bool:
        """Whether it is a rule for somebody on a day."""
        if contract.is_exempt and self.is_of_pay:
            return False
        if self.below_age is None:
            return True
        # Nobody guesses an age: without the date of birth the rule says nothing.
        born_on = contract.born_on
        return (
            born_on is not None
            and age_on(
                born_on,
                day,
            )
            < self.below_age
        )


def age_on(born_on: date, day: date) -> int:
    """Return the full years of somebody on a day; of February 29, they are full on March 1."""
    has_had_birthday = (day.month, day.day) >= (born_on.month, born_on.day)
    return day.year - born_on.year - (not has_had_birthday)
