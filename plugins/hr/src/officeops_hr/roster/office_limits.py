"""Office limits: the hours and the rest that this office plans by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_hr.config import HrSettings
from officeops_hr.roster.hours.confirmed import confirmed_rules
from officeops_hr.roster.rules.limits import WEEK, Limits

if TYPE_CHECKING:
    from officeops import Office


def limits_of(office: Office) -> Limits:
    """Return the figures that warn in the schedule: the settings, and the rules that are confirmed."""
    rules = confirmed_rules(office)
    rests = [rule.limit for rule in rules if rule.kind == "rest_between"]
    weeks = [rule.limit for rule in rules if rule.kind == "week_overtime"]
    setting = office.settings("hr", HrSettings).schedule_rest
    return Limits(
        week_overtime=min(weeks, default=WEEK),
        rest=max([setting, *rests]),
        # The first two have their own words in the list of who can.
        rules=tuple(rule for rule in rules if rule.kind not in {"rest_between", "week_overtime"}),
        today=office.today,
    )
