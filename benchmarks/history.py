"""What sealing the history costs: one write, and a bulk action of 100,000 changes; and how long verifying them takes."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

from benchmarks.measure import Figure, figure
from officeops.history.verify import verify
from officeops.office.office import open_office
from officeops.store.chain import seal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from officeops.office.office import Office

#: What sealing may cost: microseconds a write, as the floor of its ratio, and seconds for a bulk action.
WRITE = 20e-6
BULK = 0.25
ROWS = 100_000
#: Writes of which the mean is taken.
MANY = 500


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of sealing and verifying, in this process."""
    office = open_office(folder / "history.db", create=True, actor="benchmark", only=["vendors"])
    for what, run, floor, name, rounds in (
        ("sealing one write", lambda: _writes(office), WRITE, "20 µs", 15),
        ("sealing 100,000 changes", lambda: _bulk(office), BULK, "0.25 s", 5),
        ("verifying them and their records", lambda: _verified(office), 1.5, "1.5 s", 3),
    ):
        yield figure(what, name, run, lambda floor=floor: floor, limit=1, aim=0.75, rounds=rounds)  # type: ignore[misc]
    office.close()


def _busy(function: Callable[[], object]) -> float:
    """Return the CPU time a call takes: none of it waits for a disk, and others' work on the machine is not its cost."""
    start = time.process_time()
    function()
    return time.process_time() - start


def _action(office: Office, rows: int) -> int:
    """Write an action as `acting` does, up to where it is sealed, and return its id."""
    db = office.store.db
    last = "1 + ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'core_change'), 0)"
    made = db.execute(
        f"INSERT INTO core_action (actor, at, verb, first_change) VALUES ('ann', '2026-01-01T00:00:00.000Z', 'benchmark', {last})"
    )
    office.store.action_id = int(made.lastrowid or 0)
    note, first = (
        "x" * 100,
        int(db.execute("SELECT ifnull(max(id), 0) FROM vendors_vendor").fetchone()[0]),
    )
    db.executemany(
        "INSERT INTO vendors_vendor (name, phone, note) VALUES (?, '555', ?)",
        ((f"Vendor {first + n}", note) for n in range(rows)),  # no two have one name
    )
    return office.store.action_id


def _writes(office: Office) -> float:
    """Seal many actions of one change each, within one transaction: a commit's wait for the disk is not sealing's."""
    taken = []
    with office.store.exclusive("benchmark") as db:
        for _ in range(MANY):
            action = _action(office, 1)
            taken.append(_busy(lambda action=action: seal(db, office.store.keys, action)))  # type: ignore[misc]
    return sum(taken) / MANY


def _bulk(office: Office) -> float:
    with office.store.exclusive("benchmark") as db:
        db.execute("SAVEPOINT before")
        action = _action(office, ROWS)
        gc.collect()
        taken = _busy(lambda: seal(db, office.store.keys, action))
        db.execute("ROLLBACK TO before")
    return taken


def _verified(office: Office) -> float:
    if not office.value("SELECT 1 FROM vendors_vendor WHERE id >= ?", ROWS):
        with office.store.exclusive("benchmark") as db:
            seal(db, office.store.keys, _action(office, ROWS))
    return _busy(lambda: verify(office))
