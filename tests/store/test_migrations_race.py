"""Eight processes that start at once on a new office make its tables once."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from tests.effort import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

START = """
import sys, time
from officeops.office.office import open_office
from pathlib import Path
while time.time() < float(sys.argv[2]):
    time.sleep(0.001)
with open_office(Path(sys.argv[1]), create=True, only=["counted", "vendors"]) as office:
    print(office.value("SELECT count(*) FROM counted_thing"))
"""
COUNTED = """
def start(db):
    db.execute("CREATE TABLE counted_thing (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1,"
               " archived_at TEXT, name TEXT NOT NULL) STRICT")
    db.execute("INSERT INTO counted_thing (name) VALUES ('made once')")

class Thing(Record, key="counted.thing"):
    "A thing."

    name: str = field()

@hookimpl
def records(): return [Thing]

@hookimpl
def migrations(): return [Migration("0001_start", start)]
"""


def test_a_first_start_raced_by_eight_processes(write: Callable[..., Path], tmp_path: Path) -> None:
    write("counted", COUNTED)
    file = tmp_path / "office.db"
    command = [sys.executable, "-c", START, str(file), str(time.time() + 1.0)]
    racers = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(8)
    ]
    ends = [(racer.communicate(timeout=PATIENCE), racer.returncode) for racer in racers]
    assert ends == [(("1\n", ""), 0)] * 8
    db = sqlite3.connect(file)
    applied = db.execute(
        "SELECT migration_set, name, count(*) FROM _sqlite_migrations GROUP BY 1, 2"
    ).fetchall()
    db.close()
    assert ("counted", "0001_start", 1) in applied
    assert {count for _, _, count in applied} == {1}
