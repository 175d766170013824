"""Issues: stock booked out of a location lot by lot, and the sentence that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Location
from officeops.values.wording import units
from officeops_inventory.model import Lot
from officeops_inventory.stock.ledger import move, on_hand, positive, too_few
from officeops_inventory.stock.lots import lot_warning
from officeops_inventory.stock.picking import Portion, pick, take, total, unusable, usable
from officeops_inventory.stock.whereabouts import whereabouts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office
    from officeops_inventory.model import Item


def issue(
    office: Office,
    item: Item,
    kind: str,
    verb: str,
    quantity: int,
    location_id: int | None,
    lot_id: int | None,
    note: str | None,
) -> str:
    """Book stock out as moves of one kind, and return a sentence with its `verb`: used, wasted."""
    # The location first: which lots there are to take from depends on it.
    place = whereabouts(office, item.id, location_id, lot_id)
    portions = portions_of(office, item, place, quantity, lot_id)
    book_out(office, item, kind, place, portions, note)
    what = f"{units(quantity, item.base_unit)} {verb}"
    return booked(office, item, what, place, portions)


def book_out(
    office: Office,
    item: Item,
    kind: str,
    place: int,
    portions: Iterable[Portion],
    note: str | None,
) -> None:
    """Book a move out of a location for each portion."""
    for portion in portions:
        move(office, item.id, kind, -portion.quantity, place, portion.lot_id, note=note)


def portions_of(
    office: Office,
    item: Item,
    place: int,
    quantity: int,
    lot_id: int | None,
) -> list[Portion]:
    """Return the portions to take: of the lot named, else usable stock, first to expire first."""
    positive(quantity)
    if lot_id:
        return [Portion(lot_id, quantity)]
    return pick(office, item.id, place, quantity, office.today)


def portions_of_any(
    office: Office,
    item: Item,
    place: int,
    quantity: int,
) -> list[Portion]:
    """Return the portions to take from a record that is too high: usable stock, then the rest."""
    # A correction says that the record is wrong, and takes no stock: unsafe stock may go as well.
    portions = usable(office, item.id, place, office.today)
    portions += unusable(office, item.id, place, office.today)
    present = total(portions)
    if present < positive(quantity):
        raise too_few(office, item.id, place, quantity, present)
    return take(portions, quantity)


def booked(
    office: Office,
    item: Item,
    what: str,
    place: int,
    portions: Iterable[Portion],
) -> str:
    """Return a sentence with the booking, its lots, and the quantity on hand there now."""
    lots = [_of_lot(office, portion) for portion in portions if portion.lot_id]
    which = f" ({', '.join(lots)})" if lots else ""
    left = on_hand(office, item.id, place)
    return f"{item.name}: {what}{which}; {left} on hand at {office.label(Location, place)}."


def warnings(office: Office, portions: Iterable[Portion]) -> str:
    """Return a sentence for each lot of the portions that must not be used, or nothing."""
    sentences = ""
    for portion in portions:
        if portion.lot_id:
            sentences += lot_warning(office.get(Lot, portion.lot_id), office.today)
    return sentences


def _of_lot(office: Office, portion: Portion) -> str:
    """Return the quantity with its lot, and why the lot is unsafe: 3 of lot A, recalled."""
    lot = office.get(Lot, portion.lot_id or 0)
    word = lot.unsafe_word(office.today)
    unsafe = f", {word}" if word else ""
    return f"{portion.quantity} of lot {lot.number}{unsafe}"
