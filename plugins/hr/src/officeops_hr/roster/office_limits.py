"""Office limits: the hours and the rest that this office plans by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops_hr.config import HrSettings
from officeops_hr.roster.hours.confirmed import confirmed_rules
from officeops_hr.roster.rules.limits import WEEK, Limits
from officeops_hr.roster.shift_pattern import WEEKDAYS

if TYPE_CHECKING:
    from officeops import Office

_OWN_WORDS: Final = frozenset({"rest_between", "week_overtime"})


def limits_of(office: Office) -> Limits:
    """Return the figures that warn in the schedule: the settings, and the rules that are confirmed."""
    rules = confirmed_rules(office)
    # The first two have their own words in the list of who can; those of minors are for minors alone.
    own = [rule for rule in rules if rule.kind in _OWN_WORDS and rule.below_age is None]
    rests = [rule.limit for rule in own if rule.kind == "rest_between"]
    weeks = [rule.limit for rule in own if rule.kind == "week_overtime"]
    settings = office.settings("hr", HrSettings)
    return Limits(
        week_overtime=min(weeks, default=WEEK),
        rest=max([settings.schedule_rest, *rests]),
        # As the pay counts: a plan that warns by another week would promise wrong overtime.
        week_begins=WEEKDAYS.index(settings.time_week_begins),
        rules=tuple(rule for rule in rules if rule not in own),
        today=office.today,
    )
