"""Migration history: the action of a plugin's upgrade, with the changes that no trigger saw.

A step may rebuild, rename or drop a table, and its triggers with it. So each table is
compared with its history before the steps and after them, and the difference is recorded. A record
that was not as recorded before stays so: an upgrade must not make an alteration pass for its own.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from officeops.model.meta import table_of
from officeops.store.former_names import TABLE as FORMER_NAMES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from officeops.model.meta import Meta
    from officeops.store.migration import Rename
    from officeops.store.replay import Difference
    from officeops.store.store import Store

_ACTION: Final = (
    "INSERT INTO core_action (actor, at, verb, arguments, first_change) "
    "VALUES (?, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), ?, ?, "
    "1 + ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'core_change'), 0))"
)
_CHANGE: Final = (
    "INSERT INTO core_change (action_id, record, record_id, before, after) VALUES (?, ?, ?, ?, ?)"
)


def open_action(
    store: Store,
    actor: str,
    plugin: str,
    metas: Iterable[Meta],
) -> None:
    """Open the action of a plugin's upgrade, and record the triggers that it leads to.

    Before the core's own first migration there is no history yet.
    """
    from officeops.store.triggers import digest, guards_of, of

    if not has_table(store.db, "core_action"):
        return
    digests: dict[str, str] = {}
    for meta in metas:
        for name, sql in (*of(meta), *guards_of(meta)):
            digests[name] = digest(sql)
    arguments = json.dumps({"triggers": digests})
    store.destroying = True
    row = store.db.execute(_ACTION, (actor, f"core.migrate.{plugin}", arguments))
    store.action_id = int(row.lastrowid or 0)


class MigrationHistory:
    """Knows the tables of one plugin before its steps, and records what the steps did.

    `tables` are those of its declared records, by their names after the steps; `renamings` are
    those of the pending steps. An action must be open, unless there is no history yet.
    """

    def __init__(
        self,
        store: Store,
        tables: Sequence[str],
        renamings: Sequence[Rename],
    ) -> None:
        self._store, self._tables, self._renamings = store, list(tables), renamings
        self._before = dict(self._differing_before())
        #: Other tables of the plugin, which a step may drop, with the ids that are as recorded.
        self._droppable: dict[str, set[int]] = {}

    def watch_other_tables(self, plugin: str, others: Collection[str]) -> None:
        """Note the plugin's tables that no declared record has; `others` are all plugins' names."""
        from officeops.model.sql_values import quoted
        from officeops.store.migration_boundary import Boundary

        store = self._store
        if store.action_id is None:
            return
        boundary = Boundary(plugin, others)
        declared = {*self._tables, *(self._before_steps(table) for table in self._tables)}
        recorded = store.db.execute("SELECT DISTINCT record FROM core_change").fetchall()
        for (table,) in recorded:
            if table in declared or not boundary.is_own(table) or not has_table(store.db, table):
                continue
            rows = store.db.execute(f"SELECT id FROM {quoted(table)}").fetchall()
            ids = {row_id for (row_id,) in rows}
            ids.difference_update(difference.id for difference in differing(store, table))
            self._droppable[table] = ids

    def close(self) -> None:
        """Record the changes that no trigger saw, and seal the action."""
        from officeops.store.chain import seal

        store = self._store
        if store.action_id is None:
            return
        self._record_dropped()
        if self._renamings:
            from officeops.store.renaming import follow

            follow(store.db, store.action_id, self._renamings)
            store.forget_names()
            # The renaming has added rows to this table, which are changes of the action too.
            self._tables.append(FORMER_NAMES)
        for table in self._tables:
            self._record_unseen(table)
        seal(store.db, store.keys, store.action_id)

    def _record_unseen(self, table: str) -> None:
        # All rows are read before the first is written: the history must not grow under the query.
        rows: list[tuple[object, ...]] = []
        for now in differing(self._store, table):
            was = self._before.get((table, now.id))
            done = now.since(was) if was else now
            if done and done.actual != {}:
                rows.append((self._store.action_id, table, done.id, *done.sides))
        self._store.db.executemany(_CHANGE, rows)

    def _record_dropped(self) -> None:
        """Record that a table's records are gone with it, if a step dropped it."""
        from officeops.store.replay import Difference, states

        for table, ids in self._droppable.items():
            if has_table(self._store.db, self._after_steps(table)):
                continue
            rows: list[tuple[object, ...]] = []
            for state in states(self._store.db, table):
                if state.content is None or state.id not in ids:
                    continue
                before, after = Difference(state.id, state.content, None).sides
                rows.append((self._store.action_id, table, state.id, before, after))
            self._store.db.executemany(_CHANGE, rows)

    # -- names -------------------------------------------------------------------------------------

    def _differing_before(self) -> Iterator[tuple[tuple[str, int], Difference]]:
        """Yield the records not as recorded before the steps, by the names after them."""
        for table in self._tables:
            former = self._before_steps(table)
            for difference in differing(self._store, former):
                yield (table, difference.id), self._renamed(former, difference)

    def _renamed(self, table: str, difference: Difference) -> Difference:
        """Return a difference by the columns that there are after the steps."""
        if not self._renamings:
            return difference
        from officeops.store.renaming import renamed

        return renamed(self._renamings, table, difference)

    def _before_steps(self, table: str) -> str:
        # Backward, since the steps may rename a table more than once.
        for renaming in reversed(self._renamings):
            if not renaming.field and table_of(renaming.now) == table:
                table = table_of(renaming.record)
        return table

    def _after_steps(self, table: str) -> str:
        for renaming in self._renamings:
            if not renaming.field and table_of(renaming.record) == table:
                table = table_of(renaming.now)
        return table


def differing(store: Store, table: str) -> Iterator[Difference]:
    """Yield the records of a table that are not as recorded; none without a history yet."""
    from officeops.store.replay import Difference, differences

    if store.action_id is None or not has_table(store.db, table):
        return
    for difference in differences(store.db, table):
        if isinstance(difference, Difference):
            yield difference


def has_table(db: sqlite3.Connection, table: str) -> bool:
    """Whether the file has a table of that name."""
    sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return bool(db.execute(sql, (table,)).fetchone())
