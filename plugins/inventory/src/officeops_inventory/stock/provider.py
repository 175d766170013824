"""The stock as other plugins use it: the provider of `officeops.services.Stock`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Location, Refused
from officeops.services import Held, StockPortion, Taken
from officeops_inventory.declared.usable import USABLE
from officeops_inventory.model import Item, Lot, LotHold, Move
from officeops_inventory.model import Stock as Balance
from officeops_inventory.stock.former_numbers import had_since
from officeops_inventory.stock.holds import end_holds, hold_lot, hold_lots, name_of
from officeops_inventory.stock.issues import portions_of
from officeops_inventory.stock.kept_back import hold_namesakes, loose_of
from officeops_inventory.stock.ledger import move
from officeops_inventory.stock.lots import lots_named, reason_for
from officeops_inventory.stock.taken_stock import portion_of, taken_for
from officeops_inventory.stock.whereabouts import whereabouts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from officeops import Office, Record
    from officeops.services import KeptBack

_AVAILABLE: Final = f"""
SELECT ifnull(sum(s.quantity), 0) FROM inventory_stock s
LEFT JOIN inventory_lot l ON l.id = s.lot_id
WHERE s.item_id = ? AND s.quantity > 0 AND (? IS NULL OR s.location_id = ?) AND {USABLE}
"""
_LOTS: Final = """
SELECT l.number, ifnull(l.expires_on, ''), sum(s.quantity)
FROM inventory_lot l JOIN inventory_stock s ON s.lot_id = l.id AND s.quantity > 0
WHERE l.item_id = ? AND l.archived_at IS NULL
GROUP BY l.id ORDER BY l.expires_on, l.id
"""
_STANDING: Final = "for_key = ? AND for_id = ? AND released_at IS NULL"
_WITHOUT_LOT: Final = """
SELECT i.name FROM inventory_stock s JOIN inventory_item i ON i.id = s.item_id
WHERE s.location_id = ? AND s.quantity > 0 AND s.lot_id IS NULL ORDER BY i.name
"""


class StockProvider:
    """The provider of `officeops.services.Stock`."""

    def available(self, office: Office, item: str, *, location: str = "") -> int:
        """Return the usable stock of an item, in base units."""
        office.allow_view(Balance)
        item_id = office.find(Item, item).id
        place = office.find(Location, location).id if location else None
        today = office.today.isoformat()
        return int(office.value(_AVAILABLE, item_id, place, place, today) or 0)

    def take(
        self,
        office: Office,
        item: str,
        quantity: int,
        *,
        about: Record,
        location: str = "",
        lot: str = "",
    ) -> Taken:
        """Take stock for a record."""
        office.allow("inventory.item.use")
        kind = office.find(Item, item)
        lot_id = _lot_of(office, kind, lot)
        named = office.find(Location, location).id if location else None
        place = whereabouts(office, kind.id, named, lot_id)
        # An unsafe lot is taken by hand alone, with a reason.
        reason_for(office, lot_id, None, None)
        portions = portions_of(office, kind, place, quantity, lot_id)
        entries = []
        for portion in portions:
            entry = move(
                office,
                kind.id,
                "use",
                -portion.quantity,
                place,
                portion.lot_id,
                about=about,
                note=f"for {office.about(about)}",
            )
            entries.append(entry.id)
        parts = [portion_of(office, part.lot_id, part.quantity) for part in portions]
        return Taken(
            kind.sku,
            kind.name,
            office.label(Location, place),
            quantity,
            kind.base_unit,
            tuple(parts),
            tuple(entries),
        )

    def put_back(self, office: Office, taken: Taken) -> Sequence[int]:
        """Put stock back into the lots that it was taken of."""
        office.allow("inventory.item.use")
        reversals: list[int] = []
        for entry in office.some(Move, taken.entries):
            if why := Move.ledger.why_not_reversed(office, entry):
                raise Refused(str(why), taken.name, code="wrong-state")
            booked = Move.ledger.reverse(office, entry, note="not needed")
            reversals += [reversal.id for reversal in booked]
        return reversals

    def taken(self, office: Office, *, about: Record) -> Sequence[Taken]:
        """Return the stock that a record took and did not return."""
        office.allow_view(Move)
        return taken_for(office, about)

    def hold(
        self,
        office: Office,
        *,
        location: str,
        reason: str,
        about: Record,
        since: date | None = None,
    ) -> Held:
        """Hold every lot that is at a location, or was there since a day."""
        place = office.find(Location, location)
        holds = hold_lots(office, place.id, (reason, about.meta.key, about.id), since)
        holds += hold_namesakes(office, holds)
        # Nothing in the file can hold goods without a lot, so people are to hear of them.
        names = [name for (name,) in office.rows(_WITHOUT_LOT, place.id)]
        return _held(office, holds, names)

    def hold_lot(
        self,
        office: Office,
        item: str,
        lot: str,
        *,
        reason: str,
        about: Record,
    ) -> Held:
        """Hold one lot of an item, wherever it is."""
        kind = office.find(Item, item)
        named = {one.id: one for one in lots_named(office, kind.id, [lot])}
        # One that got another number since the record was entered is the one that it is about.
        for one in office.some(Lot, had_since(office, kind.id, lot, about)):
            named.setdefault(one.id, one)
        about_it = (reason, about.meta.key, about.id)
        holds = [hold_lot(office, one, *about_it) for one in named.values()]
        return _held(office, holds, ())

    def loose(self, office: Office, kept: Iterable[KeptBack]) -> Sequence[str]:
        """Return the usable lots that records keep back and that must be held for them."""
        lots = office.some(Lot, [lot_id for goods in kept for lot_id in loose_of(office, goods)])
        return [name_of(office, lot) for lot in lots]

    def lots(self, office: Office, item: str) -> Sequence[StockPortion]:
        """Return the lots of an item that are on hand."""
        office.allow_view(Lot)
        item_id = office.find(Item, item).id
        return [StockPortion(*row) for row in office.rows(_LOTS, item_id)]

    def held(self, office: Office, *, about: Record) -> Held:
        """Return the holds for a record that have not ended."""
        office.allow_view(LotHold)
        holds = list(office.all(LotHold, _STANDING, about.meta.key, about.id))
        names: dict[str, None] = {}
        for place in {hold.location_id for hold in holds}:
            names.update(dict.fromkeys(name for (name,) in office.rows(_WITHOUT_LOT, place)))
        return _held(office, holds, sorted(names))

    def release(
        self,
        office: Office,
        held: Held,
        *,
        verb: str = "",
    ) -> Sequence[str]:
        """End these holds, and return the lots that may be used again."""
        holds = list(office.some(LotHold, held.holds))
        owner, _, _ = verb.partition(".")
        # A plugin ends by its own verb what it held itself, and nothing of others.
        is_own = bool(verb) and all(hold.for_key.startswith(f"{owner}.") for hold in holds)
        office.allow(verb if is_own else "inventory.lot.release")
        # The holds are named, not the place: others may hold the same lots for reasons of their own.
        released = end_holds(office, holds)
        return [name_of(office, lot) for lot in released]


def _lot_of(office: Office, item: Item, number: str) -> int | None:
    """Return the lot of an item by its number; None where none is named."""
    if not number:
        return None
    return office.find(Lot, number, within={"item_id": item.id}).id


def _held(
    office: Office,
    holds: Sequence[LotHold],
    without_lot: Sequence[str],
) -> Held:
    lots = [name_of(office, office.get(Lot, hold.lot_id)) for hold in holds]
    return Held(tuple(hold.id for hold in holds), tuple(lots), tuple(without_lot))
