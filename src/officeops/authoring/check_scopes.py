"""The problems of the scopes of a plugin's records, and of fields computed from scoped tables."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Final

from officeops.access.permissions import permissions
from officeops.access.roles import LEVELS
from officeops.authoring.checks import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.model.scope import Scope, ScopedBy
    from officeops.office.office import Office

#: The kinds that SQL limits rows to by what they are about, and one of them.
_ABOUT_KINDS: Final = re.compile(r"about_key IN \(([^)]*)\)")
#: The same for the row itself, whose reader reaches all that is about it.
_ABOUT_ITSELF: Final = re.compile(r"about_id = t\.id\b")
_KEY: Final = re.compile(r"'([^']*)'")
#: The word for the levels of each reach, in the order in which they are declared.
_REACHES: Final = ("team", "all")


def scope_problems(office: Office, record: type[Record]) -> Iterator[Finding]:
    """Yield the problems of one record's scope and of its computed fields."""
    scope = record.meta.scope
    if scope is not None:
        yield from _path(office, record, scope)
        yield from _levels(scope)
        for word, sql in (("own", scope.scope.own), ("team", scope.scope.team)):
            # A scope gives each user keys of their own; those of a team are optional.
            if sql or word == "own":
                yield from _sql(office, f"the scope {scope.scope.name}: its {word}", sql)
        if _is_first(office, record):
            yield from _open(office, scope.scope)
    for field in record.meta.computed:
        yield from _computed(office, record, field)


def _path(
    office: Office,
    record: type[Record],
    scope: ScopedBy,
) -> Iterator[Finding]:
    """Yield the step of a path that leads nowhere."""
    kind = record
    for step in scope.steps[:-1]:
        field = kind.meta.by_name.get(step)
        target = office.records.get(field.target) if field else None
        if target is None:
            why = f"its scope goes by {scope.path}, but {step} is no reference of {kind.meta.key}"
            yield Finding("scope-path", why)
            return
        kind = target
    last = scope.steps[-1]
    if last not in kind.meta.columns:
        why = f"its scope goes by {scope.path}, but {kind.meta.key} has no column {last}"
        yield Finding("scope-path", why)
    elif last in kind.meta.guarded:
        why = f"its scope goes by {scope.path}, which is guarded or sealed"
        yield Finding("scope-guarded", why)


def _levels(scope: ScopedBy) -> Iterator[Finding]:
    levels = (scope.team, scope.all)
    for word, level in zip(_REACHES, levels, strict=True):
        if level not in LEVELS:
            why = f"its scope has {word}={level!r}; a level is one of {', '.join(LEVELS)}"
            yield Finding("scope-levels", why)
            return
    if LEVELS.index(scope.team) > LEVELS.index(scope.all):
        why = f"its scope has all={scope.all!r}, which is below team={scope.team!r}"
        yield Finding("scope-levels", why)


def _sql(
    office: Office,
    what: str,
    sql: str,
) -> Iterator[Finding]:
    try:
        # No user has the id 0, so this tries the SQL and reads nobody's keys.
        rows = office.store.db.execute(sql, (0,))
    except sqlite3.Error as error:
        yield Finding("scope-sql", f"{what} is SQL with one `?`, the id of a user: {error}")
        return
    columns = len(rows.description or ())
    if columns != 1:
        yield Finding("scope-sql", f"{what} returns {columns} columns; it returns keys alone")


def _is_first(office: Office, record: type[Record]) -> bool:
    """Whether a record is the first that has its scope, with which the scope itself is checked."""
    scope = record.meta.scope
    for kind in office.records.values():
        if scope and kind.meta.scope and kind.meta.scope.scope == scope.scope:
            return kind is record
    return True


def _open(office: Office, scope: Scope) -> Iterator[Finding]:
    """Yield the fields by which people could choose whose rows others reach, as they may edit them."""
    levels = {one.name: one.level for one in permissions(office.plugins, office.records.values())}
    read = _columns_of(office, scope.own, 0) | _columns_of(office, scope.team, 0)
    for kind in office.records.values():
        meta = kind.meta
        level = levels.get(f"{meta.key}.edit", "sensitive")
        # People edit the rows of a scoped kind that they reach, and nobody widens their reach.
        if meta.scope is not None or LEVELS.index(level) >= LEVELS.index("manage"):
            continue
        for field in meta.fields:
            is_open = not (field.managed or field.guard) and (meta.table, field.name) in read
            if is_open:
                yield Finding(
                    "scope-open",
                    f"the scope {scope.name} reads {meta.key}.{field.name}, which everybody at the level "
                    f"{level} may edit, and so choose whose rows people reach; declare "
                    f'Permission("{meta.key}.edit", "...", "manage"), or the field managed=True',
                )


def _columns_of(
    office: Office,
    sql: str,
    *values: object,
) -> set[tuple[str | None, str | None]]:
    """Return the columns that SQLite reads for a query, each with its table.

    None of a query that it cannot read, which another check names.
    """
    read: set[tuple[str | None, str | None]] = set()

    def note(
        what: int,
        table: str | None,
        column: str | None,
        *_: str | None,
    ) -> int:
        if what == sqlite3.SQLITE_READ:
            read.add((table, column))
        return sqlite3.SQLITE_OK

    db = office.store.db
    db.set_authorizer(note)
    try:
        # SQLite asks the authorizer as it prepares a query; EXPLAIN then runs none of it.
        db.execute(f"EXPLAIN {sql}", values).fetchall()
    except sqlite3.Error:
        return set()
    finally:
        db.set_authorizer(None)
    return read


def _computed(
    office: Office,
    record: type[Record],
    field: Field,
) -> Iterator[Finding]:
    """Yield the scoped tables that a value is computed from and its record's readers may not reach.

    For them it would be computed from fewer rows, or from none, and look right.
    """
    retention = record.retention
    if field.hidden and retention is not None and retention.after == field.name:
        # A purge alone reads it, and only a person who reaches every row may purge.
        return
    by_table = {kind.meta.table: kind for kind in office.records.values()}
    for table in sorted(_tables_of(office, record, field)):
        kind = by_table.get(table)
        if kind is None or kind is record or not (kind.meta.scope or kind.meta.about):
            continue
        if not (_reaches_as_far(record, kind) or _is_about_reached(office, record, field, kind)):
            yield Finding(
                "scope-computed",
                f"its computed field {field.name} reads {kind.meta.key}, of which a person may "
                "reach fewer rows: their value would differ, and nobody would say so",
            )


def _reaches_as_far(record: type[Record], other: type[Record]) -> bool:
    """Whether a person who sees a row of one kind sees all of another that belong to it."""
    mine, theirs = record.meta.scope, other.meta.scope
    if mine is None or theirs is None or other.meta.about:
        return False
    # A level has the permissions of all that are below it.
    is_as_open = [
        LEVELS.index(other_level) <= LEVELS.index(level)
        for level, other_level in ((mine.team, theirs.team), (mine.all, theirs.all))
    ]
    return mine.scope == theirs.scope and all(is_as_open)


def _is_about_reached(
    office: Office,
    record: type[Record],
    field: Field,
    other: type[Record],
) -> bool:
    """Whether a field reads such rows alone as everybody reaches who may see it.

    It is guarded by their kind, and its SQL names the kinds that they are about: the record itself,
    or kinds of which none has a scope.
    """
    if other.meta.scope is not None or field.guard != other.meta.key:
        return False
    named = _ABOUT_KINDS.findall(field.sql)
    keys = {key for words in named for key in _KEY.findall(words)}
    kinds = [office.records.get(key) for key in keys]
    if kinds == [record] and _ABOUT_ITSELF.search(field.sql):
        return True
    return bool(kinds) and not any(kind is None or _is_scoped(kind) for kind in kinds)


def _is_scoped(kind: type[Record]) -> bool:
    return bool(kind.meta.scope or kind.meta.about)


def _tables_of(
    office: Office,
    record: type[Record],
    field: Field,
) -> set[str]:
    """Return the tables that SQLite reads for a computed field."""
    columns = _columns_of(office, f"SELECT {field.sql} FROM {record.meta.table} t")
    return {table or "" for table, _ in columns}
