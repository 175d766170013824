"""Stock levels: when an item is reordered and up to how much, for one location."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from officeops import Problem, Record, field, ref
from officeops_inventory.model.names import ITEM_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office


class HasLevels(Protocol):
    """An item, or its levels at one location, in base units."""

    @property
    def reorder_point(self) -> int | None:
        """The position at or below which an order is suggested."""

    @property
    def order_up_to(self) -> int | None:
        """The position that an order reaches."""


def levels_in_order(record: HasLevels) -> Iterable[Problem]:
    """Refuse an order-up-to level below the reorder point."""
    top, point = record.order_up_to, record.reorder_point
    if top is not None and point is not None and top < point:
        yield Problem(f"is below the reorder point of {point}", "order_up_to", code="wrong-order")


class Level(
    Record,
    key="inventory.level",
    noun="stock-level",
    former_nouns=("level",),
    also=("minimum", "par"),
    label="Stock level",
    display="item_id",
    unique_together=(("item_id", "location_id"),),
):
    """Levels of an item at one location, in place of the item's own."""

    # No safety stock and no minimum: those are for the item as a whole.
    item_id: int = ref("inventory.item", list_rank=1, also=ITEM_NAMES)
    location_id: int = ref("core.location", list_rank=2)
    reorder_point: int | None = field(
        kind="quantity", default=None, minimum=0, also=("min", "reorder level")
    )
    order_up_to: int | None = field(
        kind="quantity", default=None, minimum=0, also=("max", "par", "target")
    )
    maximum_is_hard: bool = field(
        default=False, label="Hard maximum", also=("maximum is hard", "hard max")
    )

    def check(self, office: Office) -> Iterable[Problem]:  # noqa: ARG002 - a record's signature
        """Refuse levels that contradict each other."""
        yield from levels_in_order(self)
