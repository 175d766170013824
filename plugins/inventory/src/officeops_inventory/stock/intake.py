"""Intake: the label that incoming goods need, and the location where they go by default.

One rule for every way in. Receipts, forms, counts, corrections and transfers meet it in the ledger,
which refuses to book goods without the lot that their item needs. Imports write many rows at once,
so they ask `Intake` themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import DEFAULT_LOCATION, Problem, Refused, default_location, folded, id_list
from officeops_inventory.declared.lot_rules import IN_LOTS, LOTS_END, NO_END, with_cure
from officeops_inventory.model import Item, Lot

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office

#: SQL over item `i`: its home. That is the location where it last came in, else where most of it
#: is, else where it has a level, else the default location. An archived location is never a home,
#: and a reversed receipt does not count.
HOME: Final = f"""coalesce(
    (SELECT m.location_id FROM inventory_move m
        JOIN core_location h ON h.id = m.location_id AND h.archived_at IS NULL
        WHERE m.item_id = i.id AND m.kind IN ('receive', 'opening') AND m.quantity > 0
            AND NOT EXISTS (SELECT 1 FROM inventory_move r WHERE r.reverses_id = m.id)
        ORDER BY m.day DESC, m.id DESC LIMIT 1),
    (SELECT s.location_id FROM inventory_stock s
        JOIN core_location h ON h.id = s.location_id AND h.archived_at IS NULL
        WHERE s.item_id = i.id AND s.quantity > 0
        ORDER BY s.quantity DESC, s.location_id LIMIT 1),
    (SELECT v.location_id FROM inventory_level v
        JOIN core_location h ON h.id = v.location_id AND h.archived_at IS NULL
        WHERE v.item_id = i.id AND v.archived_at IS NULL
        ORDER BY v.location_id <> {DEFAULT_LOCATION}, h.count_order, h.id LIMIT 1),
    {DEFAULT_LOCATION})"""
#: Help of the parameter with which every way in takes goods without a lot.
NO_LOT_HELP: Final = "Why it has no lot number or no expiry, where the item comes in lots"
_NO_LOT_NOTE: Final = "no lot: "
_HOME: Final = f"SELECT {HOME} FROM inventory_item i WHERE i.id = ?"
_HOMES: Final = f"""
SELECT i.id, {HOME} FROM inventory_item i WHERE i.id IN (SELECT value FROM json_each(?))
"""
_ENDING: Final = f"SELECT i.id, {LOTS_END} FROM inventory_item i WHERE {IN_LOTS}"


def comes_in_lots(office: Office, item_id: int) -> bool:
    """Whether an item comes in lots: it has a shelf life, or ever had one."""
    return bool(office.value(f"SELECT {IN_LOTS} FROM inventory_item i WHERE i.id = ?", item_id))


def home(office: Office, item_id: int) -> int:
    """Return the location where goods of an item go by default, inside an action that is open."""
    location_id = office.value(_HOME, item_id)
    return int(location_id) if location_id else default_location(office)


def homes(office: Office, item_ids: Iterable[int]) -> dict[int, int]:
    """Return the location where goods of each item go by default, in one query for all items.

    Nothing is returned for an office without a location.
    """
    rows = office.rows(_HOMES, id_list(item_ids))
    return {item_id: location_id for item_id, location_id in rows if location_id}


class Intake:
    """Says what received goods lack. It reads items in lots once, for any number of receipts."""

    def __init__(self, office: Office, item_id: int | None = None) -> None:
        """Read every item that comes in lots, or one item alone."""
        self._office = office
        rows = office.rows(f"{_ENDING} AND i.id = ?", item_id) if item_id else office.rows(_ENDING)
        #: The items that come in lots, each with whether its lots expire.
        self._ending: dict[int, bool] = {row_id: bool(ends) for row_id, ends in rows}

    def needed_columns(self, item_id: int) -> tuple[str, ...]:
        """Return the values that goods of an item need from their label: lot, or lot and expiry."""
        if item_id not in self._ending:
            return ()
        return ("lot", "expires_on") if self._ending[item_id] else ("lot",)

    def in_lots(self, item_id: int) -> bool:
        """Whether an item comes in lots."""
        return item_id in self._ending

    def lacks(
        self,
        item_id: int,
        number: str | None,
        expires_on: date | str | None,
    ) -> list[Problem]:
        """Return the lot number and the expiry date as problems, as far as a receipt lacks them.

        A known lot brings its own expiry date.
        """
        if item_id not in self._ending:
            return []
        problems = []
        # Both problems at once: a person with the label in hand answers both in one go.
        if not (number and number.strip()):
            problems.append(Problem("is needed: the item comes in lots", "lot", code="lot-needed"))
        if self._ending[item_id] and not expires_on and not self._known_in_order(item_id, number):
            problems.append(NO_END)
        return problems

    def lot_lacks(self, item_id: int, lot: Lot | None) -> list[Problem]:
        """Return the lot, or the lot's expiry date, as problems, as far as moved goods lack them.

        A lot that gives the reason why it has no expiry date lacks none.
        """
        if lot is None and self.in_lots(item_id):
            return [Problem("is needed: the item comes in lots", "lot", code="lot-needed")]
        if (
            lot is None
            or lot.expires_on
            or (lot.no_lot or "").strip()
            or not self._ending.get(item_id)
        ):
            return []
        return [
            Problem(
                f"lot {lot.number} has none, and lots of the item expire",
                "expires_on",
                code="expiry-needed",
            )
        ]

    def lot_made(self, item_id: int, expires_on: date | str | None) -> None:
        """Note that an item has a lot from now on. Code that writes lots in bulk calls this."""
        self._ending[item_id] = self._ending.get(item_id, False) or bool(expires_on)

    def _known_in_order(self, item_id: int, number: str | None) -> bool:
        """Whether a lot of that number is recorded with its expiry date, or the reason for none."""
        same = folded(number or "")
        if not same:
            return False
        for lot in self._office.all(Lot, "item_id = ?", item_id):
            if folded(lot.number) == same and (lot.expires_on or lot.no_lot):
                return True
        return False


def demand(
    office: Office,
    item_id: int,
    number: str | None,
    expires_on: date | None,
    no_lot: str | None,
) -> None:
    """Raise Refused where a receipt lacks what its item needs and gives no reason (`no_lot`)."""
    if no_lot and no_lot.strip():
        return
    problems = Intake(office, item_id).lacks(item_id, number, expires_on)
    if problems:
        raise Refused([with_cure(problem) for problem in problems], office.label(Item, item_id))


def without_lot(note: str | None, no_lot: str | None) -> str | None:
    """Return a move's note with the reason why its goods have no lot."""
    reason = (no_lot or "").strip()
    if not reason:
        return note
    return f"{note}; {_NO_LOT_NOTE}{reason}" if note else f"{_NO_LOT_NOTE}{reason}"
