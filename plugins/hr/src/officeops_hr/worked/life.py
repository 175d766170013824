"""The lifecycle of a timesheet, from the person who worked to the one who pays."""

from __future__ import annotations

from typing import Final

from officeops import ACTOR, NOW, REQUIRED, Lifecycle, Transition

_STEPS: Final = "officeops_hr.worked.steps"

TIMESHEET: Final = Lifecycle(
    ("open", "submitted", "approved", "locked"),
    Transition(
        "submit",
        ("open",),
        "submitted",
        "Hand the week in.",
        means="send",
        guard=f"{_STEPS}:cannot_submit",
        then=f"{_STEPS}:submitted",
    ),
    Transition(
        "approve",
        ("submitted",),
        "approved",
        "Approve the hours of the week.",
        means="approve",
        # Nobody approves their own hours, also not those that somebody else handed in for them.
        by_other=("user_id",),
        stamp={"approved_by": ACTOR, "approved_at": NOW},
        # A lead goes through the team on one list.
        bulk=True,
    ),
    Transition(
        "return",
        ("submitted", "approved"),
        "open",
        "Give the week back to be changed, and say why.",
        means="deny",
        fields={"why_returned": REQUIRED},
    ),
    Transition(
        "lock",
        ("approved",),
        "locked",
        "Close the week for the payroll; its hours are handed over.",
        stamp={"locked_by": ACTOR, "locked_at": NOW},
        guard=f"{_STEPS}:cannot_lock",
        then=f"{_STEPS}:locked",
        bulk=True,
    ),
    Transition(
        "unlock",
        ("locked",),
        "open",
        "Open a week again that was handed over, and say why.",
        fields={"why_unlocked": REQUIRED},
        danger=True,
    ),
    column="state",
    log=True,
)
