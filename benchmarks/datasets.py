"""Loading a list of 83,000 rows and 18 columns, beside `csv.reader` and bare inserts."""

from __future__ import annotations

import csv
import itertools
import random
import sqlite3
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.measure import Figure, figure
from benchmarks.offices import office_with
from officeops.exchange.datasets.loading import load
from officeops.exchange.datasets.stored import dataset_called
from officeops.exchange.formats.source import from_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROWS = 83_000
COLUMNS = [f"c{number}" for number in range(18)]
PLUGIN = f"""
from officeops import Dataset, Plugin, hookimpl

PLUGIN = Plugin("lists", "Lists", api=2)


@hookimpl
def datasets():
    return [Dataset("lists.people", "People", {tuple(COLUMNS)!r}, index=("c0", "c1"), stale_days=35)]
"""


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of a load that replaces one, and of 500 look-ups."""
    office = office_with(folder, "lists", PLUGIN)
    dataset = dataset_called(office, "people")
    written = [_written(folder, seed) for seed in (1, 2)]
    # Each load has the other file than the one before: the same one would only be noted.
    files, floor_files = itertools.cycle(written), itertools.cycle(written)
    numbers = itertools.count()

    def ours() -> float:
        source = from_path(next(files))
        start = perf_counter()
        load(office, dataset, source)
        taken = perf_counter() - start
        source.close()
        return taken

    def bare() -> float:
        path = next(floor_files)
        marks = ", ".join("?" * len(COLUMNS))
        start = perf_counter()
        with sqlite3.connect(folder / f"bare{next(numbers)}.db", isolation_level=None) as db:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            db.execute("BEGIN")
            db.execute(f"CREATE TABLE list ({' TEXT, '.join(COLUMNS)} TEXT) STRICT")
            with path.open(encoding="utf-8", newline="") as text:
                reader = csv.reader(text)
                next(reader)
                db.executemany(f"INSERT INTO list VALUES ({marks})", reader)
            db.execute("COMMIT")
        db.close()
        return perf_counter() - start

    yield figure(
        f"load of {ROWS:,} rows of {len(COLUMNS)} columns",
        "csv.reader and bare inserts",
        ours,
        bare,
        limit=1.5,
        aim=1.3,
        rounds=5,
    )
    chance = random.Random(3)
    names = [f"name{chance.randrange(ROWS)}" for _ in range(500)]

    def looked_up() -> float:
        start = perf_counter()
        for name in names:
            dataset.look_up(office, c1=name)
        return perf_counter() - start

    def bare_looked_up() -> float:
        sql = "SELECT * FROM dataset_lists_people WHERE lower(c1) = lower(?)"
        start = perf_counter()
        for name in names:
            office.store.db.execute(sql, (name,)).fetchall()
        return perf_counter() - start

    yield figure(
        "500 names looked up in it",
        "plain SQL",
        looked_up,
        bare_looked_up,
        limit=3,
        aim=2,
        rounds=5,
    )


def _written(folder: Path, seed: int) -> Path:
    """Write a list that a seed makes: numbers, names, and addresses of which many are blank."""
    chance = random.Random(seed)
    path = folder / f"list{seed}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for number in range(ROWS):
            rest = [chance.choice(("", "word", "12 MAIN STREET", "20260102")) for _ in COLUMNS[2:]]
            writer.writerow([str(10**9 + number * seed), f"name{number}", *rest])
    return path
