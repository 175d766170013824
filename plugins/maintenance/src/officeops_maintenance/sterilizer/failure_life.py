"""The lifecycle of a failure: a sterilizer is locked until the demanded tests pass in a row."""

from __future__ import annotations

from typing import Final

from officeops import ACTOR, NOW, REQUIRED, Lifecycle, Transition

_STEPS: Final = "officeops_maintenance.sterilizer.failure_steps"

FAILURE: Final = Lifecycle(
    ("locked", "released", "withdrawn"),
    Transition(
        "release",
        ("locked",),
        "released",
        "Return the sterilizer to service, once the demanded tests passed in a row.",
        means="approve",
        stamp={"closed_by": ACTOR, "closed_at": NOW},
        guard=f"{_STEPS}:not_passed",
        writes="officeops_maintenance.sterilizer.release_proofs:tests_in_a_row",
        then=f"{_STEPS}:was_released",
    ),
    Transition(
        "withdraw",
        ("locked",),
        "withdrawn",
        "Withdraw it: the test was read wrong, or was of another sterilizer.",
        danger=True,
        fields={"reason": REQUIRED},
        stamp={"closed_by": ACTOR, "closed_at": NOW},
        guard=f"{_STEPS}:failed_again",
        then=f"{_STEPS}:was_withdrawn",
    ),
    Transition(
        "reopen",
        ("released",),
        "locked",
        "Lock the sterilizer again: a test that released it was wrong.",
        fields={"reason": REQUIRED},
        # Loads that ran since it was released are in doubt, too.
        stamp={"opened_at": NOW},
        writes=f"{_STEPS}:not_closed",
        guard=f"{_STEPS}:not_the_last",
        then=f"{_STEPS}:was_reopened",
    ),
    column="state",
    log=True,
    since="opened_at",
    # The loads of a closed one stay to be decided on.
    binds=False,
)
