"""Count portions: on which lots a count's difference is booked, and when nobody may guess that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Location, Problem, Refused, Value
from officeops.values.wording import listing
from officeops_inventory.model import Item, Lot
from officeops_inventory.stock.intake import comes_in_lots
from officeops_inventory.stock.ledger import on_hand
from officeops_inventory.stock.picking import newest_lot, take, unusable, usable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

_BELOW_ZERO = """
SELECT lot_id, -quantity FROM inventory_stock
WHERE item_id = ? AND location_id = ? AND quantity < 0
"""


class CountedPortion(Value):
    """Some of a count's difference, in base units, booked on one lot.

    `brings` tells goods that came in from units that only fill a balance below zero.
    """

    lot_id: int | None
    quantity: int
    brings: bool = True


def portions_of(
    office: Office,
    item_id: int,
    place: int,
    difference: int,
    no_lot: str | None = None,
) -> list[CountedPortion]:
    """Return the lots on which the difference of an item's count is booked, without writing.

    A shortfall is of usable stock first, since people reach for that, then of expired and held
    stock. A surplus fills balances below zero first; the rest is of the newest lot there. Raises
    Refused where that would be a guess.
    """
    if not difference:
        return []
    _not_by_guess(office, item_id, place, difference)
    if difference > 0:
        return _surplus(office, item_id, place, difference, no_lot)
    today = office.today
    stock = [*usable(office, item_id, place, today), *unusable(office, item_id, place, today)]
    return [
        CountedPortion(portion.lot_id, portion.quantity) for portion in take(stock, -difference)
    ]


def lots_in_words(office: Office, portions: Iterable[CountedPortion]) -> tuple[str, ...]:
    """Return portions of lots in words: "8 of lot A", or "2 of lot B, recalled"."""
    named = []
    for portion in portions:
        if portion.lot_id:
            lot = office.get(Lot, portion.lot_id)
            word = lot.unsafe_word(office.today)
            warning = f", {word}" if word else ""
            named.append(f"{portion.quantity} of lot {lot.number}{warning}")
    return tuple(named)


def unsafe_beside_other(office: Office, item_id: int, place: int) -> list[str]:
    """Return an item's lots at a location in words, where held or expired stock is beside other.

    Such an item is counted by lot. Empty where there is one lot alone, or none that is unsafe.
    """
    today = office.today
    unsafe = unusable(office, item_id, place, today)
    stock = [*usable(office, item_id, place, today), *unsafe]
    if not unsafe or len(stock) == 1:
        return []
    portions = [CountedPortion(portion.lot_id, portion.quantity) for portion in stock]
    words = list(lots_in_words(office, portions))
    loose = sum(portion.quantity for portion in portions if portion.lot_id is None)
    if loose:
        words.append(f"{loose} without a lot")
    return words


def _not_by_guess(
    office: Office,
    item_id: int,
    place: int,
    difference: int,
) -> None:
    """Raise Refused where the difference may be of good stock or of held and expired stock."""
    if on_hand(office, item_id, place) + difference == 0:
        # Nothing is left, so no lot is.
        return
    lots = unsafe_beside_other(office, item_id, place)
    if not lots:
        return
    item = office.get(Item, item_id)
    more = "more" if difference > 0 else "fewer"
    what = f"{abs(difference)} {more} than the record, which has {listing(lots)}"
    location = office.label(Location, place)
    command = f'officeops count "{location}" "{item.sku} lot NUMBER=QUANTITY"'
    raise Refused(
        [Problem(f"{what}. Count it by lot: {command}", "counted", code="lot-needed")], item.name
    )


def _surplus(
    office: Office,
    item_id: int,
    place: int,
    surplus: int,
    no_lot: str | None,
) -> list[CountedPortion]:
    portions = []
    for lot_id, missing in office.rows(_BELOW_ZERO, item_id, place):
        filled = min(missing, surplus)
        if filled:
            # It brings nothing in: it takes back units that left the record and were never in it.
            portions.append(CountedPortion(lot_id, filled, brings=False))
            surplus -= filled
    if surplus:
        lot_id = _lot_of_surplus(office, item_id, place, surplus, no_lot)
        portions.append(CountedPortion(lot_id, surplus))
    return portions


def _lot_of_surplus(
    office: Office,
    item_id: int,
    place: int,
    surplus: int,
    no_lot: str | None,
) -> int | None:
    """Return the lot of units beyond the record: the newest there, or none.

    Raises Refused where an item in lots has none there: the units are of a lot nobody named.
    """
    if (no_lot or "").strip():
        return None
    lot_id = newest_lot(office, item_id, place, office.today)
    if lot_id is not None or not comes_in_lots(office, item_id):
        return lot_id
    item, location = office.get(Item, item_id), office.label(Location, place)
    what = f"{surplus} more than the record at {location}, of no known lot"
    command = (
        f"officeops item receive {item.sku} --quantity {surplus} "
        f'--location "{location}" --lot NUMBER --expires-on DAY'
    )
    cure = f"Look which lot they are of and book them to it: {command}"
    raise Refused([Problem(f"{what}. {cure}", "lot", code="lot-needed")], item.name)
