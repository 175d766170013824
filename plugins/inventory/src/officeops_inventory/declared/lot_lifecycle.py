"""The lifecycle of a lot: usable, or held for a reason of its own."""

from __future__ import annotations

from typing import Any, Final

from officeops import Frozen, Lifecycle, Promise, Transition, field
from officeops_inventory.declared.usable import AVAILABLE

#: States in which nobody uses a lot.
HELD: Final = ("quarantined", "recalled", "damaged")
_WHYHELD: Final = "Why it is held"
_NOTICE: Final = "Number of the notice, and what it says"
#: The stock, which the records know only by name, has the code of the transitions.
_LOTS: Final = "officeops_inventory.stock.lots"
_HOLDS: Final = "officeops_inventory.stock.holds"
#: No lot is usable that some record holds or keeps back, by whichever road it got there.
KEPT_BACK: Final = Promise(
    f"{_HOLDS}:freed",
    rests_on={"inventory.lot": "id", "inventory.lot-hold": "lot_id", "inventory.move": "lot_id"},
)


def _step(
    verb: str,
    sources: tuple[str, ...],
    to: str,
    help_text: str,
    why: str = "",
) -> Transition:
    """Declare a step, with the reason that a person may give for it."""
    fields: dict[str, Any] = {"reason": field(default=None, help=why)} if why else {}
    return Transition(
        verb,
        sources,
        to,
        help_text,
        bulk=True,
        fields=fields,
        writes=f"{_LOTS}:kept_reason",
        then=f"{_LOTS}:state_and_place",
    )


#: Boxes with the number of a held lot would be of another lot, which anybody may use.
NUMBERED: Final = Frozen(("number",), rule=f"{_HOLDS}:held_number")
LOT = Lifecycle(
    (AVAILABLE, *HELD),
    _step(
        "quarantine",
        (AVAILABLE,),
        "quarantined",
        "Hold a lot back until it is known to be good.",
        _WHYHELD,
    ),
    _step(
        "recall",
        (AVAILABLE, "quarantined", "damaged"),
        "recalled",
        "Hold a lot back because its maker recalled it, and say where it is.",
        _NOTICE,
    ),
    _step(
        "damage",
        (AVAILABLE, "quarantined", "recalled"),
        "damaged",
        "Hold a lot back because it is damaged.",
        _WHYHELD,
    ),
    _step("release", HELD, AVAILABLE, "Let a held lot be used again."),
    # A lot may be held from the day on which it came.
    first=(AVAILABLE, *HELD),
    # Goods of a lot come and go whatever its state is since.
    binds=False,
)
