"""History, ledgers and search kept by triggers, so that no path of ours can forget them.

Every trigger calls `officeops_action()`, which raises where no action is open: a write without an
actor fails. They rest in a table of their own and are armed on the connection that writes
(`arming`). A bulk action leaves the triggers of added rows out, writes what they would have written
in one piece at its end, and arms them again, all in its one transaction. `table.transform()` drops
the guards of a table, so all are installed again after every migration.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from officeops.model.sql_values import quoted
from officeops.store import field_triggers, folded_triggers, sql_triggers
from officeops.store.arming import TABLE as RESTING
from officeops.store.arming import guarded, guards, resting
from officeops.store.connection import Connection
from officeops.store.file_refusals import KEPT, LEDGER, raising
from officeops.store.folded_identities import fill
from officeops.store.row_format import as_list, kept, remember

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from officeops.model.meta import Meta
    from officeops.store.folded_triggers import Trigger


def install(db: sqlite3.Connection, metas: Iterable[Meta]) -> None:
    """Make every record's triggers and search index what they should be.

    Runs inside the migration's transaction. Files of former versions have all triggers in their
    schema.
    """
    metas = list(metas)
    present = _present(db)
    for meta in metas:
        # Rows written while its triggers were away are not in the index.
        has_all = all(name in present for name, _ in _search(meta))
        _install_search(db, meta, afresh=not has_all)
        own = dict(folded_triggers.triggers(meta))
        is_as_before = own.items() <= present.items()
        folded_triggers.install(db, meta, afresh=not is_as_before)
    _drop_all_but_guards(db, metas)
    for meta in metas:
        _put_to_rest(db, meta)
    _forget_dropped_tables(db)
    from officeops.store import blobs, dataset_tables

    blobs.install(db)
    dataset_tables.install(db)
    if isinstance(db, Connection):
        db.arming.disarm()
    from officeops.store.migration import signature

    remember(db, (kept(meta.columns) for meta in metas if not meta.derived))
    rows = ((meta.table, signature(meta)) for meta in metas)
    db.executemany("INSERT OR REPLACE INTO core_installed (record, signature) VALUES (?, ?)", rows)


def _present(db: sqlite3.Connection) -> dict[str, str]:
    """Return the triggers, by name, that kept the entries beside the rows of tables until now."""
    guarded_tables = guarded(db)
    present = {name: sql for table, name, sql in resting(db) if table in guarded_tables}
    present.update(in_schema(db))
    return present


def in_file(db: sqlite3.Connection) -> dict[str, str]:
    """Return all triggers of a file by name: those that rest, and those in its schema."""
    return {name: sql for _, name, sql in resting(db)} | in_schema(db)


def in_schema(db: sqlite3.Connection) -> dict[str, str]:
    """Return the triggers in the file's schema, by name."""
    return dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())


def _drop_all_but_guards(db: sqlite3.Connection, metas: Iterable[Meta]) -> None:
    """Drop the triggers of some records' tables that are in the schema, but for sound guards."""
    tables = {meta.table for meta in metas}
    sound: set[Trigger] = set()
    for table in tables:
        sound.update(guards(table))
    in_file = db.execute("SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'trigger'")
    for name, sql, table in in_file.fetchall():
        if table in tables and (name, sql) not in sound:
            db.execute(f"DROP TRIGGER {quoted(name)}")


def _put_to_rest(db: sqlite3.Connection, meta: Meta) -> None:
    """Write the triggers of a record to where they rest, and make the guards of its table."""
    db.execute(f"DELETE FROM {RESTING} WHERE record = ?", (meta.table,))
    rows = [(meta.table, name, sql) for name, sql in of(meta)]
    db.executemany(f"INSERT INTO {RESTING} (record, name, sql) VALUES (?, ?, ?)", rows)
    has_guard = in_schema(db)
    for name, sql in guards_of(meta):
        if name not in has_guard:
            db.execute(sql)


def _forget_dropped_tables(db: sqlite3.Connection) -> None:
    """Forget the resting triggers of tables that were dropped or renamed, and their guards so."""
    for table in {table for table, _, _ in resting(db)} - guarded(db):
        db.execute(f"DELETE FROM {RESTING} WHERE record = ?", (table,))


def guards_of(meta: Meta) -> tuple[Trigger, ...]:
    """Return the guards of a record's table; one that has no triggers has none."""
    return guards(meta.table) if of(meta) else ()


@lru_cache(maxsize=256)
def of(meta: Meta) -> tuple[Trigger, ...]:
    """Return the name and SQL of each trigger of a record; they follow from its class."""
    return tuple(_composed(meta))


def _composed(meta: Meta) -> Iterator[Trigger]:
    if not meta.derived:
        yield from _history(meta)
        yield from _kept(meta)
    if meta.searched:
        yield from _search(meta)
    yield from folded_triggers.triggers(meta)
    yield from field_triggers.triggers(meta)
    yield from sql_triggers.triggers(meta)
    for sql in meta.triggers:
        statement = " ".join(sql.split())
        yield statement.split()[2], statement


def digest(sql: str) -> str:
    """Return a trigger's digest, by which it is verified while its plugin is off."""
    from officeops.store.hashing import blake2b

    return blake2b(sql.encode(), digest_size=16).hexdigest()


def _history(meta: Meta) -> Iterator[Trigger]:
    t = meta.table
    columns = kept(meta.columns)
    pairs = ", ".join(f"'{column}', OLD.{column}" for column in columns)
    into = "INSERT INTO core_change (action_id, record, record_id, before, after)"
    added = as_list(columns, "NEW")
    for ending, event, row in (
        ("add", "INSERT", f"VALUES (officeops_action(), '{t}', NEW.id, NULL, {added})"),
        ("edit", "UPDATE", _changed(meta.table, columns)),
        (
            "delete",
            "DELETE",
            f"VALUES (officeops_action(), '{t}', OLD.id, json_object({pairs}), NULL)",
        ),
    ):
        name = f"{t}_history_{ending}"
        yield name, f"CREATE TRIGGER {name} AFTER {event} ON {t} BEGIN {into} {row}; END"


def _changed(table: str, columns: list[str]) -> str:
    """Return SQL for the row of history of an update: its changed columns, before and after.

    Each column is in it once, which keeps the text short. Where nothing changed there is no group,
    and so no row.
    """
    first, *others = columns
    rows = "".join(f", ('{column}', OLD.{column}, NEW.{column})" for column in others)
    more = f" UNION ALL VALUES {rows[2:]}" if rows else ""
    # Without a WITH table: SQLite would name that to the guard in the place of the trigger.
    pairs = f"SELECT '{first}' AS name, OLD.{first} AS old, NEW.{first} AS new{more}"
    return (
        f"SELECT officeops_action(), '{table}', NEW.id, "
        "json_group_object(name, old), json_group_object(name, new) "
        f"FROM ({pairs}) WHERE old IS NOT new GROUP BY 1"
    )


#: The endings of the names of triggers that run when a row is added.
_ADDED: Final = (
    "_history_add",
    "_search_add",
    "_unique_add",
    "_same_add",
    "_names_add",
    "_words_add",
    "_fields_add",
    "_sql_add",
    "_sql_added",
)


def added_triggers(meta: Meta) -> dict[str, str]:
    """Return the triggers of added rows by name; a bulk action does their work at its end."""
    return {name: sql for name, sql in of(meta) if name.endswith(_ADDED)}


def deferred(meta: Meta) -> Iterator[str]:
    """Yield the statements that do the work of the triggers of added rows, from an id on."""
    if not meta.derived:
        row = as_list(kept(meta.columns), "t")
        yield (
            "INSERT INTO core_change (action_id, record, record_id, after) "
            f"SELECT (SELECT officeops_action()), '{meta.table}', t.id, {row} "
            f"FROM {meta.table} t WHERE t.id >= ?"
        )
    if names := ", ".join(meta.searched):
        some = _something(meta, "t")
        has_text = f" AND {some}" if some else ""
        yield (
            f"INSERT INTO {meta.table}_search (rowid, {names}) "
            f"SELECT id, {names} FROM {meta.table} t WHERE id >= ?{has_text}"
        )
    not_unique = [identity for identity in meta.identities if not identity.unique]
    yield from fill(meta, not_unique)


def _kept(meta: Meta) -> Iterator[Trigger]:
    """Yield the triggers that keep rows from being deleted, and a ledger's from being changed.

    Only where a retention is declared may the purge take rows away, or a ledger lose its oldest
    entries.
    """
    t = meta.table
    words = f"{meta.plural} are a ledger: reverse the entry instead"
    ledger = raising(LEDGER, t, words)
    if meta.append_only:
        yield (
            f"{t}_ledger_update",
            f"CREATE TRIGGER {t}_ledger_update BEFORE UPDATE ON {t} BEGIN {ledger}; END",
        )
    number = f"{t}_history_number"
    renumbering = raising(KEPT, t, f"{meta.plural} keep their numbers")
    # Not `UPDATE OF id`: SQLite takes a number that is called `rowid` for another column.
    event = f"BEFORE UPDATE ON {t} WHEN NEW.id IS NOT OLD.id"
    yield number, f"CREATE TRIGGER {number} {event} BEGIN {renumbering}; END"
    name = f"{t}_history_keep"
    refusal = raising(KEPT, t, f"{meta.plural} are archived, never deleted")
    if meta.append_only:
        name, refusal = f"{t}_ledger_delete", ledger
    when = "" if meta.append_only and not meta.destroyable else " WHEN NOT officeops_destroying()"
    yield name, f"CREATE TRIGGER {name} BEFORE DELETE ON {t}{when} BEGIN {refusal}; END"


def _search(meta: Meta) -> Iterator[Trigger]:
    """Yield the triggers of the search index."""
    t, columns = meta.table, meta.searched
    names = ", ".join(columns)
    new, old = (", ".join(f"{side}.{c}" for c in columns) for side in ("NEW", "OLD"))
    put = f"INSERT INTO {t}_search (rowid, {names}) VALUES (NEW.id, {new});"
    take = f"INSERT INTO {t}_search ({t}_search, rowid, {names}) VALUES ('delete', OLD.id, {old});"
    for name, event, side, statement in (
        ("add", "INSERT", "NEW", put),
        ("edit_take", f"UPDATE OF {names}", "OLD", take),
        ("edit_put", f"UPDATE OF {names}", "NEW", put),
        ("delete", "DELETE", "OLD", take),
    ):
        some = _something(meta, side)
        # BEFORE the change for the old text, so that it is gone when the new text goes in.
        moment = "BEFORE" if name == "edit_take" else "AFTER"
        when = f" WHEN {some}" if some else ""
        yield (
            f"{t}_search_{name}",
            f"CREATE TRIGGER {t}_search_{name} {moment} {event} ON {t}{when} BEGIN {statement} END",
        )


def _something(meta: Meta, side: str) -> str:
    """Return the condition that a row has any text to search; empty where it always has."""
    columns = meta.searched
    if any(meta.by_name[c].required for c in columns):
        return ""
    return "(" + " OR ".join(f"{side}.{c} IS NOT NULL" for c in columns) + ")"


def _install_search(db: sqlite3.Connection, meta: Meta, *, afresh: bool) -> None:
    """Make the trigram index of the searched columns: three letters of a word find its record."""
    columns = meta.searched
    name = f"{meta.table}_search"
    have = [row[1] for row in db.execute(f"PRAGMA table_info({name})")]
    if tuple(have) == columns and not (columns and afresh):
        return
    if have:
        db.execute(f"DROP TABLE {name}")
    if columns:
        db.execute(
            f"CREATE VIRTUAL TABLE {name} USING fts5({', '.join(columns)}, "
            f"content='{meta.table}', content_rowid='id', columnsize=0, tokenize='trigram')"
        )
        # Four times FTS5's own room before it writes what it gathered: half the time of a bulk
        # action's entries.
        db.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('hashsize', 4194304)")
        db.execute(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")
