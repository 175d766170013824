"""The screen of a delivery: the sheet of its lines, with keys for wrong items and missing lots."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from officeops.tui import Key, SheetScreen
from officeops_inventory.purchasing.receipt_sheet import ReceiptSheet, in_place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office, SheetRow
    from officeops_inventory.model import Order

_GROUP = "Sheet"


class ReceiptScreen(SheetScreen):
    """The delivery of one order."""

    def sheet_keys(self) -> Iterator[Key]:
        """Yield the keys of a wrong item and of goods without a lot."""
        yield Key(
            (":wrong",),
            "wrong item",
            self.read_wrong,
            "Nothing of it came; name the item that came in its place, if one did",
            3,
            _GROUP,
        )
        yield Key(
            (":no-lot",),
            "no lot",
            self.read_no_lot,
            "Say why the goods have no lot number or no expiry",
            6,
            _GROUP,
            means="why",
        )

    def read_wrong(self) -> None:
        """Note that nothing of a line came, and ask for the item that came in its place."""
        row = self.row
        # Kept before the question, in case the line drops while it waits.
        self.entries.put(row, {"came": "0"})
        self.entries.complete(self.office, row)
        self.keep()
        self.lay_out()
        self.ask_for(
            "Item that came in its place (SKU, name or barcode): ",
            _typed,
            partial(self._add_in_place, row),
        )

    def _add_in_place(self, row: SheetRow, text: str) -> None:
        self.add_row(text)
        self.entries.put(self.row, {"note": in_place_of(row)})

    def read_no_lot(self) -> None:
        """Ask why the goods of a line have no lot."""
        self.ask_for("Why it has no lot: ", _typed, self._put_no_lot)

    def _put_no_lot(self, reason: str) -> None:
        row = self.row
        # The reason alone is no receipt: the line is taken as ordered with it.
        offered = "" if self.entries.text(row, "came") else row.offered.get("came", "")
        texts = {"no_lot": reason, "came": offered} if offered else {"no_lot": reason}
        self.entries.put(row, texts)
        self.next_cell()


def receipt_screen(office: Office, order: Order) -> ReceiptScreen:
    """Return the screen on which a delivery of an order is taken in."""
    return ReceiptScreen(office, ReceiptSheet(order))


def _typed(text: str) -> str | None:
    return text.strip() or None
