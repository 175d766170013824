"""Opening lots: the lots that rows of new items must name for the stock that they open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Problem, Reason, Refused, folded
from officeops_inventory.imports.known_items import known_items
from officeops_inventory.stock.intake import Intake

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops.exchange import Row
    from officeops_inventory.imports.finder import NamedLot

_LOT: Final = frozenset({"lot", "expires_on"})
_CURE: Final = "Fill the column, or say why there is none in a column no_lot"
# Stock of an item without a lot and without a reason for that.
_UNLOTTED: Final = """
SELECT EXISTS (SELECT 1 FROM inventory_move
    WHERE item_id = ? AND lot_id IS NULL AND kind = 'opening' AND note IS NULL)
"""


def lacking(office: Office, rows: list[Row]) -> Iterator[tuple[Row, str, str]]:
    """Yield rows of new items that open stock without the lot or the expiry that it needs.

    An item comes in lots where it has a shelf life, or where any of its rows names a lot or an
    expiry.
    """
    lots = _FileLots(rows)
    if not lots.items:
        return
    doubtful = [row for row in rows if _brings_goods(row) and not _is_complete(row)]
    skus = {row.line: folded(row.values["sku"] or "") for row in doubtful}
    # Stock of known items is compared, not opened.
    known = known_items(office, lots.items.keys() & set(skus.values()))
    for row in doubtful:
        sku = skus[row.line]
        if sku not in lots.items or sku in known:
            continue
        if not row.extra.keys() & _LOT:
            yield (
                row,
                "lot",
                Reason(f"is needed: the item comes in lots. {_CURE}", code="lot-needed"),
            )
        elif lots.items[sku] and not lots.ends(sku, row):
            yield (
                row,
                "expires_on",
                Reason(
                    f"is needed: the item comes in lots that expire. {_CURE}", code="expiry-needed"
                ),
            )


class _FileLots:
    """The items of rows that come in lots, by folded SKU, and the lots whose last day they say."""

    def __init__(self, rows: list[Row]) -> None:
        #: Whether an item's lots expire.
        self.items: dict[str, bool] = {}
        self._ending: set[tuple[str, str]] = set()
        for row in rows:
            extra = row.extra
            expires = "expires_on" in extra or row.values["shelf_life_days"] is not None
            if not expires and "lot" not in extra:
                continue
            sku = folded(row.values["sku"] or "")
            self.items[sku] = self.items.get(sku, False) or expires
            if extra.keys() >= _LOT:
                self._ending.add((sku, folded(extra["lot"])))

    def ends(self, sku: str, row: Row) -> bool:
        """Whether a row says when its lot ends, or another row of the lot does."""
        if "expires_on" in row.extra:
            return True
        return (sku, folded(row.extra.get("lot", ""))) in self._ending


def _brings_goods(row: Row) -> bool:
    """Whether a row opens stock, or a lot."""
    return bool(row.extra.get("on_hand") or "lot" in row.extra)


def _is_complete(row: Row) -> bool:
    """Whether a row has all that could be asked of its goods."""
    return "no_lot" in row.extra or "expires_on" in row.extra


def demand_lot(office: Office, row: Row, lot: NamedLot) -> None:
    """Raise Refused where the goods of a further row lack their lot.

    The same where those of an earlier row do.
    """
    if "no_lot" in row.extra:
        return
    number, ends = lot
    problems = Intake(office, row.id).lacks(row.id, number or ends, ends)
    # An earlier row opened stock without a lot, perhaps of the same goods.
    if (number or ends) and office.value(_UNLOTTED, row.id):
        why = "comes after a row that opens stock of the item without a lot"
        problems.append(Problem(why, "lot", code="lot-needed"))
    if problems:
        raise Refused(
            [problem.replace(message=f"{problem.message}. {_CURE}") for problem in problems]
        )
