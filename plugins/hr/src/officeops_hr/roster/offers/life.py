"""The life of an offer, from the person who wants the day off to the manager who approves it."""

from __future__ import annotations

from typing import Final

from officeops import ACTOR, NOW, REQUIRED, Lifecycle, Transition, param

#: States in which an offer waits for somebody.
LIVE: Final = ("offered", "taken")
_STEPS: Final = "officeops_hr.roster.offers.steps"
_DECIDED: Final = {"decided_by": ACTOR, "decided_at": NOW}

OFFER: Final = Lifecycle(
    ("offered", "taken", "approved", "refused", "withdrawn"),
    Transition(
        "take",
        ("offered",),
        "taken",
        "Ask for the shift; a manager approves it.",
        means="receive",
        guard=f"{_STEPS}:cannot_take",
        writes=f"{_STEPS}:taker",
        then=f"{_STEPS}:was_taken",
    ),
    # Not the withdrawal of the offer: the owner still wants the day off.
    Transition(
        "step-back",
        ("taken",),
        "offered",
        "Let the shift go again.",
        guard=f"{_STEPS}:cannot_step_back",
        writes=f"{_STEPS}:nobody",
    ),
    Transition(
        "approve",
        ("taken",),
        "approved",
        "Approve the swap; the shifts change hands.",
        means="approve",
        fields={
            "despite": param(
                default=None,
                help="Why, although a rule speaks against it",
            )
        },
        stamp=_DECIDED,
        guard=f"{_STEPS}:cannot_approve",
        then=f"{_STEPS}:approved",
    ),
    # Also before anybody has taken it, so that nobody asks around for nothing.
    Transition(
        "refuse",
        ("offered", "taken"),
        "refused",
        "Refuse the swap, and say why.",
        means="deny",
        fields={"why_not": REQUIRED},
        stamp=_DECIDED,
    ),
    Transition(
        "withdraw",
        ("offered", "taken"),
        "withdrawn",
        "Take the offer back.",
        guard=f"{_STEPS}:cannot_withdraw",
    ),
    column="state",
)
