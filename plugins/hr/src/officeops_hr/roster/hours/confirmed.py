"""Confirmed rules: those that the office vouches for, as the schedule and the pay take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops_hr.roster.hours.hours_rule import ScheduleRule

if TYPE_CHECKING:
    from datetime import date

    from officeops import Office
    from officeops_hr.roster.rules.hours_rule import HoursRule

_CONFIRMED: Final = "confirmed"
_COUNTING: Final = "confirmed AND below_age IS NULL AND ifnull(starts_on, '') <= ?"


def confirmed_rules(office: Office) -> list[HoursRule]:
    """Return the rules that warn in the schedule."""
    rows = office.all(ScheduleRule, _CONFIRMED)
    return [row.rule() for row in rows]


def limits_of_pay(office: Office, week: date) -> dict[str, int]:
    """Return the limits of a pay week by kind, the strictest of each."""
    limits: dict[str, int] = {}
    # The pay of a week is the same for everybody who reads it.
    with office.lifted():
        rows = list(
            office.all(
                ScheduleRule,
                _COUNTING,
                week.isoformat(),
            )
        )
    for row in rows:
        rule = row.rule()
        strictest = limits.get(rule.kind, rule.limit)
        limits[rule.kind] = min(rule.limit, strictest)
    return limits
