"""The lifecycle of a failure: a sterilizer is locked until the demanded tests pass in a row."""

from __future__ import annotations

from typing import Final

from officeops import ACTOR, NOW, Lifecycle, Transition
from officeops_maintenance.stated_reason import kept_in, stated

_STEPS: Final = "officeops_maintenance.sterilizer.failure_steps"

FAILURE: Final = Lifecycle(
    ("locked", "released", "withdrawn"),
    Transition(
        "release",
        ("locked",),
        "released",
        "Return the sterilizer to service, once the demanded tests passed in a row.",
        means="release",
        stamp={"closed_by": ACTOR, "closed_at": NOW},
        guard=f"{_STEPS}:not_passed",
        then=f"{_STEPS}:was_released",
    ),
    Transition(
        "withdraw",
        ("locked",),
        "withdrawn",
        "Withdraw it: the test was read wrong, or was of another sterilizer.",
        danger=True,
        fields={"reason": stated("Read wrong")},
        stamp={"closed_by": ACTOR, "closed_at": NOW},
        writes=kept_in("cause"),
        guard=f"{_STEPS}:failed_again",
        then=f"{_STEPS}:was_withdrawn",
    ),
    column="state",
    log=True,
    since="opened_at",
    # The loads of a closed one stay to be decided on.
    binds=False,
)
