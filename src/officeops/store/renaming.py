"""Renaming: gives a table, a column or a stored code another name, and brings along what names it.

The step itself changes the plugin's own tables. What the core keeps by a record's key (permissions
granted, retention rules, legal holds, snoozes) follows once the step is done, in the same action;
the history itself is not rewritten, but read through `former_names`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from officeops.model.errors import Broken
from officeops.model.meta import table_of
from officeops.model.sql_values import quoted
from officeops.store import former_names
from officeops.store.connection import Connection
from officeops.store.former_names import FormerNames
from officeops.store.renamings import FormerName

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from officeops.store.migration import Rename
    from officeops.store.replay import Difference

#: Columns of the core that hold a record's key and nothing else.
_KEYS = (
    ("core_retention_rule", "record"),
    ("core_legal_hold", "record"),
    ("core_event", "about_key"),
    ("core_task", "about_key"),
    ("core_task", "plan_key"),
)
#: Columns of the core that begin with a record's key, and the character behind it.
_PREFIXES = (
    ("core_grant", "pattern", "."),
    ("core_due_note", "due_key", ":"),
    ("core_task", "occurrence", ":"),
)


# -- the plugin's own tables
# ------------------------------------------------------------------------


def rename(db: sqlite3.Connection, renaming: Rename) -> None:
    """Carry out one renaming in the tables. Raises Broken where there is no such table or column.

    The table's triggers, search index and folded identities go: they are installed again, by the
    new names, once all steps are done.
    """
    table = table_of(renaming.record)
    columns = columns_of(db, table)
    if not columns:
        raise Broken(f"there is no table {table} to rename anything of")
    remove_dependents(db, table)
    if renaming.choice:
        _rename_choice(db, table, renaming)
    elif renaming.field:
        _rename_column(db, table, renaming)
    else:
        _rename_table(db, table, table_of(renaming.now))


def columns_of(db: sqlite3.Connection, table: str) -> list[str]:
    """List the columns of a table as the file has it now."""
    return [row[1] for row in db.execute(f"PRAGMA table_info({quoted(table)})")]


def remove_dependents(db: sqlite3.Connection, table: str) -> None:
    """Drop a table's triggers, search index and folded identities, which name its columns."""
    triggers = db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
    ).fetchall()
    for (name,) in triggers:
        db.execute(f"DROP TRIGGER main.{quoted(name)}")
    if isinstance(db, Connection):
        db.arming.disarm()
    for ending in ("_search", "_same"):
        db.execute(f"DROP TABLE IF EXISTS {table}{ending}")


def _rename_table(db: sqlite3.Connection, old: str, new: str) -> None:
    indexes = indexes_of(db, old)
    for name, _ in indexes:
        db.execute(f"DROP INDEX {quoted(name)}")
    # SQLite also renames it in other tables' REFERENCES and in its count of given ids.
    db.execute(f"ALTER TABLE {old} RENAME TO {new}")
    for name, sql in indexes:
        renamed = new + name.removeprefix(old) if name.startswith(f"{old}_") else name
        _, _, rest = sql.partition("(")
        unique = "UNIQUE " if re.match(r"(?i)CREATE\s+UNIQUE", sql) else ""
        db.execute(f"CREATE {unique}INDEX {quoted(renamed)} ON {new}({rest}")


def _rename_column(db: sqlite3.Connection, table: str, renaming: Rename) -> None:
    old, new = renaming.field, renaming.now
    if old not in columns_of(db, table):
        raise Broken(f"{table} has no column {old} to rename")
    names = {f"{table}_{old}": f"{table}_{new}"}
    db.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")
    if f"{old}_index" in columns_of(db, table):
        # The digests by which a sealed field is looked up are in a column beside it.
        names[f"{table}_{old}_index"] = f"{table}_{new}_index"
        db.execute(f"ALTER TABLE {table} RENAME COLUMN {old}_index TO {new}_index")
    for name, sql in indexes_of(db, table):
        if name in names:
            db.execute(f"DROP INDEX {quoted(name)}")
            db.execute(sql.replace(name, names[name], 1))


def _rename_choice(db: sqlite3.Connection, table: str, renaming: Rename) -> None:
    """Give the rows their new code, unrecorded: their history is read by it, too."""
    column = renaming.field
    if column not in columns_of(db, table):
        raise Broken(f"{table} has no column {column} with a choice to rename")
    db.execute(
        f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (renaming.now, renaming.choice)
    )


def indexes_of(db: sqlite3.Connection, table: str) -> list[tuple[str, str]]:
    """List the name and SQL of each index that a migration made for a table."""
    sql = (
        "SELECT name, sql FROM sqlite_master "
        "WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
    )
    return db.execute(sql, (table,)).fetchall()


# -- what the core keeps
# ----------------------------------------------------------------------------


def follow(db: sqlite3.Connection, action: int, renamings: Iterable[Rename]) -> None:
    """Record renamings, and change the core's rows that hold the former names.

    Runs inside the migration's action, once its steps are done.
    """
    change = db.execute("SELECT ifnull(max(id), 0) FROM core_change").fetchone()[0]
    for renaming in renamings:
        _keep(db, _former_name(renaming, action, change))
        if not renaming.field:
            _follow_record(db, renaming.record, renaming.now)
        if not renaming.field or renaming.choice:
            continue
        _follow_prefix(
            db,
            "core_grant",
            "pattern",
            f"{renaming.record}.{renaming.field}.",
            f"{renaming.record}.{renaming.now}.",
        )
        if f"{renaming.now}_index" in columns_of(db, table_of(renaming.record)):
            old, new = f"{renaming.field}_index", f"{renaming.now}_index"
            _keep(db, FormerName(renaming.record, old, new, action, change))


def _former_name(renaming: Rename, action: int, change: int) -> FormerName:
    record, field, now = renaming.record, renaming.field, renaming.now
    return FormerName(record, field, now, action, change, renaming.choice)


def _keep(db: sqlite3.Connection, renaming: FormerName) -> None:
    db.execute(
        f"INSERT INTO {former_names.TABLE} (record, field_name, now, action, change, choice) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        tuple(renaming.as_dict().values()),
    )


def _follow_record(db: sqlite3.Connection, old: str, new: str) -> None:
    db.execute("DELETE FROM core_installed WHERE record = ?", (table_of(old),))
    for table, column in _KEYS:
        db.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (new, old))
    for table, column, mark in _PREFIXES:
        _follow_prefix(db, table, column, old + mark, new + mark)


def _follow_prefix(
    db: sqlite3.Connection,
    table: str,
    column: str,
    old: str,
    new: str,
) -> None:
    if table == "core_grant":
        # A role may have been granted the new name beforehand; then the former grant is archived.
        db.execute(
            "UPDATE core_grant SET archived_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') "
            "WHERE archived_at IS NULL AND substr(pattern, 1, ?2) = ?1 AND EXISTS ("
            "SELECT 1 FROM core_grant twin "
            "WHERE twin.archived_at IS NULL AND twin.role = core_grant.role "
            "AND twin.pattern = ?3 || substr(core_grant.pattern, ?2 + 1))",
            (old, len(old), new),
        )
    sql = (
        f"UPDATE {table} SET {column} = ?3 || substr({column}, ?2 + 1) "
        f"WHERE substr({column}, 1, ?2) = ?1"
    )
    db.execute(sql, (old, len(old), new))


# -- not as recorded before
# ----------------------------------------------------------------


def renamed(renamings: Sequence[Rename], table: str, was: Difference) -> Difference:
    """Return a difference found before some renamings, by the names that there are after them."""
    names = FormerNames(_former_name(renaming, 1, 1) for renaming in renamings)
    return was.replace(
        recorded=names.content(table, 1, was.recorded), actual=names.content(table, 1, was.actual)
    )
