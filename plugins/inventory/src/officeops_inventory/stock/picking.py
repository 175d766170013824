"""Picking: the lots to take a quantity from, first to expire first, and never an unsafe one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_inventory.declared.usable import USABLE
from officeops_inventory.model import Move
from officeops_inventory.stock.ledger import too_few

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office

_NEWEST_LOT: Final = f"""
SELECT l.id FROM inventory_stock s JOIN inventory_lot l ON l.id = s.lot_id
WHERE s.item_id = ? AND s.location_id = ? AND {USABLE}
ORDER BY s.quantity > 0 DESC, l.id DESC LIMIT 1
"""


class Portion(Value):
    """Some of the stock of one lot, in base units; `lot_id` is None for stock without lots."""

    lot_id: int | None
    quantity: int


def usable(
    office: Office,
    item_id: int,
    location_id: int,
    today: date,
) -> list[Portion]:
    """Return the stock that may be used, first to expire first (FEFO)."""
    return _portions(office, item_id, location_id, today, usable=True)


def unusable(
    office: Office,
    item_id: int,
    location_id: int,
    today: date,
) -> list[Portion]:
    """Return the stock of expired and held lots, first expired first."""
    return _portions(office, item_id, location_id, today, usable=False)


def _portions(
    office: Office,
    item_id: int,
    location_id: int,
    today: date,
    *,
    usable: bool,
) -> list[Portion]:
    account = {"item_id": item_id, "location_id": location_id}
    portions = Move.ledger.portions(office, today, usable=usable, **account)
    return [Portion(lot_id, quantity) for lot_id, quantity in portions]


def total(portions: Iterable[Portion]) -> int:
    """Return the base units of all portions together."""
    return sum(portion.quantity for portion in portions)


def pick(
    office: Office,
    item_id: int,
    location_id: int,
    quantity: int,
    today: date,
) -> list[Portion]:
    """Return the portions to take a quantity from, never those of an expired or held lot.

    Raises Refused where there is not enough; the refusal counts unsafe stock separately.
    """
    portions = usable(office, item_id, location_id, today)
    on_hand = total(portions)
    if on_hand < quantity:
        # Named, because a person who sees the shelf counts these too.
        unsafe = total(unusable(office, item_id, location_id, today))
        beside = ""
        if unsafe:
            beside = f" (and {unsafe} expired or held, taken only by naming their lot)"
        raise too_few(office, item_id, location_id, quantity, on_hand, beside=beside)
    return take(portions, quantity)


def take(portions: Iterable[Portion], quantity: int) -> list[Portion]:
    """Return the first portions that make up a quantity, the last one cut to fit."""
    taken: list[Portion] = []
    # In their order: that is what makes it first to expire, first out.
    for portion in portions:
        if quantity <= 0:
            break
        taken.append(Portion(portion.lot_id, min(portion.quantity, quantity)))
        quantity -= portion.quantity
    return taken


def newest_lot(
    office: Office,
    item_id: int,
    location_id: int,
    today: date,
) -> int | None:
    """Return the usable lot that came to a location last, or None.

    Stock that someone finds there most likely belongs to it.
    """
    lot_id: int | None = office.value(_NEWEST_LOT, item_id, location_id, today.isoformat())
    return lot_id
