"""CountSheet: one location to count: its items and lots, the quantity typed for each, the booking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import EntrySheet, choice, field, sheet_column
from officeops_inventory.counts import cycle
from officeops_inventory.counts.booking import REASONS, counted_as
from officeops_inventory.counts.counted import Counted
from officeops_inventory.counts.sheet_rows import id_of, row_of, sheet
from officeops_inventory.model import Item

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from officeops import Location, Office, Record, SheetRow, Typed
    from officeops_inventory.counts.booking import CountResult

#: The most that is taken for a count of one shelf; anything longer is a barcode typed into it.
MOST: Final = 999_999
_REASON_HELP: Final = "Why this shortfall: used, wasted, expired, or the record was wrong"


class CountSheet(EntrySheet):
    """The rows of a location. A row is an item, or one lot of it where lots are counted."""

    key = "inventory.count"
    verb = "inventory.count"
    noun = "count"
    done = "counted"
    types = "count"
    typing = "Type the quantity on the shelf, in the unit of the row; expired stock too"
    changed = "moved"
    untouched = "they stay as the record has them"
    adds = "Item (SKU, name or barcode)"
    nothing = (
        "There is nothing to count here: no stock, and no item has a level here. n adds an item."
    )
    columns = (
        sheet_column(
            "counted",
            field(kind="quantity", minimum=0),
            most=MOST,
            beyond="no count of one shelf",
        ),
    )
    reviewed = sheet_column(
        "reason",
        choice(
            *REASONS,
            default=REASONS[0],
            help=_REASON_HELP,
        ),
    )

    def __init__(
        self,
        location: Location,
        reason: str = REASONS[0],
        no_lot: str | None = None,
    ) -> None:
        """`no_lot` says why surplus units of items in lots have no lot."""
        self.location, self._reason, self._no_lot = location, reason, no_lot
        #: What the booking did, once it is done.
        self.results: list[CountResult] = []

    @property
    def subject(self) -> str:
        """The location's id."""
        return str(self.location.id)

    @property
    def title(self) -> str:
        """The location's name."""
        return self.location.name

    def rows(self, office: Office, also: Iterable[str]) -> Sequence[SheetRow]:
        """Return the items and lots with stock or a level, and those that were counted or added."""
        shelf = {row.id: row for row in sheet(office, self.location)}
        for id_ in also:
            if id_ not in shelf:
                shelf[id_] = row_of(
                    office,
                    self.location,
                    id_,
                )
        return [row.as_sheet_row(self.location) for row in shelf.values()]

    def differs(self, row: SheetRow, typed: Typed) -> str:
        """Return how many units more or fewer were counted."""
        difference = _counted(typed) - int(row.expected)
        return f"{difference:+}" if difference else ""

    def summary(self, rows: Sequence[SheetRow], typed: Mapping[str, Typed]) -> str:
        """Return how many rows are short, and how many are over."""
        differences = [
            _counted(typed[row.id]) - int(row.expected) for row in rows if row.id in typed
        ]
        short = sum(difference < 0 for difference in differences)
        over = sum(difference > 0 for difference in differences)
        return f"{short} short, {over} over"

    def booked_as(self, row: SheetRow, typed: Typed) -> str:
        """Return the kind of move that a count books; blank for none."""
        return counted_as(
            int(row.expected),
            _counted(typed),
            self._reason_of(typed),
        )

    def _reason_of(self, typed: Typed) -> str:
        return typed.text("reason") or self._reason

    def why_not_reviewed(self, row: SheetRow, typed: Typed) -> str | None:
        """Return why a row has no reason to choose."""
        if _counted(typed) < int(row.expected):
            return None
        return "only a shortfall has a reason; a surplus corrects the record"

    def find(self, office: Office, text: str) -> str | None:
        """Return the first row of the item that a text names."""
        return self._first_row(office, office.find(Item, text).id)

    def add(self, office: Office, text: str) -> str:
        """Return the row of an item that is here though the record does not expect it."""
        item = office.find(Item, text)
        return self._first_row(office, item.id) or str(item.id)

    def row_of(self, office: Office, record: Record) -> str | None:
        """Return the row of a scanned item; nothing is counted by that."""
        # The code may be a pack's or a lot's, which name their item.
        item_id = (
            record.id
            if isinstance(record, Item)
            else getattr(
                record,
                "item_id",
                None,
            )
        )
        return self._first_row(office, item_id)

    def _first_row(self, office: Office, item_id: int | None) -> str | None:
        for row in sheet(office, self.location):
            if row.item_id == item_id:
                return row.id
        # No row yet: `n` adds one with this id.
        return str(item_id) if item_id else None

    def arguments(self, office: Office, typed: Mapping[str, Typed]) -> Mapping[str, object]:
        """Return what the history keeps of a count."""
        return cycle.arguments(
            self.location,
            list(self._counts(office, typed)),
            self._reason,
        )

    def book(self, office: Office, typed: Mapping[str, Typed]) -> str:
        """Book every count, and return them in one sentence."""
        counts = list(self._counts(office, typed))
        self.results = cycle.book_each(
            office,
            self.location,
            counts,
            self._reason,
            self._no_lot,
        )
        return f"{self.location.name}: {cycle.summary(self.results)}"

    def _counts(self, office: Office, typed: Mapping[str, Typed]) -> Iterator[Counted]:
        """Yield the counts typed, in the order of the rows."""
        for id_, entry in typed.items():
            row = row_of(
                office,
                self.location,
                id_,
            )
            item = office.get(Item, row.item_id)
            yield Counted(
                item,
                _counted(entry),
                entry.text("reason"),
                row.lot,
            )

    @staticmethod
    def lines_of(counts: Iterable[Counted]) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield counts that were typed or are in a file as lines of this sheet."""
        for count in counts:
            yield id_of(count.item.id, count.lot), {"counted": str(count.counted)}


def _counted(typed: Typed) -> int:
    counted: int | None = typed.value("counted")
    return counted or 0
