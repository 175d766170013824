"""Receiving: goods come in on an order, whole or in part, and the order follows what is outstanding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Location, Problem, Refused, action, param
from officeops_inventory.declared.order_lifecycle import COMING
from officeops_inventory.model import Item, Line, Order
from officeops_inventory.stock.intake import NO_LOT_HELP, comes_in_lots
from officeops_inventory.stock.ledger import move, positive
from officeops_inventory.stock.lots import lot_warning, received_lot
from officeops_inventory.stock.open_orders import (
    lines_of,
    place_of,
    places_kept,
    settle,
    status_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Action, Office
    from officeops_inventory.model import Lot

#: Begins the note of what came beyond the order and was taken knowingly.
OVER_DELIVERY = "over-delivery"
_EXTRA = "receive extra goods with `officeops item receive`"


def _not_coming(office: Office, order: Order) -> str | None:  # noqa: ARG001 - a guard's signature
    if order.status in COMING:
        return None
    if order.status == "received":
        return f"everything on it has come; {_EXTRA}"
    return f"it is {order.status}; goods come in on an order that is sent"


@action("inventory.order.receive", key="v", unless=_not_coming)
def receive(
    office: Office,
    order: Order,
    line_id: int | None = param(
        target="inventory.line",
        default=None,
        help="Packs received. [default: everything outstanding]",
    ),
    item_id: int | None = param(target="inventory.item", default=None, help="In place of the line"),
    packs: int | None = param(
        kind="quantity", default=None, minimum=1, help="Whole packs that came"
    ),
    quantity: int | None = param(
        kind="quantity", default=None, minimum=1, help="Base units, in place of packs"
    ),
    location_id: int | None = param(
        target="core.location",
        default=None,
        help="Where it is put; the line's place, else where the item lives",
    ),
    lot: str | None = param(default=None, help="Lot number on the label"),
    expires_on: date | None = param(  # noqa: B008 - a declaration
        default=None, month_end=True, help="Last day it may be used; a month alone is its last day"
    ),
    note: str | None = param(default=None),
    no_lot: str | None = param(default=None, label="No lot", help=NO_LOT_HELP),
    *,
    over: bool = param(default=False, help="Take in more than was ordered"),
) -> str:
    """Take in what came on an order: one line of it, or everything outstanding."""
    said = (packs, quantity, lot, expires_on)
    if line_id is None and item_id is None and not any(said):
        told = _book_all(office, _all_lines(office, order, no_lot), location_id, note, no_lot)
    else:
        line, left = _one_line(office, order, line_id, item_id)
        about = f"{order}, {office.label(Item, line.item_id)}"
        amount = _amount(line, left, packs, quantity, about)
        if amount > left:
            note = _over(line, amount, left, note, about, over=over)
        place = location_id or place_of(office, line)
        batch = received_lot(office, line.item_id, lot, expires_on, no_lot)
        told = [_book(office, line, amount, place, note, batch, no_lot)]
    settle(office, order)
    return " ".join([*told, f"{order} is {status_words(order)}."])


def _book_all(
    office: Office,
    lines: list[tuple[Line, int]],
    location_id: int | None,
    note: str | None,
    no_lot: str | None,
) -> list[str]:
    """Book all that is outstanding. Places are settled first: one line's receipt must not move where the next one goes."""
    places = [location_id or place_of(office, line) for line, _ in lines]
    return [
        _book(office, line, left, place, note, None, no_lot)
        for (line, left), place in zip(lines, places, strict=True)
    ]


def _book(
    office: Office,
    line: Line,
    quantity: int,
    place: int,
    note: str | None,
    lot: Lot | None,
    no_lot: str | None,
) -> str:
    lot_id = lot.id if lot else None
    with places_kept(office, line.item_id):
        move(
            office,
            line.item_id,
            "receive",
            quantity,
            place,
            lot_id,
            line_id=line.id,
            note=note,
            no_lot=no_lot,
        )
    item = office.get(Item, line.item_id)
    of_lot = f" of lot {lot.number}" if lot else ""
    told = f"{item.name}: {quantity} {item.base_unit}{of_lot} received at {office.label(Location, place)}."
    return told + lot_warning(lot, office.today)


def _all_lines(office: Office, order: Order, no_lot: str | None) -> list[tuple[Line, int]]:
    """Return what is outstanding. Raises Refused where some of it needs a lot, which only a person can read."""
    lines = [(line, left) for line, left in lines_of(office, order.id) if left]
    in_lots = [
        office.label(Item, line.item_id) for line, _ in lines if comes_in_lots(office, line.item_id)
    ]
    if in_lots and not (no_lot or "").strip():
        come = "comes" if len(in_lots) == 1 else "come"
        how = "receive it line by line, with lot and expiry"
        raise Refused(f"{', '.join(in_lots)} {come} in lots; {how}", str(order))
    return lines


def _one_line(
    office: Office, order: Order, line_id: int | None, item_id: int | None
) -> tuple[Line, int]:
    """Return the line meant: by its id, as the item's only open one, or as the only open one at all."""
    lines = lines_of(office, order.id)
    if line_id is not None:
        found = [
            each for each in lines if each[0].id == line_id and item_id in {None, each[0].item_id}
        ]
    else:
        found = _open_ones(each for each in lines if item_id in {None, each[0].item_id})
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(f"#{line.id} {office.label(Item, line.item_id)}" for line, _ in found)
        raise Refused([Problem(f"may be any of {several}; say which", "line")], str(order))
    what = office.label(Item, item_id) if item_id else "such line"
    raise Refused(
        [Problem(f"there is no {what} on it", "line" if item_id is None else "item")], str(order)
    )


def _open_ones(lines: Iterable[tuple[Line, int]]) -> list[tuple[Line, int]]:
    """Return the lines with something to come, or all where nothing is."""
    found = list(lines)
    return [each for each in found if each[1]] or found


def _amount(line: Line, left: int, packs: int | None, quantity: int | None, about: str) -> int:
    if packs is not None and quantity is not None:
        raise Refused([Problem("say packs or base units, not both", "quantity")], about)
    if packs is not None:
        return positive(packs) * line.pack_size
    if quantity is None and not left:
        raise Refused(f"everything on this line has come; {_EXTRA}", about)
    return positive(left if quantity is None else quantity)


def _over(line: Line, amount: int, left: int, note: str | None, about: str, *, over: bool) -> str:
    """Return the note of an over-delivery. Raises Refused where it was not said to be one."""
    if over:
        return f"{OVER_DELIVERY}: {note}" if note else OVER_DELIVERY
    packs = f" ({line.packs} {line.pack} of {line.pack_size} ordered)" if line.pack_size > 1 else ""
    cure = "Count again; if they really came, mark it as an over-delivery (--over yes)"
    raise Refused(
        [Problem(f"only {left} are outstanding{packs}, not {amount}. {cure}", "quantity")], about
    )


ACTIONS: list[Action[..., Any]] = [receive]
