"""Reversals: a wrong move is balanced by its opposite, and the ledger keeps both."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from officeops import Location, Problem, Reason, Refused, action, param
from officeops_inventory.model import Item, Move
from officeops_inventory.stock.ledger import balance, move
from officeops_inventory.stock.open_orders import take_back
from officeops_inventory.stock.past import counted_since, relied_on

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Action, Office

_RELYING: Final = (
    "moves of the days before it changed no stock, because the opening balance includes them"
)
_OTHER_HALF = "id = ? AND kind = 'transfer' AND item_id = ? AND quantity = ? AND lot_id IS ?"


def _why_not(office: Office, entry: Move) -> str | None:
    """Return the reason why a move cannot be reversed, or None."""
    if entry.kind == "reversal":
        return Reason("it is itself a reversal; book the move again instead", code="is-a-reversal")
    if office.value("SELECT 1 FROM inventory_move WHERE reverses_id = ?", entry.id):
        return Reason("it was reversed already", code="reversed-already")
    halves = _halves(office, entry)
    if not halves:
        cure = "transfer the stock back instead"
        return Reason(f"the other half of the transfer is missing; {cure}", code="not-found")
    if relied_on(office, entry):
        facts = {"day": str(entry.day)}
        return Reason(f"{_RELYING}; reverse those first", code="counted-since", facts=facts)
    for half in halves:
        why = _gone(office, half)
        if why:
            return why
    return _counted_in_part(office, halves)


def _counted_in_part(office: Office, halves: list[Move]) -> str | None:
    """Return why a transfer stays of which one location was counted since, or None.

    That count has seen the goods leave, or arrive, and reversing the other half alone would lose
    or make as many.
    """
    counted = {half.location_id: counted_since(office, half) for half in halves}
    if all(counted.values()) or not any(counted.values()):
        return None
    location_id, day = next(pair for pair in counted.items() if pair[1])
    place = office.label(Location, location_id)
    return f"{place} was counted on {day}, after it; transfer the stock back instead"


def _gone(office: Office, entry: Move) -> str | None:
    """Return the reason why goods that a move brought cannot be taken out again, or None."""
    if entry.history or counted_since(office, entry):
        return None
    present = max(balance(office, entry.item_id, entry.location_id, entry.lot_id), 0)
    if entry.quantity <= present:
        return None
    place = office.label(Location, entry.location_id)
    still = f"of the {entry.quantity} it brought only {present} are still at {place}"
    facts = {"on_hand": present, "wanted": entry.quantity, "location": place}
    return Reason(f"{still}; reverse what took them first", code="not-enough-stock", facts=facts)


def _halves(office: Office, entry: Move) -> list[Move]:
    """Return the moves to reverse together: both halves of a transfer, or the one move.

    None are returned if a half is missing: half a reversal would make or lose stock. The half that
    leaves is written just before the one that arrives.
    """
    if entry.kind != "transfer":
        return [entry]
    other_id = entry.id + (1 if entry.quantity < 0 else -1)
    other = office.first(Move, _OTHER_HALF, other_id, entry.item_id, -entry.quantity, entry.lot_id)
    return [entry, other] if other else []


@action("inventory.move.reverse", danger=True, unless=_why_not)
def reverse(
    office: Office, entry: Move, note: str | None = param(default=None, help="What went wrong")
) -> str:
    """Reverse a wrong move: a whole transfer; the order line of a receipt is open again.

    The reversal keeps the day and the interval of the move, so that use and stock of that time read
    right; the history says when it was written. A later count remains: it has corrected the stock.
    """
    stays = ""
    for half in _halves(office, entry):
        counted = counted_since(office, half)
        # A count after the move has seen its goods or their lack, so stock must not change again.
        _reverse(office, half, note, history=half.history or bool(counted))
        if counted and not half.history:
            place = office.label(Location, half.location_id)
            stays += f" {place} was counted on {counted}, so the quantity on hand there stays."
    name = office.label(Item, entry.item_id)
    kind, quantity = entry.kind.capitalize(), abs(entry.quantity)
    order = take_back(office, entry.line_id) if entry.line_id else ""
    return f"{kind} of {quantity} {name} on {entry.day} reversed.{stays}{order}"


def _reverse(office: Office, entry: Move, note: str | None, *, history: bool) -> None:
    move(
        office,
        entry.item_id,
        "reversal",
        -entry.quantity,
        entry.location_id,
        entry.lot_id,
        day=entry.day,
        since=entry.since,
        line_id=entry.line_id,
        reverses_id=entry.id,
        note=note,
        history=history,
    )


def balance_out(office: Office, entries: Iterable[Move]) -> None:
    """Undo moves, the latest first: each by a reversal, a reversal by booking its move again.

    Stock may be short on the way, never at the end. Raises Refused where a move was reversed since,
    its goods are gone, or its location was counted since.
    """
    booked: Counter[tuple[int, int, int | None]] = Counter()
    for entry in entries:
        _not_counted_since(office, entry)
        latest = _latest(office, entry)
        if (latest.kind == "reversal") != (entry.kind == "reversal"):
            verb = "booked again" if entry.kind == "reversal" else "reversed"
            what = f"{entry.kind} of {abs(entry.quantity)} {office.label(Item, entry.item_id)}"
            raise Refused(
                f"it was {verb} since: {what}", f"Stock move #{entry.id}", code="changed-since"
            )
        opposite = _opposite(office, latest)
        # Checked at the end, not here: of two moves of one shelf the first may fall short alone.
        if not opposite.history:
            booked[entry.item_id, entry.location_id, entry.lot_id] += opposite.quantity
    for (item_id, location_id, lot_id), quantity in booked.items():
        if quantity < 0:
            _not_below_zero(office, item_id, location_id, lot_id, -quantity)


def _not_counted_since(office: Office, entry: Move) -> None:
    """Raise Refused where the quantity on hand no longer rests on a move that is to be undone."""
    about = f"Stock move #{entry.id}"
    if relied_on(office, entry):
        facts = {"day": str(entry.day)}
        raise Refused(f"{_RELYING}; undo those first", about, code="counted-since", facts=facts)
    counted = "" if entry.history else counted_since(office, entry)
    if counted:
        place, name = office.label(Location, entry.location_id), office.label(Item, entry.item_id)
        why = f"{name} at {place} was counted on {counted}, after it; undo the count first"
        why += _other_cure(entry)
        raise Refused(why, about, code="counted-since", facts={"day": str(counted)})


def _other_cure(entry: Move) -> str:
    """Return what else takes back a move that was counted since, for the end of a sentence."""
    if entry.kind == "transfer":
        return ", or transfer the stock back"
    if entry.kind == "reversal":
        return ""
    return f", or leave the quantity as counted: officeops stock-move reverse {entry.id}"


def _not_below_zero(
    office: Office, item_id: int, location_id: int, lot_id: int | None, taken: int
) -> None:
    """Raise Refused where an undo that took base units out left a balance below zero."""
    left = balance(office, item_id, location_id, lot_id)
    if left < 0:
        place = office.label(Location, location_id)
        still = f"of the {taken} it brought only {max(left + taken, 0)} are still at {place}"
        problem = Problem(
            f"{still}; undo what took them first",
            "quantity",
            code="not-enough-stock",
            facts={"on_hand": max(left + taken, 0), "wanted": taken, "location": place},
        )
        raise Refused([problem], office.label(Item, item_id))


def _latest(office: Office, entry: Move) -> Move:
    """Return the last of the chain that a move began: its reversal, that one's, and so on."""
    # Undo and redo book alternating reversals, each of the one before.
    following = office.first(Move, "reverses_id = ?", entry.id)
    while following:
        entry = following
        following = office.first(Move, "reverses_id = ?", entry.id)
    return entry


def _opposite(office: Office, entry: Move) -> Move:
    """Book the opposite of a move, which is the last of its chain.

    The opposite of a reversal takes kind and note from the move that was reversed.
    """
    origin = None
    if entry.kind == "reversal" and entry.reverses_id:
        origin = office.get(Move, entry.reverses_id)
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
            # Marks an undo: an undone row may come again from its file, a reversed one may not.
            source=None if origin else f"undo:{entry.id}",
            note=origin.note if origin else None,
            history=entry.history,
        )
    )


ACTIONS: list[Action[..., Any]] = [reverse]
