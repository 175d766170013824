"""The lifecycle of a load: run, then released for use or rejected."""

from __future__ import annotations

from typing import Final

from officeops import ACTOR, NOW, OPTIONAL, REQUIRED, Lifecycle, Promise, Transition

_STEPS: Final = "officeops_maintenance.sterilizer.load_steps"
_RELEASED: Final = "officeops_maintenance.sterilizer.load_release"
#: A released load has what its release asked for, whatever is undone or withdrawn since.
PROVEN: Final = Promise(
    f"{_RELEASED}:unproven",
    rests_on={"maintenance.sterilizer-load": "id", "maintenance.spore-test": "load_id"},
)

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
        writes=f"{_RELEASED}:proofs",
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
