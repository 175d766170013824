"""CountSheet: one location while it is counted: its rows, the counts typed, their reasons."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from officeops import UsageProblem, Value, folded
from officeops_inventory.counts import cycle
from officeops_inventory.counts.booking import REASONS, counted_as
from officeops_inventory.counts.counted import Counted
from officeops_inventory.counts.sheet_rows import SheetRow, sheet, sheet_row
from officeops_inventory.model import Item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Location, Office
    from officeops_inventory.counts.booking import CountResult

#: Tells rows of a sheet apart: the item, and the number of the lot where it is counted by lot.
RowKey = tuple[int, "str | None"]
#: The most that is taken for a count of one shelf; anything longer is a barcode typed into it.
MOST: Final = 999_999
#: Said of it.
TOO_LONG: Final = f"Over {MOST:,} is no count of one shelf: none of it is taken; type it again."


class Entry(Value):
    """One count as it was typed, and the quantity that the record expected then."""

    counted: int
    expected: int


class CountSheet:
    """The rows of a location and the counts typed for them.

    It knows no screen, so that a screen may be closed and opened without losing a count.
    """

    def __init__(self, location: Location) -> None:
        self.location = location
        self.rows: list[SheetRow] = []
        #: The counts typed, by the row's key.
        self.entries: dict[RowKey, Entry] = {}
        #: The reasons of shortfalls that have another than the sheet's, by the row's key.
        self.reasons: dict[RowKey, str] = {}
        self.reason = REASONS[0]
        self._added: set[int] = set()
        #: Whether the text being typed is too long: then none of it counts, however it goes on.
        self.too_long = False
        self._before: Entry | None = None

    def read(self, office: Office) -> None:
        """Read the rows, with the quantities that the record expects now."""
        rows = sheet(office, self.location)
        # A counted row stays, though its stock may be gone from the record since then.
        on_sheet = {row.item_id for row in rows}
        beside = (self._added | self._counted_items()) - on_sheet
        for item in office.some(Item, sorted(beside)):
            rows.append(sheet_row(office, self.location, item))
        self.rows = rows

    def _counted_items(self) -> set[int]:
        return {item_id for item_id, _ in self.entries}

    def add(self, office: Office, item: Item) -> None:
        """Add an item to the sheet that is here though the record does not expect it."""
        self._added.add(item.id)
        self.read(office)

    def find(self, text: str, after: int) -> int | None:
        """Return the next row with a text in its name or SKU, from the top again after the last."""
        wanted = folded(text)
        index: int
        for index in [*range(after + 1, len(self.rows)), *range(after + 1)]:
            row = self.rows[index]
            if wanted in folded(f"{row.title} {row.item}"):
                return index
        return None

    def next_uncounted(self, after: int) -> int | None:
        """Return the next row that is not counted, from the top again after the last."""
        index: int
        rows = len(self.rows)
        for index in [*range(after + 1, rows), *range(min(after + 1, rows))]:
            if self.rows[index].key not in self.entries:
                return index
        return None

    # -- typing ------------------------------------------------------------------------------------

    def type(self, row: SheetRow, digit: str, *, afresh: bool) -> None:
        """Put a digit behind a row's count, or begin the count `afresh` with it.

        Raises UsageProblem for more than one shelf can have, and for every digit after that. The
        row then is as it was before: a part of the digits typed would be a wrong count.
        """
        now = self.entries.pop(row.key, None)
        if afresh:
            self._before, self.too_long = now, False
        counted = int(digit if afresh or now is None else f"{now.counted}{digit}")
        self.too_long = self.too_long or counted > MOST
        if not self.too_long:
            self.entries[row.key] = Entry(counted, row.expected)
            return
        if self._before:
            self.entries[row.key] = self._before
        raise UsageProblem(TOO_LONG, code="too-long")

    def erase(self, row: SheetRow) -> None:
        """Remove the last digit of a row's count, and the count with its only digit.

        A text that is too long is removed whole.
        """
        if self.too_long:
            self.too_long = False
            return
        before = self.entries.pop(row.key, None)
        if before and before.counted > 9:
            self.entries[row.key] = Entry(before.counted // 10, row.expected)
        else:
            self._before = None

    # -- the differences ---------------------------------------------------------------------------

    def moved(self, row: SheetRow) -> bool:
        """Whether stock moved since the row was counted: the count may be of another moment."""
        entry = self.entries.get(row.key)
        return entry is not None and entry.expected != row.expected

    def difference(self, row: SheetRow) -> int:
        """Return how many more units were counted than expected; 0 for a row without a count."""
        entry = self.entries.get(row.key)
        return entry.counted - row.expected if entry else 0

    def differing(self) -> list[SheetRow]:
        """Return the rows to look over: those that differ, and those that moved since the count."""
        return [row for row in self.rows if self.difference(row) or self.moved(row)]

    def booked_as(self, row: SheetRow) -> str:
        """Return the kind of move that a row's count books; blank for none."""
        reason = self.reasons.get(row.key, self.reason)
        return counted_as(row.expected, row.expected + self.difference(row), reason)

    def turn_reason(self, row: SheetRow) -> None:
        """Give one shortfall the next reason."""
        self.reasons[row.key] = _next(self.reasons.get(row.key, self.reason))

    def turn_all(self) -> None:
        """Give every shortfall the next reason."""
        self.reason = _next(self.reason)
        self.reasons.clear()

    def book(self, office: Office) -> str:
        """Book all counts as one action and return the sentence to say.

        Raises Refused where stock moved since the rows were read.
        """
        # What a person saw is the item's whole quantity, though it may have a row for each lot.
        seen: Counter[int] = Counter()
        for row in self.rows:
            seen[row.item_id] += row.expected
        counts = list(self._counts(office))
        results: list[CountResult] = cycle.book(
            office, self.location, counts, self.reason, seen=seen
        )
        return " ".join([f"{self.location.name}: {cycle.summary(results)}", *office.remarks])

    def _counts(self, office: Office) -> Iterator[Counted]:
        """Yield the counts typed, in the order of the rows."""
        items = {item.id: item for item in office.some(Item, self._counted_items())}
        for row in self.rows:
            entry = self.entries.get(row.key)
            if entry:
                reason = self.reasons.get(row.key, "")
                yield Counted(items[row.item_id], entry.counted, reason, row.lot)


def _next(reason: str) -> str:
    return REASONS[(REASONS.index(reason) + 1) % len(REASONS)]
