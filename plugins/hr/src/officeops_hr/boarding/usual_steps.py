"""The usual steps of first and last days, and the rules of final pay: an office edits them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import action
from officeops.values import wording
from officeops_hr.boarding.final_pay_rule import FinalPayRule
from officeops_hr.boarding.step import BoardingStep
from officeops_hr.usual_rows import add_missing

if TYPE_CHECKING:
    from officeops import Action, Office

_PACKAGE: Final = "officeops_hr.boarding"


def add_steps(office: Office) -> int:
    """Add the steps and the rules that the office has none of, in an action; return how many."""
    # By state: an office that took one cause out keeps it out.
    steps = add_missing(office, BoardingStep, _PACKAGE, "boarding_steps.csv", by="title")
    rules = add_missing(office, FinalPayRule, _PACKAGE, "final_pay_rules.csv", by="state")
    return len(steps) + len(rules)


@action("hr.add-boarding-steps", beside=("hr.boarding-step", "hr.boarding"))
def add_boarding_steps(office: Office) -> str:
    """Add the usual steps of first and last days.

    The states' rules of final pay come with them.
    """
    added = add_steps(office)
    if not added:
        return "All of the usual steps are there."
    rows = wording.count(added, "row")
    return f"{rows} added; confirm the law of your state."


ACTIONS: Final[list[Action[..., Any]]] = [add_boarding_steps]
