"""CountSheet: one location's round while it is counted: its rows, what was typed so far, and what is missing why."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from officeops import UsageProblem, Value, folded
from officeops_inventory.counts import cycle
from officeops_inventory.counts.booking import REASONS, counted_as
from officeops_inventory.counts.cycle import Counted, SheetRow
from officeops_inventory.model import Item

if TYPE_CHECKING:
    from officeops import Location, Office
    from officeops_inventory.counts.booking import CountResult

#: What tells rows of a sheet apart: the item, and the number of the lot where it is counted by lot.
RowKey = tuple[int, "str | None"]
#: The most that is taken for a count of one shelf; what is longer is a barcode that was typed into it.
MOST: Final = 999_999
#: Said of it.
TOO_LONG: Final = f"Over {MOST:,} is no count of one shelf: none of it is taken; type it again."


class Entry(Value):
    """One count as it was typed, and what the record expected then."""

    counted: int
    expected: int


class CountSheet:
    """What is to count at a location and what was counted. Plain, so that nothing typed hangs on a screen."""

    def __init__(self, location: Location) -> None:
        self.location = location
        self.rows: list[SheetRow] = []
        #: What was typed, by the row's key.
        self.entries: dict[RowKey, Entry] = {}
        #: What shortfalls are, by row, where they are not what they are in general: use.
        self.reasons: dict[RowKey, str] = {}
        self.reason = REASONS[0]
        self._added: set[int] = set()
        #: Whether what is being typed is too long: then none of it counts, however it goes on.
        self.too_long = False
        self._before: Entry | None = None

    def read(self, office: Office) -> None:
        """Read the rows, with what the record expects now."""
        rows = cycle.sheet(office, self.location)
        typed = {item_id for item_id, _ in self.entries}
        beside = (self._added | typed) - {row.item_id for row in rows}
        rows += [
            cycle.sheet_row(office, self.location, item)
            for item in office.some(Item, sorted(beside))
        ]
        self.rows = rows

    def add(self, office: Office, item: Item) -> None:
        """Put an item on the sheet that lies here though nothing says so."""
        self._added.add(item.id)
        self.read(office)

    def find(self, text: str, after: int) -> int | None:
        """Return the next row after one whose name or SKU has a text in it; after the last comes the first."""
        wanted = folded(text)
        order = [*range(after + 1, len(self.rows)), *range(after + 1)]
        return next(
            (i for i in order if wanted in folded(f"{self.rows[i].title} {self.rows[i].item}")),
            None,
        )

    def next_uncounted(self, after: int) -> int | None:
        """Return the next row after one that is not counted yet; after the last comes the first."""
        order = [*range(after + 1, len(self.rows)), *range(min(after + 1, len(self.rows)))]
        return next((i for i in order if self.rows[i].key not in self.entries), None)

    # -- typing -------------------------------------------------------------------------------------

    def type(self, row: SheetRow, digit: str, *, afresh: bool) -> None:
        """Put a digit behind a row's count, or begin it `afresh`.

        Raises UsageProblem for more than there can be, and for every digit after that; the row then is as it was
        before, since a part of what was typed would be a wrong count.
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
        raise UsageProblem(TOO_LONG)

    def erase(self, row: SheetRow) -> None:
        """Take the last digit of a row's count away; with the only one goes the count. What is too long goes whole."""
        if self.too_long:
            self.too_long = False
            return
        before = self.entries.pop(row.key, None)
        if before and before.counted > 9:
            self.entries[row.key] = Entry(before.counted // 10, row.expected)
        else:
            self._before = None

    # -- what it comes to ---------------------------------------------------------------------------

    def moved(self, row: SheetRow) -> bool:
        """Whether stock moved since the row was counted, so that the count may be of another moment."""
        entry = self.entries.get(row.key)
        return entry is not None and entry.expected != row.expected

    def difference(self, row: SheetRow) -> int:
        """Return how much more there is than expected; 0 where nothing was counted."""
        entry = self.entries.get(row.key)
        return entry.counted - row.expected if entry else 0

    def differing(self) -> list[SheetRow]:
        """Return the counted rows that a person should look over: those that differ, or moved meanwhile."""
        return [row for row in self.rows if self.difference(row) or self.moved(row)]

    def booked_as(self, row: SheetRow) -> str:
        """Return what kind of move a row's count books; blank for none."""
        reason = self.reasons.get(row.key, self.reason)
        return counted_as(row.expected, row.expected + self.difference(row), reason)

    def turn_reason(self, row: SheetRow) -> None:
        """Say another reason for one shortfall."""
        self.reasons[row.key] = _next(self.reasons.get(row.key, self.reason))

    def turn_all(self) -> None:
        """Say another reason for every shortfall."""
        self.reason = _next(self.reason)
        self.reasons.clear()

    def book(self, office: Office) -> str:
        """Book all counts as one action and return what to say. Raises Refused where stock moved since it was read."""
        items = {
            item.id: item for item in office.some(Item, {item_id for item_id, _ in self.entries})
        }
        seen: Counter[int] = Counter()
        for row in self.rows:
            seen[row.item_id] += row.expected
        counts = [
            Counted(
                items[row.item_id],
                self.entries[row.key].counted,
                self.reasons.get(row.key, ""),
                row.lot,
            )
            for row in self.rows
            if row.key in self.entries
        ]
        results: list[CountResult] = cycle.book(
            office, self.location, counts, self.reason, seen=seen
        )
        return " ".join([f"{self.location.name}: {cycle.summary(results)}", *office.remarks])


def _next(reason: str) -> str:
    return REASONS[(REASONS.index(reason) + 1) % len(REASONS)]
