"""The reorder list and drafting of 100,000 items, 5 % of them low, against raw SQL over the same tables."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from benchmarks.imports import one_office
from benchmarks.measure import Figure, figure, timed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.store.connection import Connection

#: What must be ordered, with usable lots, expiry, what is coming, vendor and price: the least SQL that answers.
FLOOR = """
WITH stock AS (
    SELECT s.item_id, sum(iif(l.id IS NULL OR (l.status = 'available' AND (l.expires_on IS NULL OR l.expires_on >= :today)), s.quantity, 0)) AS usable
    FROM inventory_stock s LEFT JOIN inventory_lot l ON l.id = s.lot_id GROUP BY s.item_id
), coming AS (
    SELECT l.item_id, sum(l.packs * l.pack_size) AS quantity FROM inventory_order o JOIN inventory_line l ON l.order_id = o.id
    WHERE o.status IN ('draft', 'approved', 'sent', 'partly_received') GROUP BY l.item_id
)
SELECT i.id, i.sku, i.name, v.name, i.reorder_point, i.order_up_to, t.price,
    i.order_up_to - ifnull(s.usable, 0) - ifnull(c.quantity, 0) AS need
FROM inventory_item i LEFT JOIN stock s ON s.item_id = i.id LEFT JOIN coming c ON c.item_id = i.id
LEFT JOIN inventory_terms t ON t.item_id = i.id AND t.rank = 1 AND t.archived_at IS NULL
LEFT JOIN vendors_vendor v ON v.id = t.vendor_id
WHERE i.archived_at IS NULL AND NOT i.discontinued AND ifnull(s.usable, 0) + ifnull(c.quantity, 0) <= i.reorder_point
ORDER BY v.name, i.name
"""


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of the reorder list and of drafting it."""
    from officeops_inventory.reorder.sheet import sheet

    office = one_office(folder / "reorder", 100_000)
    today = office.today.isoformat()
    lines = sheet(office).lines
    rows = office.store.db.execute(FLOOR, {"today": today}).fetchall()
    assert {line.item.id for line in lines} == {row[0] for row in rows}, (len(lines), len(rows))
    yield figure(
        f"reorder list of 100,000 items, {len(lines):,} low",
        "raw SQL, same lots, expiry, vendor, price",
        lambda: timed(lambda: sheet(office)),
        lambda: timed(lambda: office.store.db.execute(FLOOR, {"today": today}).fetchall()),
        limit=4,
        aim=2,
        rounds=7,
    )
    yield figure(
        "drafting those orders",
        "the same list and bare SQL writes",
        lambda: timed(lambda: _drafted(office)),
        lambda: timed(lambda: _floor_draft(office, today)),
        limit=6,
        aim=3,
        rounds=5,
    )
    if "--full" in sys.argv:
        million = one_office(folder / "million", 1_000_000)
        yield figure(
            "reorder list of 1,000,000 items",
            "ours of 100,000",
            lambda: timed(lambda: sheet(million)),
            lambda: timed(lambda: sheet(office)),
            limit=13,
            aim=13,
            rounds=3,
        )


def _drafted(office: Office) -> None:
    """Draft everything, durably; then take the drafts away again, which is not part of the figure's floor either."""
    from officeops_inventory.reorder.drafting import draft_orders

    draft_orders(office)
    _forget(office)


def _forget(office: Office) -> None:
    with office.acting("benchmark.forget"):
        office.store.db.execute(
            "UPDATE inventory_order SET archived_at = 'x', status = 'cancelled' WHERE status = 'draft'"
        )


def _floor_draft(office: Office, today: str) -> None:
    """Write the same orders with bare SQL: one order a vendor, one line an item, nothing recorded."""
    db = office.store.db
    with office.store.exclusive("benchmark"):
        _write_floor(db, today)


def _write_floor(db: Connection, today: str) -> None:
    db.execute("CREATE TABLE IF NOT EXISTS floor_order (id INTEGER PRIMARY KEY, vendor TEXT)")
    db.execute(
        "CREATE TABLE IF NOT EXISTS floor_line (id INTEGER PRIMARY KEY, order_id INTEGER, item_id INTEGER, packs INTEGER, price INTEGER)"
    )
    orders: dict[str, int] = {}
    lines = []
    for row in db.execute(FLOOR, {"today": today}).fetchall():
        if row[3] not in orders:
            orders[row[3]] = int(
                db.execute("INSERT INTO floor_order (vendor) VALUES (?)", (row[3],)).lastrowid or 0
            )
        lines.append((orders[row[3]], row[0], row[7], row[6]))
    db.executemany(
        "INSERT INTO floor_line (order_id, item_id, packs, price) VALUES (?, ?, ?, ?)", lines
    )
