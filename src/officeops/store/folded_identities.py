"""Folded identities: beside each table, its records' identities without case and accents, kept by triggers.

The entries follow from the records alone: they are in no history and no export, and are made again
where their triggers were away. Uniqueness is a trigger's and not an index's, because what was
double before the rule came stays until somebody mends it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.store.file_refusals import TAKEN, raising

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from officeops.model.identity import Identity
    from officeops.model.meta import Meta

#: Under this, instead of an identity's name, the searched texts of a row that has any beyond ASCII
#: are kept folded: the search index knows no accents.
WORDS: Final = "~"
#: Between those texts; no field has it, and it stays when a text is folded.
_APART: Final = "char(1)"


def table_of(meta: Meta) -> str:
    """Return the table of a record's folded identities."""
    return f"{meta.table}_same"


def triggers(meta: Meta) -> Iterator[tuple[str, str]]:
    """Yield name and SQL of the triggers that keep the entries and refuse taken identities."""
    t = meta.table
    unique = [identity for identity in meta.identities if identity.unique]
    if unique:
        yield from _refusing(meta, unique)
        yield f"{t}_same_add", _adding(meta, f"{t}_same_add", unique)
    # A bulk action puts these off to its end, where they are written in their order: half the time.
    if others := [identity for identity in meta.identities if not identity.unique]:
        yield f"{t}_names_add", _adding(meta, f"{t}_names_add", others)
    if meta.identities:
        changes = " ".join(_moving(meta, identity) for identity in meta.identities)
        columns = ", ".join(
            dict.fromkeys(name for identity in meta.identities for name in identity.columns)
        )
        yield (
            f"{t}_same_edit",
            f"CREATE TRIGGER {t}_same_edit AFTER UPDATE OF id, {columns} ON {t} BEGIN {changes} END",
        )
        gone = " ".join(_taking(meta, identity) for identity in meta.identities)
        yield (
            f"{t}_same_delete",
            f"CREATE TRIGGER {t}_same_delete AFTER DELETE ON {t} BEGIN {gone} END",
        )
    if meta.searched:
        yield from _of_words(meta)


def _of_words(meta: Meta) -> Iterator[tuple[str, str]]:
    """Yield the triggers that keep the searched texts beyond ASCII."""
    t, same = meta.table, table_of(meta)
    put = f"INSERT OR IGNORE INTO {same} (identity, folded, id) SELECT '{WORDS}', {_words(meta, 'NEW')}, NEW.id"
    take = f"DELETE FROM {same} WHERE identity = '{WORDS}' AND folded = {_words(meta, 'OLD')} AND id = OLD.id;"
    old, new = beyond_ascii(meta, "OLD"), beyond_ascii(meta, "NEW")
    yield (
        f"{t}_words_add",
        f"CREATE TRIGGER {t}_words_add AFTER INSERT ON {t} WHEN {new} BEGIN {put}; END",
    )
    yield (
        f"{t}_words_edit",
        (
            f"CREATE TRIGGER {t}_words_edit AFTER UPDATE OF id, {', '.join(meta.searched)} ON {t} "
            f"WHEN {old} OR {new} BEGIN {take} {put} WHERE {new}; END"
        ),
    )
    yield (
        f"{t}_words_delete",
        f"CREATE TRIGGER {t}_words_delete AFTER DELETE ON {t} WHEN {old} BEGIN {take} END",
    )


def beyond_ascii(meta: Meta, side: str) -> str:
    """Return the condition that a searched text of a row has a letter beyond ASCII."""
    # More bytes than characters: a quarter of the time that a pattern takes.
    tests = (
        f"length(CAST({side}.{name} AS BLOB)) > length({side}.{name})" for name in meta.searched
    )
    return f"({' OR '.join(tests)})"


def _words(meta: Meta, side: str) -> str:
    texts = f" || {_APART} || ".join(f"ifnull({side}.{name}, '')" for name in meta.searched)
    return f"officeops_fold(CAST({texts} AS BLOB))"


def entries(meta: Meta, identities: Iterable[Identity], side: str, tail: str = "") -> str:
    """Return SQL for the entries of a row, or of many with `tail`: (identity, folded, id)."""
    rows = (
        f"SELECT '{identity.name}', {identity.sql(meta, side, bulk=bool(tail))}, "
        f"{side}.id{tail}{_where(tail, _given(meta, identity, side))}"
        for identity in identities
    )
    return " UNION ALL ".join(rows)


def _adding(meta: Meta, name: str, identities: Iterable[Identity]) -> str:
    into = (
        f"INSERT INTO {table_of(meta)} (identity, folded, id) {entries(meta, identities, 'NEW')};"
    )
    return f"CREATE TRIGGER {name} AFTER INSERT ON {meta.table} BEGIN {into} END"


def _moving(meta: Meta, identity: Identity) -> str:
    """Return the statements that take an entry out and put the new one in.

    Where the folded form is as it was they undo each other. To ask first would make the text half
    as long again, and every start of the program reads every trigger of the file.
    """
    given = _given(meta, identity, "NEW")
    put = f"SELECT '{identity.name}', {identity.sql(meta, 'NEW')}, NEW.id{_where('', given)}"
    return f"{_taking(meta, identity)} INSERT OR IGNORE INTO {table_of(meta)} (identity, folded, id) {put};"


def _taking(meta: Meta, identity: Identity) -> str:
    return f"DELETE FROM {table_of(meta)} WHERE {_at(meta, identity)};"


def _at(meta: Meta, identity: Identity) -> str:
    return f"identity = '{identity.name}' AND folded = {identity.sql(meta, 'OLD')} AND id = OLD.id"


def _refusing(meta: Meta, unique: Iterable[Identity]) -> Iterator[tuple[str, str]]:
    """Yield the triggers that refuse a live record with an identity that another live one has."""
    t = meta.table
    unique = list(unique)
    added = " ".join(_refusal(meta, identity, "") for identity in unique)
    name = f"{t}_unique_add"
    yield (
        name,
        f"CREATE TRIGGER {name} BEFORE INSERT ON {t} WHEN NEW.archived_at IS NULL BEGIN {added} END",
    )
    # Earlier doubles stay as they are while other fields change: only a changed identity is asked
    # about.
    edited = " ".join(
        _refusal(
            meta,
            identity,
            f"(OLD.archived_at IS NOT NULL OR {identity.sql(meta, 'NEW')} IS NOT {identity.sql(meta, 'OLD')}) AND ",
        )
        for identity in unique
    )
    columns = ", ".join(dict.fromkeys(column for identity in unique for column in identity.columns))
    name = f"{t}_unique_edit"
    yield (
        name,
        f"CREATE TRIGGER {name} BEFORE UPDATE OF {columns}, archived_at ON {t} WHEN NEW.archived_at IS NULL BEGIN {edited} END",
    )


def _refusal(meta: Meta, identity: Identity, moved: str) -> str:
    given = _given(meta, identity, "NEW")
    taken = f"EXISTS (SELECT 1 FROM {twins(meta, identity, identity.sql(meta, 'NEW'), 'NEW.id')})"
    condition = f"{moved}{f'{given} AND ' if given else ''}{taken}"
    return f"{raising(TAKEN, f'{meta.table}.{identity.name}')} WHERE {condition};"


def twins(meta: Meta, identity: Identity, value: str, but: str) -> str:
    """Return the FROM of a query for live records `o` with the same identity and another id.

    A word is looked for in every unique field of a record in turn, so a code may not be another
    record's name either.
    """
    alike = [identity]
    if len(identity.columns) == 1:
        alike = [other for other in meta.identities if other.unique and len(other.columns) == 1]
    names = ", ".join(f"'{other.name}'" for other in alike)
    return (
        f"{table_of(meta)} s CROSS JOIN {meta.table} o ON o.id = s.id WHERE s.identity IN ({names}) "
        f"AND s.folded = {value} AND s.id <> {but} AND o.archived_at IS NULL"
    )


def _given(meta: Meta, identity: Identity, side: str) -> str:
    """Return the condition that a row has the identity; empty where every row has."""
    if len(identity.columns) > 1 or _always(meta, identity.columns[0]):
        return ""
    return f"{side}.{identity.columns[0]} IS NOT NULL"


def _always(meta: Meta, column: str) -> bool:
    field = meta.by_name[column]
    return field.required or field.default is not None


def clashing(meta: Meta, identity: Identity) -> str:
    """Return the query for the first row, from an id on, whose identity another live record has."""
    value = identity.sql(meta, "n")
    given = _given(meta, identity, "n")
    taken = f"EXISTS (SELECT 1 FROM {twins(meta, identity, value, 'n.id')})"
    return (
        f"SELECT n.id FROM {meta.table} n WHERE n.id >= ? AND n.archived_at IS NULL "
        f"{f'AND {given} ' if given else ''}AND {taken} LIMIT 1"
    )


def _where(tail: str, condition: str) -> str:
    if not condition:
        return ""
    return f"{' AND' if ' WHERE ' in tail else ' WHERE'} {condition}"


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
            f"CREATE TABLE {same} (identity TEXT NOT NULL, folded TEXT NOT NULL, id INTEGER NOT NULL, "
            "PRIMARY KEY (identity, folded, id)) STRICT, WITHOUT ROWID"
        )
    if afresh or not has_table:
        db.execute(f"DELETE FROM {same}")
        for statement in fill(meta, meta.identities):
            db.execute(statement, (0,))


def expected(meta: Meta) -> str:
    """Return the query of all entries as they follow from the records."""
    of_identities = (
        [entries(meta, meta.identities, "t", f" FROM {meta.table} t")] if meta.identities else []
    )
    return " UNION ALL ".join(
        [*of_identities, *([_entries_of_words(meta)] if meta.searched else [])]
    )


def _entries_of_words(meta: Meta) -> str:
    return f"SELECT '{WORDS}', {_words(meta, 't')}, t.id FROM {meta.table} t WHERE {beyond_ascii(meta, 't')}"


def fill(meta: Meta, identities: Iterable[Identity]) -> Iterator[str]:
    """Yield the statements that write the entries of all rows from an id on."""
    yield from (put_off(meta, identity) for identity in identities)
    if meta.searched:
        yield (
            f"INSERT OR IGNORE INTO {table_of(meta)} (identity, folded, id) {_entries_of_words(meta)} AND t.id >= ? ORDER BY 2, 3"
        )


def put_off(meta: Meta, identity: Identity) -> str:
    """Return the statement that writes one identity's entries from an id on, in order."""
    rows = entries(meta, [identity], "t", f" FROM {meta.table} t WHERE t.id >= ?")
    return f"INSERT OR IGNORE INTO {table_of(meta)} (identity, folded, id) {rows} ORDER BY 2, 3"
