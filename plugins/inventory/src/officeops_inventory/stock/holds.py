"""Holds: lots held back at a location for a reason, and let go when the last reason ends.

Everything that writes runs inside an action that is open.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from officeops import Reason, default_location, named
from officeops.services import StockHolder
from officeops_inventory.declared.lot_lifecycle import LOT
from officeops_inventory.declared.usable import AVAILABLE
from officeops_inventory.model import Item, Lot, LotHold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from officeops import Office

_QUARANTINED: Final = "quarantined"
_LOOSE: Final = "officeops_inventory.stock.kept_back:loose"
_NAMESAKES: Final = "officeops_inventory.stock.kept_back:loose_namesakes"
#: A file may say of which day a move was, so that of the month before counts as well.
_LOTS_AT: Final = """
SELECT lot_id FROM inventory_stock
WHERE location_id = ?1 AND quantity > 0 AND lot_id IS NOT NULL
UNION SELECT lot_id FROM inventory_move
WHERE location_id = ?1 AND lot_id IS NOT NULL AND NOT history
    AND day >= iif(source IS NULL, ?2, date(?2, '-31 days')) ORDER BY lot_id
"""
_LAST_MOVE: Final = "SELECT max(id) FROM inventory_move WHERE lot_id = ?"
_OPEN: Final = "lot_id = ? AND released_at IS NULL"
_OPEN_OF_SOME: Final = "released_at IS NULL AND lot_id IN (SELECT value FROM json_each(?))"


def hold_lots(
    office: Office,
    location_id: int,
    why: tuple[str, str, int],
    since: date | None = None,
) -> list[LotHold]:
    """Hold every lot that is at a location, and return the new holds, one a lot.

    With `since` also those that were there on that day or later. A lot that may be used becomes
    quarantined; one that is held already gets one more reason.
    """
    holds = []
    day = since.isoformat() if since else None
    for (lot_id,) in office.rows(_LOTS_AT, location_id, day):
        holds.append(hold_one(office, lot_id, location_id, why))
    return holds


def hold_lot(
    office: Office,
    lot: Lot,
    reason: str,
    for_key: str,
    for_id: int,
) -> LotHold:
    """Hold one lot, wherever it is, and return the new hold."""
    shelves = lot.on_shelves(office)
    # A lot may be held before any of it comes; its hold needs a place all the same.
    location_id = shelves[0][0] if shelves else default_location(office)
    return hold_one(office, lot.id, location_id, (reason, for_key, for_id))


def hold_one(
    office: Office,
    lot_id: int,
    location_id: int,
    why: tuple[str, str, int],
) -> LotHold:
    """Hold a lot at a location; `why` is the reason, and the kind and number of its record."""
    reason, for_key, for_id = why
    lot = office.get(Lot, lot_id)
    quarantines = lot.status == AVAILABLE
    if quarantines:
        LOT.move(office, lot, "quarantine", reason=reason)
    hold = LotHold(
        lot_id=lot_id,
        location_id=location_id,
        reason=reason,
        for_key=for_key,
        for_id=for_id,
        quarantines=quarantines,
    )
    return office.add(hold)


def end_holds(office: Office, holds: Iterable[LotHold]) -> list[Lot]:
    """End holds, and return the lots that may be used again; a hold that ended before is left alone."""
    released = []
    for hold_id in [hold.id for hold in holds]:
        # Ending one may have passed its quarantine on to another of them.
        hold = office.get(LotHold, hold_id)
        # Ending it twice must not end a hold that another reason has since.
        if hold.released_at is not None:
            continue
        last_move = office.value(_LAST_MOVE, hold.lot_id)
        office.edit(hold, managed=True, released_at=office.now(), ended_after=last_move)
        lot = office.get(Lot, hold.lot_id)
        others = _open_holds(office, lot.id)
        # A person, or another hold, keeps it back.
        if not hold.quarantines:
            continue
        if others:
            # The lot stays as this hold made it: the next one that ends last lets it go.
            office.edit(others[0], managed=True, quarantines=True)
        # Recalled or damaged since: that is a person's decision, and stays.
        elif lot.status == _QUARANTINED:
            LOT.move(office, lot, "release")
            released.append(office.get(Lot, lot.id))
    return released


def freed(office: Office, lots: Sequence[Lot]) -> Iterator[tuple[Lot, Reason]]:
    """Yield the usable lots that some record holds, each with the reason: the rule of the promise."""
    usable = {lot.id: lot for lot in lots if lot.status == AVAILABLE}
    # One question for all of them: a file brings thousands of lots, and nearly none is held.
    for hold in office.all(LotHold, _OPEN_OF_SOME, json.dumps([*usable]), order="id"):
        lot = usable.pop(hold.lot_id, None)
        if lot is not None:
            why = f"is held for {hold.reason}; {how_it_ends(office, hold)}"
            yield lot, Reason(why, code="on-hold", facts={"record": hold.for_key})
    # By name: goods that are kept back know of holds.
    yield from named(_LOOSE)(office, usable.values())
    yield from named(_NAMESAKES)(office, lots)


def how_it_ends(office: Office, hold: LotHold) -> str:
    """Say what to do so that the record of a hold ends it."""
    kind = office.records.get(hold.for_key)
    if kind is None:
        plugin, _, _ = hold.for_key.partition(".")
        return f"first turn on the plugin {plugin}, which holds it"
    holder = office.first(kind, "id = ?", hold.for_id)
    if isinstance(holder, StockHolder):
        return holder.how_it_ends(office, hold.id)
    # A kind out of the person's reach answers by its number alone.
    return f"see officeops {kind.meta.noun} show '#{hold.for_id}'"


def name_of(office: Office, lot: Lot) -> str:
    """Return a lot as people know it, with its item."""
    return f"{office.label(Item, lot.item_id)}, lot {lot.number}"


def why_held(office: Office, lot: Lot) -> str | None:
    """Return the reason for which a record holds a lot, and how that ends; None where none does."""
    for hold in _open_holds(office, lot.id):
        return Reason(f"it is held for {hold.reason}; {how_it_ends(office, hold)}", code="on-hold")
    return None


def held_number(office: Office, lot: Lot, before: Mapping[str, Any]) -> str | None:  # noqa: ARG001
    """Return why the number of a lot stays: it is held, by a record or by a person."""
    if lot.status == AVAILABLE:
        return why_held(office, lot)
    return Reason(f"cannot be edited while the lot is {lot.status}", code="on-hold")


def _open_holds(office: Office, lot_id: int) -> list[LotHold]:
    return list(office.all(LotHold, _OPEN, lot_id))
