"""The stages of a candidate, from the application to the hire or the refusal."""

from __future__ import annotations

from typing import Final

from officeops import (
    OPTIONAL,
    REQUIRED,
    TODAY,
    Consent,
    Lifecycle,
    Transition,
    choice,
    named,
    param,
)

#: The stages in which somebody waits for the office, and those in which it waits for them.
UNDECIDED: Final = ("applied", "screened", "interview", "assessment", "references")
LIVE: Final = (*UNDECIDED, "offer", "accepted")
#: The next step of a stage, for the key that moves somebody on.
NEXT: Final = {
    "applied": "screen",
    "screened": "interview",
    "interview": "check-references",
    "assessment": "check-references",
    "references": "offer",
    "offer": "accept",
    "accepted": "hire",
}
_STEPS: Final = "officeops_hr.hiring.steps"
#: The job of everybody who is taken a step on is still to fill.
_OPEN_JOB: Final = f"{_STEPS}:opening_ended"
_DECIDED: Final = {"decided_on": TODAY}


def _doubt(office: object, candidate: object) -> str | None:
    """Return the doubts about an offer: missing scorecards, references, the exclusion check."""
    # By name: the steps know the candidates, and the candidates this life.
    doubt: str | None = named(f"{_STEPS}:doubt")(office, candidate)
    return doubt


_OFFER: Final = Transition(
    "offer",
    ("screened", "interview", "assessment", "references"),
    "offer",
    "Offer them the job, under conditions.",
    label="Job offered",
    means="approve",
    fields={
        "starts_on": param(kind="date", example="2026-04-06", help="The first day"),
        "answer_by": param(kind="date", default=None, help="Until when they may answer"),
        "pay": param(kind="money", default=None, sealed=True, help="Only HR and the owner may"),
        "per": choice("hour", "week", "month", "year", default="hour"),
        "conditions": param(
            default=None, help="What it depends on. [default: checks that are still to come]"
        ),
        "despite": param(default=False, kind="yes_no", help="Although something is missing"),
    },
    consent=Consent("despite", _doubt),
    guard=f"{_STEPS}:cannot_offer",
    then=f"{_STEPS}:offered",
)
STAGES: Final = Lifecycle(
    (*LIVE, "hired", "declined", "rejected", "withdrawn"),
    Transition(
        "screen",
        ("applied",),
        "screened",
        "Say that they meet the job's needs.",
        guard=_OPEN_JOB,
    ),
    Transition(
        "interview",
        ("applied", "screened", "assessment"),
        "interview",
        "Take them to the interviews.",
        guard=_OPEN_JOB,
    ),
    Transition(
        "assess",
        ("screened", "interview"),
        "assessment",
        "Take them to the tests.",
        guard=_OPEN_JOB,
    ),
    Transition(
        "check-references",
        ("screened", "interview", "assessment"),
        "references",
        "Take them to the reference checks.",
        guard=_OPEN_JOB,
    ),
    _OFFER,
    Transition(
        "accept",
        ("offer",),
        "accepted",
        "Say that they accepted the offer.",
        label="Offer accepted",
        means="do",
        then=f"{_STEPS}:answered",
    ),
    Transition(
        "decline",
        ("offer",),
        "declined",
        "Say that they declined the offer, and why.",
        label="Offer declined",
        fields={"reason_id": OPTIONAL},
        stamp=_DECIDED,
        then=f"{_STEPS}:answered",
    ),
    # The action `hire` takes this step: it writes more than the candidate.
    Transition("hire", ("accepted",), "hired", stamp=_DECIDED, guard=f"{_STEPS}:cannot_offer"),
    Transition(
        "reject",
        LIVE,
        "rejected",
        "Turn them down, for a reason of the list.",
        means="deny",
        fields={"reason_id": REQUIRED},
        stamp=_DECIDED,
        bulk=True,
        then=f"{_STEPS}:answered",
    ),
    Transition(
        "withdraw",
        LIVE,
        "withdrawn",
        "Say that they withdrew, and why.",
        label="Application withdrawn",
        fields={"reason_id": OPTIONAL},
        stamp=_DECIDED,
        then=f"{_STEPS}:answered",
    ),
    Transition(
        "reconsider",
        ("declined", "rejected", "withdrawn"),
        "applied",
        "Take them up again.",
        guard=_OPEN_JOB,
        writes=f"{_STEPS}:undecided",
    ),
    column="stage",
    log=True,
)
