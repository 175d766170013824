"""Goods kept back: those that come where a record keeps goods back are held for it at once.

One rule for all roads. A move holds its lot itself; the promise of lots refuses what no move brought.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Location, Reason, Refused, folded
from officeops.services import Held, StockHolder, StockKeeper
from officeops_inventory.declared.usable import AVAILABLE
from officeops_inventory.model import Lot, LotHold
from officeops_inventory.stock.former_numbers import had_since, namesakes, why_too
from officeops_inventory.stock.holds import hold_one, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops import Office
    from officeops.services import KeptBack
    from officeops_inventory.model import Move

_ENTER: Final = "enter it with officeops item receive, which holds it"
_FOR: Final = "lot_id = ? AND for_key = ? AND for_id = ?"
_OPEN: Final = f"{_FOR} AND released_at IS NULL"
_USABLE: Final = f"""
SELECT DISTINCT l.id FROM inventory_stock s JOIN inventory_lot l ON l.id = s.lot_id
WHERE s.quantity > 0 AND l.status = '{AVAILABLE}' AND l.archived_at IS NULL
AND (?1 IS NULL OR s.location_id = ?1) AND (?2 IS NULL OR l.item_id = ?2) ORDER BY l.id
"""
#: A hold that ended answers for the boxes at its place by then, and for none that came later.
_DECIDED: Final = """
SELECT 1 FROM inventory_lot_hold h
WHERE h.lot_id = ? AND h.for_key = ? AND h.for_id = ? AND h.location_id = ?
AND h.archived_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM inventory_move m
    WHERE m.lot_id = h.lot_id AND m.location_id = h.location_id AND m.quantity > 0
    AND NOT m.history AND m.id > h.ended_after)
LIMIT 1
"""


def hold_what_came(office: Office, entry: Move) -> Iterator[str]:
    """Hold the lot of a move that brought goods, where a record keeps them back; say so."""
    if entry.lot_id is None or entry.quantity <= 0 or entry.history:
        return
    place = entry.location_id
    lot = office.get(Lot, entry.lot_id)
    for kept in _records_for(office, lot, {place}):
        about = kept.about
        is_held = office.first(
            LotHold,
            _OPEN,
            lot.id,
            about.meta.key,
            about.id,
        )
        if is_held:
            continue
        why = (kept.reason, about.meta.key, about.id)
        hold = hold_one(
            office,
            lot.id,
            place,
            why,
        )
        name = name_of(office, lot)
        if isinstance(about, StockHolder):
            about.came_in(office, Held((hold.id,), (name,), ()))
        yield f"{name} is held for {kept.reason}: keep it apart."
    yield from _hold_namesake(office, lot, place)


def _hold_namesake(
    office: Office,
    lot: Lot,
    place: int,
) -> Iterator[str]:
    """Hold a lot that came with a number that a held one had, or say so once that is decided on."""
    for other, hold in namesakes(office, [lot.item_id]):
        if other.id != lot.id:
            continue
        name, why = name_of(office, lot), why_too(office, lot, hold)
        kept = _keeper_of(office, lot.item_id, hold)
        if kept is None:
            yield f"Look at the boxes of {name}: {why}."
            continue
        held = hold_one(office, lot.id, place, (why, hold.for_key, hold.for_id))
        if isinstance(kept.about, StockHolder):
            kept.about.came_in(office, Held((held.id,), (name,), ()))
        yield f"{name} is held for {why}: keep it apart."


def hold_namesakes(office: Office, holds: Iterable[LotHold]) -> list[LotHold]:
    """Hold the lots on a shelf that have a number which a lot of these holds had; return the holds."""
    known = {hold.id for hold in holds}
    items = [office.get(Lot, hold.lot_id).item_id for hold in holds]
    added = []
    for lot, hold in list(namesakes(office, items)):
        if hold.id not in known:
            continue
        for place, _ in lot.on_shelves(office)[:1]:
            why = (why_too(office, lot, hold), hold.for_key, hold.for_id)
            added.append(hold_one(office, lot.id, place, why))
    return added


def loose_namesakes(office: Office, lots: Iterable[Lot]) -> Iterator[tuple[Lot, Reason]]:
    """Yield lots of some that are usable by a number which a lot had that a record keeps back.

    Either may be among them: the usable one, or the held one.
    """
    by_id = {lot.id: lot for lot in lots}
    for other, hold in namesakes(office, [lot.item_id for lot in by_id.values()]):
        lot = by_id.get(other.id) or by_id.get(hold.lot_id)
        is_usable = other.status == AVAILABLE and other.on_shelves(office)
        if lot and is_usable and _keeper_of(office, lot.item_id, hold):
            key = office.label(Lot, other.id)
            why = (
                f"{why_too(office, other, hold)}; first quarantine {key}: officeops lot quarantine"
            )
            yield lot, Reason(why, code="on-hold")


def _keeper_of(
    office: Office,
    item_id: int,
    hold: LotHold,
) -> KeptBack | None:
    """Return what the record of a hold keeps back now; None where it has ended."""
    for kept in _kept_back(office, item_id):
        if (kept.about.meta.key, kept.about.id) == (hold.for_key, hold.for_id):
            return kept
    return None


def refuse_into(office: Office, came: Iterable[tuple[int, int]]) -> None:
    """Raise Refused where a file brings lots to a location that keeps them back.

    `came` are lots with their locations. What a bulk action added cannot be held in it.
    """
    for lot_id, location_id in sorted(came):
        lot = office.get(Lot, lot_id)
        for kept in _records_for(office, lot, {location_id}):
            place = office.label(Location, location_id)
            why = f"{name_of(office, lot)} comes to {place}, and is kept back for {kept.reason}"
            raise Refused(f"{why}; {_ENTER}", code="on-hold")
        for other, hold in namesakes(office, [lot.item_id]):
            if other.id == lot_id and _keeper_of(office, lot.item_id, hold):
                why = f"{name_of(office, lot)} is kept back for {why_too(office, lot, hold)}"
                raise Refused(f"{why}; {_ENTER}", code="on-hold")


def _records_for(
    office: Office,
    lot: Lot,
    places: set[int],
) -> Iterator[KeptBack]:
    """Yield the records that keep a lot back at one of some locations."""
    for kept in _kept_back(office, lot.item_id):
        if kept.location_id is None:
            is_of = bool(places) and _is_named(office, lot, kept)
        else:
            is_of = kept.location_id in places
        if is_of:
            yield kept


def _is_named(office: Office, lot: Lot, kept: KeptBack) -> bool:
    if folded(kept.lot) == folded(lot.number):
        return True
    return lot.id in had_since(office, lot.item_id, kept.lot, kept.about)


def loose(office: Office, lots: Iterable[Lot]) -> Iterator[tuple[Lot, Reason]]:
    """Yield the usable lots, of some, that a record keeps back and that must be held for it."""
    for lot in lots:
        shelves = {location_id for location_id, _ in lot.on_shelves(office)}
        # Most lots of a file are at no place that matters.
        if not shelves:
            continue
        for kept in _records_for(office, lot, shelves):
            if not _is_decided(office, lot.id, kept):
                yield lot, _why(office, kept)


def loose_of(office: Office, kept: KeptBack) -> Iterator[int]:
    """Yield the numbers of the lots on a shelf that one record keeps back and that are not held."""
    for (lot_id,) in office.rows(_USABLE, kept.location_id, kept.item_id):
        is_of = kept.location_id is not None or _is_named(office, office.get(Lot, lot_id), kept)
        if is_of and not _is_decided(office, lot_id, kept):
            yield lot_id


def _why(office: Office, kept: KeptBack) -> Reason:
    place = office.label(Location, kept.location_id) if kept.location_id else "the shelf"
    cure = "hold it first"
    if isinstance(kept.about, StockHolder):
        cure = kept.about.how_it_ends(office, 0)
    return Reason(f"is at {place}, and is kept back for {kept.reason}; {cure}", code="on-hold")


def _is_decided(
    office: Office,
    lot_id: int,
    kept: KeptBack,
) -> bool:
    """Whether somebody decided on the usable boxes of a lot, since they came where they are."""
    # For as long as a record keeps a lot back wherever it is, nothing of it is usable.
    if kept.location_id is None:
        return False
    about = kept.about.meta.key, kept.about.id
    return office.value(_DECIDED, lot_id, *about, kept.location_id) is not None


def _kept_back(office: Office, item_id: int) -> Iterator[KeptBack]:
    for kind in office.records.values():
        # Faster than to ask each kind for the whole protocol, at each move.
        if hasattr(kind, "kept_back") and issubclass(kind, StockKeeper):
            yield from kind.kept_back(office, item_id)


def why_kept(office: Office, lot: Lot) -> str | None:
    """Return why a lot may not be thrown away or sent back yet: a record that holds it says so."""
    for hold in office.all(LotHold, "lot_id = ? AND released_at IS NULL", lot.id):
        kind = office.records.get(hold.for_key)
        holder = office.first(kind, "id = ?", hold.for_id) if kind else None
        why = holder.why_kept(office, hold.id) if isinstance(holder, StockHolder) else None
        if why:
            return Reason(f"is held for {hold.reason}; {why}", code="on-hold")
    return None
