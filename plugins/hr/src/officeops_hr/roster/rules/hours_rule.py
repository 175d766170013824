"""Hours rule: one limit of the office on hours, rest or notice, which warns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from datetime import date

#: In years.
ADULT: Final = 18


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

    @property
    def is_of_person(self) -> bool:
        """Whether another person might keep it: notice and break are the same for everybody."""
        return self.kind not in {"notice", "meal_after"}


def age_on(adult_on: date, day: date) -> int:
    """Return the full years on a day of somebody who turns 18 on another one."""
    is_before = (day.month, day.day) < (adult_on.month, adult_on.day)
    return ADULT + day.year - adult_on.year - is_before
