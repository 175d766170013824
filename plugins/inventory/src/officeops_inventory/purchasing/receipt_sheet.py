"""ReceiptSheet: a delivery on an order: its lines, what came of each, its lot, last day and place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import (
    EntrySheet,
    Location,
    Refused,
    SheetRow,
    Value,
    field,
    folded,
    ref,
    scan_readings,
    sheet_column,
)
from officeops_inventory.model import Item, Line, Lot, Order
from officeops_inventory.purchasing.receipts import Delivered, not_coming, take_in
from officeops_inventory.stock.intake import Intake, home
from officeops_inventory.stock.open_orders import left_on, lines_of, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from officeops import Office, Record, Typed

#: The most packs of a line that are typed; anything longer is a barcode.
_MOST: Final = 9_999
_ADDED: Final = "item "
_WRONG: Final = "in place of "


class DeliveryRow(Value):
    """One row of the sheet: a line in packs of a size, or an item that was not ordered.

    `left` is outstanding, in base units.
    """

    item: Item
    line: Line | None
    size: int
    unit: str
    left: int = 0
    place: str = ""

    @property
    def id(self) -> str:
        """The line and the size of its unit, or the item: packs typed are never taken for units."""
        return f"{self.line.id} x {self.size}" if self.line else f"{_ADDED}{self.item.id}"

    @property
    def ordered(self) -> str:
        """The outstanding quantity as people read it: 3 box."""
        if self.line is None:
            return "none"
        if self.left % self.size:
            return f"{self.left} {self.item.base_unit}"
        return f"{self.left // self.size} {self.unit}"


class ReceiptSheet(EntrySheet):
    """The outstanding lines of an order, each with the quantity, lot and place of what came."""

    key = "inventory.receipt"
    verb = "inventory.order.receive"
    noun = "line"
    done = "received"
    types = "came"
    typing = "Type the quantity that came, in the unit of the order; Enter takes it as ordered"
    expects = "ordered"
    untouched = "they stay on order"
    adds = "Item that was not ordered (SKU, name or barcode)"
    nothing = "Nothing is outstanding on this order. n adds an item that came anyway."
    columns = (
        sheet_column(
            "came",
            field(kind="quantity", minimum=0),
            width=6,
            most=_MOST,
            beyond="more than a delivery has",
        ),
        sheet_column("lot", field(default=None, scan="lot"), width=11),
        sheet_column(
            "expires_on",
            field(kind="date", default=None, month_end=True, label="expires"),
            width=12,
        ),
        sheet_column("put", ref("core.location", default=None, label="put"), width=11),
        sheet_column("no_lot", field(default=None, label="no lot"), hidden=True),
        sheet_column("note", field(default=None), hidden=True),
    )

    def __init__(self, order: Order) -> None:
        self.order = order

    @property
    def subject(self) -> str:
        """The order's id."""
        return str(self.order.id)

    @property
    def title(self) -> str:
        """The screen's name."""
        return f"Receive {self.order}"

    # -- the rows ----------------------------------------------------------------------------------

    def rows(self, office: Office, also: Iterable[str]) -> Sequence[SheetRow]:
        """Return the outstanding lines, and the rows that were typed or added."""
        rows = {row.id: row for row in self._outstanding(office)}
        for row_id in also:
            if row_id not in rows:
                rows[row_id] = self._row(office, row_id)
        intake = Intake(office)
        return [_shown(row, self.order, intake) for row in rows.values()]

    def _outstanding(self, office: Office) -> Iterator[DeliveryRow]:
        for line, left in lines_of(office, self.order.id):
            if left:
                # After a receipt in base units the rest may be no whole packs.
                whole = left % line.pack_size == 0
                yield _of_line(office, line, left, line.pack_size if whole else 1)

    def _row(self, office: Office, row_id: str) -> DeliveryRow:
        """Return the row with an id, whatever is outstanding by now."""
        if row_id.startswith(_ADDED):
            item = office.get(Item, int(row_id.removeprefix(_ADDED)))
            return _of_item(office, item)
        line_id, _, size = row_id.partition(" x ")
        line = office.get(Line, int(line_id))
        return _of_line(office, line, left_on(office, line), int(size))

    def needs(self, row: SheetRow, typed: Typed) -> Sequence[str]:
        """Return the lot and the last day, where something came and no reason says why not."""
        needed = ["came"]
        # Nothing came, so there is no label to read.
        if typed.text("came") != "0" and not typed.text("no_lot"):
            needed += row.needs
        return needed

    def fill(
        self,
        office: Office,
        row: SheetRow,
        typed: Typed,
    ) -> Mapping[str, str]:
        """Return the last day of a lot that the office knows, or why it has none."""
        number = folded(typed.text("lot"))
        if not number:
            return {}
        item_id = self._row(office, row.id).item.id
        for lot in office.all(Lot, "item_id = ?", item_id):
            if folded(lot.number) == number:
                if lot.expires_on:
                    return {"expires_on": lot.expires_on.isoformat()}
                return {"no_lot": lot.no_lot} if lot.no_lot else {}
        return {}

    def differs(self, row: SheetRow, typed: Typed) -> str:
        """Return how many more or fewer came than are outstanding, in the unit of the row."""
        came = typed.value("came")
        if came is None:
            return ""
        if row.id.startswith(_ADDED):
            return f"+{came}"
        difference = came - int(row.offered.get("came", "0"))
        return f"{difference:+}" if difference else ""

    def booked_as(self, row: SheetRow, typed: Typed) -> str:
        """Return what the booking makes of a row that differs."""
        came = typed.value("came") or 0
        if row.id.startswith(_ADDED):
            return "not ordered"
        if came > int(row.offered.get("came", "0")):
            return "over-delivery"
        return "rest is open" if came else "nothing came"

    def summary(self, rows: Sequence[SheetRow], typed: Mapping[str, Typed]) -> str:
        """Return how many rows are short, over and not ordered."""
        words = [self.booked_as(row, typed[row.id]) for row in rows if self._is_other(row, typed)]
        short = words.count("rest is open") + words.count("nothing came")
        counts = [f"{short} short", f"{words.count('over-delivery')} over"]
        if "not ordered" in words:
            counts.append(f"{words.count('not ordered')} not ordered")
        return ", ".join(counts)

    def _is_other(self, row: SheetRow, typed: Mapping[str, Typed]) -> bool:
        return row.id in typed and bool(self.differs(row, typed[row.id]))

    # -- finding and adding ------------------------------------------------------------------------

    def find(self, office: Office, text: str) -> str | None:
        """Return the row of the item that a text names."""
        return self._row_of_item(office, office.find(Item, text).id)

    def add(self, office: Office, text: str) -> str:
        """Return the row of an item that came and was not ordered."""
        return f"{_ADDED}{office.find(Item, text).id}"

    def row_of(self, office: Office, record: Record) -> str | None:
        """Return the first outstanding row of a scanned item, pack or lot."""
        item_id = record.id if isinstance(record, Item) else getattr(record, "item_id", None)
        return self._row_of_item(office, item_id)

    def _row_of_item(self, office: Office, item_id: int | None) -> str | None:
        for row in self._outstanding(office):
            if row.item.id == item_id:
                return row.id
        return f"{_ADDED}{item_id}" if item_id else None

    def says(self, office: Office, code: str) -> Mapping[str, str]:
        """Return the lot and the last day that a scanned label says."""
        try:
            readings = [
                reading for reading in scan_readings(code, office.today) if reading.says_more
            ]
        except Refused:
            return {}
        # A code that may be read in two ways fills nothing: the person types what the label says.
        if len(readings) != 1:
            return {}
        [reading] = readings
        texts = {"lot": reading.lot or ""}
        texts["expires_on"] = reading.expires_on.isoformat() if reading.expires_on else ""
        return {name: text for name, text in texts.items() if text}

    # -- booking -----------------------------------------------------------------------------------

    def arguments(self, office: Office, typed: Mapping[str, Typed]) -> Mapping[str, object]:
        """Return what the history keeps of a receipt."""
        kept = super().arguments(office, typed)
        return {**kept, "of": [f"inventory.order:{self.order.id}"]}

    def book(self, office: Office, typed: Mapping[str, Typed]) -> str:
        """Take in everything that came, and bring the order to its status."""
        order = office.get(Order, self.order.id)
        if why := not_coming(office, order):
            raise Refused(why, str(order), code="wrong-state")
        delivered = [self._delivered(office, row_id, entry) for row_id, entry in typed.items()]
        return take_in(office, order, delivered)

    def _delivered(self, office: Office, row_id: str, typed: Typed) -> Delivered:
        row = self._row(office, row_id)
        place = typed.value("put")
        if place is None:
            place = place_of(office, row.line) if row.line else home(office, row.item.id)
        note = typed.text("note")
        # The order has no line for it, so the move says where it came from.
        if row.line is None:
            note = "; ".join(filter(None, [f"came with {self.order}, not ordered", note]))
        return Delivered(
            row.item,
            row.line,
            (typed.value("came") or 0) * row.size,
            place,
            typed.value("lot"),
            typed.value("expires_on"),
            note or None,
            typed.value("no_lot"),
        )


def _of_line(office: Office, line: Line, left: int, size: int) -> DeliveryRow:
    item = office.get(Item, line.item_id)
    unit = line.pack if size == line.pack_size else item.base_unit
    place = _name_of_place(office, place_of(office, line))
    return DeliveryRow(item, line, size, unit, left, place)


def _of_item(office: Office, item: Item) -> DeliveryRow:
    place = _name_of_place(office, home(office, item.id))
    return DeliveryRow(item, None, 1, item.base_unit, 0, place)


def _name_of_place(office: Office, location_id: int) -> str:
    return office.get(Location, location_id).name


def _shown(row: DeliveryRow, order: Order, intake: Intake) -> SheetRow:
    """Return a row as the sheet shows it: Enter takes a line as it was ordered."""
    # A rest that is no whole number of the unit is typed, never taken by Enter.
    offered = {"put": row.place}
    if row.line and row.left and row.left % row.size == 0:
        offered["came"] = str(row.left // row.size)
    needs = intake.needed_columns(row.item.id)
    label = row.item.name
    of = [("inventory.order", order.id), ("inventory.item", row.item.id)]
    if row.line:
        of.append(("inventory.line", row.line.id))
    sku = row.item.sku
    return SheetRow(row.id, label, row.ordered, "", offered, needs, also=sku, of=tuple(of))


def in_place_of(row: SheetRow) -> str:
    """Return the note of goods that came in place of those of a row."""
    return f"{_WRONG}{row.label}"
