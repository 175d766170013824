"""The facts that the reorder rule takes and the evaluation that it gives.

Quantities are whole numbers of the item's base unit. Prices are per pack, in hundredths of a minor
unit. Times are in days. All of it is plain values, so that ten thousand items stay cheap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Value
from officeops.values import wording

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

TYPED = "typed"
"""A person set the level."""
COMPUTED = "computed"
"""The level follows from recorded use, lead time and the office's policy."""
CAPPED = "computed, kept below the order-up-to level"
"""Use asks for a reorder point at or above the typed order-up-to level, which is not exceeded."""
ONE_ABOVE = "one above the reorder point"
"""The least order-up-to level after which the same order is not suggested again."""
ONE_BELOW = "one below the order-up-to level"
"""Only a PAR level is typed: any quantity missing from it is ordered."""

NOT_STOCKED = "not stocked: reorder point and order-up-to level are both 0"
"""A person typed that the office keeps none of the item; it is never suggested."""


class Lot(Value):
    """Usable stock of one lot; `expires_on` is its last usable day, None if it never expires."""

    quantity: int
    expires_on: date | None


class Demand(Value):
    """Use per day: mean and population standard deviation over `days` days that had stock."""

    mean: float
    deviation: float
    days: int


class Offer(Value):
    """One vendor's terms for one item.

    `pack_size` is in base units and `pack` its name. `moq` is the least order, in packs. `price`
    is per pack, in hundredths of a minor unit. `lead_days` runs from order to receipt. A lower
    `rank` is preferred.
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
        """The reason why nothing can be ordered on these terms; blank if something can."""
        if not self.active:
            return "is not active"
        if self.on_hold:
            return "is on hold"
        if not self.price_valid:
            return "has no price valid today"
        return "" if self.pack_size > 0 else "has no pack size"


class Levels(Value):
    """The levels that a person typed, None for one not typed; `minimum` only warns."""

    reorder_point: int | None
    order_up_to: int | None
    maximum_is_hard: bool
    safety_stock: int | None
    minimum: int | None

    @property
    def none_kept(self) -> bool:
        """Whether both levels are typed as 0: not stocked, even if the item is used or gone."""
        return self.reorder_point == 0 and self.order_up_to == 0


class Policy(Value):
    """The office's settings for the rule.

    `review_days` are the days between orders, `service_level` is the wished one, from 0 to 1,
    `lead_days` the lead time where no terms give one, and `lead_deviation` its deviation in days.
    """

    review_days: int
    service_level: float
    lead_days: int
    lead_deviation: float


class Facts(Value):
    """Everything that the file knows of one item, or of one item at one location, for the rule.

    `usable` is neither expired nor held. `lots` is the part of it that may expire before the next
    order comes; it may be left out where no lot expires that soon.
    """

    levels: Levels
    usable: int
    lots: Sequence[Lot]
    on_order: int
    in_draft: int
    demand: Demand | None
    offers: Sequence[Offer]


class Position(Value):
    """Stock as an order sees it: `doomed` is the part of `usable` that will expire unused."""

    usable: int
    doomed: int
    on_order: int
    in_draft: int

    @property
    def total(self) -> int:
        """Stock on hand and to come, which is compared with the levels."""
        return self.usable - self.doomed + self.on_order + self.in_draft


class Evaluation(Value):
    """Every term of the rule for one item, whether or not it leads to an order.

    `fires` says that the position is at or below the reorder point. `packs` and `quantity`
    (packs x pack size) are zero if it does not fire, or if nothing fits and `blocked` says why.
    `demand_mean` is units a day. `stock_out` is the first day that usable stock does not cover, None without known use. A level
    that is neither typed nor computable is None. `adjusted` says which plugin changed the rule's
    order, and how.
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
    adjusted: str = ""

    def ordering(self, packs: int) -> Evaluation:
        """Return the suggestion with another number of packs, for a plugin that adjusts it."""
        return self.replace(packs=packs, quantity=packs * self.pack_size)


Suggestion = Evaluation
"""An evaluation that fires."""


def in_packs(packs: int, pack: str, pack_size: int) -> str:
    """Return packs in words, always with their size: "2 boxes of 100"."""
    return wording.packs(packs, pack, pack_size)
