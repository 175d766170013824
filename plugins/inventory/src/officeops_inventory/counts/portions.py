"""Count portions: which lots the difference of an item's count is booked on, and when nobody may guess that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Location, Problem, Refused, Value
from officeops.values.wording import listing
from officeops_inventory.model import Item, Lot
from officeops_inventory.stock.intake import comes_in_lots
from officeops_inventory.stock.ledger import newest_lot, on_hand, take, unusable, usable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office


class CountedPortion(Value):
    """Some of a count's difference, booked on one lot; `brings` tells whether it is goods, or fills what was below zero."""

    lot_id: int | None
    quantity: int
    brings: bool = True


def portions_of(
    office: Office, item_id: int, place: int, difference: int, no_lot: str | None = None
) -> list[CountedPortion]:
    """Return on which lots the difference of an item's count is booked, without writing. Raises Refused for a guess.

    What is missing: people reach for usable stock, so that is gone first, then the expired and held. What was found
    fills balances below zero first; the rest is of the newest lot there.
    """
    if not difference:
        return []
    _not_by_guess(office, item_id, place, difference)
    if difference < 0:
        today = office.today
        there = [*usable(office, item_id, place, today), *unusable(office, item_id, place, today)]
        return [
            CountedPortion(portion.lot_id, portion.quantity) for portion in take(there, -difference)
        ]
    return _portions_found(office, item_id, place, difference, no_lot)


def lots_in_words(office: Office, portions: Iterable[CountedPortion]) -> tuple[str, ...]:
    """Return portions of lots in words, each with what is wrong with the lot: "8 of lot A", "2 of lot B, recalled"."""
    named = []
    for portion in portions:
        if portion.lot_id:
            lot = office.get(Lot, portion.lot_id)
            word = lot.unsafe_word(office.today)
            named.append(f"{portion.quantity} of lot {lot.number}{word and ', '}{word}")
    return tuple(named)


def unsafe_beside_other(office: Office, item_id: int, place: int) -> list[str]:
    """Return what there is of an item at a location, lot by lot, where some of it is held or expired and some is not it.

    Such an item is counted by lot. Nothing where there is one lot alone, or none that is unsafe.
    """
    today = office.today
    unsafe = unusable(office, item_id, place, today)
    there = [*usable(office, item_id, place, today), *unsafe]
    if not unsafe or len(there) == 1:
        return []
    named = lots_in_words(
        office, [CountedPortion(portion.lot_id, portion.quantity) for portion in there]
    )
    loose = sum(portion.quantity for portion in there if portion.lot_id is None)
    return [*named, *([f"{loose} without a lot"] if loose else [])]


def _not_by_guess(office: Office, item_id: int, place: int, difference: int) -> None:
    """Raise Refused where the difference may be of good stock or of held and expired stock: nobody guesses which is left."""
    if on_hand(office, item_id, place) + difference == 0:
        return
    if there := unsafe_beside_other(office, item_id, place):
        item = office.get(Item, item_id)
        what = f"{abs(difference)} {'more' if difference > 0 else 'fewer'} than the record, which has {listing(there)}"
        cure = f'Count it by lot: officeops count "{office.label(Location, place)}" "{item.sku} lot NUMBER=QUANTITY"'
        raise Refused([Problem(f"{what}. {cure}", "counted")], item.name)


def _portions_found(
    office: Office, item_id: int, place: int, found: int, no_lot: str | None
) -> list[CountedPortion]:
    below = office.rows(
        "SELECT lot_id, -quantity FROM inventory_stock WHERE item_id = ? AND location_id = ? AND quantity < 0",
        item_id,
        place,
    )
    portions = []
    for lot_id, quantity in below:
        filled = min(quantity, found)
        if filled:
            # It brings nothing in: it takes back what left the record without ever having been in it.
            portions.append(CountedPortion(lot_id, filled, brings=False))
            found -= filled
    if found:
        portions.append(CountedPortion(_lot_of_found(office, item_id, place, found, no_lot), found))
    return portions


def _lot_of_found(
    office: Office, item_id: int, place: int, found: int, no_lot: str | None
) -> int | None:
    if (no_lot or "").strip():
        return None
    lot_id = newest_lot(office, item_id, place, office.today)
    if lot_id is None and comes_in_lots(office, item_id):
        item, where = office.get(Item, item_id), office.label(Location, place)
        cure = (
            f"Look which lot they are of and book them to it: officeops item receive {item.sku} "
            f'--quantity {found} --location "{where}" --lot NUMBER --expires-on DAY'
        )
        raise Refused(
            [Problem(f"{found} more than the record at {where}, of no known lot. {cure}", "lot")],
            item.name,
        )
    return lot_id
