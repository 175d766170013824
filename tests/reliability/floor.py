"""The floor: what sqlite-utils does as it comes, with `atomic()` and nothing around it.

`python -m tests.reliability.floor FILE START SECONDS ITEM` reads a row, changes it and adds an audit row, durably, again and again.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from sqlite_utils import Database
from tests.reliability.processes import soon, start, told

if TYPE_CHECKING:
    from pathlib import Path


def floor(folder: Path, writers: int, seconds: float) -> float:
    """Return the commits a second of so many writers, each with a row of its own."""
    file = folder / "floor.db"
    db = Database(str(file), execute_plugins=False)
    db.enable_wal()
    db.table("item").insert_all(
        ({"id": n + 1, "level": 0, "version": 1} for n in range(writers)), pk="id"
    )
    db.table("audit").create({"id": int, "at": str, "who": str, "item": int, "after": str}, pk="id")
    db.close()
    begin = str(soon(writers))
    words = [sys.executable, "-m", "tests.reliability.floor", str(file), begin, str(seconds)]
    crew = [start([*words, str(n + 1)]) for n in range(writers)]
    return float(sum(told(each)["done"] for each in crew) / seconds)


def _write(file: str, begin: float, seconds: float, item: int) -> int:
    db = Database(file, execute_plugins=False)
    db.execute("PRAGMA synchronous = FULL")
    time.sleep(max(0.0, begin - time.time()))
    done, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(sqlite3.OperationalError):
            with db.atomic():
                row = db.table("item").get(item)
                changed = {"level": row["level"] + 1, "version": row["version"] + 1}
                db.table("item").update(item, changed)
                db.table("audit").insert(
                    {"at": "now", "who": "writer", "item": item, "after": json.dumps(changed)}
                )
            done += 1
    db.close()
    return done


if __name__ == "__main__":
    _, FILE, BEGIN, SECONDS, ITEM = sys.argv
    print(json.dumps({"done": _write(FILE, float(BEGIN), float(SECONDS), int(ITEM))}))
