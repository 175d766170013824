"""Fresh tables: the tables of a new office with the same plugins, to compare those of a file with.

Declarations say nothing of the tables of the history, of CHECK and STRICT, nor of generated
columns; a new office has them all.
"""

from __future__ import annotations

import os
import re
import tempfile
from typing import TYPE_CHECKING, Final

from officeops.model.immutable import Value
from officeops.office.office import Office

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

_TABLES: Final = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%' "
    "ORDER BY name"
)
_INDEXES: Final = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql != ''"
_CHECK: Final = re.compile(r"\bCHECK\s*\(", re.IGNORECASE)
_STRICT: Final = re.compile(r"\bSTRICT\b[^()]*$", re.IGNORECASE)
_made: dict[tuple[object, ...], Shapes] = {}


class Shape(Value):
    """A table: whether it is STRICT, its columns by name, and its CHECKs."""

    is_strict: bool
    columns: dict[str, tuple[object, ...]]
    checks: frozenset[str]


class Shapes(Value):
    """The tables of a file by name, and each index with its table and its SQL."""

    tables: dict[str, Shape]
    indexes: dict[str, tuple[str, str]]


def lacking(office: Office) -> Iterator[tuple[str, str]]:
    """Yield what the tables of a file lack that a new office has: a sentence and its index's SQL.

    The SQL is blank where it is no index.
    """
    fresh, here = _fresh(office), shapes(office.store.db)
    for table, shape in fresh.tables.items():
        present = here.tables.get(table)
        if present is None:
            yield f"The table {table} is missing", ""
            continue
        for sentence in _differing(table, shape, present):
            yield sentence, ""
    for index, (table, sql) in fresh.indexes.items():
        if table in here.tables and index not in here.indexes:
            yield f"The index {index} of {table} is missing", sql


def _differing(table: str, fresh: Shape, here: Shape) -> Iterator[str]:
    """Yield a sentence for each rule of a table that the file has lost."""
    if fresh.is_strict and not here.is_strict:
        yield f"The table {table} is not STRICT any more: its columns take values of any type"
    for check in sorted(fresh.checks - here.checks):
        yield f"The table {table} has lost CHECK {check}"
    for column, facts in fresh.columns.items():
        if column not in here.columns:
            yield f"The column {column} of {table} is missing"
        elif here.columns[column] != facts:
            yield f"The column {column} of {table} is not as it was made"
    for column in here.columns.keys() - fresh.columns.keys():
        yield f"The table {table} has a column {column} that is none of officeops'"


def shapes(db: sqlite3.Connection) -> Shapes:
    """Return the tables and indexes of a file."""
    tables = {}
    for table, sql in db.execute(_TABLES).fetchall():
        columns: dict[str, tuple[object, ...]] = {}
        for _, name, kind, notnull, _, key, hidden in _columns(db, table):
            columns[str(name)] = (kind, notnull, key, hidden)
        is_strict = bool(_STRICT.search(sql))
        tables[table] = Shape(is_strict, columns, frozenset(_checks(sql)))
    indexes = {name: (table, sql) for name, table, sql in db.execute(_INDEXES).fetchall()}
    return Shapes(tables, indexes)


def _columns(db: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return db.execute("SELECT * FROM pragma_table_xinfo(?)", (table,)).fetchall()


def _checks(sql: str) -> Iterator[str]:
    """Yield each CHECK of a table's SQL, without blanks."""
    for match in _CHECK.finditer(sql):
        depth, start = 1, match.end()
        end = start
        while depth and end < len(sql):
            depth += {"(": 1, ")": -1}.get(sql[end], 0)
            end += 1
        yield "".join(sql[start - 1 : end].split())


def _fresh(office: Office) -> Shapes:
    """Return the tables of a new office; made once for the same steps."""
    # By what a step does too: a plugin that its author changes keeps the name of its first one.
    key = tuple(
        (owner, step.name, step.up)
        for owner, migrations in office.migrations().items()
        for step in migrations
    )
    if key not in _made:
        with tempfile.TemporaryDirectory(prefix="officeops-") as folder:
            path = os.path.join(folder, "new.db")
            with Office(path, office.plugins, office.machine, actor="new", create=True) as new:
                _made[key] = shapes(new.store.db)
    return _made[key]
