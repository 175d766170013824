"""Break default: the unpaid minutes of a typed shift of which nobody typed them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from officeops_hr.config import HrSettings
from officeops_hr.leave.amounts import hours
from officeops_hr.roster.hours.confirmed import confirmed_rules

if TYPE_CHECKING:
    from officeops import Office

#: Minutes of a shift above which people have a break where the office has confirmed no rule.
WITHOUT_RULE: Final = 360


class BreakDefault(NamedTuple):
    """Unpaid minutes of a shift longer than `after`, and the rule that says so; blank for none.

    No law of the United States asks for a meal; 29 CFR 785.19 says when one is unpaid.
    """

    minutes: int = 0
    after: int = WITHOUT_RULE
    rule: str = ""

    @property
    def words(self) -> str:
        """Where the minutes are from: `default above 6:00 (Meal break)`."""
        by = f" ({self.rule})" if self.rule else ""
        return f"default above {hours(self.after)}{by}"


def break_default(office: Office) -> BreakDefault:
    """Return the default of the office: the settings, after the strictest rule that is confirmed."""
    minutes = office.settings("hr", HrSettings).schedule_break
    rules = [rule for rule in confirmed_rules(office) if rule.kind == "meal_after"]
    # Those of minors are a warning: a default is the same for everybody.
    general = [rule for rule in rules if rule.below_age is None]
    if not general:
        return BreakDefault(minutes)
    strictest = min(general, key=lambda rule: rule.limit)
    return BreakDefault(minutes, strictest.limit, strictest.name)
