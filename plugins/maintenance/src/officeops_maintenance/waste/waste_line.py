"""A line of waste as people type it: `sharps=2, 14.5 lb`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Problem, Refused, folded
from officeops.values import read_decimal, read_whole
from officeops_maintenance.waste.pickup import WEIGHT_SCALE, WasteContainer
from officeops_maintenance.waste.return_rules import KINDS

if TYPE_CHECKING:
    from officeops_maintenance.waste.pickup import WastePickup


def read_waste(pickup: WastePickup, line: str) -> WasteContainer:
    """Read the containers of one kind. Raises Refused with the line and an example."""
    kind, _, rest = line.partition("=")
    number, _, weighed = rest.partition(",")
    amount, _, unit = weighed.strip().partition(" ")
    try:
        return WasteContainer(
            pickup_id=pickup.id,
            kind=_kind(kind),
            # A kind alone means one container of it.
            containers=_count(number.strip() or "1"),
            weight=read_decimal(amount, WEIGHT_SCALE) if amount else None,
            unit=_unit(unit.strip() or "lb"),
        )
    except ValueError:
        known = ", ".join(KINDS)
        why = f"{line.strip()!r} is no waste, such as sharps=2, 14.5 lb; kinds: {known}"
        problem = Problem(why, "waste", code="malformed", is_whole=True)
        raise Refused([problem], pickup.manifest) from None


def _kind(text: str) -> str:
    """Return the kind that a word begins. Raises ValueError for no kind, and for several."""
    word = folded(text.strip())
    if not word:
        raise ValueError(text)
    kinds = [kind for kind in KINDS if kind.startswith(word)]
    # A word that begins two kinds means neither of them.
    if len(kinds) != 1:
        raise ValueError(text)
    return kinds[0]


def _count(text: str) -> int:
    count = read_whole(text)
    if not count or count < 1:
        raise ValueError(text)
    return count


def _unit(text: str) -> str:
    if text not in {"lb", "kg"}:
        raise ValueError(text)
    return text
