"""Actions on stock: use, waste, return, adjust, transfer and receive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Location, Problem, Refused, action, param
from officeops.values.wording import units
from officeops_inventory.model import Lot
from officeops_inventory.stock import lots, reversal
from officeops_inventory.stock.intake import NO_LOT_HELP, home
from officeops_inventory.stock.issues import (
    book_out,
    booked,
    issue,
    portions_of,
    portions_of_any,
    warnings,
)
from officeops_inventory.stock.ledger import move, positive
from officeops_inventory.stock.lots import lot_warning, reason_for, received_lot, refuse_kept
from officeops_inventory.stock.open_orders import places_kept
from officeops_inventory.stock.picking import Portion, newest_lot
from officeops_inventory.stock.whereabouts import whereabouts

if TYPE_CHECKING:
    from datetime import date

    from officeops import Action, Office
    from officeops_inventory.model import Item, Move

_ANY_LOT = "The lot to take. [default: the first to expire; never an expired or held one]"
_ANY_PLACE = "The location. [default: the only one that has it]"
_ALL_THE_SAME = "Why you take a recalled, held or expired lot"


@action("inventory.item.use", means="use", archived=True)
def use(
    office: Office,
    item: Item,
    quantity: int = param(kind="quantity", minimum=1, help="Base units"),
    location_id: int | None = param(
        target="core.location", archived=True, default=None, help=_ANY_PLACE
    ),
    lot_id: int | None = param(
        target="inventory.lot", within="id", archived=True, default=None, scan="lot", help=_ANY_LOT
    ),
    note: str | None = param(default=None),
    reason: str | None = param(default=None, help=_ALL_THE_SAME),
) -> str:
    """Take stock for use."""
    note = reason_for(office, lot_id, reason, note)
    return issue(office, item, "use", "used", quantity, location_id, lot_id, note)


@action("inventory.item.waste", archived=True, danger=True)
def waste(
    office: Office,
    item: Item,
    quantity: int = param(kind="quantity", minimum=1, help="Base units"),
    reason: str = param(example="Dropped on the floor", help="What happened to it"),
    location_id: int | None = param(
        target="core.location", archived=True, default=None, help=_ANY_PLACE
    ),
    lot_id: int | None = param(
        target="inventory.lot", within="id", archived=True, default=None, scan="lot", help=_ANY_LOT
    ),
) -> str:
    """Write off stock that was broken, spilled or spoiled; it does not count as use."""
    if lot_id:
        refuse_kept(office, office.get(Lot, lot_id))
    note = reason_for(office, lot_id, _given(reason), None)
    return issue(office, item, "waste", "wasted", quantity, location_id, lot_id, note)


@action("inventory.item.return", archived=True)
def return_to_vendor(
    office: Office,
    item: Item,
    quantity: int = param(kind="quantity", minimum=1, help="Base units"),
    reason: str = param(example="Wrong size, to Medline", help="Why it is returned, and to whom"),
    location_id: int | None = param(
        target="core.location", archived=True, default=None, help=_ANY_PLACE
    ),
    lot_id: int | None = param(
        target="inventory.lot", within="id", archived=True, default=None, scan="lot", help=_ANY_LOT
    ),
) -> str:
    """Send stock back to its vendor."""
    if lot_id:
        refuse_kept(office, office.get(Lot, lot_id))
    note = reason_for(office, lot_id, _given(reason), None)
    return issue(office, item, "return", "returned", quantity, location_id, lot_id, note)


@action("inventory.item.adjust", archived=True)
def adjust(
    office: Office,
    item: Item,
    quantity: int = param(kind="quantity", help="Base units to add; negative to remove"),
    reason: str = param(example="Found in exam room 2", help="Why the record was wrong"),
    location_id: int | None = param(
        target="core.location", archived=True, default=None, help=_ANY_PLACE
    ),
    lot_id: int | None = param(
        target="inventory.lot",
        within="id",
        archived=True,
        default=None,
        scan="lot",
        help="The newest lot there to add, the first to expire to remove",
    ),
    no_lot: str | None = param(default=None, label="No lot", help=NO_LOT_HELP),
) -> str:
    """Correct a recorded quantity; the difference does not count as use."""
    place = whereabouts(office, item.id, location_id, lot_id)
    note = reason_for(office, lot_id, _given(reason), None)
    if quantity > 0:
        portion = _added(office, item, quantity, place, lot_id, note, no_lot)
        what = f"+{units(quantity, item.base_unit)}"
        return booked(office, item, what, place, [portion]) + warnings(office, [portion])
    # A record that is too high is wrong about expired and held stock as well.
    portions = [Portion(lot_id, -quantity)]
    if not lot_id:
        portions = portions_of_any(office, item, place, -quantity)
    book_out(office, item, "adjust", place, portions, note)
    return booked(office, item, units(quantity, item.base_unit), place, portions)


def _added(
    office: Office,
    item: Item,
    quantity: int,
    place: int,
    lot_id: int | None,
    note: str | None,
    no_lot: str | None,
) -> Portion:
    """Book stock that the record lacks, by default in the newest lot there, and return it."""
    without_lot = bool((no_lot or "").strip())
    # Someone who says that there is no lot must not get one.
    if not lot_id and not without_lot:
        lot_id = newest_lot(office, item.id, place, office.today)
    move(office, item.id, "adjust", quantity, place, lot_id, note=note, no_lot=no_lot)
    return Portion(lot_id, quantity)


@action("inventory.item.transfer", archived=True)
def transfer(
    office: Office,
    item: Item,
    quantity: int = param(kind="quantity", minimum=1, help="Base units"),
    to_location_id: int = param(target="core.location", help="Where the stock goes"),
    from_location_id: int | None = param(
        target="core.location", archived=True, default=None, help=_ANY_PLACE
    ),
    lot_id: int | None = param(
        target="inventory.lot", within="id", archived=True, default=None, scan="lot", help=_ANY_LOT
    ),
    note: str | None = param(default=None),
    no_lot: str | None = param(default=None, label="No lot", help=NO_LOT_HELP),
    reason: str | None = param(default=None, help=_ALL_THE_SAME),
) -> str:
    """Move stock from one location to another."""
    note = reason_for(office, lot_id, reason, note)
    place = whereabouts(office, item.id, from_location_id, lot_id)
    if place == to_location_id:
        problem = Problem(
            f"it is at {office.label(Location, place)} already", "to_location", code="nothing-to-do"
        )
        raise Refused([problem], item.name)
    portions = portions_of(office, item, place, quantity, lot_id)
    head: Move | None = None
    for portion in portions:
        for change, location in (
            (-portion.quantity, place),
            (portion.quantity, to_location_id),
        ):
            half = move(
                office,
                item.id,
                "transfer",
                change,
                location,
                portion.lot_id,
                group_id=head.id if head else None,
                note=note,
                no_lot=no_lot,
            )
            # The first half gives the group its number, by which the others belong to it.
            head = head or half
    target = office.label(Location, to_location_id)
    what = f"{units(quantity, item.base_unit)} carried to {target}"
    return booked(office, item, what, place, portions) + warnings(office, portions)


@action("inventory.item.receive", means="receive")
def receive(
    office: Office,
    item: Item,
    quantity: int = param(kind="quantity", minimum=1, help="Base units"),
    location_id: int | None = param(
        target="core.location", default=None, help="The location. [default: where the item is kept]"
    ),
    lot: str | None = param(default=None, scan="lot", help="Lot number on the label"),
    expires_on: date | None = param(  # noqa: B008 - a declaration
        default=None,
        month_end=True,
        scan="expires_on",
        help="Last day it may be used; a month alone is its last day",
    ),
    note: str | None = param(default=None),
    no_lot: str | None = param(default=None, label="No lot", help=NO_LOT_HELP),
) -> str:
    """Receive stock that came without an order."""
    # Before the receipt, which may itself change where the item's home is.
    place = location_id or home(office, item.id)
    batch = received_lot(office, item.id, lot, expires_on, no_lot)
    portion = Portion(batch.id if batch else None, positive(quantity))
    with places_kept(office, item.id):
        move(office, item.id, "receive", quantity, place, portion.lot_id, note=note, no_lot=no_lot)
    what = f"{units(quantity, item.base_unit)} received"
    return booked(office, item, what, place, [portion]) + lot_warning(batch, office.today)


def _given(reason: str) -> str:
    """Return a reason that must not be blank."""
    if not reason.strip():
        raise Refused([Problem("is needed", "reason", code="needed")])
    return reason


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
