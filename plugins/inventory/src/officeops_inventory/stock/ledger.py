"""Ledger: the one way stock moves. Balances are the sum of the moves, and an action takes none of them below zero.

Quantities are in base units. Everything that writes runs inside an action that is open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Location, Problem, Refused, Value
from officeops.core.default_location import default_location
from officeops_inventory.declared.lot_rules import with_cure
from officeops_inventory.declared.usable import usable_sql
from officeops_inventory.model import Item, Lot, Move
from officeops_inventory.stock.intake import Intake, home, without_lot

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office

#: The most base units one move may carry; far above any shelf, far below where sums overflow.
LARGEST: Final = 1_000_000_000
#: Kinds of move that bring goods which somebody can look at; a reversal only puts back what the record had.
INTO_LOTS: Final = frozenset({"opening", "receive", "adjust", "transfer"})
#: SQL for "this stock may be used on day ?", over stock `s` joined to its lot `l`.
USABLE: Final = usable_sql()


class Portion(Value):
    """Some of the stock of one lot; `lot_id` is None for stock kept without lots."""

    lot_id: int | None
    quantity: int


def on_hand(
    office: Office, item_id: int, location_id: int | None = None, lot_id: int | None = None
) -> int:
    """Return the base units there are of an item, everywhere and in every lot unless said."""
    total: int = office.value(
        "SELECT ifnull(sum(quantity), 0) FROM inventory_stock WHERE item_id = ?1 "
        "AND (?2 IS NULL OR location_id = ?2) AND (?3 IS NULL OR lot_id = ?3)",
        item_id,
        location_id,
        lot_id,
    )
    return total


def balance(office: Office, item_id: int, location_id: int, lot_id: int | None) -> int:
    """Return one balance: of exactly this lot, or of exactly the stock without a lot."""
    sql = (
        "SELECT quantity FROM inventory_stock WHERE item_id = ? AND location_id = ? AND lot_id IS ?"
    )
    return int(office.value(sql, item_id, location_id, lot_id) or 0)


def move(
    office: Office,
    item_id: int,
    kind: str,
    quantity: int,
    location_id: int,
    lot_id: int | None = None,
    *,
    day: date | None = None,
    since: date | None = None,
    line_id: int | None = None,
    reverses_id: int | None = None,
    note: str | None = None,
    no_lot: str | None = None,
    history: bool = False,
    brings: bool = True,
) -> Move:
    """Book one move; `quantity` is negative for what leaves, `day` is today unless said. `history` moves no stock.

    Raises Refused where more would leave than is there, for a lot of another item, and where more of an item that comes
    in lots would be there without a lot, or in one without its last day; `no_lot` is the reason why it has none, and is
    kept in the note. With `brings` off a move brings no goods: it takes back what left the record without being in it.
    """
    if not 0 < abs(quantity) <= LARGEST:
        raise Refused([Problem(f"must be from 1 to {LARGEST:,}", "quantity")])
    lot = None if lot_id is None else office.get(Lot, lot_id)
    if lot and lot.item_id != item_id:
        problem = Problem(f"lot {lot.number} is of {office.label(Item, lot.item_id)}", "lot")
        raise Refused([problem], office.label(Item, item_id))
    if (
        quantity < 0
        and not history
        and (there := balance(office, item_id, location_id, lot_id)) < -quantity
    ):
        of_lot = f" of lot {office.label(Lot, lot_id)}" if lot_id else ""
        raise too_few(
            office, item_id, location_id, -quantity, f"only {there}{of_lot} on hand", lot_id=lot_id
        )
    if quantity > 0 and brings and kind in INTO_LOTS:
        note = _labelled(office, item_id, lot, note, no_lot, received=kind == "receive")
    return office.add(
        Move(
            item_id=item_id,
            kind=kind,
            quantity=quantity,
            location_id=location_id,
            lot_id=lot_id,
            day=day or office.today,
            since=since,
            line_id=line_id,
            reverses_id=reverses_id,
            note=note,
            history=history,
        )
    )


def _labelled(
    office: Office,
    item_id: int,
    lot: Lot | None,
    note: str | None,
    no_lot: str | None,
    *,
    received: bool,
) -> str | None:
    """Return the note of goods that come in, with why they lack a lot or its end; the lot keeps that as well.

    Raises Refused where they lack either and say nothing.
    """
    intake, reason = Intake(office, item_id), (no_lot or "").strip()
    lacking = intake.lot_lacks(item_id, lot)
    if lacking and not reason:
        raise Refused([with_cure(problem) for problem in lacking], office.label(Item, item_id))
    if lacking and lot:
        office.edit(lot, no_lot=reason)
    said = reason and received and intake.in_lots(item_id)
    return without_lot(note, no_lot) if lacking or said else note


def too_few(
    office: Office,
    item_id: int,
    location_id: int,
    wanted: int,
    there: str,
    beside: str = "",
    *,
    lot_id: int | None = None,
) -> Refused:
    """Return the refusal to take `wanted` where less is; `there` says how much that is.

    Where other places have it, they are named; a count is advised only where none has: it would make stock twice.
    """
    item, place = office.get(Item, item_id), office.label(Location, location_id)
    elsewhere = in_words(
        office, [row for row in _holding(office, item_id, lot_id) if row[0] != location_id]
    )
    if elsewhere:
        cure = f"There are {elsewhere}; name one with --location"
    else:
        cure = f'If the shelf says otherwise, count it first: officeops count "{place}" {item.sku}=QUANTITY'
    return Refused(
        [Problem(f"{there} at {place}{beside}, not {wanted}. {cure}", "quantity")], item.name
    )


def positive(quantity: int) -> int:
    """Return a quantity that must be one or more. Raises Refused for anything else."""
    if not 0 < quantity <= LARGEST:
        raise Refused([Problem(f"must be from 1 to {LARGEST:,}", "quantity")])
    return quantity


# -- where ------------------------------------------------------------------------------------------


def whereabouts(
    office: Office, item_id: int, location_id: int | None, lot_id: int | None = None
) -> int:
    """Return where to take an item from: the location named, else the only one that has it, else the default one.

    Raises Refused, naming the places, where several have it and the default one has none.
    """
    if location_id is not None:
        return location_id
    holding = _holding(office, item_id, lot_id)
    places = [place for place, _ in holding]
    if len(places) == 1:
        return places[0]
    if not places:
        return home(office, item_id)
    if (default := default_location(office)) in places:
        return default
    there = in_words(office, holding)
    raise Refused(
        [Problem(f"{there}; name one with --location", "location")], office.label(Item, item_id)
    )


def _holding(office: Office, item_id: int, lot_id: int | None) -> list[tuple[int, int]]:
    """Return the locations that have an item, with how much, in counting order; those with usable stock if any has."""
    sql = (
        "SELECT s.location_id, sum(s.quantity) FROM inventory_stock s JOIN core_location p ON p.id = s.location_id "
        "LEFT JOIN inventory_lot l ON l.id = s.lot_id "
        "WHERE s.item_id = ? AND s.quantity > 0 AND (? IS NULL OR s.lot_id = ?) AND {} "
        "GROUP BY 1 ORDER BY p.count_order, p.id"
    )
    values = (item_id, lot_id, lot_id)
    found = [] if lot_id else office.rows(sql.format(USABLE), *values, office.today.isoformat())
    found = found or office.rows(sql.format("1"), *values)
    return [(int(place), int(quantity)) for place, quantity in found]


def in_words(office: Office, holding: Iterable[tuple[int, int]]) -> str:
    """Return quantities and their places in words: 5 at Exam 1, 5 at Exam 2."""
    return ", ".join(
        f"{quantity} at {office.label(Location, place)}" for place, quantity in holding
    )


# -- which lots -------------------------------------------------------------------------------------


def usable(office: Office, item_id: int, location_id: int, today: date) -> list[Portion]:
    """Return the stock that may be used, first to expire first (FEFO); what never expires comes last."""
    return _portions(office, USABLE, item_id, location_id, today)


def unusable(office: Office, item_id: int, location_id: int, today: date) -> list[Portion]:
    """Return the stock of expired and held lots, first expired first."""
    return _portions(office, f"NOT {USABLE}", item_id, location_id, today)


def _portions(
    office: Office, condition: str, item_id: int, location_id: int, today: date
) -> list[Portion]:
    rows = office.rows(
        "SELECT s.lot_id, s.quantity FROM inventory_stock s LEFT JOIN inventory_lot l ON l.id = s.lot_id "
        f"WHERE s.quantity > 0 AND s.item_id = ? AND s.location_id = ? AND {condition} "
        "ORDER BY l.expires_on IS NULL, l.expires_on, l.id IS NULL, l.id",
        item_id,
        location_id,
        today.isoformat(),
    )
    return [Portion(*row) for row in rows]


def pick(
    office: Office, item_id: int, location_id: int, quantity: int, today: date
) -> list[Portion]:
    """Return which lots to take a quantity from: first to expire first, never an expired or held one.

    Raises Refused where there is not enough; what is there but may not be used is named apart.
    """
    found = usable(office, item_id, location_id, today)
    there = sum(portion.quantity for portion in found)
    if there < quantity:
        held = sum(portion.quantity for portion in unusable(office, item_id, location_id, today))
        beside = f" (and {held} expired or held, taken only by naming their lot)" if held else ""
        raise too_few(office, item_id, location_id, quantity, f"only {there} on hand", beside)
    return take(found, quantity)


def take(portions: Iterable[Portion], quantity: int) -> list[Portion]:
    """Return the first portions that make up a quantity, the last one cut to fit."""
    taken: list[Portion] = []
    for portion in portions:
        if quantity <= 0:
            break
        taken.append(Portion(portion.lot_id, min(portion.quantity, quantity)))
        quantity -= portion.quantity
    return taken


def newest_lot(office: Office, item_id: int, location_id: int, today: date) -> int | None:
    """Return the usable lot that came to a location last, or None: where found stock most likely belongs."""
    found: int | None = office.value(
        "SELECT l.id FROM inventory_stock s JOIN inventory_lot l ON l.id = s.lot_id "
        f"WHERE s.item_id = ? AND s.location_id = ? AND {USABLE} ORDER BY s.quantity > 0 DESC, l.id DESC LIMIT 1",
        item_id,
        location_id,
        today.isoformat(),
    )
    return found
