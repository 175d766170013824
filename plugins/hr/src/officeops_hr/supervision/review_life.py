"""The lifecycle of a review: a draft, then shared by its writer, then signed by the person."""

from __future__ import annotations

from typing import Final

from officeops import ACTOR, NOW, OPTIONAL, REQUIRED, TODAY, WITNESS, Lifecycle, Transition

_STEPS: Final = "officeops_hr.supervision.signing"
REVIEW: Final = Lifecycle(
    ("draft", "shared", "signed", "in_person", "on_paper", "refused"),
    Transition(
        "share",
        ("draft",),
        "shared",
        "Sign the review, and show it to the person.",
        stamp={"shared_by": ACTOR, "shared_at": NOW, "shared_on": TODAY},
        guard=f"{_STEPS}:cannot_share",
        then=f"{_STEPS}:all_answered",
    ),
    Transition(
        "sign",
        ("shared",),
        "signed",
        "Sign your own review, with a comment if you like.",
        means="do",
        fields={"comment": OPTIONAL},
        stamp={"signed_by": ACTOR, "signed_at": NOW},
        # Nobody signs on both sides.
        by_other=("shared_by",),
        guard=f"{_STEPS}:is_not_the_person",
    ),
    Transition(
        # A state of its own, as who shared it may not reach `signed`.
        "sign-beside",
        ("shared",),
        "in_person",
        "Have the person sign beside you, with their PIN.",
        label="Sign with PIN",
        fields={"comment": OPTIONAL},
        stamp={"signed_by": WITNESS, "signed_at": NOW},
        guard=f"{_STEPS}:cannot_sign_beside",
        then=f"{_STEPS}:signed_beside",
        witness=True,
    ),
    Transition(
        # As above.
        "sign-on-paper",
        ("shared",),
        "on_paper",
        "Say that the person signed it on paper; attach the paper.",
        label="Paper signed",
        # A paper may be entered later: then they got it before it was shared here.
        fields={"signed_on": REQUIRED, "shared_on": OPTIONAL},
        guard=f"{_STEPS}:is_the_person",
    ),
    Transition(
        "refuse",
        ("shared",),
        "refused",
        "Say that the person does not sign it, and why.",
        label="Signature refused",
        fields={"why_unsigned": REQUIRED},
        guard=f"{_STEPS}:is_the_person",
    ),
    Transition(
        # Until the person has signed, a mistake may be taken back.
        "recall",
        ("shared",),
        "draft",
        "Take the review back to change it; the person no longer sees it.",
        guard=f"{_STEPS}:is_the_person",
    ),
    words={"draft": "a draft", "in_person": "signed in person", "on_paper": "signed on paper"},
    column="state",
    log=True,
)
