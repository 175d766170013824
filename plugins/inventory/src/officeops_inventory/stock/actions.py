"""What people do with stock: use it, waste it, correct it, carry it, send it back, take it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Location, Problem, Refused, action, param
from officeops.values.wording import units
from officeops_inventory.model import Item, Lot
from officeops_inventory.stock import lots, reversal
from officeops_inventory.stock.intake import NO_LOT_HELP, home
from officeops_inventory.stock.ledger import (
    Portion,
    move,
    newest_lot,
    on_hand,
    pick,
    positive,
    take,
    too_few,
    unusable,
    usable,
    whereabouts,
)
from officeops_inventory.stock.lots import lot_warning, reason_for, received_lot
from officeops_inventory.stock.open_orders import places_kept

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Action, Office

_ANY_LOT = "The lot to take. [default: the first to expire; never an expired or held one]"
_ANY_PLACE = "The location. [default: the only one that has it]"
_ALL_THE_SAME = "Why you take a recalled, held or expired lot"


@action("inventory.item.use", key="o")
def use(
    office: Office,
    item: Item,
    quantity: int = param(kind="quantity", minimum=1, help="Base units"),
    location_id: int | None = param(target="core.location", default=None, help=_ANY_PLACE),
    lot_id: int | None = param(target="inventory.lot", within="id", default=None, help=_ANY_LOT),
    note: str | None = param(default=None),
    reason: str | None = param(default=None, help=_ALL_THE_SAME),
) -> str:
    """Take stock for use."""
    note = reason_for(office, lot_id, reason, note)
    return _out(office, item, ("use", "used"), quantity, location_id, lot_id, note)


@action("inventory.item.waste")
def waste(
    office: Office,
    item: Item,
    quantity: int = param(kind="quantity", minimum=1, help="Base units"),
    reason: str = param(help="What happened to it"),
    location_id: int | None = param(target="core.location", default=None, help=_ANY_PLACE),
    lot_id: int | None = param(target="inventory.lot", within="id", default=None, help=_ANY_LOT),
) -> str:
    """Write off stock that was broken, spilled or spoiled; it does not count as use."""
    note = reason_for(office, lot_id, _said(reason), None)
    return _out(office, item, ("waste", "wasted"), quantity, location_id, lot_id, note)


@action("inventory.item.return")
def return_to_vendor(
    office: Office,
    item: Item,
    quantity: int = param(kind="quantity", minimum=1, help="Base units"),
    reason: str = param(help="Why it goes back, and to whom"),
    location_id: int | None = param(target="core.location", default=None, help=_ANY_PLACE),
    lot_id: int | None = param(target="inventory.lot", within="id", default=None, help=_ANY_LOT),
) -> str:
    """Send stock back to its vendor."""
    note = reason_for(office, lot_id, _said(reason), None)
    return _out(office, item, ("return", "returned"), quantity, location_id, lot_id, note)


@action("inventory.item.adjust")
def adjust(
    office: Office,
    item: Item,
    quantity: int = param(kind="quantity", help="Base units more; negative for fewer"),
    reason: str = param(help="Why the record was wrong"),
    location_id: int | None = param(target="core.location", default=None, help=_ANY_PLACE),
    lot_id: int | None = param(
        target="inventory.lot",
        within="id",
        default=None,
        help="Newest there for more, first to expire for fewer",
    ),
    no_lot: str | None = param(default=None, label="No lot", help=NO_LOT_HELP),
) -> str:
    """Correct the record where it is wrong; it does not count as use."""
    place = whereabouts(office, item.id, location_id, lot_id)
    note = reason_for(office, lot_id, _said(reason), None)
    if quantity > 0:
        said = (no_lot or "").strip()
        found = None if said else newest_lot(office, item.id, place, office.today)
        portions = [Portion(lot_id or found, quantity)]
        move(
            office, item.id, "adjust", quantity, place, portions[0].lot_id, note=note, no_lot=no_lot
        )
    else:
        portions = (
            [Portion(lot_id, -quantity)] if lot_id else _of_all(office, item, place, -quantity)
        )
        _book_out(office, item, "adjust", place, portions, note)
    signed = f"{'+' if quantity > 0 else ''}{units(quantity, item.base_unit)}"
    told = _told(office, item, signed, place, portions)
    return told + (_warnings(office, portions) if quantity > 0 else "")


@action("inventory.item.transfer")
def transfer(
    office: Office,
    item: Item,
    quantity: int = param(kind="quantity", minimum=1, help="Base units"),
    to_location_id: int = param(target="core.location", help="Where it goes"),
    from_location_id: int | None = param(target="core.location", default=None, help=_ANY_PLACE),
    lot_id: int | None = param(target="inventory.lot", within="id", default=None, help=_ANY_LOT),
    note: str | None = param(default=None),
    no_lot: str | None = param(default=None, label="No lot", help=NO_LOT_HELP),
    reason: str | None = param(default=None, help=_ALL_THE_SAME),
) -> str:
    """Carry stock from one location to another."""
    note = reason_for(office, lot_id, reason, note)
    place = whereabouts(office, item.id, from_location_id, lot_id)
    if place == to_location_id:
        raise Refused(
            [Problem(f"it is at {office.label(Location, place)} already", "to_location")], item.name
        )
    portions = _portions(office, item, place, quantity, lot_id)
    for portion in portions:
        # The two halves stand next to each other in the ledger: that is how a reversal finds the other one.
        move(office, item.id, "transfer", -portion.quantity, place, portion.lot_id, note=note)
        move(
            office,
            item.id,
            "transfer",
            portion.quantity,
            to_location_id,
            portion.lot_id,
            note=note,
            no_lot=no_lot,
        )
    went = f"{units(quantity, item.base_unit)} carried to {office.label(Location, to_location_id)}"
    return _told(office, item, went, place, portions) + _warnings(office, portions)


@action("inventory.item.receive", key="v")
def receive(
    office: Office,
    item: Item,
    quantity: int = param(kind="quantity", minimum=1, help="Base units"),
    location_id: int | None = param(
        target="core.location", default=None, help="The location. [default: where the item is kept]"
    ),
    lot: str | None = param(default=None, help="Lot number on the label"),
    expires_on: date | None = param(  # noqa: B008 - a declaration
        default=None, month_end=True, help="Last day it may be used; a month alone is its last day"
    ),
    note: str | None = param(default=None),
    no_lot: str | None = param(default=None, label="No lot", help=NO_LOT_HELP),
) -> str:
    """Take in stock that came without an order."""
    place = location_id or home(office, item.id)
    batch = received_lot(office, item.id, lot, expires_on, no_lot)
    portion = Portion(batch.id if batch else None, positive(quantity))
    with places_kept(office, item.id):
        move(office, item.id, "receive", quantity, place, portion.lot_id, note=note, no_lot=no_lot)
    told = _told(office, item, f"{units(quantity, item.base_unit)} received", place, [portion])
    return told + lot_warning(batch, office.today)


def _out(
    office: Office,
    item: Item,
    words: tuple[str, str],
    quantity: int,
    location_id: int | None,
    lot_id: int | None,
    note: str | None,
) -> str:
    """Book stock out; `words` are the kind of move and what is said of the goods."""
    kind, done = words
    place = whereabouts(office, item.id, location_id, lot_id)
    portions = _portions(office, item, place, quantity, lot_id)
    _book_out(office, item, kind, place, portions, note)
    return _told(office, item, f"{units(quantity, item.base_unit)} {done}", place, portions)


def _portions(
    office: Office, item: Item, place: int, quantity: int, lot_id: int | None
) -> list[Portion]:
    positive(quantity)
    return (
        [Portion(lot_id, quantity)]
        if lot_id
        else pick(office, item.id, place, quantity, office.today)
    )


def _of_all(office: Office, item: Item, place: int, quantity: int) -> list[Portion]:
    """Return what to take where the record is too high: usable stock first, then the rest."""
    today = office.today
    found = [*usable(office, item.id, place, today), *unusable(office, item.id, place, today)]
    there = sum(portion.quantity for portion in found)
    if there < positive(quantity):
        raise too_few(office, item.id, place, quantity, f"only {there} on hand")
    return take(found, quantity)


def _book_out(
    office: Office, item: Item, kind: str, place: int, portions: Iterable[Portion], note: str | None
) -> None:
    for portion in portions:
        move(office, item.id, kind, -portion.quantity, place, portion.lot_id, note=note)


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refused([Problem("is needed", "reason")])
    return reason


def _warnings(office: Office, portions: Iterable[Portion]) -> str:
    """Return what must be known of the lots that were put somewhere."""
    lots_put = [office.get(Lot, portion.lot_id) for portion in portions if portion.lot_id]
    return "".join(lot_warning(lot, office.today) for lot in lots_put)


def _told(office: Office, item: Item, what: str, place: int, portions: Iterable[Portion]) -> str:
    """Return what was done, from which lots, and what is left there."""
    lots_named = [_of_lot(office, portion) for portion in portions if portion.lot_id]
    which = f" ({', '.join(lots_named)})" if lots_named else ""
    left = on_hand(office, item.id, place)
    return f"{item.name}: {what}{which}; {left} on hand at {office.label(Location, place)}."


def _of_lot(office: Office, portion: Portion) -> str:
    """Return how many of which lot, with what is wrong with it: 3 of lot A, recalled."""
    lot = office.get(Lot, portion.lot_id or 0)
    word = lot.unsafe_word(office.today)
    return f"{portion.quantity} of lot {lot.number}{word and ', '}{word}"


ACTIONS: list[Action[..., Any]] = [
    use,
    receive,
    waste,
    adjust,
    transfer,
    return_to_vendor,
    *lots.ACTIONS,
    *reversal.ACTIONS,
]
