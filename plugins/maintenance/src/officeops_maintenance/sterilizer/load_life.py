"""The lifecycle of a load: run, then released for use or rejected."""

from __future__ import annotations

from typing import Final

from officeops import ACTOR, NOW, OPTIONAL, REQUIRED, Lifecycle, Transition

_STEPS: Final = "officeops_maintenance.sterilizer.load_steps"

LOAD: Final = Lifecycle(
    ("run", "released", "rejected"),
    Transition(
        "release",
        ("run",),
        "released",
        "Release it for use, once its indicators passed.",
        means="release",
        fields={"mechanical": OPTIONAL, "chemical": OPTIONAL, "before_result": OPTIONAL},
        stamp={"released_by": ACTOR, "released_at": NOW},
        guard=f"{_STEPS}:not_usable",
        then=f"{_STEPS}:was_released",
        bulk=True,
    ),
    Transition(
        "reject",
        ("run", "released"),
        "rejected",
        "Reject it, and say why: nobody may use it before it is sterilized again.",
        fields={"reason": REQUIRED},
        stamp={"released_by": ACTOR, "released_at": NOW},
        bulk=True,
    ),
    column="state",
    # Lists and paper logs have loads of the past in every state.
    first=("run", "released", "rejected"),
    words={"run": "not released"},
    log=True,
    since="run_at",
    binds=False,
)
