"""The problems of the scopes of a plugin's records, and of fields computed from scoped tables."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from officeops.access.roles import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.model.scope import ScopedBy
    from officeops.office.office import Office

#: The word for the levels of each reach, in the order in which they are declared.
_REACHES: Final = ("team", "all")


def scope_problems(office: Office, record: type[Record]) -> Iterator[str]:
    """Yield the problems of one record's scope and of its computed fields."""
    scope = record.meta.scope
    if scope is not None:
        yield from _path(office, record, scope)
        yield from _levels(scope)
        for word, sql in (("own", scope.scope.own), ("team", scope.scope.team)):
            if sql:
                yield from _sql(office, f"the scope {scope.scope.name}: its {word}", sql)
    for field in record.meta.computed:
        yield from _computed(office, record, field)


def _path(office: Office, record: type[Record], scope: ScopedBy) -> Iterator[str]:
    """Yield the step of a path that leads nowhere."""
    kind = record
    for step in scope.steps[:-1]:
        field = kind.meta.by_name.get(step)
        target = office.records.get(field.target) if field else None
        if target is None:
            yield f"its scope goes by {scope.path}, but {step} is no reference of {kind.meta.key}"
            return
        kind = target
    last = scope.steps[-1]
    if last not in kind.meta.columns:
        yield f"its scope goes by {scope.path}, but {kind.meta.key} has no column {last}"
    elif last in kind.meta.guarded:
        yield f"its scope goes by {scope.path}, which is guarded or sealed"


def _levels(scope: ScopedBy) -> Iterator[str]:
    levels = (scope.team, scope.all)
    for word, level in zip(_REACHES, levels, strict=True):
        if level not in LEVELS:
            yield f"its scope has {word}={level!r}; a level is one of {', '.join(LEVELS)}"
            return
    if LEVELS.index(scope.team) > LEVELS.index(scope.all):
        yield f"its scope has all={scope.all!r}, which is below team={scope.team!r}"


def _sql(office: Office, what: str, sql: str) -> Iterator[str]:
    try:
        rows = office.store.db.execute(sql, (0,))
    except sqlite3.Error as error:
        yield f"{what} is SQL with one `?`, the id of a user: {error}"
        return
    columns = len(rows.description or ())
    if columns != 1:
        yield f"{what} returns {columns} columns; it returns keys alone"


def _computed(office: Office, record: type[Record], field: Field) -> Iterator[str]:
    """Yield the scoped tables that a value is computed from and its record's readers may not reach.

    For them it would be computed from fewer rows, or from none, and look right.
    """
    by_table = {kind.meta.table: kind for kind in office.records.values()}
    for table in sorted(_tables_of(office, record, field)):
        kind = by_table.get(table)
        if kind is None or kind is record or not (kind.meta.scope or kind.meta.about):
            continue
        if not _reaches_as_far(record, kind):
            yield (
                f"its computed field {field.name} reads {kind.meta.key}, of which a person may "
                "reach fewer rows: their value would differ, and nobody would say so"
            )


def _reaches_as_far(record: type[Record], other: type[Record]) -> bool:
    """Whether a person who sees a row of one kind sees all of another that belong to it."""
    mine, theirs = record.meta.scope, other.meta.scope
    if mine is None or theirs is None or other.meta.about:
        return False
    return (mine.scope, mine.team, mine.all) == (theirs.scope, theirs.team, theirs.all)


def _tables_of(office: Office, record: type[Record], field: Field) -> set[str]:
    """Return the tables that SQLite reads for a computed field."""
    tables: set[str] = set()

    def note(what: int, table: str | None, *_: str | None) -> int:
        if what == sqlite3.SQLITE_READ:
            tables.add(table or "")
        return sqlite3.SQLITE_OK

    db = office.store.db
    db.set_authorizer(note)
    try:
        db.execute(f"EXPLAIN SELECT {field.sql} FROM {record.meta.table} t").fetchall()
    except sqlite3.Error:
        return set()  # the check of the list names it, as that asks for every computed field
    finally:
        db.set_authorizer(None)
    return tables
