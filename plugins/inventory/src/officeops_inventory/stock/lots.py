"""Lots: found or added when goods come in, held and released, and discarded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Problem, Reason, Refused, action, folded, param
from officeops_inventory.declared.lot_lifecycle import LOT
from officeops_inventory.declared.lot_rules import lot_names
from officeops_inventory.declared.usable import AVAILABLE, is_usable
from officeops_inventory.model import Item, Lot
from officeops_inventory.stock.intake import demand
from officeops_inventory.stock.kept_back import why_kept
from officeops_inventory.stock.ledger import move

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Action, Office


def received_lot(
    office: Office,
    item_id: int,
    number: str | None,
    expires_on: date | None,
    no_lot: str | None = None,
) -> Lot | None:
    """Return the lot that received goods belong to, added if it is new.

    None for an item that does not come in lots. Raises Refused where the receipt lacks what the
    item needs and gives no reason (`no_lot`).
    """
    demand(office, item_id, number, expires_on, no_lot)
    return lot_for(office, item_id, number, expires_on, no_lot)


def lot_for(
    office: Office,
    item_id: int,
    number: str | None,
    expires_on: date | None,
    no_lot: str | None = None,
) -> Lot | None:
    """Return the lot that goods belong to, added if it is new; None without number and expiry.

    A new lot without an expiry date keeps the reason (`no_lot`). A known date is never blanked; one
    that contradicts the label raises Refused.
    """
    names = lot_names(number, expires_on)
    if not names:
        return None
    lots = lots_named(office, item_id, names)
    if not lots:
        why = None if expires_on else (no_lot or "").strip() or None
        return office.add(Lot(item_id=item_id, number=names[0], expires_on=expires_on, no_lot=why))
    # Old files may have one number twice, with different dates.
    for lot in lots:
        if lot.expires_on == expires_on:
            return lot
    first = lots[0]
    # A receipt that names no date never blanks a known one.
    if expires_on is None:
        return first
    if first.expires_on is not None:
        raise _contradicted(office, first, expires_on)
    return office.edit(first, expires_on=expires_on)


def lots_named(office: Office, item_id: int, names: Iterable[str]) -> list[Lot]:
    """Return an item's lots with the first of these names that any has."""
    lots = list(office.all(Lot, "item_id = ?", item_id))
    for name in names:
        same = folded(name)
        named = [lot for lot in lots if folded(lot.number) == same]
        if named:
            return named
    return []


def _contradicted(office: Office, lot: Lot, expires_on: date) -> Refused:
    known = f"lot {lot.number} is recorded as good until {lot.expires_on}, not {expires_on}"
    cure = "Look at the label again; if the record is wrong, correct the lot first"
    problem = Problem(f"{known}. {cure}", "expires_on", code="contradicts-record")
    return Refused([problem], office.label(Item, lot.item_id))


def refuse_kept(office: Office, lot: Lot) -> None:
    """Raise Refused where a record holds a lot whose goods nobody may throw away or send back yet."""
    if why := why_kept(office, lot):
        raise Refused(why, office.about(lot), code="on-hold")


def lot_warning(lot: Lot | None, today: date) -> str:
    """Return a sentence about goods that came in but must not be used, or nothing."""
    if lot is None or is_usable(lot.status, lot.expires_on, today):
        return ""
    if lot.status != AVAILABLE:
        return f" Lot {lot.number} is {lot.status}: keep it apart."
    return f" Lot {lot.number} expired {lot.expires_on}: send it back or discard it."


def reason_for(
    office: Office,
    lot_id: int | None,
    reason: str | None,
    note: str | None,
) -> str | None:
    """Return the note of a move of a lot that a person named.

    If the lot is recalled, held or expired, the note says so, with the reason why it is moved all
    the same. Raises Refused without that reason.
    """
    lot = office.get(Lot, lot_id) if lot_id else None
    word = lot.unsafe_word(office.today) if lot else ""
    given = (reason or "").strip()
    # Only a lot that a person named can be unsafe here: picking never takes one by itself.
    if lot and word:
        if not given:
            raise _unexplained(office, lot, word)
        given = f"{word}: {given}"
    parts = [part for part in (given, note) if part]
    return "; ".join(parts) or None


def _unexplained(office: Office, lot: Lot, word: str) -> Refused:
    because = ""
    if lot.hold_reason and word == lot.status:
        because = f" ({lot.hold_reason})"
    why = f"lot {lot.number} is {word}{because}; say why it is taken all the same (--reason)"
    return Refused([Problem(why, "reason", code="on-hold")], office.label(Item, lot.item_id))


def kept_reason(office: Office, lot: Lot, reason: str | None = None) -> dict[str, str | None]:  # noqa: ARG001 - code of a transition
    """Return the reason of a step: that of the last one never explains the next."""
    return {"hold_reason": (reason or "").strip() or None}


def state_and_place(office: Office, lot: Lot, reason: str | None = None) -> str:  # noqa: ARG001
    """Say the new state of a lot, where it is, and whether it may be used."""
    because = f" ({lot.hold_reason})" if lot.hold_reason else ""
    name = f"Lot {lot.number} of {office.label(Item, lot.item_id)}"
    sentence = f"{name} is {lot.status}{because}: {lot.where_it_is(office)}."
    return sentence + lot_warning(lot, office.today) if lot.status == AVAILABLE else sentence


def _nothing_left(office: Office, lot: Lot) -> str | None:
    return None if lot.on_shelves(office) else Reason("none of it is on hand", code="nothing-to-do")


# Today asks for it also where what an archived lot had came back onto a shelf.
@action("inventory.lot.discard", danger=True, bulk=True, unless=_nothing_left, archived=True)
def discard(
    office: Office, lot: Lot, note: str | None = param(default=None, help="How it was disposed of")
) -> str:
    """Throw a lot away, all of it, wherever it is."""
    refuse_kept(office, lot)
    # Booked as expired: it is no use, which would count as demand, and nobody's waste.
    total = 0
    for place, quantity in lot.on_shelves(office):
        move(office, lot.item_id, "expire", -quantity, place, lot.id, note=note)
        total += quantity
    return f"{total} of lot {lot.number} of {office.label(Item, lot.item_id)} discarded."


quarantine, recall, damage, release = LOT.actions(Lot)
ACTIONS: list[Action[..., Any]] = [quarantine, release, recall, damage, discard]
