"""Folded identities: beside each table, its records' identities without case and accents.

Triggers keep them (`folded_triggers`); here are the queries of them. The entries follow from the records alone: they are in no history and no export, and are made again
where their triggers were away. A trigger keeps them unique, not an index, because records that were
double before the rule came stay until somebody merges them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.identity import words

if TYPE_CHECKING:
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


def beyond_ascii(meta: Meta, side: str) -> str:
    """Return the condition that a searched text of a row has a letter beyond ASCII."""
    # More bytes than characters: a quarter of the time that a pattern takes.
    tests = (
        f"length(CAST({side}.{name} AS BLOB)) > length({side}.{name})" for name in meta.searched
    )
    return f"({' OR '.join(tests)})"


def joined_words(meta: Meta, side: str) -> str:
    """Return the SQL of a row's searched texts, folded, in one."""
    texts = f" || {_APART} || ".join(f"ifnull({side}.{name}, '')" for name in meta.searched)
    return f"officeops_fold(CAST({texts} AS BLOB))"


def entries(
    meta: Meta,
    identities: Iterable[Identity],
    side: str,
    tail: str = "",
) -> str:
    """Return SQL for the entries of a row, or of many with `tail`: (identity, folded, id)."""
    rows = (
        f"SELECT '{identity.name}', {identity.sql(meta, side, bulk=bool(tail))}, "
        f"{side}.id{tail}{where(tail, given(meta, identity, side))}"
        for identity in identities
    )
    return " UNION ALL ".join(rows)


def twins(meta: Meta, identity: Identity, value: str, but: str) -> str:
    """Return the FROM of a query for live records `o` with the same identity and another id."""
    names = ", ".join(f"'{other.name}'" for other in alike(meta, identity))
    return (
        f"{table_of(meta)} s CROSS JOIN {meta.table} o ON o.id = s.id "
        f"WHERE s.identity IN ({names}) AND s.folded = {value} AND s.id <> {but} "
        "AND o.archived_at IS NULL"
    )


def alike(meta: Meta, identity: Identity) -> list[Identity]:
    """List the identities in which no other live record may have the value of one.

    A word is looked for in every unique field of a record in turn, so a code may not be another
    record's name either. A number, such as that of a login, is no word.
    """
    typed = words(meta)
    if identity not in typed:
        return [identity]
    return [other for other in typed if other.unique]


def given(meta: Meta, identity: Identity, side: str) -> str:
    """Return the condition that a row has the identity; empty where every row has."""
    if len(identity.columns) > 1 or _always(meta, identity.columns[0]):
        return ""
    return f"{side}.{identity.columns[0]} IS NOT NULL"


def _always(meta: Meta, column: str) -> bool:
    field = meta.by_name[column]
    return field.required or field.default is not None


def clashing(meta: Meta, identity: Identity) -> str:
    """Return the query for the first row, from an id on, whose identity another live record has."""
    conditions = ["n.id >= ?", "n.archived_at IS NULL"]
    has_identity = given(meta, identity, "n")
    if has_identity:
        conditions.append(has_identity)
    folded = identity.sql(meta, "n")
    conditions.append(f"EXISTS (SELECT 1 FROM {twins(meta, identity, folded, 'n.id')})")
    return f"SELECT n.id FROM {meta.table} n WHERE {' AND '.join(conditions)} LIMIT 1"


def where(tail: str, condition: str) -> str:
    """Return a condition as it follows a FROM, which may have conditions already."""
    if not condition:
        return ""
    word = "AND" if " WHERE " in tail else "WHERE"
    return f" {word} {condition}"


def expected(meta: Meta) -> str:
    """Return the query of all entries as they follow from the records."""
    queries: list[str] = []
    if meta.identities:
        queries.append(entries(meta, meta.identities, "t", f" FROM {meta.table} t"))
    if meta.searched:
        queries.append(_entries_of_words(meta))
    return " UNION ALL ".join(queries)


def _entries_of_words(meta: Meta) -> str:
    return (
        f"SELECT '{WORDS}', {joined_words(meta, 't')}, t.id FROM {meta.table} t "
        f"WHERE {beyond_ascii(meta, 't')}"
    )


def fill(meta: Meta, identities: Iterable[Identity]) -> Iterator[str]:
    """Yield the statements that write the entries of all rows from an id on."""
    yield from (put_off(meta, identity) for identity in identities)
    if meta.searched:
        yield _inserting(meta, f"{_entries_of_words(meta)} AND t.id >= ?")


def put_off(meta: Meta, identity: Identity) -> str:
    """Return the statement that writes one identity's entries from an id on, in order."""
    rows = entries(meta, [identity], "t", f" FROM {meta.table} t WHERE t.id >= ?")
    return _inserting(meta, rows)


def _inserting(meta: Meta, rows: str) -> str:
    # In the order of the table's own tree: half the time of one written to and fro.
    return f"INSERT OR IGNORE INTO {table_of(meta)} (identity, folded, id) {rows} ORDER BY 2, 3"
