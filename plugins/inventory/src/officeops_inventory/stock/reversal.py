"""Reversing: how a move that should not have been is put right. The ledger keeps both."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from officeops import Location, Problem, Refused, action, param
from officeops_inventory.model import Item, Move
from officeops_inventory.stock.ledger import balance, move
from officeops_inventory.stock.open_orders import take_back
from officeops_inventory.stock.past import Past

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Action, Office


def _why_not(office: Office, entry: Move) -> str | None:
    if entry.kind == "reversal":
        return "it is itself a reversal; book the move again instead"
    if office.value("SELECT 1 FROM inventory_move WHERE reverses_id = ?", entry.id):
        return "it was reversed already"
    halves = _halves(office, entry)
    if not halves:
        return "the other half of the transfer is missing; transfer the stock back instead"
    return next(filter(None, (_gone(office, each) for each in halves)), None)


def _gone(office: Office, entry: Move) -> str | None:
    """Return why what a move brought cannot be taken out again, or None."""
    if entry.history or Past(office).counted_after(entry):
        return None
    there = balance(office, entry.item_id, entry.location_id, entry.lot_id)
    if entry.quantity <= max(there, 0):
        return None
    place = office.label(Location, entry.location_id)
    return f"of the {entry.quantity} it brought only {max(there, 0)} are still at {place}; reverse what took them first"


def _halves(office: Office, entry: Move) -> list[Move]:
    """Return the moves to reverse together: both halves of a transfer, or the one; none where a half is missing.

    Half a transfer undone would make or lose stock. The half that leaves is written just before the one that comes.
    """
    if entry.kind != "transfer":
        return [entry]
    other = office.first(
        Move,
        "id = ? AND kind = 'transfer' AND item_id = ? AND quantity = ? AND lot_id IS ?",
        entry.id + (1 if entry.quantity < 0 else -1),
        entry.item_id,
        -entry.quantity,
        entry.lot_id,
    )
    return [entry, other] if other else []


@action("inventory.move.reverse", danger=True, unless=_why_not)
def reverse(
    office: Office, entry: Move, note: str | None = param(default=None, help="What went wrong")
) -> str:
    """Reverse a move that should not have been; a transfer is reversed whole, a receipt is open on its order again.

    The reversal keeps the day and the interval of what it reverses, so that use and stock of that time read right;
    history tells when it was written. A later count remains: it has corrected the stock already.
    """
    past, stays = Past(office), ""
    for each in _halves(office, entry):
        counted = past.counted_after(each)
        move(
            office,
            each.item_id,
            "reversal",
            -each.quantity,
            each.location_id,
            each.lot_id,
            day=each.day,
            since=each.since,
            line_id=each.line_id,
            reverses_id=each.id,
            note=note,
            history=each.history or bool(counted),
        )
        if not each.history and counted:
            place = office.label(Location, each.location_id)
            stays += f" {place} was counted on {counted}, so the quantity on hand there stays."
    name = office.label(Item, entry.item_id)
    told = f"{entry.kind.capitalize()} of {abs(entry.quantity)} {name} on {entry.day} reversed."
    return told + stays + (take_back(office, entry.line_id) if entry.line_id else "")


def balance_out(office: Office, entries: Iterable[Move]) -> None:
    """Undo moves, the latest first: each by a reversal, or, where it is itself a reversal, by booking again what it reversed.

    Stock may be short on the way, never at the end. Raises Refused where a move was reversed since, or its goods are gone.
    """
    booked: Counter[tuple[int, int, int | None]] = Counter()
    past = Past(office)
    for entry in entries:
        now = _latest(office, entry)
        if (now.kind == "reversal") != (entry.kind == "reversal"):
            done = "booked again" if entry.kind == "reversal" else "reversed"
            what = f"{entry.kind} of {abs(entry.quantity)} {office.label(Item, entry.item_id)}"
            raise Refused(f"it was {done} since: {what}", f"Stock move #{entry.id}")
        opposite = _opposite(office, now, past)
        if not opposite.history:
            booked[entry.item_id, entry.location_id, entry.lot_id] += opposite.quantity
    for (item_id, location_id, lot_id), quantity in booked.items():
        if quantity < 0 and (there := balance(office, item_id, location_id, lot_id)) < 0:
            place = office.label(Location, location_id)
            why = f"of the {-quantity} it brought only {max(there - quantity, 0)} are still at {place}; undo what took them first"
            raise Refused([Problem(why, "quantity")], office.label(Item, item_id))


def _latest(office: Office, entry: Move) -> Move:
    """Return what a move came to: the last of its reversal, the booking again of that, and so on."""
    while after := office.first(Move, "reverses_id = ?", entry.id):
        entry = after
    return entry


def _opposite(office: Office, entry: Move, past: Past) -> Move:
    """Book the opposite of a move, which is the last of its chain; what was booked in the first place tells kind and note."""
    origin = (
        office.get(Move, entry.reverses_id)
        if entry.kind == "reversal" and entry.reverses_id
        else None
    )
    return office.add(
        Move(
            item_id=entry.item_id,
            kind=origin.kind if origin else "reversal",
            quantity=-entry.quantity,
            location_id=entry.location_id,
            lot_id=entry.lot_id,
            day=entry.day,
            since=entry.since,
            line_id=entry.line_id,
            reverses_id=entry.id,
            # Tells an undo from a reversal: what was undone may come again from its file, what was reversed may not.
            source=None if origin else f"undo:{entry.id}",
            note=origin.note if origin else None,
            history=entry.history or bool(past.counted_after(entry)),
        )
    )


ACTIONS: list[Action[..., Any]] = [reverse]
