"""The lifecycle of a request for leave, from the draft to the days that somebody is off."""

from __future__ import annotations

from typing import Final

from officeops import ACTOR, NOW, REQUIRED, Consent, Lifecycle, Transition, named, param

#: States in which a request asks for days, or has them.
LIVE: Final = ("submitted", "approved")
_STEPS: Final = "officeops_hr.leave.steps"
_DECIDED: Final = {"decided_by": ACTOR, "decided_at": NOW}


def _doubt(office: object, request: object) -> str | None:
    """Return what speaks against a request: a blackout, colleagues who are off, short notice."""
    # By name: the steps know the requests, and the requests this life.
    doubt: str | None = named(f"{_STEPS}:doubt")(office, request)
    return doubt


LEAVE: Final = Lifecycle(
    ("draft", "submitted", "approved", "denied", "withdrawn", "canceled", "amended"),
    Transition(
        "submit",
        ("draft", "denied"),
        "submitted",
        "Ask for the leave.",
        means="send",
        guard=f"{_STEPS}:cannot_submit",
        then=f"{_STEPS}:submitted",
    ),
    Transition(
        "approve",
        ("submitted",),
        "approved",
        "Approve the leave; its minutes are booked for its days.",
        means="approve",
        by_other=("user_id",),
        fields={
            "despite": param(
                default=False, kind="yes_no", help="Approve it although something speaks against it"
            )
        },
        consent=Consent("despite", _doubt),
        stamp=_DECIDED,
        guard=f"{_STEPS}:cannot_approve",
        then=f"{_STEPS}:approved",
    ),
    Transition(
        "deny",
        ("submitted",),
        "denied",
        "Deny the leave, and say why.",
        means="deny",
        by_other=("user_id",),
        fields={"why_not": REQUIRED},
        stamp=_DECIDED,
    ),
    # An approved request is canceled, since its minutes have to come back.
    Transition("withdraw", ("draft", "submitted"), "withdrawn", "Take the request back."),
    Transition(
        "cancel",
        ("approved",),
        "canceled",
        "Cancel approved leave before it begins; its minutes come back.",
        danger=True,
        guard=f"{_STEPS}:cannot_cancel",
        then=f"{_STEPS}:canceled",
    ),
    # Only the approval of its amendment takes this step.
    Transition("replace", ("approved",), "amended"),
    column="state",
    words={"draft": "a draft"},
    log=True,
)
