"""Receipts: goods that come in on an order, in full or in part, and its status after them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Location, Problem, Reason, Refused, Value, action, param
from officeops.values.wording import count, units
from officeops_inventory.declared.order_lifecycle import COMING
from officeops_inventory.model import Item, Line, Order
from officeops_inventory.stock.intake import NO_LOT_HELP, comes_in_lots
from officeops_inventory.stock.ledger import move, positive
from officeops_inventory.stock.lots import lot_warning, received_lot
from officeops_inventory.stock.open_orders import (
    left_on,
    lines_of,
    place_of,
    places_kept,
    settle,
    status_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from officeops import Action, Office
    from officeops_inventory.model import Lot

#: The start of the note of goods taken in knowingly beyond the quantity ordered.
OVER_DELIVERY = "over-delivery"
_EXTRA = "receive extra goods with `officeops item receive`"


def not_coming(office: Office, order: Order) -> str | None:  # noqa: ARG001 - a guard's signature
    """Return why no goods can come in on an order, or None."""
    if order.status in COMING:
        return None
    if order.status == "received":
        return Reason(f"everything on it was received; {_EXTRA}", code="nothing-outstanding")
    facts = {"state": order.status, "needed": list(COMING)}
    if order.status in {"draft", "approved"}:
        status = "a draft" if order.status == "draft" else "approved, but not sent"
        why = f"it is {status}; mark it as sent before you receive goods on it"
    else:
        why = f"it is {order.status}; goods can come in only on an order that was sent"
    return Reason(why, code="wrong-state", facts=facts)


@action(
    "inventory.order.receive",
    means="receive",
    unless=not_coming,
    screen="officeops_inventory.purchasing.receipt_screen:receipt_screen",
)
def receive(
    office: Office,
    order: Order,
    line_id: int | None = param(
        target="inventory.line",
        default=None,
        help="The line received. [default: everything outstanding]",
    ),
    item_id: int | None = param(target="inventory.item", default=None, help="In place of the line"),
    packs: int | None = param(
        kind="quantity", default=None, minimum=1, help="Whole packs received"
    ),
    quantity: int | None = param(
        kind="quantity", default=None, minimum=1, help="Base units, in place of packs"
    ),
    location_id: int | None = param(
        target="core.location",
        default=None,
        help="Where the goods are put. [default: the line's location, else where the item is kept]",
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
    *,
    over: bool = param(default=False, help="Take in more than was ordered"),
) -> str:
    """Receive goods on an order: one line, or everything outstanding."""
    details = (packs, quantity, lot, expires_on)
    if line_id is None and item_id is None and not any(details):
        lines = _all_lines(office, order, no_lot)
        sentences = _book_all(office, lines, location_id, note, no_lot)
    else:
        line, left = _one_line(office, order, line_id, item_id)
        about = f"{order}, {office.label(Item, line.item_id)}"
        amount = _amount(line, left, packs, quantity, about)
        # More than ordered is nearly always a slip or a double entry, so it must be marked.
        if amount > left:
            note = _over(line, amount, left, note, about, over=over)
        place = location_id or place_of(office, line)
        batch = received_lot(office, line.item_id, lot, expires_on, no_lot)
        sentences = [_book(office, line, amount, place, note, batch, no_lot)]
    # Once, at the end: lines of one delivery are one step of the order.
    settle(office, order)
    return " ".join([*sentences, f"{order} is {status_words(order)}."])


class Delivered(Value):
    """Goods that came with an order: of one of its lines, or of an item that it does not have.

    `quantity` is in base units; 0 says that nothing of the line came.
    """

    item: Item
    line: Line | None
    quantity: int
    location_id: int
    lot: str | None = None
    expires_on: date | None = None
    note: str | None = None
    no_lot: str | None = None


def take_in(office: Office, order: Order, delivered: Iterable[Delivered]) -> str:
    """Take in a delivery inside an open action, and return it in one sentence.

    More than was ordered is taken as an over-delivery: a person looked over the differences. Raises
    Refused with everything that is wrong with any line.
    """
    problems: list[Problem] = []
    came = 0
    for goods in delivered:
        # A ledger books no nothing; the line stays open.
        if not goods.quantity:
            continue
        try:
            _take_in_one(office, order, goods)
            came += 1
        except Refused as refused:
            problems += of_item(goods.item, refused)
    if problems:
        raise Refused(problems, "Nothing was received")
    # Once, at the end: a delivery is one step of the order.
    settle(office, order)
    return f"{order}: {count(came, 'line')} received. {order} is {status_words(order)}."


def _take_in_one(office: Office, order: Order, goods: Delivered) -> None:
    """Book the goods of one line; a remark says that they must not be used."""
    lot = received_lot(office, goods.item.id, goods.lot, goods.expires_on, goods.no_lot)
    note = goods.note
    if goods.line:
        left = left_on(office, goods.line)
        if goods.quantity > left:
            about = f"{order}, {goods.item.name}"
            note = _over(goods.line, goods.quantity, left, note, about, over=True)
    _move_in(office, goods, note, lot)
    if warning := lot_warning(lot, office.today):
        office.remarks.append(f"{goods.item.name}:{warning}")


def _move_in(
    office: Office,
    goods: Delivered,
    note: str | None,
    lot: Lot | None,
) -> None:
    # A receipt at another location may change the item's home, and with it where other orders go.
    with places_kept(office, goods.item.id):
        move(
            office,
            goods.item.id,
            "receive",
            goods.quantity,
            goods.location_id,
            lot.id if lot else None,
            line_id=goods.line.id if goods.line else None,
            note=note,
            no_lot=goods.no_lot,
        )


def _book_all(
    office: Office,
    lines: list[tuple[Line, int]],
    location_id: int | None,
    note: str | None,
    no_lot: str | None,
) -> list[str]:
    """Book everything outstanding, and return a sentence for each line."""
    # All places are found first: one line's receipt must not change where the next one goes.
    places = [location_id or place_of(office, line) for line, _ in lines]
    sentences = []
    for (line, left), place in zip(lines, places, strict=True):
        sentences.append(_book(office, line, left, place, note, None, no_lot))
    return sentences


def _book(
    office: Office,
    line: Line,
    quantity: int,
    place: int,
    note: str | None,
    lot: Lot | None,
    no_lot: str | None,
) -> str:
    item = office.get(Item, line.item_id)
    _move_in(office, Delivered(item, line, quantity, place, no_lot=no_lot), note, lot)
    of_lot = f" of lot {lot.number}" if lot else ""
    at = office.label(Location, place)
    goods = f"{units(quantity, item.base_unit)}{of_lot}"
    received = f"{item.name}: {goods} received at {at}."
    return received + lot_warning(lot, office.today)


def _all_lines(office: Office, order: Order, no_lot: str | None) -> list[tuple[Line, int]]:
    """Return the outstanding lines.

    Raises Refused where some item needs a lot: only a person can read it from the label.
    """
    lines = [(line, left) for line, left in lines_of(office, order.id) if left]
    in_lots = []
    for line, _ in lines:
        if comes_in_lots(office, line.item_id):
            in_lots.append(office.label(Item, line.item_id))
    if in_lots and not (no_lot or "").strip():
        come = "comes" if len(in_lots) == 1 else "come"
        cure = "receive it line by line, with lot and expiry"
        raise Refused(f"{', '.join(in_lots)} {come} in lots; {cure}", str(order), code="lot-needed")
    return lines


def _one_line(
    office: Office,
    order: Order,
    line_id: int | None,
    item_id: int | None,
) -> tuple[Line, int]:
    """Return the line meant: by its id, else as the only open one, of the item if one is given."""
    # A person at the door scans an item; few know the number of a line.
    fits = []
    for line, left in lines_of(office, order.id):
        if line_id in {None, line.id} and item_id in {None, line.item_id}:
            fits.append((line, left))
    if line_id is None:
        # Lines that have come in full are meant only if there are no others.
        fits = [(line, left) for line, left in fits if left] or fits
    if len(fits) == 1:
        return fits[0]
    if fits:
        lines = [line for line, _ in fits]
        names = [f"#{line.id} {office.label(Item, line.item_id)}" for line in lines]
        why = f"may be any of {', '.join(names)}; say which"
        facts = {"ids": [line.id for line in lines]}
        raise Refused([Problem(why, "line", code="ambiguous", facts=facts)], str(order))
    what, field = "such line", "line"
    if item_id:
        what, field = office.label(Item, item_id), "item"
    raise Refused([Problem(f"there is no {what} on it", field, code="not-found")], str(order))


def _amount(
    line: Line,
    left: int,
    packs: int | None,
    quantity: int | None,
    about: str,
) -> int:
    """Return the base units received: those of `packs`, `quantity`, or all that are left."""
    if packs is not None and quantity is not None:
        raise Refused(
            [Problem("say packs or base units, not both", "quantity", code="not-together")], about
        )
    if packs is not None:
        return positive(packs) * line.pack_size
    if quantity is None and not left:
        raise Refused(
            f"everything on this line was received; {_EXTRA}", about, code="nothing-outstanding"
        )
    return positive(left if quantity is None else quantity)


def _over(
    line: Line,
    amount: int,
    left: int,
    note: str | None,
    about: str,
    *,
    over: bool,
) -> str:
    """Return the note of an over-delivery. Raises Refused where it was not marked as one."""
    if over:
        return f"{OVER_DELIVERY}: {note}" if note else OVER_DELIVERY
    ordered = ""
    if line.pack_size > 1:
        ordered = f" ({line.packs} {line.pack} of {line.pack_size} ordered)"
    cure = "Count again; if they really came, mark it as an over-delivery (--over yes)"
    why = f"only {left} are outstanding{ordered}, not {amount}. {cure}"
    raise Refused(
        [Problem(why, "quantity", code="out-of-range", facts={"minimum": 1, "maximum": left})],
        about,
    )


def of_item(item: Item, refused: Refused) -> Iterator[Problem]:
    """Yield the problems of one row with its item's name: a sheet has many items."""
    for problem in refused.problems:
        yield problem.replace(message=f"{item.name}: {problem.message}")


ACTIONS: list[Action[..., Any]] = [receive]
