"""Usual hours rules: laws and habits of the house as data, each unconfirmed until the office confirms it.

Each law says in its source on which day it was compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import action
from officeops.values import wording
from officeops_hr.roster.hours.hours_rule import ScheduleRule
from officeops_hr.usual_rows import add_missing

if TYPE_CHECKING:
    from officeops import Action, Office


@action("hr.add-usual-hours-rules", beside=("hr.hours-rule",))
def add_usual_hours_rules(office: Office) -> str:
    """Add the usual rules of overtime, rest and notice."""
    added = add_missing(office, ScheduleRule, __package__, "hours_rules.csv", by="name")
    if not added:
        return "All of the usual hours rules are there."
    rules = wording.count(len(added), "hours rule")
    return f"{rules} added. Compare each with its source: hours-rule edit NAME --confirmed yes"


ACTIONS: Final[list[Action[..., Any]]] = [add_usual_hours_rules]
