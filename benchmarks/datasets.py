"""Loading a list of 83,000 rows and 18 columns, beside `csv.reader` and bare inserts; searching it."""

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
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from officeops.model.dataset import Dataset
    from officeops.office.office import Office

ROWS = 83_000
COLUMNS = [f"c{number}" for number in range(18)]
PLUGIN = f"""
from officeops import Dataset, Plugin, hookimpl

PLUGIN = Plugin("lists", "Lists", api=2)


@hookimpl
def datasets():
    return [
        Dataset("lists.people", "People", {tuple(COLUMNS)!r}, index=("c0", "c1"), stale_days=35),
        Dataset("lists.searched", "Searched", {tuple(COLUMNS)!r}, search=("c1", "c2")),
    ]
"""
#: The index of words, as plain SQL has it.
INDEX = "tokenize = 'unicode61 remove_diacritics 2'"


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of loads that replace one, and of 500 look-ups and searches."""
    office = office_with(folder, "lists", PLUGIN)
    dataset = dataset_called(office, "people")
    searched = dataset_called(office, "searched")
    yield from _loads(folder, office, dataset, searched)
    yield from _look_ups(office, dataset, searched)


def _loads(
    folder: Path,
    office: Office,
    dataset: Dataset,
    searched: Dataset,
) -> Iterator[Figure]:
    written = [_written(folder, seed) for seed in (1, 2)]
    # Each load has the other file than the one before: the same one would only be noted.
    files, floor_files = itertools.cycle(written), itertools.cycle(written)
    numbers = itertools.count()

    def ours(into: Dataset) -> float:
        source = from_path(next(files))
        start = perf_counter()
        load(office, into, source)
        taken = perf_counter() - start
        source.close()
        return taken

    def bare(words: Sequence[str]) -> float:
        return _bare(next(floor_files), folder / f"bare{next(numbers)}.db", words)

    yield figure(
        f"load of {ROWS:,} rows of {len(COLUMNS)} columns",
        "csv.reader and bare inserts",
        lambda: ours(dataset),
        lambda: bare(()),
        limit=1.5,
        aim=1.3,
        rounds=5,
    )
    yield figure(
        "the same with the words of two columns indexed",
        "bare inserts and plain FTS5",
        lambda: ours(searched),
        lambda: bare(searched.search),
        limit=1.5,
        aim=1.3,
        rounds=3,
    )


def _look_ups(
    office: Office,
    dataset: Dataset,
    searched: Dataset,
) -> Iterator[Figure]:
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
    index = searched.search_table
    sql = (
        "SELECT * FROM dataset_lists_searched WHERE rowid IN "
        f"(SELECT rowid FROM {index} WHERE {index} MATCH ?) ORDER BY rowid"
    )

    def found() -> float:
        start = perf_counter()
        for name in names:
            searched.find(office, name)
        return perf_counter() - start

    def bare_found() -> float:
        start = perf_counter()
        with office.lifted():
            for name in names:
                office.store.db.execute(sql, (f'"{name}" *',)).fetchall()
        return perf_counter() - start

    yield figure(
        "500 names searched by their words",
        "plain SQL",
        found,
        bare_found,
        limit=3,
        aim=2,
        rounds=5,
    )


def _bare(
    path: Path,
    file: Path,
    words: Sequence[str],
) -> float:
    """Write a list into a new file by plain SQL, with an index of words where columns are given."""
    marks = ", ".join("?" * len(COLUMNS))
    start = perf_counter()
    with sqlite3.connect(file, isolation_level=None) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("BEGIN")
        db.execute(f"CREATE TABLE list ({' TEXT, '.join(COLUMNS)} TEXT) STRICT")
        with path.open(encoding="utf-8", newline="") as text:
            reader = csv.reader(text)
            next(reader)
            db.executemany(f"INSERT INTO list VALUES ({marks})", reader)
        if words:
            db.execute(
                f"CREATE VIRTUAL TABLE w USING fts5({', '.join(words)}, content='list', {INDEX})"
            )
            db.execute("INSERT INTO w (w) VALUES ('rebuild')")
        db.execute("COMMIT")
    db.close()
    return perf_counter() - start


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
