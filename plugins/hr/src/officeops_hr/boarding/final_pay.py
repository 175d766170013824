"""The day of the final pay by the rules of the office's state, of which nobody here knows the cause."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops_hr.boarding.final_pay_rule import FinalPayRule
from officeops_hr.boarding.paydays import paydays
from officeops_hr.config import HrSettings

if TYPE_CHECKING:
    from datetime import date

    from officeops import Office

_DAY: Final = timedelta(days=1)


def _rules(office: Office) -> list[FinalPayRule]:
    settings = office.settings("hr", HrSettings)
    state = (settings.boarding_state or settings.safety_state).strip().upper()
    return list(office.all(FinalPayRule, "state = ?", state, order="cause"))


def next_payday(office: Office, last_day: date) -> date | None:
    """Return the first payday after a last day; None where the office has not set its paydays.

    Raises Refused for a setting that cannot be read.
    """
    known = paydays(office.settings("hr", HrSettings).boarding_paydays)
    # Who leaves on a payday is paid for that day by the next one.
    return known.next(last_day + _DAY) if known else None


def final_pay_day(office: Office, last_day: date) -> date:
    """Return the earliest day that the rules allow; without a rule the payday, or the last day.

    Why somebody leaves is HR's alone, so the day tells nothing of it.
    """
    payday = next_payday(office, last_day)
    days = [rule.due_on(last_day, office, payday) for rule in _rules(office)]
    return min(days, default=payday or last_day)


def final_pay_words(office: Office, last_day: date) -> str:
    """Return each rule of the state with its day, that nobody has confirmed it if so, and the payday."""
    payday = next_payday(office, last_day)
    paid = f"Next payday: {payday}." if payday else "Set boarding_paydays for the next payday."
    rules = _rules(office)
    if not rules:
        return f"No rule of your state is known: set boarding_state, or ask your payroll. {paid}"
    doubt = "" if all(rule.confirmed for rule in rules) else " (unconfirmed)"
    words = [_words_of(rule, office, last_day, payday) for rule in rules]
    return f"{rules[0].state}: {'; '.join(words)}{doubt}. {paid}"


def _words_of(
    rule: FinalPayRule,
    office: Office,
    last_day: date,
    payday: date | None,
) -> str:
    """Return a rule with its day, where the day is known."""
    if payday is None and rule.needs_payday:
        return rule.words
    day = rule.due_on(
        last_day,
        office,
        payday,
    )
    return f"{rule.words}, by {day}"
