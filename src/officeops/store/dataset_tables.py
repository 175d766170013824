"""The tables of datasets in the file, and the triggers by which nothing but a load writes there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.dataset import Dataset

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

_WHOLE: Final = "rows of a dataset are replaced whole: officeops dataset load"
_TABLES: Final = "SELECT name FROM sqlite_master WHERE type = 'table'"
_LOADED: Final = "SELECT DISTINCT dataset FROM core_dataset_load"


def triggers_of(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """Yield the name and SQL of each trigger of a dataset's table.

    They refuse also the owner of the file, with a program that knows nothing of datasets.
    """
    table = dataset.table
    for event in ("INSERT", "UPDATE", "DELETE"):
        name = f"{table}_{event.lower()}"
        refusal = f"SELECT RAISE(ABORT, '{_WHOLE} {dataset.word}')"
        yield name, f"CREATE TRIGGER {name} BEFORE {event} ON {table} BEGIN {refusal}; END"


def triggers(db: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield the triggers of all datasets that were ever loaded, also of plugins that are off."""
    tables = {name for (name,) in db.execute(_TABLES)}
    # An older file has no loads until a migration that is still to come.
    loaded = db.execute(_LOADED) if "core_dataset_load" in tables else ()
    for (key,) in loaded:
        dataset = Dataset(key, "", ())
        if dataset.table in tables:
            yield from triggers_of(dataset)


def install(db: sqlite3.Connection) -> None:
    """Make the triggers of all datasets what they should be."""
    sql = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    present = dict(db.execute(sql).fetchall())
    for name, text in list(triggers(db)):
        if present.get(name) != text:
            db.execute(f"DROP TRIGGER IF EXISTS {name}")
            db.execute(text)
