"""Drafting: the reorder sheet turned into one draft purchase order for each vendor.

The sheet is worked out inside the write transaction, and quantities in draft count as coming. So a
second run, or cron and a person at once, finds nothing left to draft.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import UsageProblem, Value
from officeops.commands import PARTLY, marked
from officeops.values.wording import count
from officeops_inventory.model import Line, Order
from officeops_inventory.purchasing.vendor_skus import sku_of_pack
from officeops_inventory.reorder.sheet import SNOOZE, sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from officeops import Office
    from officeops_inventory.reorder.suggestions import SheetLine
    from officeops_inventory.reorder.types import Offer


#: The reason for leaving out a line that a person decided on.
BY_HAND: Final = "its line on the draft order was changed by hand"

_CHANGED_BY_HAND: Final = """
SELECT l.item_id FROM inventory_line l JOIN inventory_order o ON o.id = l.order_id
WHERE o.status = 'draft' AND o.archived_at IS NULL AND l.by_hand AND l.archived_at IS NULL
"""
#: Each vendor's draft order, the oldest if there are several.
_DRAFTS: Final = """
SELECT vendor_id, min(id) FROM inventory_order
WHERE status = 'draft' AND archived_at IS NULL GROUP BY vendor_id
"""
_SAME_LINE: Final = """
order_id = ? AND item_id = ? AND location_id IS ? AND pack_size = ? AND price IS ? AND NOT by_hand
"""


class DraftLine(Value):
    """One line added or topped up: its order, its sheet line, and the packs added."""

    order_id: int
    sheet_line: SheetLine
    packs: int


class Drafted(Value):
    """The result of drafting.

    `new_orders` are the orders it added. `draft_lines` are the lines it added or topped up, on those
    and on older drafts. `left` are the lines it left out, each with the reason.
    """

    new_orders: list[int]
    draft_lines: list[DraftLine]
    left: list[tuple[SheetLine, str]]

    @property
    def order_ids(self) -> list[int]:
        """The orders added or topped up, each once."""
        return list(dict.fromkeys(line.order_id for line in self.draft_lines))

    @property
    def left_out(self) -> list[SheetLine]:
        """The lines that must be ordered and are on no draft; one changed by hand is on one."""
        return [line for line, why in self.left if why != BY_HAND]

    @property
    def lines(self) -> int:
        """The number of lines added or topped up."""
        return len(self.draft_lines)


def draft_orders(
    office: Office,
    item_ids: Iterable[int] | None = None,
    packs: Mapping[int, int] | None = None,
    *,
    dry_run: bool = False,
    request: str | None = None,
) -> Drafted:
    """Draft the sheet's suggestions as one audited action: all of them, or those of `item_ids`.

    `packs` gives another number of packs for some items; those lines then count as changed by hand.
    With `dry_run` everything runs, guards too, and is rolled back: the numbers of new orders are
    those they would have now.
    """
    chosen = None if item_ids is None else set(item_ids)
    asked = dict(packs or {})
    given = {"items": "all" if chosen is None else sorted(chosen), "packs": _by_item(asked)}
    try:
        with office.acting(
            "inventory.reorder.draft", given, request=request, bulk="drafting orders"
        ) as outcome:
            drafted = _Draft(office, chosen, asked).run()
            orders = count(len(drafted.order_ids), "order")
            outcome.append(f"{count(drafted.lines, 'line')} on {orders}")
            if drafted.left_out:
                outcome.append(marked("", PARTLY))
            # A draft of nothing would use up its request id, and the next request with that id
            # would count as carried out.
            if dry_run or not drafted.lines:
                raise _RollBack  # noqa: TRY301 - only an exception undoes the transaction
    except _RollBack:
        pass
    return drafted


def _by_item(packs: Mapping[int, int]) -> dict[str, int]:
    return {str(item_id): packs[item_id] for item_id in sorted(packs)}


class _RollBack(Exception):
    pass


class _Draft:
    """One run of drafting, inside its transaction."""

    def __init__(
        self,
        office: Office,
        chosen: set[int] | None,
        packs: dict[int, int],
    ) -> None:
        self.office = office
        self.chosen = chosen
        self.packs = packs
        self.by_hand = {item_id for (item_id,) in office.rows(_CHANGED_BY_HAND)}
        self.orders: dict[int, int] = dict(office.rows(_DRAFTS))
        self.older = set(self.orders.values())
        #: Lines to add: written together at the end, which is several times faster than one by one.
        self.fresh: list[dict[str, Any]] = []
        self.draft_lines: list[DraftLine] = []
        self.left: list[tuple[SheetLine, str]] = []

    def run(self) -> Drafted:
        """Draft the lines, and return the result."""
        # Someone who names an item wants it now, snoozed or not.
        for line in sheet(self.office, snoozed=self.chosen is not None).lines:
            if self.chosen is None or line.item.id in self.chosen:
                self._draft(line)
        if self.fresh:
            self.office.add_many(Line, self.fresh)
        new_orders = [order_id for order_id in self.orders.values() if order_id not in self.older]
        return Drafted(new_orders, self.draft_lines, self.left)

    def _draft(self, line: SheetLine) -> None:
        """Add or top up the order line for a sheet line, or leave it out."""
        offer = line.suggestion.offer
        if line.suggestion.blocked:
            self.left.append((line, line.suggestion.blocked))
        elif offer is None:
            self.left.append((line, "it has no vendor to order from"))
        elif line.item.id in self.by_hand:
            self.left.append((line, BY_HAND))
        else:
            order_id = self._order(offer)
            packs = self.packs.get(line.item.id, line.suggestion.packs)
            self.draft_lines.append(DraftLine(order_id, line, packs))
            self._put(order_id, line, offer, packs)

    def _order(self, offer: Offer) -> int:
        """Return the vendor's draft order, a new one if there is none."""
        if offer.vendor_id not in self.orders:
            self.orders[offer.vendor_id] = self.office.add(Order(vendor_id=offer.vendor_id)).id
        return self.orders[offer.vendor_id]

    def _put(
        self,
        order_id: int,
        line: SheetLine,
        offer: Offer,
        packs: int,
    ) -> None:
        by_hand = line.item.id in self.packs
        # Topped up, not added: a vendor with two lines for one pack may send it twice.
        same = self._same_line(order_id, line, offer)
        if same is not None:
            self.office.edit(same, managed=True, packs=same.packs + packs, by_hand=by_hand)
            return
        sku = sku_of_pack(self.office, line.item.id, offer.vendor_id, offer.pack_size)
        self.fresh.append(
            {
                "order_id": order_id,
                "item_id": line.item.id,
                "packs": packs,
                "pack_size": offer.pack_size,
                "pack": offer.pack,
                "price": offer.price,
                "location_id": line.location_id,
                "by_hand": int(by_hand),
                "ordered_sku": sku,
            }
        )

    def _same_line(
        self,
        order_id: int,
        line: SheetLine,
        offer: Offer,
    ) -> Line | None:
        """Return the order's line for the same item, location, pack and price, to top up."""
        if not line.suggestion.in_draft:
            return None
        same = (order_id, line.item.id, line.location_id, offer.pack_size, offer.price)
        return self.office.first(Line, _SAME_LINE, *same)


def snooze_item(
    office: Office,
    item_id: int,
    until: date,
    *,
    request: str | None = None,
) -> None:
    """Leave an item off the reorder sheet until a day. Raises UsageProblem for today or earlier."""
    if until <= office.today:
        raise UsageProblem(f"{until} is not after today; say a later day.", code="out-of-range")
    given = {"item": item_id, "until": str(until)}
    with office.acting("inventory.reorder.snooze", given, request=request):
        office.put_off(f"{SNOOZE}{item_id}", until)
