"""What a long past costs: a demo practice with a million older actions and moves, beside the same without them.

Verifying is compared with a bare pass over the same rows: SELECT, and one keyed BLAKE2b of each.
"""

from __future__ import annotations

import math
import os
import shutil
import subprocess
import sys
from contextlib import closing, suppress
from hashlib import blake2b
from typing import TYPE_CHECKING

from benchmarks.measure import Figure, busy, environment, figure
from officeops.history.undo import undo
from officeops.history.verify import verify
from officeops.model.sql_values import quoted
from officeops.office.crud import add_record
from officeops.office.office import Office, open_office
from officeops.store.chain import seal
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ACTIONS = 1_000_000
#: Days before the demo's own moves over which the past goes back: twenty years.
PAST_DAYS = 7300
#: Memory that verifying may take, in MB.
MOST_MEMORY = 100
_ACTION = (
    "INSERT INTO core_action (actor, at, verb, arguments, first_change) VALUES "
    "(?, '2005-01-01T08:00:00.000Z', 'inventory.item.use', ?, "
    "1 + ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'core_change'), 0))"
)
_MOVE = (
    "INSERT INTO inventory_move (item_id, kind, quantity, location_id, day) "
    "VALUES (?, ?, ?, ?, date(?, ?))"
)


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of a long past; the offices are made first, which takes minutes."""
    demo, grown = folder / "demo.db", folder / "grown.db"
    made = [sys.executable, "-m", "officeops", "demo", "--keep", str(demo)]
    subprocess.run(made, env=environment(), check=True, stdout=subprocess.DEVNULL)
    for end in ("", ".key", ".seal"):
        with suppress(FileNotFoundError):
            shutil.copy(f"{demo}{end}", f"{grown}{end}")
    with closing(open_office(grown, actor="root")) as office:
        _grow(office)
    with (
        closing(open_office(demo, actor="root")) as young,
        closing(open_office(grown, actor="root")) as old,
    ):
        for name, act in (("undo of the last action", _undo), ("Today", _today)):
            yield figure(
                f"{name} behind {ACTIONS:,} older actions and moves",
                "the same without them",
                lambda act=act: act(old),  # type: ignore[misc]
                lambda act=act: act(young),  # type: ignore[misc]
                limit=1.3,
                aim=1.1,
                rounds=9,
            )
        yield figure(
            f"verifying {ACTIONS:,} actions and their records",
            "SELECT and BLAKE2b of the same rows",
            lambda: busy(lambda: verify(old)),
            lambda: busy(lambda: _hashed(old)),
            limit=4,
            aim=2.5,
            rounds=1,
        )
    yield _memory(grown)


def _grow(office: Office) -> None:
    """Write older actions of one move each, by which the stock ends as it was."""
    with office.store.exclusive("benchmark") as db:
        accounts = db.execute(
            "SELECT item_id, location_id FROM inventory_stock WHERE lot_id IS NULL ORDER BY id"
        ).fetchall()
        [first] = db.execute("SELECT min(day) FROM inventory_move").fetchone()
        for number in range(ACTIONS):
            item, place = accounts[number // 2 % len(accounts)]
            kind, quantity = (("use", -1), ("receive", 1))[number % 2]
            days = f"-{1 + number * PAST_DAYS // ACTIONS} days"
            action = db.execute(
                _ACTION, (("ann", "ben")[number % 2], f'{{"id": {item}}}')
            ).lastrowid
            office.store.action_id = int(action or 0)
            db.execute(_MOVE, (item, kind, quantity, place, first, days))
            seal(db, office.store.keys, office.store.action_id)


def _undo(office: Office) -> float:
    add_record(office, Vendor, {"name": "Benchmark"})
    return busy(lambda: undo(office))


def _today(office: Office) -> float:
    return busy(lambda: office.due_items(office.today))


def _hashed(office: Office) -> None:
    """Hash all actions, changes and records: the floor of verifying."""
    kinds = [kind.meta.table for kind in office.records.values() if not kind.meta.derived]
    db = office.store.db
    with office.lifted():
        for table in ("core_action", "core_change", *kinds):
            names = db.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()
            columns = " || ".join(f"ifnull({quoted(name)}, '')" for (name,) in names)
            for (row,) in db.execute(f"SELECT CAST({columns} AS BLOB) FROM {quoted(table)}"):
                blake2b(row, digest_size=32, key=b"key").digest()


def _memory(grown: Path) -> Figure:
    """Measure the memory of a process that verifies, against what it may take."""
    command = [sys.executable, "-m", "officeops", "--db", str(grown), "history", "verify"]
    child = subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    peak = usage.ru_maxrss / 1024
    what = f"memory of verifying {ACTIONS:,} actions, in MB"
    ratio = peak / MOST_MEMORY if child.returncode == 0 else math.inf
    return Figure(what, f"{MOST_MEMORY} MB", ratio, 1, 0.5, peak, MOST_MEMORY)
