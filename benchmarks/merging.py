"""What a merge of two vendors costs whose 6,000 orders follow: the plan, the merge, its undo and redo.

The floor of the plan reads the same rows as records; the others move the rows by one bare UPDATE in
an action of their own, with the history that its triggers keep. Undo reads that history as well.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from benchmarks.measure import Figure, busy, figure
from officeops.history.undo import redo, undo
from officeops.office.merge_action import merge_action
from officeops.office.office import open_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from officeops.office.office import Office

ORDERS = 6_000


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of merging, in this process."""
    with closing(
        open_office(
            folder / "merging.db", create=True, actor="benchmark", only=["vendors", "inventory"]
        )
    ) as office:
        yield from _figures(_Pair(office))


def _figures(pair: _Pair) -> Iterator[Figure]:
    yield figure(
        f"plan of a merge that {ORDERS:,} records follow, CPU",
        "the same rows as records",
        lambda: busy(pair.plan),
        lambda: busy(pair.read),
        limit=1,
        aim=0.5,
    )

    def merge() -> float:
        seconds = busy(pair.merge)
        undo(pair.office)
        return seconds

    floor = "one bare UPDATE of them in an action"
    yield figure("that merge, CPU", floor, merge, pair.update, limit=2, aim=1.5, rounds=7)

    def back() -> float:
        pair.merge()
        return busy(lambda: undo(pair.office))

    yield figure("its undo, CPU", floor, back, pair.update, limit=2, aim=1.5, rounds=7)

    def again() -> float:
        pair.merge()
        undo(pair.office)
        seconds = busy(lambda: redo(pair.office))
        undo(pair.office)
        return seconds

    yield figure("its redo, CPU", floor, again, pair.update, limit=2, aim=1.5, rounds=7)


class _Pair:
    """Two vendors, and the orders of the one that goes."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.vendor: Any = office.records["vendors.vendor"]
        self.order: Any = office.records["inventory.order"]
        self._merge = merge_action(self.vendor)
        with office.acting("benchmark"):
            self.keep = office.add(self.vendor(name="Acme")).id
            self.gone = office.add(self.vendor(name="Acme Inc")).id
            rows = [{"vendor_id": self.gone, "status": "draft"}] * ORDERS
            office.add_many(self.order, rows)

    def plan(self) -> None:
        """List what the merge would do."""
        keep, gone = (self.office.get(self.vendor, one) for one in (self.keep, self.gone))
        self.office.merge_plan(keep, gone)

    def read(self) -> None:
        """Read the orders."""
        list(self.office.all(self.order, "vendor_id = ?", self.gone))

    def merge(self) -> None:
        """Merge the two."""
        self.office.do(self._merge, self.office.get(self.vendor, self.gone), into=self.keep)

    def update(self) -> float:
        """Measure how the orders get the vendor that stays by one UPDATE, and put them back."""
        seconds = busy(lambda: self._give(self.keep, self.gone))
        self._give(self.gone, self.keep)
        return seconds

    def _give(self, vendor: int, before: int) -> None:
        office, table = self.office, self.order.meta.table
        sql = f"UPDATE {table} SET vendor_id = ?, version = version + 1 WHERE vendor_id = ?"
        with office.acting("benchmark"), office.store.db.checked(table):
            office.store.db.execute(sql, (vendor, before))
