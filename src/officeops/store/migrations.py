"""Migrations: one set for each plugin, run once under the gate however many processes start."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from officeops.model.error_words import RESTORE
from officeops.model.errors import Broken
from officeops.store.migration import (
    FieldDrop,
    Migration,
    Rename,
    applied,
    installed,
    out_of_date,
    pending,
    signature,
    statements,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from sqlite_utils import Database

    from officeops.model.meta import Meta
    from officeops.store.migration import MigrationSets, Step
    from officeops.store.store import Store


#: What SQLite says of a step that meets tables which are not those of the step before it.
_OF_ANOTHER_STATE: Final = ("already exists", "no such ", "duplicate column name")


class MigrationFailed(Broken):
    """A migration failed. Nothing of it was kept.

    `owner` is the plugin that it belongs to.
    """

    code = "migration-failed"

    def __init__(self, owner: str, step: str, why: Exception) -> None:
        what = f"The migration {step} of {owner} failed: {str(why).rstrip('.')}."
        # Damage, or a file put together from two, may have taken away the note that a step has run.
        if any(sign in what for sign in _OF_ANOTHER_STATE):
            what += f" Unless you changed that step, the file is damaged: {RESTORE}"
        super().__init__(what)
        self.owner = owner


def migrate(
    store: Store,
    sets: MigrationSets,
    metas: Iterable[Meta],
    actor: str,
    versions: Mapping[str, str] | None = None,
) -> list[Step]:
    """Apply pending steps, in the given order of sets, and install triggers: all or nothing.

    A file that has had steps before is copied first, inside the same gate. Another process may have
    done it while this one waited for the gate; then there is nothing left to do. `versions` are
    kept by the name of their set, so that an older program can say what it is too old for. A record
    whose table is not whole (`unmade`) gets no triggers: its plugin is refused. Returns the steps
    that it applied. Raises MigrationFailed, naming the plugin.
    """
    from officeops.store.safety import copy_before_upgrade

    note = f"{actor}: upgrading the office's tables"
    metas = list(metas)
    with store.gate.held(note):
        todo = pending(store.db, sets)
        if not todo and not out_of_date(store.db, sets, _whole(store.db, metas)):
            return []
        if applied(store.db) and todo:
            copy_before_upgrade(store.db, store.path)
        return _migrate(store, sets, metas, actor, versions or {}, note)


def unmade(db: sqlite3.Connection, meta: Meta) -> str:
    """Name the table or columns of a record that no migration made, as a sentence; or blank."""
    columns_made = {name for _, name, *_ in db.execute(f"PRAGMA table_info({meta.table})")}
    if not columns_made:
        return f"no migration makes its table {meta.table}"
    missing = [name for name in meta.columns if name not in columns_made]
    if not missing:
        return ""
    columns = "column" if len(missing) == 1 else "columns"
    return f"no migration makes the {columns} {', '.join(missing)} of {meta.key}"


def _whole(db: sqlite3.Connection, metas: Iterable[Meta]) -> list[Meta]:
    return [meta for meta in metas if not unmade(db, meta)]


def _migrate(
    store: Store,
    sets: MigrationSets,
    metas: Sequence[Meta],
    actor: str,
    versions: Mapping[str, str],
    note: str,
) -> list[Step]:
    from officeops.store.migration_history import open_action
    from officeops.store.table_versions import keep_versions
    from officeops.store.triggers import install

    what = "tables" if pending(store.db, sets) else "triggers"
    with store.exclusive(note, upgrade=f"The office's {what} were brought up to date."):
        store.db.arming.is_upgrading = True
        todo, signatures = pending(store.db, sets), installed(store.db)
        stepping = {owner for owner, _ in todo}
        whole = _whole(store.db, metas)
        moved = [meta.plugin for meta in whole if signatures.get(meta.table) != signature(meta)]
        # Those with steps first, in the order of the sets.
        upgraded = dict.fromkeys(owner for owner, _ in todo) | dict.fromkeys(moved)
        for name in upgraded:
            own = [meta for meta in metas if meta.plugin == name]
            open_action(store, actor, name, own)
            _step(store, name, sets, own if name in stepping else ())
        # After any step: one that rebuilt a table took its triggers away, though the declaration
        # says what it said.
        if todo or out_of_date(store.db, sets, metas):
            install(store.db, _whole(store.db, metas))
            _tell_sessions(store.db)
        if todo:
            _check(store.db, todo)
            known = {name: versions[name] for name in stepping if versions.get(name)}
            keep_versions(store.db, known)
    return todo


def _step(
    store: Store,
    name: str,
    sets: MigrationSets,
    metas: Iterable[Meta],
) -> None:
    """Apply one set inside its open action, and record its changes to the rows of its tables.

    `metas` are the records that it declares: their tables have these names after the steps.
    """
    from officeops.store.migration_history import MigrationHistory

    steps = sets.get(name, ())
    tables = [meta.table for meta in metas if not meta.derived]
    waiting = {step for _, step in pending(store.db, {name: steps})}
    ups = (step.up for step in steps if step.name in waiting)
    renamings = [up for up in ups if isinstance(up, Rename)]
    history = MigrationHistory(store, tables, renamings)
    if waiting:
        history.watch_other_tables(name, sets.keys())
    apply(store.db, name, steps, sets.keys())
    history.close()


def _tell_sessions(db: sqlite3.Connection) -> None:
    """Raise SQLite's count of schema changes, which sessions watch.

    A step on rows, and another text of a resting trigger, leave it as it is.
    """
    db.execute("CREATE TABLE core_upgraded (id INTEGER)")
    db.execute("DROP TABLE core_upgraded")


def apply(
    db: sqlite3.Connection,
    name: str,
    steps: Sequence[Migration],
    others: Collection[str] = (),
) -> None:
    """Apply the pending steps of one set, inside its own tables.

    Raises MigrationFailed naming the step.

    `others` are the names of all sets, of which one may begin with another.
    """
    from sqlite_utils import Database, Migrations

    from officeops.store.migration_boundary import inside

    # Other people's sqlite-utils plugins do not belong in the office's connection.
    wrapped = Database(db, execute_plugins=False)
    migrations = Migrations(name)
    under_way = [""]
    for step in steps:
        migrations(name=step.name)(_runner(name, step, under_way))
    try:
        with inside(db, name, others):
            migrations.apply(wrapped)
    except Exception as error:
        raise MigrationFailed(name, under_way[0], error) from error


def _runner(plugin: str, step: Migration, under_way: list[str]) -> Callable[[Database], None]:
    up = step.up

    def run(db: Database) -> None:
        under_way[0] = step.name
        if isinstance(up, Rename):
            from officeops.store.renaming import rename

            rename(db.conn, up)
        elif isinstance(up, FieldDrop):
            from officeops.store.dropped_field import drop

            drop(db.conn, up)
        elif callable(up):
            up(db)
        else:
            _run_script(db, plugin, up)

    return run


def _run_script(db: Database, plugin: str, script: str) -> None:
    for statement in statements(script):
        try:
            db.execute(statement)
        except sqlite3.OperationalError as error:
            from officeops.store.dropped_field import explained

            raise explained(plugin, statement, error) from error


def _check(db: sqlite3.Connection, todo: list[Step]) -> None:
    dangling = db.execute("PRAGMA foreign_key_check").fetchone()
    if dangling:
        why = Broken(f"it leaves {dangling[0]} with references to nothing")
        raise MigrationFailed(todo[-1][0], todo[-1][1], why)
