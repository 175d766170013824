"""Folded triggers: they keep the folded identities beside each table, and refuse one that is taken.

The text of a trigger is compared letter for letter with the one that is installed, and its digest
is in the history: another space is another trigger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.store.file_refusals import TAKEN, raising
from officeops.store.folded_identities import (
    WORDS,
    beyond_ascii,
    entries,
    fill,
    given,
    joined_words,
    table_of,
    twins,
    where,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from officeops.model.identity import Identity
    from officeops.model.meta import Meta

    #: A trigger's name, and the SQL that makes it.
    Trigger = tuple[str, str]


def triggers(meta: Meta) -> Iterator[Trigger]:
    """Yield name and SQL of the triggers that keep the entries and refuse taken identities."""
    unique: list[Identity] = []
    others: list[Identity] = []
    for identity in meta.identities:
        (unique if identity.unique else others).append(identity)
    if unique:
        yield from _refusing(meta, unique)
        yield _trigger(meta, "same_add", "AFTER INSERT", _adding(meta, unique))
    if others:
        # A bulk action puts these off to its end, where they are written in their order: half the
        # time.
        yield _trigger(meta, "names_add", "AFTER INSERT", _adding(meta, others))
    if meta.identities:
        changes = " ".join(_moving(meta, identity) for identity in meta.identities)
        update = f"AFTER UPDATE OF id, {_columns(meta.identities)}"
        yield _trigger(meta, "same_edit", update, changes)
        gone = " ".join(_taking(meta, identity) for identity in meta.identities)
        yield _trigger(meta, "same_delete", "AFTER DELETE", gone)
    if meta.searched:
        yield from _of_words(meta)


def _trigger(
    meta: Meta,
    ending: str,
    event: str,
    body: str,
    when: str = "",
) -> Trigger:
    """Write one trigger of a record's table; return its name and its SQL."""
    table = meta.table
    name = f"{table}_{ending}"
    condition = f" WHEN {when}" if when else ""
    return name, f"CREATE TRIGGER {name} {event} ON {table}{condition} BEGIN {body} END"


def _columns(identities: Iterable[Identity]) -> str:
    """List the columns of some identities, each once."""
    columns: dict[str, None] = {}
    for identity in identities:
        columns.update(dict.fromkeys(identity.columns))
    return ", ".join(columns)


def _of_words(meta: Meta) -> Iterator[Trigger]:
    """Yield the triggers that keep the searched texts beyond ASCII."""
    same = table_of(meta)
    put = (
        f"INSERT OR IGNORE INTO {same} (identity, folded, id) "
        f"SELECT '{WORDS}', {joined_words(meta, 'NEW')}, NEW.id"
    )
    take = (
        f"DELETE FROM {same} WHERE identity = '{WORDS}' "
        f"AND folded = {joined_words(meta, 'OLD')} AND id = OLD.id;"
    )
    old, new = beyond_ascii(meta, "OLD"), beyond_ascii(meta, "NEW")
    update = f"AFTER UPDATE OF id, {', '.join(meta.searched)}"
    yield _trigger(meta, "words_add", "AFTER INSERT", f"{put};", new)
    yield _trigger(meta, "words_edit", update, f"{take} {put} WHERE {new};", f"{old} OR {new}")
    yield _trigger(meta, "words_delete", "AFTER DELETE", take, old)


def _adding(meta: Meta, identities: Iterable[Identity]) -> str:
    rows = entries(meta, identities, "NEW")
    return f"INSERT INTO {table_of(meta)} (identity, folded, id) {rows};"


def _moving(meta: Meta, identity: Identity) -> str:
    """Return the statements that take an entry out and put the new one in.

    Where the folded form is as it was they undo each other. To ask first would make the text half
    as long again, and every start of the program reads every trigger of the file.
    """
    has_identity = where("", given(meta, identity, "NEW"))
    folded = identity.sql(meta, "NEW")
    return (
        f"{_taking(meta, identity)} INSERT OR IGNORE INTO {table_of(meta)} (identity, folded, id) "
        f"SELECT '{identity.name}', {folded}, NEW.id{has_identity};"
    )


def _taking(meta: Meta, identity: Identity) -> str:
    """Return the statement that takes an entry out."""
    folded = identity.sql(meta, "OLD")
    return (
        f"DELETE FROM {table_of(meta)} WHERE identity = '{identity.name}' "
        f"AND folded = {folded} AND id = OLD.id;"
    )


def _refusing(meta: Meta, unique: Sequence[Identity]) -> Iterator[Trigger]:
    """Yield the triggers that refuse a live record with an identity that another live one has."""
    added: list[str] = []
    edited: list[str] = []
    for identity in unique:
        added.append(_refusal(meta, identity, ""))
        # Earlier doubles stay as they are while other fields change: only a changed identity is
        # asked about.
        new, old = identity.sql(meta, "NEW"), identity.sql(meta, "OLD")
        moved = f"(OLD.archived_at IS NOT NULL OR {new} IS NOT {old}) AND "
        edited.append(_refusal(meta, identity, moved))
    live = "NEW.archived_at IS NULL"
    update = f"BEFORE UPDATE OF {_columns(unique)}, archived_at"
    yield _trigger(meta, "unique_add", "BEFORE INSERT", " ".join(added), live)
    yield _trigger(meta, "unique_edit", update, " ".join(edited), live)


def _refusal(meta: Meta, identity: Identity, moved: str) -> str:
    folded = identity.sql(meta, "NEW")
    condition = f"EXISTS (SELECT 1 FROM {twins(meta, identity, folded, 'NEW.id')})"
    has_identity = given(meta, identity, "NEW")
    if has_identity:
        condition = f"{has_identity} AND {condition}"
    refusing = raising(TAKEN, f"{meta.table}.{identity.name}")
    return f"{refusing} WHERE {moved}{condition};"


def install(db: sqlite3.Connection, meta: Meta, *, afresh: bool) -> None:
    """Make the table of a record's identities; fill it if its triggers were away or changed."""
    same = table_of(meta)
    has_table = db.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (same,)
    ).fetchone()
    if not (meta.identities or meta.searched):
        if has_table:
            db.execute(f"DROP TABLE {same}")
        return
    if not has_table:
        db.execute(
            f"CREATE TABLE {same} ("
            "identity TEXT NOT NULL, folded TEXT NOT NULL, id INTEGER NOT NULL, "
            "PRIMARY KEY (identity, folded, id)) STRICT, WITHOUT ROWID"
        )
    if afresh or not has_table:
        db.execute(f"DELETE FROM {same}")
        for statement in fill(meta, meta.identities):
            db.execute(statement, (0,))
