"""History, ledgers and search kept by triggers, so that no path of ours can forget them.

Every trigger calls `officeops_action()`, which raises where no action is open: a write without an
actor fails. A bulk action may put off the entries of the rows it adds (`officeops_at_once()`) and writes them in one
piece at its end, in the same transaction. `table.transform()` drops triggers, so all of them are installed again after every migration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from officeops.records import Meta

NOT_HISTORY = frozenset({"id", "version"})


def install(db: sqlite3.Connection, metas: Iterable[Meta]) -> None:
    """Make every record's triggers and search index what they should be. Runs inside the migration's transaction."""
    metas = list(metas)
    wanted = {name: sql for meta in metas for name, sql in of(meta)}
    tables = [meta.table for meta in metas]
    marks = ",".join("?" * len(tables))
    there = db.execute(f"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({marks})", tables)
    present = dict(there.fetchall())
    for name, sql in present.items():
        if wanted.get(name) != sql:
            db.execute(f"DROP TRIGGER {name}")
    for meta in metas:
        _install_search(db, meta)
    for name, sql in wanted.items():
        if present.get(name) != sql:
            db.execute(sql)


def of(meta: Meta) -> Iterator[tuple[str, str]]:
    """Yield the name and SQL of each trigger of a record."""
    if not meta.derived:
        yield from _history(meta)
    if meta.append_only:
        yield from _ledger(meta)
    if search_columns(meta):
        yield from _search(meta)
    for sql in meta.triggers:
        statement = " ".join(sql.split())
        yield statement.split()[2], statement


def search_columns(meta: Meta) -> list[str]:
    """Return the columns that search looks in."""
    return [f.name for f in meta.fields if f.search and not f.sealed]


def _history(meta: Meta) -> Iterator[tuple[str, str]]:
    t = meta.table
    columns, row = _history_row(meta)
    into = f"INSERT INTO core_change (action_id, record, record_id, before, after) VALUES (officeops_action(), '{t}',"
    yield (
        f"{t}_history_add",
        f"CREATE TRIGGER {t}_history_add AFTER INSERT ON {t} WHEN officeops_at_once() BEGIN "
        f"{into} NEW.id, NULL, {row.format('NEW')}); END",
    )
    yield (
        f"{t}_history_edit",
        f"CREATE TRIGGER {t}_history_edit AFTER UPDATE ON {t} BEGIN "
        f"{into} NEW.id, {_differing(columns, 'OLD')}, {_differing(columns, 'NEW')}); END",
    )
    yield (
        f"{t}_history_delete",
        f"CREATE TRIGGER {t}_history_delete AFTER DELETE ON {t} BEGIN {into} OLD.id, {row.format('OLD')}, NULL); END",
    )


def _history_row(meta: Meta) -> tuple[list[str], str]:
    columns = [c for c in meta.columns if c not in NOT_HISTORY]
    return columns, "json_object({})".format(", ".join(f"'{c}', {{0}}.{c}" for c in columns))


def deferred(meta: Meta) -> Iterator[str]:
    """Yield the statements that write what the triggers of added rows were told to put off, from an id on."""
    if not meta.derived:
        row = _history_row(meta)[1].format("t")
        yield (
            "INSERT INTO core_change (action_id, record, record_id, after) "
            f"SELECT officeops_action(), '{meta.table}', t.id, {row} FROM {meta.table} t WHERE t.id >= ?"
        )
    if names := ", ".join(search_columns(meta)):
        yield f"INSERT INTO {meta.table}_search (rowid, {names}) SELECT id, {names} FROM {meta.table} WHERE id >= ?"


def _differing(columns: list[str], side: str) -> str:
    """Return SQL for a JSON object of the columns that an update changed."""
    each = " UNION ALL ".join(f"SELECT '{c}' AS k, {side}.{c} AS v WHERE OLD.{c} IS NOT NEW.{c}" for c in columns)
    return f"(SELECT json_group_object(k, v) FROM ({each}))"


def _ledger(meta: Meta) -> Iterator[tuple[str, str]]:
    t = meta.table
    for event in ("UPDATE", "DELETE"):
        name = f"{t}_ledger_{event.lower()}"
        yield (
            name,
            f"CREATE TRIGGER {name} BEFORE {event} ON {t} BEGIN "
            f"SELECT RAISE(ABORT, '{meta.plural} are a ledger: reverse the entry instead'); END",
        )


def _search(meta: Meta) -> Iterator[tuple[str, str]]:
    """Yield the triggers of the search index."""
    t, columns = meta.table, search_columns(meta)
    names = ", ".join(columns)
    new, old = (", ".join(f"{side}.{c}" for c in columns) for side in ("NEW", "OLD"))
    add = f"INSERT INTO {t}_search (rowid, {names}) VALUES (NEW.id, {new});"
    drop = f"INSERT INTO {t}_search ({t}_search, rowid, {names}) VALUES ('delete', OLD.id, {old});"
    yield (
        f"{t}_search_add",
        f"CREATE TRIGGER {t}_search_add AFTER INSERT ON {t} WHEN officeops_at_once() BEGIN {add} END",
    )
    yield (
        f"{t}_search_edit",
        f"CREATE TRIGGER {t}_search_edit AFTER UPDATE OF {names} ON {t} BEGIN {drop} {add} END",
    )
    yield f"{t}_search_delete", f"CREATE TRIGGER {t}_search_delete AFTER DELETE ON {t} BEGIN {drop} END"


def _install_search(db: sqlite3.Connection, meta: Meta) -> None:
    """Make the trigram index over the searched columns; a substring of three letters or more finds its record."""
    columns = search_columns(meta)
    name = f"{meta.table}_search"
    have = [row[1] for row in db.execute(f"PRAGMA table_info({name})")]
    if have == columns:
        return
    if have:
        db.execute(f"DROP TABLE {name}")
    if columns:
        db.execute(
            f"CREATE VIRTUAL TABLE {name} USING fts5({', '.join(columns)}, "
            f"content='{meta.table}', content_rowid='id', columnsize=0, tokenize='trigram')"
        )
        db.execute(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")
