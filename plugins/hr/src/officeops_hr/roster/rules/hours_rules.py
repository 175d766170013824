"""Hours rules: what a shift would break of the limits on hours, rest and notice, in words.

Sources of the kinds: 29 USC 207 (week), California Labor Code 510 (day, double, seventh day),
Illinois ODRISA (rest in seven days), fair workweek laws (notice), 29 CFR 570.35 (hours of minors).
Each warns alone.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from officeops_hr.leave.amounts import hours
from officeops_hr.roster.clock import time
from officeops_hr.roster.rules.limits import minutes_by_week, rest_around, week_begins_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from officeops_hr.roster.rules.hours_rule import HoursRule
    from officeops_hr.roster.rules.shift import Shift

#: Kinds whose limit is minutes; the limit of the others is days.
BY_MINUTES: Final = (
    "week_overtime",
    "day_overtime",
    "day_double",
    "rest_between",
    "rest_in_seven_days",
    "longest_shift",
    "longest_day",
    "longest_week",
    "not_before",
    "not_after",
    "meal_after",
)
KINDS: Final = (
    *BY_MINUTES,
    "seventh_day",
    "days_a_week",
    "notice",
)
_DAYS: Final = 7
_DAY: Final = 1440


class Case(NamedTuple):
    """A shift that somebody would have, beside their others; `today` counts for the notice."""

    shift: Shift
    others: Sequence[Shift]
    today: date
    begins: int = 0

    @property
    def all(self) -> list[Shift]:
        """Return all their shifts that are work, this one included."""
        return [shift for shift in (*self.others, self.shift) if shift.is_work]

    def day(self) -> int:
        """Return the planned minutes of the day."""
        return sum(shift.planned for shift in self.all if shift.on == self.shift.on)

    def week(self) -> int:
        """Return the planned minutes of the pay week."""
        weeks = minutes_by_week(self.all, self.begins)
        return weeks.get(week_begins_on(self.shift.on, self.begins), 0)

    def days(self) -> set[date]:
        """Return the days of the pay week with work."""
        first = week_begins_on(self.shift.on, self.begins)
        return {shift.on for shift in self.all if week_begins_on(shift.on, self.begins) == first}


def broken(case: Case, rules: Iterable[HoursRule]) -> list[str]:
    """Return what a shift would break, one phrase a rule, each with the rule's name."""
    phrases = []
    for rule in rules:
        # Being on call is no work, so that only its notice can be short.
        if not case.shift.is_work and rule.kind != "notice":
            continue
        said = _CHECKS[rule.kind](case, rule.limit)
        if said:
            phrases.append(f"{said} ({rule.name})")
    return phrases


def _over(
    what: str,
    minutes: int,
    limit: int,
) -> str:
    if minutes <= limit:
        return ""
    return f"{what} {hours(minutes - limit)} over {hours(limit)}"


def _of_week(case: Case, limit: int) -> str:
    return _over(
        "week",
        case.week(),
        limit,
    )


def _of_day(case: Case, limit: int) -> str:
    return _over(
        "day",
        case.day(),
        limit,
    )


def _day_double(case: Case, limit: int) -> str:
    return _over(
        "double pay,",
        case.day(),
        limit,
    )


def _longest_shift(case: Case, limit: int) -> str:
    return _over(
        "shift",
        case.shift.planned,
        limit,
    )


def _not_before(case: Case, limit: int) -> str:
    if case.shift.start >= limit:
        return ""
    return f"begins before {time(limit)}"


def _not_after(case: Case, limit: int) -> str:
    if case.shift.end <= limit:
        return ""
    return f"ends after {time(limit)}"


def _meal_after(case: Case, limit: int) -> str:
    shift = case.shift
    if shift.pause or shift.end - shift.start <= limit:
        return ""
    return f"no break in {hours(shift.planned)}"


def _rest_between(case: Case, limit: int) -> str:
    rest = rest_around(case.shift, case.others)
    if rest is None or rest >= limit:
        return ""
    return f"rest of {hours(max(rest, 0))} instead of {hours(limit)}"


def _rest_in_seven_days(case: Case, limit: int) -> str:
    """Look for a free stretch of this length in each seven days that have the shift."""
    for number in range(_DAYS):
        first = case.shift.on - timedelta(days=number)
        if _longest_free(case, first) < limit:
            return f"no {hours(limit)} of rest in 7 days"
    return ""


def _longest_free(case: Case, first: date) -> int:
    """Return the longest stretch without work in seven days, in minutes."""
    spans = sorted(shift.minutes_of(first) for shift in case.all)
    longest = last = 0
    for start, end in spans:
        if end > 0 and start < _DAYS * _DAY:
            longest = max(longest, start - last)
            last = max(last, end)
    return max(longest, _DAYS * _DAY - last)


def _seventh_day(case: Case, limit: int) -> str:
    number = len(case.days())
    if number < limit:
        return ""
    return f"day {number} of work in the week"


def _days_a_week(case: Case, limit: int) -> str:
    number = len(case.days())
    if number <= limit:
        return ""
    return f"{number} days that week instead of {limit}"


def _notice(case: Case, limit: int) -> str:
    notice = (case.shift.on - case.today).days
    if notice >= limit:
        return ""
    return f"notice of {max(notice, 0)} days instead of {limit}"


_CHECKS: Final[dict[str, Callable[[Case, int], str]]] = {
    "week_overtime": _of_week,
    "day_overtime": _of_day,
    "day_double": _day_double,
    "longest_shift": _longest_shift,
    "longest_day": _of_day,
    "longest_week": _of_week,
    "not_before": _not_before,
    "not_after": _not_after,
    "meal_after": _meal_after,
    "rest_between": _rest_between,
    "rest_in_seven_days": _rest_in_seven_days,
    "seventh_day": _seventh_day,
    "days_a_week": _days_a_week,
    "notice": _notice,
}
