"""What the reorder rule takes and what it answers: plain tuples, so that a list of ten thousand items stays cheap.

Quantities are whole numbers in the item's base unit, prices are per pack, in hundredths of a minor unit, times are in days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Value
from officeops.values import wording

if TYPE_CHECKING:
    from datetime import date

TYPED = "typed"
"""A person set the level."""
COMPUTED = "computed"
"""The level follows from recorded use, lead time and the office's policy."""
CAPPED = "computed, kept below the order-up-to level"
"""Use asks for a level at or above the typed one to order up to, which remains."""
ONE_ABOVE = "one above the reorder point"
"""The least that keeps an order from being suggested again at once."""
ONE_BELOW = "one below the order-up-to level"
"""A PAR level alone: whatever is missing from it is ordered."""

NOT_STOCKED = "not stocked: reorder point and order-up-to level are both 0"
"""Somebody typed that none of it is to be kept; it is never suggested."""


class Lot(Value):
    """Stock of one lot that may be used: not held; `expires_on` is its last usable day, None if it never expires."""

    quantity: int
    expires_on: date | None


class Demand(Value):
    """Use per day: mean and population standard deviation over `days` days on which there was stock."""

    mean: float
    deviation: float
    days: int


class Offer(Value):
    """One vendor's terms for one item.

    `pack_size` is in base units and `pack` its name, `moq` is the least order in packs, `price` is per pack, in
    hundredths of a minor unit, `lead_days` runs from order to receipt, and a lower `rank` is preferred.
    """

    terms_id: int
    vendor_id: int
    vendor: str
    pack_size: int
    pack: str
    moq: int
    price: int | None
    lead_days: int
    rank: int
    on_hold: bool
    active: bool
    price_valid: bool

    @property
    def obstacle(self) -> str:
        """Why nothing can be ordered on these terms, or an empty string."""
        if not self.active:
            return "is not active"
        if self.on_hold:
            return "is on hold"
        if not self.price_valid:
            return "has no price valid today"
        return "" if self.pack_size > 0 else "has no pack size"


class Levels(Value):
    """The levels a person typed, None where none was; `minimum` only warns."""

    reorder_point: int | None
    order_up_to: int | None
    maximum_is_hard: bool
    safety_stock: int | None
    minimum: int | None

    @property
    def none_kept(self) -> bool:
        """Whether both levels were typed as 0: the item is not stocked, even where none is left or it is used."""
        return self.reorder_point == 0 and self.order_up_to == 0


class Policy(Value):
    """The office's habits: days between orders, wished service level (0 to 1), lead time in days and its deviation."""

    review_days: int
    service_level: float
    lead_days: int
    lead_deviation: float


class Position(Value):
    """Stock seen the way an order sees it: `usable` is neither expired nor held, `doomed` of it will expire unused."""

    usable: int
    doomed: int
    on_order: int
    in_draft: int

    @property
    def total(self) -> int:
        """What there is and will be, against which levels are compared."""
        return self.usable - self.doomed + self.on_order + self.in_draft


class Evaluation(Value):
    """Every term of the rule for one item, whether or not it leads to an order.

    `fires` says that the position is at or below the reorder point. `packs` and `quantity` (packs x pack size) are
    zero when it does not fire or when `blocked` says why nothing fits. `stock_out` is the first day that usable stock
    does not cover, None without known use. A level that is neither typed nor computable is None.
    """

    usable: int
    doomed: int
    on_order: int
    in_draft: int
    position: int
    demand_mean: float | None
    demand_deviation: float | None
    lead_days: int
    review_days: int
    safety_stock: int | None
    safety_from: str
    reorder_point: int | None
    reorder_from: str
    order_up_to: int | None
    order_up_to_from: str
    hard_maximum: int | None
    stock_out: date | None
    fires: bool
    need: int
    pack_size: int
    pack: str
    packs: int
    quantity: int
    moq: int
    offer: Offer | None
    late: bool
    blocked: str
    warnings: tuple[str, ...]


Suggestion = Evaluation
"""An evaluation that fires."""


def in_packs(packs: int, pack: str, pack_size: int) -> str:
    """Packs in words, always with their size: "2 boxes of 100"; a pack never reads like a unit."""
    return wording.packs(packs, pack, pack_size)
