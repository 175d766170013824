"""Item opening: the stock and the orders that items of a file begin with.

Only items that the file adds open stock and orders; what it says of others is compared (`stock_sheet`). Each cell that
opens nothing is named.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from officeops import Location, Problem, Refused
from officeops.model.text_folding import folded
from officeops.values import wording
from officeops_inventory.imports.finder import Finder, expiry_text
from officeops_inventory.model import Item, Line, Lot, Move, Order
from officeops_inventory.stock.intake import Intake, without_lot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office
    from officeops.exchange.importer import Row

#: Columns of which any opens stock, or says where it would be.
_STOCK: Final = frozenset({"on_hand", "lot", "expires_on", "location", "no_lot"})
_LOT: Final = frozenset({"lot", "expires_on"})
_CURE: Final = "Fill the column, or say why there is none in a column no_lot"
#: The most rows that a sentence names.
_NAMED: Final = 5
#: Whether an item has stock without a lot that gives no reason.
_UNLOTTED: Final = """
SELECT EXISTS (SELECT 1 FROM inventory_move
    WHERE item_id = ? AND lot_id IS NULL AND kind = 'opening' AND note IS NULL)
"""
_KNOWN: Final = """
SELECT s.folded FROM inventory_item_same s JOIN inventory_item i ON i.id = s.id AND i.archived_at IS NULL
WHERE s.identity = ? AND s.folded IN (SELECT value FROM json_each(?))
"""


class ItemOpening:
    """Opens stock and orders of new items, and says what of their rows opened nothing."""

    def __init__(self, office: Office, find: Finder, source: str) -> None:
        self._office, self._find, self._source = office, find, source
        self._today = office.today.isoformat()
        self._given: frozenset[str] = frozenset()
        self._orders: dict[int, int] = {}
        #: What this file ordered of an item and vendor in one pack, in base units.
        self._ordered: dict[tuple[int, int, int], int] = {}
        #: Items and places of rows without stock, and rows with a reason that explains nothing.
        self._placed: list[tuple[int, int]] = []
        self._reasons = 0

    def begin(self, given: frozenset[str]) -> None:
        """Take in which columns the file has."""
        self._given = given

    # -- what stock needs -------------------------------------------------------------------------------

    def lacking(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Yield rows of new items that would open stock without the lot and the expiry that their item demands."""
        in_lots, ends = _lots_of(rows)
        if not in_lots:
            return
        doubtful = [row for row in rows if self._brings_goods(row) and not self._is_named(row)]
        skus = {row.line: folded(row.values["sku"] or "") for row in doubtful}
        known = self._known({sku for sku in skus.values() if sku in in_lots})
        for row in doubtful:
            sku, lot = skus[row.line], row.extra.get("lot", "")
            if sku not in in_lots or sku in known:
                continue
            if not row.extra.keys() & _LOT:
                yield row, "lot", f"is needed: the item comes in lots. {_CURE}"
            elif in_lots[sku] and "expires_on" not in row.extra and (sku, folded(lot)) not in ends:
                yield row, "expires_on", f"is needed: the item comes in lots that expire. {_CURE}"

    def _known(self, skus: set[str]) -> set[str]:
        """Return which of some folded SKUs are of items on record."""
        if not skus:
            return set()
        identity = next(
            identity.name for identity in Item.meta.identities if identity.columns == ("sku",)
        )
        return {sku for (sku,) in self._office.rows(_KNOWN, identity, json.dumps(list(skus)))}

    @staticmethod
    def _brings_goods(row: Row) -> bool:
        """Whether a row opens stock, or a lot."""
        return bool(row.extra.get("on_hand") or "lot" in row.extra)

    @staticmethod
    def _is_named(row: Row) -> bool:
        """Whether a row says all that could be asked of its goods."""
        extra = row.extra
        return "no_lot" in extra or "expires_on" in extra

    # -- new items --------------------------------------------------------------------------------------

    def open(self, rows: list[Row]) -> None:
        """Write the lots, the opening moves and the opening orders of new items."""
        if self._given & _STOCK:
            self._open_stock(rows)
        if "on_order" in self._given:
            self._order_all([row for row in rows if row.extra.get("on_order")])

    def _open_stock(self, rows: list[Row]) -> None:
        in_lots = [row for row in rows if row.extra.keys() & _LOT] if self._given & _LOT else []
        lots = self._lots(in_lots)
        moves = []
        for row in rows:
            if row.extra.get("on_hand"):
                moves.append(self._opening(row, lots.get(row.id)))
            else:
                self._note_unused(row)
        if moves:
            self._office.add_many(Move, moves)

    def _note_unused(self, row: Row) -> None:
        """Remember a place or a reason of a row that opens no stock."""
        extra = row.extra
        if (
            "location_id" in extra
            and not extra.get("on_order")
            and extra["location_id"] != self._find.place
        ):
            self._placed.append((row.id, extra["location_id"]))
        is_lots = "lot" in extra and "expires_on" not in extra
        self._reasons += "no_lot" in extra and not is_lots

    def _opening(self, row: Row, lot_id: int | None) -> dict[str, Any]:
        extra = row.extra
        move = {
            "item_id": row.id,
            "kind": "opening",
            "quantity": extra["on_hand"],
            "location_id": extra.get("location_id") or self._find.place,
            "lot_id": lot_id,
            "day": self._today,
        }
        if "no_lot" in self._given:
            move["note"] = without_lot(None, extra.get("no_lot"))
        return move

    def _lots(self, rows: list[Row]) -> dict[int, int]:
        """Make the lots of new items, all at once: an item that is new has none."""
        lots = []
        for row in rows:
            ends = expiry_text(row.extra.get("expires_on"))
            lot = {"item_id": row.id, "number": row.extra.get("lot") or ends, "expires_on": ends}
            if "no_lot" in self._given:
                lot["no_lot"] = None if ends else row.extra.get("no_lot")
            lots.append(lot)
        lot_ids = self._office.add_many(Lot, lots) if lots else []
        return {row.id: lot_id for row, lot_id in zip(rows, lot_ids, strict=True)}

    # -- further rows of new items ----------------------------------------------------------------------

    def further_stock(self, row: Row) -> bool:
        """Open the balance or the lot that a further row brings; whether it brings any.

        Raises ValueError where it contradicts an earlier row, Refused where it lacks its lot.
        """
        extra = row.extra
        place, quantity = extra.get("location_id") or self._find.place, extra.get("on_hand")
        number, ends = extra.get("lot"), expiry_text(extra.get("expires_on"))
        if quantity or number:
            self._demand(row, number, ends)
        self._find.read_lots([row.id])
        known = self._find.known_lot(row.id, number, ends)
        lot_id = self._find.lot(row.id, number, ends, extra.get("no_lot"))
        new_lot = lot_id is not None and known is None
        if quantity is None or (quantity == 0 and new_lot):
            self._note_unused(row)
            return new_lot
        sql = "SELECT quantity FROM inventory_stock WHERE item_id = ? AND location_id = ? AND lot_id IS ?"
        opened = self._office.value(sql, row.id, place, lot_id)
        if (opened or 0) == quantity:
            self._note_unused(row)
            return new_lot
        if opened is not None:
            raise ValueError(
                f"is the same as in an earlier row of the file, with {quantity:,} on hand, not {opened:,}"
            )
        self._office.add_many(Move, [self._opening(row, lot_id)])
        return True

    def _demand(self, row: Row, number: str | None, ends: str | None) -> None:
        """Raise Refused where a row's goods lack their lot, or where goods of an earlier row do."""
        if "no_lot" in row.extra:
            return
        problems = Intake(self._office, row.id).lacks(row.id, number or ends, ends)
        if (number or ends) and self._office.value(_UNLOTTED, row.id):
            problems.append(
                Problem("comes after a row that opens stock of the item without a lot", "lot")
            )
        if problems:
            raise Refused(
                [Problem(f"{problem.message}. {_CURE}", problem.field) for problem in problems]
            )

    def further_order(self, row: Row) -> bool:
        """Order what a further row has on order with its vendor; whether it has any.

        The same quantity of the same vendor is said once more, as lists do that have a row for each lot. Raises
        ValueError for another quantity.
        """
        quantity = row.extra.get("on_order")
        if not quantity:
            return False
        before = self._ordered.get(self._order_key(row))
        if before is None:
            self._order_all([row])
        elif before != quantity:
            raise ValueError(
                f"is the same as in an earlier row of the file, with {quantity:,} on order, not {before:,}"
            )
        return before is None

    @staticmethod
    def _order_key(row: Row) -> tuple[int, int, int]:
        return row.id, row.extra["vendors"][0], row.extra.get("pack_size") or 1

    # -- orders -----------------------------------------------------------------------------------------

    def _order_all(self, rows: list[Row]) -> None:
        """Put what is on order on one order per vendor and file, already sent."""
        lines = [self._line(row) for row in rows]
        if lines:
            self._office.add_many(Line, lines)

    def _line(self, row: Row) -> dict[str, Any]:
        extra = row.extra
        size, quantity = extra.get("pack_size") or 1, extra["on_order"]
        whole = quantity % size == 0
        self._ordered[self._order_key(row)] = quantity
        line = {
            "order_id": self._order(extra["vendors"][0]),
            "item_id": row.id,
            "packs": quantity // size if whole else quantity,
            "pack_size": size if whole else 1,
            "pack": (extra.get("pack") or ("pack" if size > 1 else "each")) if whole else "each",
            # An open order for part of a pack has no price of its own.
            "price": extra.get("price") if whole else None,
            "ordered_sku": extra.get("vendor_sku") if whole else None,
        }
        if "location" in self._given:
            line["location_id"] = extra.get("location_id")
        return line

    def _order(self, vendor_id: int) -> int:
        if vendor_id not in self._orders:
            note = f"On order when {self._source.rpartition(':')[0] or 'the file'} was imported"
            order = Order(
                vendor_id=vendor_id, status="sent", ordered_on=self._office.today, note=note
            )
            self._orders[vendor_id] = self._office.add(order).id
        return self._orders[vendor_id]

    # -- what opened nothing ----------------------------------------------------------------------------

    def left(self) -> Iterable[str]:
        """Yield what of the rows opened nothing."""
        if placed := self._without_stock():
            shown = [
                f"{self._office.label(Item, item)} at {self._office.label(Location, at)}"
                for item, at in placed
            ]
            more = f" and {len(shown) - _NAMED:,} more" if len(shown) > _NAMED else ""
            rows = wording.count(len(placed), "row")
            yield (
                f"{rows} without stock {'names' if len(placed) == 1 else 'name'} a location ({', '.join(shown[:_NAMED])}{more}), "
                "which was not kept: an item lives where it comes in. Receive it there with --location."
            )
        if self._reasons:
            rows = wording.count(self._reasons, "reason")
            yield f"{rows} for goods without a lot left out: those rows open no stock."

    def _without_stock(self) -> list[tuple[int, int]]:
        """Return the items and places of rows without stock where no other row opened any."""
        if not self._placed:
            return []
        sql = "SELECT 1 FROM inventory_stock WHERE item_id = ? AND location_id = ?"
        return [
            placed for placed in dict.fromkeys(self._placed) if not self._office.value(sql, *placed)
        ]


def _lots_of(rows: list[Row]) -> tuple[dict[str, bool], set[tuple[str, str]]]:
    """Return, by folded SKU, the items of rows that come in lots and whether those end; and the lots whose end is said."""
    in_lots: dict[str, bool] = {}
    ends: set[tuple[str, str]] = set()
    for row in rows:
        extra, expires = row.extra, "expires_on" in row.extra
        lives = row.values["shelf_life_days"] is not None
        if not lives and not expires and "lot" not in extra:
            continue
        sku = folded(row.values["sku"] or "")
        in_lots[sku] = in_lots.get(sku, False) or lives or expires
        if expires and "lot" in extra:
            ends.add((sku, folded(extra["lot"])))
    return in_lots, ends
