"""The ledger: the one way stock moves.

Balances are the sum of the moves, and no action takes one below zero. Quantities are in base units.
Everything that writes runs inside an action that is open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Location, Problem, Refused
from officeops_inventory.declared.lot_rules import with_cure
from officeops_inventory.model import Item, Lot, Move
from officeops_inventory.stock.intake import Intake, without_lot
from officeops_inventory.stock.whereabouts import holding, in_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from officeops import Office, Record

#: The most base units one move may carry; far above any shelf, far below where sums overflow.
LARGEST: Final = 1_000_000_000
#: Kinds of move that bring goods with a label to read; a reversal only restores a balance.
INTO_LOTS: Final = frozenset({"opening", "receive", "adjust", "transfer"})
#: No move is older: a day before it is a slip, such as 1990 for a blank date.
EARLIEST: Final = "2000-01-01"


def on_hand(
    office: Office,
    item_id: int,
    location_id: int | None = None,
    lot_id: int | None = None,
) -> int:
    """Return the base units on hand of an item, by default everywhere and of every lot."""
    named = {"item_id": item_id, "location_id": location_id, "lot_id": lot_id}
    keys = {key: value for key, value in named.items() if value is not None}
    return Move.ledger.balance(office, on=None, usable=False, **keys)


def balance(
    office: Office,
    item_id: int,
    location_id: int,
    lot_id: int | None,
) -> int:
    """Return one balance: of exactly this lot, or of exactly the stock without a lot."""
    keys = {"item_id": item_id, "location_id": location_id, "lot_id": lot_id}
    return Move.ledger.balance(office, on=None, usable=False, **keys)


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
    group_id: int | None = None,
    note: str | None = None,
    no_lot: str | None = None,
    about: Record | None = None,
    history: bool = False,
    brings: bool = True,
) -> Move:
    """Book one move and return it.

    `quantity` is negative for stock that leaves, `day` is today by default, and `history` changes
    no stock. Moves of one group are reversed together, and `about` is the record that it is for. `no_lot` is the reason why goods have no lot, or why their lot has no expiry date; it
    is kept in the note. With `brings` off the move brings no goods: it takes back a quantity that
    left the record without being in it.
    Raises Refused where more would leave than there is, for a lot of another item, and for goods
    without the lot or the expiry date that the item needs.
    """
    # Zero moves nothing, and a scanned barcode typed as a quantity must not be booked.
    positive(abs(quantity))
    lot = None if lot_id is None else office.get(Lot, lot_id)
    if lot and lot.item_id != item_id:
        problem = Problem(
            f"lot {lot.number} is of {office.label(Item, lot.item_id)}",
            "lot",
            code="lot-of-another-item",
        )
        raise Refused([problem], office.label(Item, item_id))
    # Only goods that a person can look at need a label.
    if quantity > 0 and brings and kind in INTO_LOTS:
        note = _labelled(office, item_id, lot, note, no_lot, received=kind == "receive")
    entry = Move.ledger.post(
        office,
        quantity,
        day or office.today,
        about=about,
        item_id=item_id,
        location_id=location_id,
        lot_id=lot_id,
        kind=kind,
        since=since,
        line_id=line_id,
        group_id=group_id,
        note=note,
        history=history,
    )
    return office.get(Move, entry.id)


def shortage(
    office: Office,
    account: Mapping[str, int],
    lot_id: int | None,
    wanted: int,
    on_hand: int,
    back: bool,  # noqa: FBT001 - the ledger asks
) -> Refused:
    """Return the refusal to take more of a balance than there is, or to take goods back."""
    of_lot = f" of lot {office.label(Lot, lot_id)}" if lot_id else ""
    item_id, location_id = account["item_id"], account["location_id"]
    if back:
        place, left = office.label(Location, location_id), max(on_hand, 0)
        why = f"of the {wanted} it brought only {left} are still at {place}; undo what took them first"
        facts = {"on_hand": left, "wanted": wanted, "location": place}
        problem = Problem(why, "quantity", code="not-enough-stock", facts=facts)
        return Refused([problem], office.label(Item, item_id))
    return too_few(office, item_id, location_id, wanted, on_hand, lot_id=lot_id, of_lot=of_lot)


def _labelled(
    office: Office,
    item_id: int,
    lot: Lot | None,
    note: str | None,
    no_lot: str | None,
    *,
    received: bool,
) -> str | None:
    """Return the note of goods that come in, with the reason why they lack a lot or its expiry.

    The lot keeps that reason too. Raises Refused where they lack either and give no reason.
    """
    intake = Intake(office, item_id)
    reason = (no_lot or "").strip()
    lacking = intake.lot_lacks(item_id, lot)
    if lacking and not reason:
        raise Refused([with_cure(problem) for problem in lacking], office.label(Item, item_id))
    if lacking and lot:
        office.edit(lot, no_lot=reason)
    # A receipt notes its reason even if a known lot has all it needs: a person looked at the label.
    if lacking or (reason and received and intake.in_lots(item_id)):
        return without_lot(note, no_lot)
    return note


def too_few(
    office: Office,
    item_id: int,
    location_id: int,
    wanted: int,
    on_hand: int,
    *,
    lot_id: int | None = None,
    of_lot: str = "",
    beside: str = "",
) -> Refused:
    """Return the refusal to take `wanted` base units of the `on_hand` that there are.

    It names the other locations that have the item. Only where none has it does it advise to count:
    otherwise a count would enter the same stock twice.
    """
    item = office.get(Item, item_id)
    place = office.label(Location, location_id)
    # A balance of another location may be the same goods, carried there without a transfer.
    others = [row for row in holding(office, item_id, lot_id) if row[0] != location_id]
    if others:
        cure = f"There are {in_words(office, others)}; name one with --location"
    else:
        command = f'officeops count "{place}" {item.sku}=QUANTITY'
        cure = f"If the shelf says otherwise, count it first: {command}"
    why = f"only {on_hand}{of_lot} on hand at {place}{beside}, not {wanted}. {cure}"
    facts = {"on_hand": on_hand, "wanted": wanted, "location": place}
    return Refused([Problem(why, "quantity", code="not-enough-stock", facts=facts)], item.name)


def positive(quantity: int) -> int:
    """Return a quantity that must be one or more. Raises Refused for anything else."""
    if not 0 < quantity <= LARGEST:
        raise Refused(
            [
                Problem(
                    f"must be from 1 to {LARGEST:,}",
                    "quantity",
                    code="out-of-range",
                    facts={"minimum": 1, "maximum": LARGEST},
                )
            ]
        )
    return quantity
