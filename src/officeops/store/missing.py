"""Write the migration for what is declared and not yet migrated, so that nobody types a table twice."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from officeops.errors import Broken, Refused
from officeops.store.schema import actual_shape, column_sql, declared_shape, declared_sql, index_sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from officeops.records import Meta
    from officeops.store.migrations import Migration


def missing_sql(metas: Iterable[Meta], sets: Mapping[str, Sequence[Migration]]) -> str:
    """Return the SQL that turns the tables the migrations make into the declared ones; empty where nothing is missing."""
    db = migrated_scratch(sets)
    try:
        found = [statement for meta in metas for statement in _for(meta, db)]
    finally:
        db.close()
    return ";\n".join(found) + ";" if found else ""


def migrated_scratch(sets: Mapping[str, Sequence[Migration]]) -> sqlite3.Connection:
    """Return an in-memory database with every migration applied."""
    from officeops.store.migrations import _apply

    db = sqlite3.connect(":memory:", isolation_level=None)
    _apply(db, sets)
    return db


def _for(meta: Meta, db: sqlite3.Connection) -> Iterable[str]:
    actual, declared = actual_shape(db, meta.table), declared_shape(meta)
    if actual == declared:
        return
    if not actual:
        yield from declared_sql(meta)
    elif added := _only_added(meta, declared, actual):
        yield from added
    else:
        yield from _rebuilt(meta, actual)
    if actual:
        yield from _indexes(meta, actual)


def _only_added(meta: Meta, declared: Mapping[str, object], actual: Mapping[str, object]) -> list[str]:
    """Return ADD COLUMN statements where new columns are all that differs; nothing otherwise."""
    want, have = declared["columns"], actual["columns"]
    assert isinstance(want, dict)  # noqa: S101 - narrows for the type checker
    assert isinstance(have, dict)  # noqa: S101
    if any(want.get(name) != have[name] for name in have):
        return []
    added = [f for f in meta.fields if f.name not in have]
    for each in added:
        if each.required and actual:
            raise Refused(
                f"{meta.key}: the new field {each.name} is required, but records that are there have no value for it. "
                "Give it a default."
            )
    return [f"ALTER TABLE {meta.table} ADD COLUMN {column_sql(meta, each)}" for each in added] or ["SELECT 1"]


def _rebuilt(meta: Meta, actual: Mapping[str, object]) -> Iterable[str]:
    """Yield the steps that rebuild a table whose columns changed or went; values of the columns that stay are kept."""
    have = actual["columns"]
    assert isinstance(have, dict)  # noqa: S101
    stay = [c for c in meta.columns if c in have]
    if new := [f.name for f in meta.fields if f.required and f.name not in have]:
        raise Broken(f"{meta.key}: {', '.join(new)} is new and required; write this migration by hand, saying where its values come from.")
    names = ", ".join(stay)
    create = declared_sql(meta)[0].replace(f"CREATE TABLE {meta.table} ", f"CREATE TABLE {meta.table}_new ", 1)
    yield "PRAGMA defer_foreign_keys = ON"
    yield create
    yield f"INSERT INTO {meta.table}_new ({names}) SELECT {names} FROM {meta.table}"
    yield f"DROP TABLE {meta.table}"
    yield f"ALTER TABLE {meta.table}_new RENAME TO {meta.table}"
    yield from index_sql(meta)


def _indexes(meta: Meta, actual: Mapping[str, object]) -> Iterable[str]:
    """Yield what makes the indexes the declared ones, for a table that was not rebuilt."""
    have = actual["indexes"]
    assert isinstance(have, dict)  # noqa: S101
    want = {sql.split(" ON ")[0].split()[-1]: " ".join(sql.split()) for sql in index_sql(meta)}
    if _columns_stay(meta, actual):
        yield from (f"DROP INDEX {name}" for name in have if want.get(name) != have[name])
        yield from (sql for name, sql in want.items() if have.get(name) != sql)


def _columns_stay(meta: Meta, actual: Mapping[str, object]) -> bool:
    have, want = actual["columns"], declared_shape(meta)["columns"]
    return isinstance(have, dict) and isinstance(want, dict) and all(want.get(name) == have[name] for name in have)
