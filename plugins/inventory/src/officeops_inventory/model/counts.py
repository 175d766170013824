"""Count entries: how many of an item were counted at a location."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Reason, Record, field, ref
from officeops_inventory.model.moves import Move
from officeops_inventory.model.names import ITEM_NAMES

if TYPE_CHECKING:
    from datetime import date

    from officeops import Office


class Count(
    Record,
    key="inventory.count-entry",
    label="Count entry",
    plural="Count entries",
    display="item_id",
    sort="-id",
    actions_only=True,
):
    """One item counted at one location on one day."""

    added_by = "officeops count"

    # The rest of an archived item, or at an archived location, is counted down to nothing.
    item_id: int = ref("inventory.item", archived=True, list_rank=1, also=ITEM_NAMES)
    location_id: int = ref("core.location", archived=True, list_rank=2)
    day: date = field(list_rank=3)
    # As the record was at that moment; later moves do not change it.
    expected: int = field(kind="quantity", list_rank=4)
    counted: int = field(kind="quantity", minimum=0, list_rank=3)

    def still_needed(self, office: Office) -> str | None:
        """Keep a count that later moves rely on: without it, stock would lack them."""
        if not Move.ledger.relied_on(office, self):
            return None
        why = (
            "moves that were booked or reversed after it changed no stock, because it includes "
            "them; undo those first"
        )
        return Reason(why, code="counted-since", facts={"day": str(self.day)})
