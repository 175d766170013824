"""The table a record declares, as SQL, and what tells it from the table that is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from officeops.model.errors import Broken
from officeops.model.meta import table_of
from officeops.model.sql_values import to_sql

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from officeops.model.fields import Field
    from officeops.model.meta import Meta

Shape = dict[str, object]
#: A column: its type, whether NOT NULL, its default, whether the key.
Column = tuple[str, bool, str | None, bool]

#: The names that filters and options of commands take, whatever the case that people type.
_TYPED_NAME: Final = r"[a-z][a-z0-9_]*"
#: Words SQL keeps for itself; a field so called would need quotes in every statement.
KEYWORDS = frozenset(
    (
        "add all alter and as between by case check collate column commit constraint create "
        "default delete distinct drop else end escape except exists foreign from group having if "
        "in index insert intersect into is isnull join key limit match not notnull null of offset "
        "on or order primary references row rows select set table then to transaction trigger "
        "union unique update using values view when where with"
    ).split()
)


def declared_sql(meta: Meta) -> list[str]:
    """Return the statements that make the record's table and indexes.

    Raises Broken for a name SQL cannot take.
    """
    for f in meta.fields:
        if f.name in KEYWORDS:
            raise Broken(
                f"{meta.key}: the field {f.name!r} is a word of SQL; call it something else",
                check="sql-word",
            )
        if not re.fullmatch(_TYPED_NAME, f.name):
            raise Broken(
                f"{meta.key}: people cannot type the field {f.name!r} as an option or in a filter; "
                "a name is of the letters a to z, digits and _, and begins with a letter",
                check="field-name",
            )
    # An id that people may know is never given twice; those of a derived table mean nothing.
    columns = ["id INTEGER PRIMARY KEY" + ("" if meta.derived else " AUTOINCREMENT")]
    if not meta.derived:
        columns += ["version INTEGER NOT NULL DEFAULT 1", "archived_at TEXT"]
    columns += (column_sql(meta, f) for f in meta.stored)
    body = ",\n    ".join(columns)
    return [f"CREATE TABLE {meta.table} (\n    {body}\n) STRICT", *index_sql(meta)]


def column_sql(meta: Meta, field: Field) -> str:
    """Return one column's definition."""
    parts = [field.name, "INTEGER" if field.is_integer else "TEXT"]
    if field.required or field.default is not None:
        parts.append("NOT NULL")
    if not field.required and field.default is not None:
        parts.append(f"DEFAULT {_literal(to_sql(field.default))}")
    if field.target and is_hard(meta, field):
        parts.append(f"REFERENCES {table_of(field.target)}(id)")
    if field.sealed:
        # Whatever writes past the office's own ways, a value that is not sealed does not get in.
        parts.append(f"CHECK ({field.name} GLOB 'v[1-9]*.????????.*')")
    return " ".join(parts)


def is_hard(meta: Meta, field: Field) -> bool:
    """Whether SQLite enforces the reference: within one plugin and to the core.

    Others may be switched off. A derived table follows one whose references were enforced already.
    """
    return not meta.derived and field.target.partition(".")[0] in {meta.plugin, "core"}


def index_sql(meta: Meta) -> list[str]:
    """Return the indexes: one per reference, per field that is looked up sealed, and as declared.

    The triggers of `folded_triggers` keep all else that is unique. Archived records do not count
    for uniqueness.
    """
    live = [] if meta.derived else ["archived_at IS NULL"]
    led = {together[0] for together in meta.unique_together} if meta.derived else set()
    indexes = []
    for f in meta.stored:
        if f.sealed:
            continue
        some = [] if f.required else [f"{f.name} IS NOT NULL"]
        if f.unique and (f.lookup or meta.derived):
            indexes.append(_index(meta, "UNIQUE ", f.name, f.name, [*live, *some]))
        elif f.lookup or (f.target and f.indexed and f.name not in led):
            indexes.append(_index(meta, "", f.name, f.name, some))
    declared = (_index(meta, "", "_".join(names), ", ".join(names), []) for names in meta.indexes)
    indexes.extend(declared)
    if meta.about:
        indexes.append(_index(meta, "", "about", ", ".join(meta.about), []))
    if meta.has_ledger:
        some = ["source IS NOT NULL"]
        indexes.append(_index(meta, "UNIQUE ", "source_attempt", "source, attempt", some))
    for together in meta.unique_together if meta.derived else ():
        keys = ", ".join(_never_null(meta, column) for column in together)
        indexes.append(_index(meta, "UNIQUE ", "_".join(together), keys, live))
    return indexes


def _index(
    meta: Meta,
    unique: str,
    name: str,
    keys: str,
    conditions: list[str],
) -> str:
    sql = f"CREATE {unique}INDEX {meta.table}_{name} ON {meta.table}({keys})"
    if conditions:
        sql += f" WHERE {' AND '.join(conditions)}"
    return sql


def _never_null(meta: Meta, column: str) -> str:
    field = meta.by_name[column]
    if field.required or field.default is not None:
        return column
    return f"ifnull({column}, 0)" if field.is_integer else f"ifnull({column}, '')"


def _literal(value: object) -> str:
    if isinstance(value, int):
        return str(value)
    escaped = str(value).replace("'", "''")
    return f"'{escaped}'"


def actual_shape(db: sqlite3.Connection, table: str) -> Shape:
    """Return what SQLite says of a table: columns, references and indexes, in a comparable form."""
    columns: dict[str, Column] = {}
    for _, name, kind, notnull, default, pk in db.execute(f"PRAGMA table_info({table})"):
        columns[name] = kind, bool(notnull), default, bool(pk)
    if not columns:
        return {}
    references = {(row[3], row[2]) for row in db.execute(f"PRAGMA foreign_key_list({table})")}
    sql = (
        "SELECT name, sql FROM sqlite_master "
        "WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
    )
    indexes: dict[str, str] = {}
    for name, index in db.execute(sql, (table,)):
        indexes[name] = " ".join(index.split())
    return {"columns": columns, "references": references, "indexes": indexes}


def comparable_shape(db: sqlite3.Connection, meta: Meta) -> Shape:
    """Return the shape of a record's table without the unique indexes of former versions.

    They refuse nothing that the triggers of `folded_triggers` let through, so a plugin's steps may
    leave them.
    """
    shape = actual_shape(db, meta.table)
    indexes = shape.get("indexes")
    if not isinstance(indexes, dict):
        return shape
    for identity in meta.identities:
        if not identity.unique:
            continue
        former = f"{meta.table}_{'_'.join(identity.columns)}"
        if str(indexes.get(former, "")).startswith("CREATE UNIQUE INDEX"):
            del indexes[former]
    return shape


def declared_shape(meta: Meta) -> Shape:
    """Return the shape the declaration stands for, as SQLite would report it."""
    import sqlite3

    with_scratch = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for statement in declared_sql(meta):
            with_scratch.execute(statement)
        return actual_shape(with_scratch, meta.table)
    finally:
        with_scratch.close()


def differences(db: sqlite3.Connection, metas: Iterable[Meta]) -> list[str]:
    """Return, as sentences, where the migrated tables are not the declared ones."""
    sentences = []
    for meta in metas:
        declared, actual = declared_shape(meta), comparable_shape(db, meta)
        if not actual:
            sentences.append(
                f"{meta.key}: the table {meta.table} is declared, but no migration makes it"
            )
        elif declared != actual:
            sentences += (f"{meta.key}: {line}" for line in _parts(declared, actual))
    return sentences


def _parts(declared: Shape, actual: Shape) -> Iterable[str]:
    for part, noun in (("columns", "column"), ("indexes", "index")):
        want, have = declared[part], actual[part]
        if not (isinstance(want, dict) and isinstance(have, dict)):
            continue
        for name in sorted(want.keys() | have.keys()):
            wanted, migrated = want.get(name), have.get(name)
            if part == "columns" and name not in have:
                yield f"the column {name} is declared, but no migration makes it"
            elif wanted != migrated:
                yield f"{noun} {name}: declared {wanted}, migrated {migrated}"
    if declared["references"] != actual["references"]:
        yield f"references: declared {declared['references']}, migrated {actual['references']}"
