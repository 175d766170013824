"""Reversals: a wrong move is balanced by its opposite, and the ledger keeps both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Location, Reason, action, param
from officeops_inventory.model import Item, Move
from officeops_inventory.stock.ledger import balance
from officeops_inventory.stock.open_orders import take_back

if TYPE_CHECKING:
    from officeops import Action, Office

#: The other half of a transfer from before moves had groups: written just before it, or after.
_OTHER_HALF: Final = "id = ? AND kind = 'transfer' AND item_id = ? AND quantity = ? AND lot_id IS ?"
_IN_GROUP: Final = "SELECT 1 FROM inventory_move WHERE group_id = ?"


def _why_not(office: Office, entry: Move) -> str | None:
    """Return the reason why a move cannot be reversed, or None."""
    also = _former_half(office, entry)
    if entry.kind == "transfer" and not also and not _has_group(office, entry):
        why = "the other half of the transfer is missing; transfer the stock back instead"
        return Reason(why, code="not-found")
    reason = Move.ledger.why_not_reversed(office, entry, also=also)
    if reason:
        return reason
    for move in [entry, *also]:
        taken_since = _taken_since(office, move)
        if taken_since:
            return taken_since
    return None


def _has_group(office: Office, entry: Move) -> bool:
    return bool(entry.group_id or office.value(_IN_GROUP, entry.id))


def _former_half(office: Office, entry: Move) -> list[Move]:
    """Find the other half of a transfer that has no group: one move, or none."""
    if entry.kind != "transfer" or _has_group(office, entry):
        return []
    # What left was written just before what arrived.
    other_id = entry.id + 1 if entry.quantity < 0 else entry.id - 1
    opposite = -entry.quantity
    return list(office.all(Move, _OTHER_HALF, other_id, entry.item_id, opposite, entry.lot_id))


def _taken_since(office: Office, entry: Move) -> str | None:
    """Return the reason why goods that a move brought cannot be taken out again, or None."""
    if entry.history or Move.ledger.counted_since(office, entry):
        return None
    on_hand = balance(office, entry.item_id, entry.location_id, entry.lot_id)
    present = max(on_hand, 0)
    if entry.quantity <= present:
        return None
    place = office.label(Location, entry.location_id)
    still = f"of the {entry.quantity} it brought only {present} are still at {place}"
    facts = {"on_hand": present, "wanted": entry.quantity, "location": place}
    return Reason(f"{still}; reverse what took them first", code="not-enough-stock", facts=facts)


@action("inventory.move.reverse", danger=True, unless=_why_not)
def reverse(
    office: Office, entry: Move, note: str | None = param(default=None, help="What went wrong")
) -> str:
    """Reverse a wrong move: a whole transfer; the order line of a receipt is open again.

    The reversal keeps the day and the interval of the move, so that use and stock of that time read
    right; the history says when it was written. A later count remains: it has corrected the stock.
    """
    also = _former_half(office, entry)
    booked = Move.ledger.reverse(office, entry, note=note, also=also)
    stays = ""
    for reversal in office.some(Move, [reversal.id for reversal in booked]):
        stays += _stays(office, reversal)
    kind = entry.kind.capitalize()
    quantity = abs(entry.quantity)
    name = office.label(Item, entry.item_id)
    order = take_back(office, entry.line_id) if entry.line_id else ""
    return f"{kind} of {quantity} {name} on {entry.day} reversed.{stays}{order}"


def _stays(office: Office, reversal: Move) -> str:
    """Say that a count keeps the quantity on hand as it is; blank where the reversal changed it."""
    reversed_move = office.get(Move, reversal.reverses_id or 0)
    if reversed_move.history or not reversal.history:
        return ""
    counted = Move.ledger.counted_since(office, reversed_move)
    place = office.label(Location, reversal.location_id)
    return f" {place} was counted on {counted}, so the quantity on hand there stays."


ACTIONS: list[Action[..., Any]] = [reverse]
