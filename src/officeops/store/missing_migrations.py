"""Write the migration from the tables as migrated to the tables as declared."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from officeops.model.errors import Refused
from officeops.model.immutable import Value
from officeops.model.sql_values import to_sql
from officeops.store.schema import (
    _literal,
    column_sql,
    comparable_shape,
    declared_shape,
    declared_sql,
    index_sql,
    is_hard,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops.model.fields import Field
    from officeops.model.meta import Meta
    from officeops.store.migration import MigrationSets
    from officeops.store.schema import Column


class Gap(Value):
    """A table that is not the declared one: a word for a name, and the SQL that changes it.

    `lost` are the columns that go, with their values.
    """

    table: str
    word: str
    statements: list[str]
    lost: tuple[str, ...] = ()
    new: bool = False


def missing_sql(metas: Iterable[Meta], sets: MigrationSets) -> str:
    """Return the SQL that turns the tables the migrations make into the declared ones.

    Empty where nothing is missing.

    Raises Refused for what no SQL can know: the values of a new field that is required.
    """
    return script(gaps(metas, sets))


def script(found: Iterable[Gap]) -> str:
    """Return the statements of gaps as one script."""
    statements: list[str] = []
    for gap in found:
        statements += gap.statements
    return ";\n".join(statements) + ";" if statements else ""


def gaps(metas: Iterable[Meta], sets: MigrationSets) -> list[Gap]:
    """Return what the migrations leave undone.

    A table nobody declares any more is left alone, with its data.
    """
    db = migrated_scratch(sets)
    try:
        all_gaps = (_gap(meta, db) for meta in metas)
        # A rebuilt table may refer to a new one, which must be there when its rows come back.
        return sorted(filter(None, all_gaps), key=lambda gap: not gap.new)
    finally:
        db.close()


def migrated_scratch(sets: MigrationSets) -> sqlite3.Connection:
    """Return an in-memory database with every migration applied.

    Raises MigrationFailed naming whose step fails.
    """
    from officeops.store.migrations import apply

    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for name, steps in sets.items():
            apply(db, name, steps)
    except BaseException:
        db.close()
        raise
    return db


def _gap(meta: Meta, db: sqlite3.Connection) -> Gap | None:
    actual, declared = comparable_shape(db, meta), declared_shape(meta)
    noun = meta.noun.replace("-", "_")
    if actual == declared:
        return None
    if not actual:
        return Gap(meta.table, noun, declared_sql(meta), new=True)
    have, want = _columns(actual), _columns(declared)
    _refuse_what_needs_values(meta, have)
    lost = tuple(name for name in have if name not in want)
    changed = [name for name in have if have[name] != want.get(name)]
    added = [f for f in meta.stored if f.name not in have]
    if changed or not _can_be_added(meta, added, actual, declared):
        word = [*changed, *(f.name for f in added), "references"][0]
        return Gap(meta.table, f"{noun}_{word}", _rebuilt(meta, have), lost)
    indexes = list(_indexes(meta, actual))
    columns = [f"ALTER TABLE {meta.table} ADD COLUMN {column_sql(meta, f)}" for f in added]
    word = (
        added[0].name if added else indexes[0].partition(" ON ")[0].rpartition(f"{meta.table}_")[2]
    )
    return Gap(meta.table, f"{noun}_{word}", [*columns, *indexes])


def _columns(shape: Mapping[str, Any]) -> dict[str, Column]:
    """Return a shape's columns by name."""
    columns: dict[str, Column] = shape["columns"]
    return columns


def _refuse_what_needs_values(meta: Meta, have: Mapping[str, Column]) -> None:
    cure = "Give it a default; a later migration can take the default away."
    for f in meta.fields:
        if not f.required:
            continue
        if f.name not in have:
            raise Refused(
                f"{meta.key}: the new field {f.name} is required, but records that are there have "
                f"no value for it. {cure}",
                code="no-default",
            )
        _, is_never_blank, *_ = have[f.name]
        if not is_never_blank:
            raise Refused(
                f"{meta.key}: the field {f.name} is required now, but records that are there may "
                f"have no value for it. {cure}",
                code="no-default",
            )


def _can_be_added(
    meta: Meta,
    added: Iterable[Field],
    actual: Mapping[str, Any],
    declared: Mapping[str, Any],
) -> bool:
    """Whether ADD COLUMN is enough: all other columns and their references are as declared."""
    new = {f.name for f in added}
    if actual["columns"].keys() != declared["columns"].keys() - new:
        return False
    references = {reference for reference in declared["references"] if reference[0] not in new}
    if references != actual["references"]:
        return False
    # SQLite adds a column with REFERENCES only where its default is NULL.
    hard = [f for f in added if f.target and is_hard(meta, f)]
    return all(f.default is None for f in hard)


def _rebuilt(meta: Meta, have: Mapping[str, Column]) -> list[str]:
    """Return the steps that rebuild a table, keeping its rows, their ids and the next id.

    The rows wait in a copy and come back under the table's own name. Renaming a new table into its
    place would not do: the DROP counts every row that refers to a dropped one as dangling, and only
    putting that row back, by INSERT, takes it off the count. Migrations run in a transaction, where
    foreign keys cannot be switched off.
    """
    t, copy = meta.table, f"{meta.table}_kept"
    stay = [name for name in meta.columns if name in have]
    values = [_carried(meta.by_name.get(name), name, have[name]) for name in stay]
    return [
        "PRAGMA defer_foreign_keys = ON",
        f"CREATE TABLE {copy} AS SELECT * FROM {t}",
        f"UPDATE sqlite_sequence SET name = '{copy}' WHERE name = '{t}'",
        f"DROP TABLE {t}",
        declared_sql(meta)[0],
        f"INSERT INTO {t} ({', '.join(stay)}) SELECT {', '.join(values)} FROM {copy}",
        f"DELETE FROM sqlite_sequence WHERE name = '{t}'",
        f"UPDATE sqlite_sequence SET name = '{t}' WHERE name = '{copy}'",
        f"DROP TABLE {copy}",
        *index_sql(meta),
    ]


def _carried(field: Field | None, name: str, had: Column) -> str:
    """Return the SQL of a carried value: the default replaces a blank that is no longer allowed."""
    if field is None or had[1] or field.required or field.default is None:
        return name
    return f"ifnull({name}, {_literal(to_sql(field.default))})"


def _indexes(meta: Meta, actual: Mapping[str, Any]) -> Iterable[str]:
    """Yield what makes the indexes the declared ones, for a table that is not rebuilt."""
    have: dict[str, str] = actual["indexes"]
    want: dict[str, str] = {}
    for sql in index_sql(meta):
        name = sql.partition(" ON ")[0].split()[-1]
        want[name] = " ".join(sql.split())
    yield from (f"DROP INDEX {name}" for name in have if want.get(name) != have[name])
    yield from (sql for name, sql in want.items() if have.get(name) != sql)
