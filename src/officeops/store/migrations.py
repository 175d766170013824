"""Migrations: one set for each plugin, run once under the gate however many processes start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.errors import Broken
from officeops.store.former_names import TABLE as FORMER_NAMES
from officeops.store.former_names import table_of
from officeops.store.migration import (
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
    import sqlite3
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from sqlite_utils import Database

    from officeops.model.meta import Meta
    from officeops.store.replay import Difference
    from officeops.store.store import Store


class MigrationFailed(Broken):
    """A migration failed. Nothing of it was kept.

    `owner` is the plugin that it belongs to.
    """

    code = "migration-failed"

    def __init__(self, owner: str, step: str, why: Exception) -> None:
        super().__init__(f"The migration {step} of {owner} failed: {str(why).rstrip('.')}.")
        self.owner = owner


def migrate(
    store: Store,
    sets: Mapping[str, Sequence[Migration]],
    metas: Iterable[Meta],
    actor: str,
    versions: Mapping[str, str] | None = None,
) -> list[tuple[str, str]]:
    """Apply pending steps, in the given order of sets, and install triggers: all or nothing.

    A file that has had steps before is copied first, inside the same gate. Another process may have
    done it while this one waited for the gate; then there is nothing left to do. `versions` are
    kept by the name of their set, so that an older program can say what it is too old for. A record
    whose table is not whole (`unmade`) gets no triggers: its plugin is refused. Returns what was
    applied. Raises MigrationFailed, naming the plugin.
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
    there = {name for _, name, *_ in db.execute(f"PRAGMA table_info({meta.table})")}
    if not there:
        return f"no migration makes its table {meta.table}"
    missing = [name for name in meta.columns if name not in there]
    if not missing:
        return ""
    columns = "column" if len(missing) == 1 else "columns"
    return f"no migration makes the {columns} {', '.join(missing)} of {meta.key}"


def _whole(db: sqlite3.Connection, metas: Iterable[Meta]) -> list[Meta]:
    return [meta for meta in metas if not unmade(db, meta)]


def _migrate(
    store: Store,
    sets: Mapping[str, Sequence[Migration]],
    metas: Sequence[Meta],
    actor: str,
    versions: Mapping[str, str],
    note: str,
) -> list[tuple[str, str]]:
    from officeops.store.table_versions import keep_versions
    from officeops.store.triggers import install

    what = "tables" if pending(store.db, sets) else "triggers"
    with store.exclusive(note, upgrade=f"The office's {what} were brought up to date."):
        todo, there = pending(store.db, sets), installed(store.db)
        stepping = dict.fromkeys(owner for owner, _ in todo)
        whole = _whole(store.db, metas)
        moved = [meta.plugin for meta in whole if there.get(meta.table) != signature(meta)]
        for name in dict.fromkeys([*stepping, *moved]):
            own = [meta for meta in metas if meta.plugin == name]
            tables = [meta.table for meta in own if not meta.derived] if name in stepping else []
            _open_action(store, actor, name, own)
            _step(store, name, sets, tables)
        # After any step: one that rebuilt a table took its triggers away, though the declaration
        # says what it said.
        if todo or out_of_date(store.db, sets, metas):
            install(store.db, _whole(store.db, metas))
        if todo:
            _check(store.db, todo)
            _tell_sessions(store.db)
            keep_versions(
                store.db, {name: versions[name] for name, _ in todo if versions.get(name)}
            )
    return todo


def _step(
    store: Store, name: str, sets: Mapping[str, Sequence[Migration]], tables: list[str]
) -> None:
    """Apply one set inside its open action, and record its changes to the rows of its tables.

    `tables` are those declared, by the names that they have after the steps.
    """
    pending_names = {step for owner, step in pending(store.db, {name: sets.get(name, ())})}
    renamings = [
        step.up
        for step in sets.get(name, ())
        if step.name in pending_names and isinstance(step.up, Rename)
    ]
    before = dict(_differing_before(store, tables, renamings))
    moving = {before_names(renamings, table) for table in tables}
    droppable = (
        _tables_with_history(store, name, sets.keys(), {*tables, *moving}) if pending_names else {}
    )
    apply(store.db, name, sets.get(name, ()), sets.keys())
    if store.action_id is None:
        return
    _record_dropped(store, droppable, renamings)
    if renamings:
        from officeops.store.renaming import follow

        follow(store.db, store.action_id, renamings)
        store.forget_names()
        tables = [*tables, FORMER_NAMES]
    _close_action(store, tables, before)


def before_names(renamings: Sequence[Rename], table: str) -> str:
    """Return what a table is called before some renamings that it is yet to have."""
    for renaming in reversed(renamings):
        if not renaming.field and table_of(renaming.now) == table:
            table = table_of(renaming.record)
    return table


def _differing_before(
    store: Store, tables: Iterable[str], renamings: Sequence[Rename]
) -> Iterator[tuple[tuple[str, int], Difference]]:
    """Yield the records not as recorded before the steps, by the table and columns after them."""
    if not renamings:
        for table in tables:
            yield from (((table, found.id), found) for found in _differing(store, table))
        return
    from officeops.store.renaming import renamed

    for table in tables:
        former = before_names(renamings, table)
        for found in _differing(store, former):
            yield (table, found.id), renamed(renamings, former, found)


def _tables_with_history(
    store: Store, plugin: str, others: Collection[str], but: Collection[str]
) -> dict[str, set[int]]:
    """Return a plugin's tables that the history tells of, each with the ids of its records as recorded.

    A step may drop one of them. Tables in `but` are compared by other means.
    """
    from officeops.store.migration_boundary import Boundary
    from officeops.store.row_format import quoted

    if store.action_id is None:
        return {}
    boundary = Boundary(plugin, others)
    recorded = store.db.execute("SELECT DISTINCT record FROM core_change").fetchall()
    tables: dict[str, set[int]] = {}
    for (table,) in recorded:
        if table in but or not boundary.is_own(table) or not _has_table(store.db, table):
            continue
        altered = {found.id for found in _differing(store, table)}
        ids = store.db.execute(f"SELECT id FROM {quoted(table)}").fetchall()
        tables[table] = {id_ for (id_,) in ids if id_ not in altered}
    return tables


def _record_dropped(
    store: Store, tables: Mapping[str, set[int]], renamings: Sequence[Rename]
) -> None:
    """Record that a table's records are gone with it, if a step dropped it.

    A record that was altered or deleted outside the history before stays a finding.
    """
    from officeops.store.replay import Difference, states

    into = (
        "INSERT INTO core_change (action_id, record, record_id, before, after) "
        "VALUES (?, ?, ?, ?, NULL)"
    )
    for table, ids in tables.items():
        now = table
        for renaming in renamings:
            if not renaming.field and table_of(renaming.record) == now:
                now = table_of(renaming.now)
        if _has_table(store.db, now):
            continue
        rows = [
            (store.action_id, table, state.id, Difference(state.id, state.content, None).sides[0])
            for state in states(store.db, table)
            if state.content is not None and state.id in ids
        ]
        store.db.executemany(into, rows)


def _tell_sessions(db: sqlite3.Connection) -> None:
    """Raise SQLite's count of schema changes, which sessions watch, after a step on rows alone."""
    db.execute("CREATE TABLE core_upgraded (id INTEGER)")
    db.execute("DROP TABLE core_upgraded")


def _open_action(store: Store, actor: str, name: str, metas: Iterable[Meta]) -> None:
    """Open the action of a migration, and record the triggers that it leads to.

    Before the core's own first there is no record yet.
    """
    import json

    from officeops.store.triggers import digest, of

    if store.db.execute("SELECT 1 FROM sqlite_master WHERE name = 'core_action'").fetchone():
        said = {"triggers": {trigger: digest(sql) for meta in metas for trigger, sql in of(meta)}}
        store.destroying = True
        store.action_id = int(
            store.db.execute(
                "INSERT INTO core_action (actor, at, verb, arguments, first_change) VALUES (?, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), ?, ?, "
                "1 + ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'core_change'), 0))",
                (actor, f"core.migrate.{name}", json.dumps(said)),
            ).lastrowid
            or 0
        )


def _differing(store: Store, table: str) -> Iterator[Difference]:
    """Yield the records of a table that are not as recorded; none without a history yet."""
    from officeops.store.replay import Difference, differences

    if store.action_id is not None and _has_table(store.db, table):
        yield from (each for each in differences(store.db, table) if isinstance(each, Difference))


def _close_action(
    store: Store, tables: Iterable[str], before: Mapping[tuple[str, int], Difference]
) -> None:
    """Record the changes of a migration that no trigger saw, in new, rebuilt and widened tables.

    Seal its action.

    What was not as recorded before stays so: nobody's upgrade may make an alteration pass for its
    own work.
    """
    from officeops.store.chain import seal

    if store.action_id is None:
        return
    into = "INSERT INTO core_change (action_id, record, record_id, before, after) VALUES (?, ?, ?, ?, ?)"
    for table in tables:
        found = ((each, before.get((table, each.id))) for each in _differing(store, table))
        done = (now.since(was) if was else now for now, was in found)
        # As text, and all of it before the first write: the rows that are read must not grow.
        rows = [
            (store.action_id, table, each.id, *each.sides)
            for each in done
            if each and each.actual != {}
        ]
        store.db.executemany(into, rows)
    seal(store.db, store.keys, store.action_id)


def _has_table(db: sqlite3.Connection, table: str) -> bool:
    return bool(
        db.execute(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
        ).fetchone()
    )


def apply(
    db: sqlite3.Connection, name: str, steps: Sequence[Migration], others: Collection[str] = ()
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
        migrations(name=step.name)(_runner(step, under_way))
    try:
        with inside(db, name, others):
            migrations.apply(wrapped)
    except Exception as error:
        raise MigrationFailed(name, under_way[0], error) from error


def _runner(step: Migration, under_way: list[str]) -> Callable[[Database], None]:
    up = step.up

    def run(db: Database) -> None:
        under_way[0] = step.name
        if isinstance(up, Rename):
            from officeops.store.renaming import rename

            rename(db.conn, up)
        elif callable(up):
            up(db)
        else:
            for statement in statements(up):
                db.execute(statement)

    return run


def _check(db: sqlite3.Connection, todo: list[tuple[str, str]]) -> None:
    dangling = db.execute("PRAGMA foreign_key_check").fetchone()
    if dangling:
        why = Broken(f"it leaves {dangling[0]} with references to nothing")
        raise MigrationFailed(todo[-1][0], todo[-1][1], why)
