"""The lifecycle of a spore test: sent, then negative, positive or invalid by its two vials."""

from __future__ import annotations

from typing import Final

from officeops import ACTOR, NOW, REQUIRED, Lifecycle, Transition

_TAKEN_BACK: Final = "officeops_maintenance.sterilizer.plan_task:taken_back"
#: Known from the moment at which somebody entered it, whenever it was read.
_READ: Final = {"result_by": ACTOR, "known_at": NOW}
_VIALS: Final = {"test_vial": None, "control_vial": None, "mechanical": None, "chemical": None}


def _found(state: str) -> Transition:
    # Without a help: only the reading of both vials leads there, which knows what they mean.
    return Transition(
        f"found-{state}",
        ("sent",),
        state,
        fields={**_VIALS, "read_at": REQUIRED},
        stamp=_READ,
    )


SPORE_TEST: Final = Lifecycle(
    ("sent", "negative", "positive", "invalid", "withdrawn"),
    _found("negative"),
    _found("positive"),
    _found("invalid"),
    Transition(
        "withdraw",
        # An invalid test stays: without it the tests around it would count as a row.
        ("sent", "negative"),
        "withdrawn",
        "Withdraw it, and say why: the vial was lost, or it was booked twice. It counts no more.",
        danger=True,
        fields={"reason": REQUIRED},
        stamp={"result_by": ACTOR, "read_at": NOW},
        then=_TAKEN_BACK,
    ),
    # Withdrawing a failure alone takes its positive test back.
    Transition(
        "take-back",
        ("positive",),
        "withdrawn",
        fields={"reason": REQUIRED},
        stamp={"result_by": ACTOR},
        then=_TAKEN_BACK,
    ),
    column="state",
    first=("sent", "negative", "positive", "invalid", "withdrawn"),
    log=True,
    since="run_at",
    binds=False,
)
