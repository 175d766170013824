"""Drafting: turn the reorder sheet into one draft purchase order per vendor, as often as anybody likes.

The sheet is worked out inside the write transaction, and what is in draft counts as coming: a second run,
or cron and a person at once, finds nothing left to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import UsageProblem, Value
from officeops.model.exit_codes import PARTLY, marked
from officeops.values.wording import count
from officeops_inventory.model import Line, Order
from officeops_inventory.purchasing.vendor_skus import sku_of_pack
from officeops_inventory.reorder.sheet import SNOOZE, SheetLine, lines_changed_by_hand, sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from officeops import Office


#: Why a line is left that somebody decided on.
BY_HAND: Final = "its line on the draft order was changed by hand"


class DraftLine(Value):
    """One line made or topped up: on which order, what for, and how many packs more it asks for."""

    order_id: int
    sheet_line: SheetLine
    packs: int


class Drafted(Value):
    """What drafting did: the orders it made, the lines it made or topped up on those and on older drafts, and those it left, each with why."""

    new_orders: list[int]
    made: list[DraftLine]
    left: list[tuple[SheetLine, str]]

    @property
    def order_ids(self) -> list[int]:
        """The orders made or topped up, each once."""
        return list(dict.fromkeys(line.order_id for line in self.made))

    @property
    def left_out(self) -> list[SheetLine]:
        """The lines that must be ordered and are on no draft; one changed by hand is on one."""
        return [line for line, why in self.left if why != BY_HAND]

    @property
    def lines(self) -> int:
        """How many lines were made or topped up."""
        return len(self.made)


def draft_orders(
    office: Office,
    item_ids: Iterable[int] | None = None,
    packs: Mapping[int, int] | None = None,
    *,
    dry_run: bool = False,
    request: str | None = None,
) -> Drafted:
    """Draft what the sheet suggests, as one audited action: all of it, or `item_ids` alone.

    `packs` says another number of packs for some items; those lines then count as changed by hand. With `dry_run` it is
    done, guards and all, and nothing of it is kept: the numbers of new orders are those they would have now.
    """
    chosen = None if item_ids is None else set(item_ids)
    given = {"items": "all" if chosen is None else sorted(chosen), "packs": _by_item(packs or {})}
    try:
        with office.acting(
            "inventory.reorder.draft", given, request=request, bulk="drafting orders"
        ) as outcome:
            drafted = _draft(office, chosen, dict(packs or {}))
            outcome.append(
                f"{count(drafted.lines, 'line')} on {count(len(drafted.order_ids), 'order')}"
            )
            if drafted.left_out:
                outcome.append(marked("", PARTLY))
            # A draft of nothing would use up its request id, and the next one be taken for done.
            if dry_run or not drafted.lines:
                raise _NotKept  # noqa: TRY301 - leaves the transaction by its own door
    except _NotKept:
        pass
    return drafted


def _by_item(packs: Mapping[int, int]) -> dict[str, int]:
    return {str(item_id): packs[item_id] for item_id in sorted(packs)}


class _NotKept(Exception):
    pass


def _draft(office: Office, chosen: set[int] | None, packs: dict[int, int]) -> Drafted:
    decided = lines_changed_by_hand(office)
    orders = _drafts(office)
    before = set(orders.values())
    fresh: list[dict[str, Any]] = []
    made: list[DraftLine] = []
    left: list[tuple[SheetLine, str]] = []
    for line in sheet(office, snoozed=chosen is not None).lines:
        if chosen is not None and line.item.id not in chosen:
            continue
        if why := _why_not(line, decided):
            left.append((line, why))
            continue
        order_id = _order(office, line, orders)
        wanted = packs.get(line.item.id, line.suggestion.packs)
        made.append(DraftLine(order_id, line, wanted))
        if (there := _same_line(office, order_id, line)) is not None:
            office.edit(
                there, managed=True, packs=there.packs + wanted, by_hand=line.item.id in packs
            )
        else:
            fresh.append(_new_line(office, order_id, line, wanted, by_hand=line.item.id in packs))
    if fresh:
        office.add_many(Line, fresh)
    return Drafted([each for each in orders.values() if each not in before], made, left)


def _drafts(office: Office) -> dict[int, int]:
    """Return each vendor's draft order, its oldest where it has several."""
    rows = office.rows(
        "SELECT vendor_id, min(id) FROM inventory_order WHERE status = 'draft' AND archived_at IS NULL GROUP BY 1"
    )
    return dict(rows)


def _why_not(line: SheetLine, decided: set[int]) -> str:
    if line.suggestion.blocked:
        return line.suggestion.blocked
    if line.suggestion.offer is None:
        return "it has no vendor to order from"
    if line.item.id in decided:
        return BY_HAND
    return ""


def _order(office: Office, line: SheetLine, orders: dict[int, int]) -> int:
    offer = line.suggestion.offer
    assert offer is not None  # noqa: S101 - lines without one were left out
    if offer.vendor_id not in orders:
        orders[offer.vendor_id] = office.add(Order(vendor_id=offer.vendor_id)).id
    return orders[offer.vendor_id]


def _same_line(office: Office, order_id: int, line: SheetLine) -> Line | None:
    """Return the order's line for the same item, place, pack and price, which can take more packs."""
    if not line.suggestion.in_draft:
        return None
    offer = line.suggestion.offer
    assert offer is not None  # noqa: S101 - lines without one were left out
    return office.first(
        Line,
        "order_id = ? AND item_id = ? AND location_id IS ? AND pack_size = ? AND price IS ? AND NOT by_hand",
        order_id,
        line.item.id,
        line.location_id,
        offer.pack_size,
        offer.price,
    )


def _new_line(
    office: Office, order_id: int, line: SheetLine, packs: int, *, by_hand: bool
) -> dict[str, Any]:
    offer = line.suggestion.offer
    assert offer is not None  # noqa: S101 - lines without one were left out
    return {
        "order_id": order_id,
        "item_id": line.item.id,
        "packs": packs,
        "pack_size": offer.pack_size,
        "pack": offer.pack,
        "price": offer.price,
        "location_id": line.location_id,
        "by_hand": int(by_hand),
        "ordered_sku": sku_of_pack(office, line.item.id, offer.vendor_id, offer.pack_size),
    }


def snooze_item(office: Office, item_id: int, until: date, *, request: str | None = None) -> None:
    """Put an item off the reorder sheet until a day. Raises UsageProblem for a day that is not to come."""
    if until <= office.today:
        raise UsageProblem(f"{until} is not after today; say a later day.")
    with office.acting(
        "inventory.reorder.snooze", {"item": item_id, "until": str(until)}, request=request
    ):
        office.put_off(f"{SNOOZE}{item_id}", until)
