"""Dropped fields: takes a column out of a record's table, with what hangs on it.

A plain `ALTER TABLE … DROP COLUMN` fails, because the triggers of history and search name the
column. They are installed again, without it, once all steps are done.
"""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Final

from officeops.model.errors import Broken
from officeops.model.meta import table_of
from officeops.model.sql_values import quoted
from officeops.store.renaming import columns_of, indexes_of, remove_dependents

if TYPE_CHECKING:
    from officeops.store.migration import FieldDrop

_PLAIN_DROP: Final = re.compile(
    r"""(?ix) \s* ALTER \s+ TABLE \s+ ["'`\[]? (?P<table>\w+) ["'`\]]?
    \s+ DROP \s+ (?:COLUMN \s+)? ["'`\[]? (?P<column>\w+)"""
)


class ColumnKept(Broken):
    """A step could not drop a column. The message says what to write in its place."""

    code = "column-kept"


def drop(db: sqlite3.Connection, step: FieldDrop) -> None:
    """Drop a column, its indexes and, where it is sealed, the column of its digests.

    Raises Broken where there is no such column, and ColumnKept where another part of the table
    names it, such as a CHECK of the whole table.
    """
    table = table_of(step.record)
    columns = columns_of(db, table)
    if step.field not in columns:
        raise Broken(f"{table} has no column {step.field} to drop")
    remove_dependents(db, table)
    # The digests by which a sealed field is looked up are in a column beside it.
    dropped = [name for name in (f"{step.field}_index", step.field) if name in columns]
    for column in dropped:
        _drop_indexes(db, table, column)
        try:
            db.execute(f"ALTER TABLE {quoted(table)} DROP COLUMN {quoted(column)}")
        except sqlite3.OperationalError as error:
            raise ColumnKept(
                f"SQLite keeps the column {table}.{column} ({error}); remove the step and the "
                f"field, and `officeops plugins migration {step.plugin}` writes a step that "
                "rebuilds the table"
            ) from error


def _drop_indexes(db: sqlite3.Connection, table: str, column: str) -> None:
    """Drop the indexes that a column is in, or whose condition names it."""
    for name, sql in indexes_of(db, table):
        _, _, body = sql.partition("(")
        if re.search(rf"\b{column}\b", body):
            db.execute(f"DROP INDEX {quoted(name)}")


def explained(plugin: str, statement: str, error: sqlite3.Error) -> Exception:
    """Return the error of a failed statement; for a plain DROP COLUMN, one with the cure."""
    cure = plain_drop(plugin, statement)
    return ColumnKept(cure) if cure else error


def plain_drop(plugin: str, statement: str) -> str:
    """Say what to write in place of a plain DROP COLUMN; blank for any other statement."""
    match = _PLAIN_DROP.match(statement)
    if match is None:
        return ""
    word = match["table"].removeprefix(f"{plugin.replace('-', '_')}_").replace("_", "-")
    call = f'drop_field("{plugin}.{word}", "{match["column"]}")'
    return f"a plain DROP COLUMN leaves triggers that name the column; write {call} in its place"
