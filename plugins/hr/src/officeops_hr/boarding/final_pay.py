"""The day of the final pay by the rules of the office's state, of which nobody here knows the cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_hr.boarding.final_pay_rule import FinalPayRule
from officeops_hr.config import HrSettings

if TYPE_CHECKING:
    from datetime import date

    from officeops import Office


def _rules(office: Office) -> list[FinalPayRule]:
    settings = office.settings("hr", HrSettings)
    state = (settings.boarding_state or settings.safety_state).strip().upper()
    return list(office.all(FinalPayRule, "state = ?", state, order="cause"))


def final_pay_day(office: Office, last_day: date) -> date:
    """Return the earliest day that the rules allow; without one, the last day itself.

    Why somebody leaves is HR's alone, so the day tells nothing of it.
    """
    days = [rule.due_on(last_day, office) for rule in _rules(office)]
    return min(days, default=last_day)


def final_pay_words(office: Office) -> str:
    """Return the rules of the state in words, and that nobody has confirmed them if so."""
    rules = _rules(office)
    if not rules:
        return "No rule of your state is known: set boarding_state, or ask your payroll."
    doubt = "" if all(rule.confirmed for rule in rules) else " (unconfirmed)"
    words = "; ".join(rule.words for rule in rules)
    return f"{rules[0].state}: {words}{doubt}"
