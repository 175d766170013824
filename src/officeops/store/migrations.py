"""Migrations: explicit, one set per plugin, run once under the gate however many processes start."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from officeops.errors import Broken
from officeops.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlite_utils import Database

    from officeops.records import Meta
    from officeops.store.store import Store


class Migration(Value):
    """One step of a plugin's tables, by a name that never changes.

    `up` is SQL, or a function of a sqlite-utils Database for what SQL cannot say (transform()).
    It never reads today's record classes: they will have moved on when it runs elsewhere.
    """

    name: str
    up: str | Callable[[Database], None]


Sets = "Mapping[str, Sequence[Migration]]"


def pending(db: sqlite3.Connection, sets: Mapping[str, Sequence[Migration]]) -> list[tuple[str, str]]:
    """Return (set, name) of what is declared and not yet applied. Reads one small table."""
    done = applied(db)
    return [(name, step.name) for name, steps in sets.items() for step in steps if (name, step.name) not in done]


def applied(db: sqlite3.Connection) -> set[tuple[str, str]]:
    """Return (set, name) of every migration this file has had."""
    try:
        return set(db.execute("SELECT migration_set, name FROM _sqlite_migrations").fetchall())
    except sqlite3.OperationalError:
        if db.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone():
            raise
        return set()


def migrate(store: Store, sets: Mapping[str, Sequence[Migration]], metas: Iterable[Meta]) -> list[tuple[str, str]]:
    """Apply what is pending, in the given order of sets, and reinstall triggers: all of it or nothing.

    Another process may have done it while this one waited for the gate; then there is nothing left to do.
    Returns what was applied.
    """
    from officeops.store.triggers import install

    with store.exclusive("upgrading the office's tables"):
        todo = pending(store.db, sets)
        if todo:
            _apply(store.db, sets)
            install(store.db, metas)
            _check(store.db, todo)
    return todo


def _apply(db: sqlite3.Connection, sets: Mapping[str, Sequence[Migration]]) -> None:
    from sqlite_utils import Database, Migrations

    # Other people's sqlite-utils plugins do not belong in the office's connection.
    wrapped = Database(db, execute_plugins=False)
    for name, steps in sets.items():
        migrations = Migrations(name)
        for step in steps:
            migrations(name=step.name)(_runner(step))
        migrations.apply(wrapped)


def _runner(step: Migration) -> Callable[[Database], None]:
    up = step.up

    def run(db: Database) -> None:
        if callable(up):
            up(db)
        else:
            for statement in statements(up):
                db.execute(statement)

    return run


def statements(script: str) -> list[str]:
    """Split a script into statements without the implicit COMMIT of `executescript()`."""
    found, part = [], ""
    for piece in script.split(";"):
        part += piece + ";"
        if sqlite3.complete_statement(part):
            if part.strip(" \n\t;"):
                found.append(part.strip())
            part = ""
    return found


def _check(db: sqlite3.Connection, todo: list[tuple[str, str]]) -> None:
    dangling = db.execute("PRAGMA foreign_key_check").fetchone()
    if dangling:
        raise Broken(f"The migration {todo[-1][0]}/{todo[-1][1]} leaves {dangling[0]} with references to nothing.")
