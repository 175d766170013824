"""The lifecycle of a load: run, then released for use or rejected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import ACTOR, NOW, OPTIONAL, REQUIRED, Frozen, Lifecycle, Promise, Transition

if TYPE_CHECKING:
    from collections.abc import Mapping

_STEPS: Final = "officeops_maintenance.sterilizer.load_steps"
_RELEASED: Final = "officeops_maintenance.sterilizer.load_release"
#: A released load has what its release asked for, whatever is undone or withdrawn since.
PROVEN: Final = Promise(
    f"{_RELEASED}:unproven",
    rests_on={"maintenance.sterilizer-load": "id", "maintenance.spore-test": "load_id"},
)
#: Of each fact, the value that nobody takes back without a reason; of the first two, any.
ADVERSE: Final[Mapping[str, Any]] = {
    "equipment_id": None,
    "run_at": None,
    "implant": 1,
    "mechanical": "fail",
    "chemical": "fail",
}
#: By whichever road: a form, a step, a file, SQL or an undo.
FACTS: Final = Frozen(
    tuple(ADVERSE),
    rule="officeops_maintenance.sterilizer.load_facts:refused",
)

LOAD: Final = Lifecycle(
    ("run", "released", "rejected"),
    Transition(
        "release",
        ("run",),
        "released",
        "Release it for use, once its indicators passed.",
        means="approve",
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
