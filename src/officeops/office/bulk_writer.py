"""BulkWriter: writes many records at once, and may put off what is kept beside them."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from officeops.model.errors import Refused
from officeops.model.sql_values import to_sql
from officeops.office.validation import columns_in_order, explain_many, explained

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from officeops.model.identity import Identity
    from officeops.model.meta import Meta
    from officeops.model.office import Office
    from officeops.model.records import Record
    from officeops.office.action_runner import ActionRunner
    from officeops.office.authorization import Authorizer
    from officeops.office.reader import Reader
    from officeops.office.sealed_fields import SealedFields


class BulkWriter:
    """Writes many records of one kind in few statements, inside an action. The office is handed to what explains refusals."""

    def __init__(
        self,
        office: Office,
        runner: ActionRunner,
        reader: Reader,
        authorizer: Authorizer,
        seals: SealedFields,
    ) -> None:
        self._office, self._runner, self._reader = office, runner, reader
        self._store, self._plugins = reader.store, reader.plugins
        self._authorizer, self._seals = authorizer, seals
        #: What a bulk action puts off, and how many rows of each table it has added and folded.
        self._deferred: dict[str, int] | None = None
        self._folded: dict[str, int] = {}

    def add_many(self, record: type[Record], rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Write many new records at once and return their ids.

        For actions that made the rows themselves: values are as SQLite keeps them, defaults are filled in. Each field's
        kind, limits and choices, the file's own constraints and plugins' guards are asked; `check` of the record is not.
        """
        from officeops.store.bulk_insert import insert_columns

        self._runner.must_be_inside()
        if not rows:
            return []
        meta, first = record.meta, self._reader.last_id(record) + 1
        for row in rows if meta.guarded else ():
            self._authorizer.allow_values(meta, row)
        columns = _columns(meta, rows)
        columns_in_order(self._office, meta, columns)
        self.before_adding(meta)
        if meta.sealed:
            rows = [self._sealed_row(meta, id_, row) for id_, row in enumerate(rows, first)]
            columns = _columns(meta, rows)
        ids = range(first, first + len(rows))
        try:
            insert_columns(self._store.db, meta, {"id": ids, **columns})
            self.fold_added(meta, first, len(rows))
        except sqlite3.IntegrityError as error:
            raise Refused(
                explain_many(self._office, error, meta, dict(zip(ids, rows, strict=True))),
                meta.label,
            ) from error
        if self._plugins.implements("validate") or self._plugins.implements("changed"):
            blank = {f.name: None if f.required else to_sql(f.default) for f in meta.fields}
            for id_, row in zip(ids, rows, strict=True):
                self._runner.note(meta, id_, None, {**blank, **row})
        else:
            self._runner.expect(meta, len(rows))
        return list(ids)

    def _sealed_row(self, meta: Meta, id: int, row: Mapping[str, Any]) -> dict[str, Any]:  # noqa: A002 - the column's name
        return {
            **row,
            **{name: to_sql(value) for name, value in self._seals.sealed(meta, id, row).items()},
        }

    def before_adding(self, meta: Meta) -> None:
        """Take a table's triggers of added rows away, where a bulk action puts off what they write."""
        deferred = self._store.deferred
        if deferred is not None and meta.table not in deferred:
            from officeops.store.triggers import added_triggers

            deferred[meta.table] = self._reader.last_id(self._reader.records[meta.key]) + 1
            with self._authorizer.lifted():
                for name in added_triggers(meta):
                    self._store.db.execute(f"DROP TRIGGER {name}")

    def fold_added(self, meta: Meta, first: int, rows: int, known: Identity | None = None) -> None:
        """Write the unique entries of rows just added, from an id on, where a bulk action took the triggers away that do.

        Raises sqlite3.IntegrityError, as those do, where one is another live record's. Of `known` the caller has seen that
        none is, and has written the entries.
        """
        if self._store.deferred is None or not meta.identities:
            return
        from officeops.store.folded_identities import TAKEN, clashing, put_off

        with self._authorizer.lifted():
            unique = [
                identity for identity in meta.identities if identity.unique and identity != known
            ]
            for identity in unique:
                self._store.db.execute(put_off(meta, identity), (first,))
            for identity in unique:
                if self._reader.value(clashing(meta, identity), first):
                    raise sqlite3.IntegrityError(f"{TAKEN} {meta.table}.{identity.name}")
        folded = self._folded_now()
        folded[meta.table] = folded.get(meta.table, 0) + rows

    def write_deferred(self) -> None:
        """Write the history and the search entries that were put off, each table's in one piece, and put its triggers back."""
        from officeops.store.triggers import added_triggers, deferred

        metas = {record.meta.table: record.meta for record in self._reader.records.values()}
        with self._authorizer.lifted():
            for table, first in (self._store.deferred or {}).items():
                # What came in past the office's own ways is folded, and looked at, here.
                if self._reader.value(
                    f"SELECT count(*) FROM {table} WHERE id >= ?", first
                ) != self._folded.get(table, 0):
                    with explained(self._office, metas[table], {}):
                        self.fold_added(metas[table], first, 0)
                for statement in deferred(metas[table]):
                    self._store.db.execute(statement, (first,))
                for statement in added_triggers(metas[table]).values():
                    self._store.db.execute(statement)
        self._store.deferred = None

    def _folded_now(self) -> dict[str, int]:
        """Return how many rows of each table the open action has folded; what another one put off does not count."""
        if self._deferred is not self._store.deferred:
            self._deferred, self._folded = self._store.deferred, {}
        return self._folded


def _columns(meta: Meta, rows: Sequence[Mapping[str, Any]]) -> dict[str, Sequence[Any]]:
    """Return the values of rows by their columns.

    Rows alike in their columns, as they nearly always are, leave the defaults to SQLite: half the values to bind.
    """
    names = tuple(rows[0])
    if set(map(tuple, rows)) == {names}:
        return dict(zip(names, zip(*[row.values() for row in rows], strict=True), strict=True))
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    defaults = {f.name: to_sql(f.default) for f in meta.fields if not f.required}
    return {name: [row.get(name, defaults.get(name)) for row in rows] for name in names}
