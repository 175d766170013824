"""Loading a dataset: a new table takes the place of the old one, whole or not at all."""

from __future__ import annotations

import csv
import sqlite3
from typing import TYPE_CHECKING, BinaryIO, Final

from officeops.core.dataset_load import DatasetLoad
from officeops.exchange.datasets import word_index
from officeops.exchange.datasets.csv_rows import CsvRows
from officeops.exchange.datasets.dataset_settings import DatasetSettings
from officeops.exchange.formats.plugin_rows import PluginRows
from officeops.model.errors import Refused, UsageProblem
from officeops.model.immutable import Value
from officeops.office.stale_datasets import last_load
from officeops.store.dataset_tables import triggers_of

if TYPE_CHECKING:
    from datetime import date

    from officeops.exchange.formats.source import Source
    from officeops.model.dataset import Dataset
    from officeops.office.office import Office

VERB: Final = "core.dataset-load.load"


class Loaded(Value):
    """What a load came to: its rows, those of the load before, and whether the file was the same."""

    rows: int
    before: int | None
    is_same: bool


def load(
    office: Office,
    dataset: Dataset,
    source: Source,
    as_of: date | None = None,
    *,
    fewer: bool = False,
    request: str | None = None,
) -> Loaded:
    """Replace a dataset's rows by those of a file, in one transaction.

    Readers see the old rows or the new ones. The same file again only notes its date. `fewer` takes
    a file that is empty or much smaller than the last one. Raises Unreadable, with the line, for a
    file that cannot be read, Refused for one that is much smaller, and UsageProblem for a day to
    come; all leave everything as it was.
    """
    _refuse_later(office, as_of)
    # Before the gate is taken: nobody waits for a file to be read twice.
    digest = _digest(source)
    office.allow(f"{dataset.key}.load")
    said = {"dataset": dataset.key, "digest": digest, "as_of": str(as_of or "")}
    bulk = f"loading {dataset.title}"
    with office.acting(VERB, said, request=request, bulk=bulk, needs=f"{dataset.key}.load") as done:
        last = last_load(office, dataset)
        is_loaded = has_table(office, dataset) and word_index.is_built(office, dataset)
        is_same = is_loaded and last is not None and last.digest == digest
        # To write the same rows again would prove no more, and take as long.
        rows = last.row_count if is_same and last else _replace(office, dataset, source)
        if not fewer:
            _refuse_fewer(office, dataset, rows, last.row_count if last else 0)
        with office.trusted():
            office.add(
                DatasetLoad(
                    dataset=dataset.key,
                    file=source.name,
                    digest=digest,
                    size=source.size,
                    row_count=rows,
                    as_of=as_of or office.today,
                    loaded_at=office.now(),
                )
            )
        done.append(f"{dataset.title}: {rows:,} rows.")
    return Loaded(rows, last.row_count if last else None, is_same)


def has_table(office: Office, dataset: Dataset) -> bool:
    """Whether a dataset was ever loaded, and has the columns that it declares today."""
    with office.lifted():
        columns = office.rows(f"SELECT name FROM pragma_table_info('{dataset.table}')")
    return [name for (name,) in columns] == list(dataset.columns)


def _digest(source: Source) -> str:
    for _ in source.hashed():
        pass
    return source.digest


def _replace(
    office: Office,
    dataset: Dataset,
    source: Source,
) -> int:
    """Fill a new table, and let it take the place of the old one; return its rows."""
    table = dataset.table
    new = f"{table}_new"
    columns = ", ".join(f'"{name}" TEXT' for name in dataset.columns)
    with office.lifted(), source.reader() as stream:
        db = office.store.db
        # Readers keep the old table until the commit: they read a snapshot.
        db.execute(f"CREATE TABLE {new} ({columns}) STRICT")
        rows = max(_insert(office, dataset, stream, source.name), 0)
        # A file that another program wrote to in between may be a mixture.
        source.check()
        # Its indexes and triggers go with the old one.
        db.execute(f"DROP TABLE IF EXISTS {table}")
        db.execute(f"ALTER TABLE {new} RENAME TO {table}")
        # Built at the end, an index is sorted once.
        for name in dataset.index:
            db.execute(f'CREATE INDEX {table}_{name} ON {table}(lower("{name}"))')
        for _, trigger in triggers_of(dataset):
            db.execute(trigger)
        word_index.build(db, dataset)
    return rows


def _insert(
    office: Office,
    dataset: Dataset,
    stream: BinaryIO,
    name: str,
) -> int:
    """Write the rows of a file into the new table, and return how many."""
    marks = ", ".join("?" * len(dataset.columns))
    sql = f"INSERT INTO {dataset.table}_new VALUES ({marks})"
    db = office.store.db
    if dataset.read:
        own = _own_rows(office, dataset)
        return db.executemany(sql, (row for _, row in own.read(stream, name))).rowcount
    file = CsvRows(dataset, stream, name)
    try:
        return db.executemany(sql, file.rows()).rowcount
    # SQLite counts the values of each row.
    except sqlite3.ProgrammingError as error:
        raise file.misfit() from error
    except csv.Error as error:
        raise file.unread(error) from error


def _own_rows(office: Office, dataset: Dataset) -> PluginRows:
    """Return the code that reads a dataset's files, which answers for its faults."""
    width = len(dataset.columns)

    def misfit(row: object) -> str:
        if not isinstance(row, (tuple, list)) or len(row) != width:
            return f"is not {width} values in the order of the columns"
        if all(isinstance(value, (str, int, float, type(None))) for value in row):
            return ""
        return "has a value that is neither a text nor a number"

    plugin = dataset.key.partition(".")[0]
    place = f"the reader of the dataset {dataset.word}"
    return PluginRows(office, plugin, place, dataset.read, misfit)


def _refuse_later(office: Office, as_of: date | None) -> None:
    if as_of and as_of > office.today:
        # A list of a later day would not be due when it is old.
        raise UsageProblem(
            f"--as-of {as_of} is in the future. Give the day that the list itself names.",
            code="out-of-range",
        )


def _refuse_fewer(
    office: Office,
    dataset: Dataset,
    rows: int,
    before: int,
) -> None:
    if not rows:
        raise Refused(
            f"The file has no rows for {dataset.title}. A download that failed looks like this. If "
            "the list is empty, repeat the command with --fewer.",
            code="needs-consent",
            facts={"rows": rows, "before": before},
        )
    percent = office.machine.table("datasets", DatasetSettings).fewer
    # In whole numbers: to a computer 0.8 of some counts is a hair more than it is.
    if 100 * rows < before * (100 - percent):
        raise Refused(
            f"{dataset.title} would have {rows:,} rows, and has {before:,}. A file that was cut off "
            "looks like this. If it is right, repeat the command with --fewer.",
            code="needs-consent",
            facts={"rows": rows, "before": before},
        )
