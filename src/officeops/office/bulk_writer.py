"""BulkWriter: writes many records at once, and can delay the entries that are kept beside them."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from officeops.model.errors import Refused
from officeops.model.sql_values import to_sql
from officeops.model.text_folding import folded_all
from officeops.office.validation import columns_in_order, explain_many, explained

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from officeops.model.identity import Identity
    from officeops.model.meta import Meta
    from officeops.model.office import Office
    from officeops.model.records import Record
    from officeops.office.action_runner import ActionRunner
    from officeops.office.authorization import Authorizer
    from officeops.office.reader import Reader
    from officeops.office.sealed_fields import SealedFields


class BulkWriter:
    """Writes many records of one kind in few statements, inside an action.

    The office is given to the code that explains a refusal.
    """

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
        #: The open bulk action's delayed tables, and how many rows of each it has added and folded.
        self._deferred: dict[str, int] | None = None
        self._folded: dict[str, int] = {}

    def add_many(self, record: type[Record], rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Write many new records, with values as SQLite keeps them; return their ids.

        For actions that made the rows themselves; fields that a row leaves out get their defaults.
        Each field's kind, limits and choices are checked, and so are the file's constraints and
        plugins' guards, but not `check` of the record.
        """
        self._runner.must_be_inside()
        if not rows:
            return []
        meta = record.meta
        if meta.guarded:
            for row in rows:
                self._authorizer.allow_values(meta, row)
        columns = _columns(meta, rows)
        columns_in_order(self._office, meta, columns)
        first = self._reader.last_id(record) + 1
        if meta.sealed:
            rows = [self._sealed_row(meta, id_, row) for id_, row in enumerate(rows, first)]
            columns = _columns(meta, rows)
        self._insert(meta, first, rows, columns)
        self._note(meta, first, rows)
        return list(range(first, first + len(rows)))

    def _insert(
        self,
        meta: Meta,
        first: int,
        rows: Sequence[Mapping[str, Any]],
        columns: Mapping[str, Sequence[Any]],
    ) -> None:
        """Insert rows with ids from `first` on.

        Raises Refused for the first row that the file refuses.
        """
        ids = range(first, first + len(rows))
        try:
            self.insert_rows(meta, {"id": ids, **columns})
        except sqlite3.IntegrityError as error:
            by_id = dict(zip(ids, rows, strict=True))
            problems = explain_many(self._office, error, meta, by_id)
            raise Refused(problems, meta.label) from error

    def _note(self, meta: Meta, first: int, rows: Sequence[Mapping[str, Any]]) -> None:
        """Tell plugins of the rows, if one wants to know; else count them, which costs nothing."""
        if not (self._plugins.implements("validate") or self._plugins.implements("changed")):
            self._runner.expect(meta, len(rows))
            return
        blank = {
            field.name: None if field.required else to_sql(field.default) for field in meta.fields
        }
        for id_, row in enumerate(rows, first):
            self._runner.note(meta, id_, None, {**blank, **row})

    def _sealed_row(
        self,
        meta: Meta,
        id: int,  # noqa: A002
        row: Mapping[str, Any],
    ) -> dict[str, Any]:
        sealed = self._seals.sealed(meta, id, row)
        return {**row, **{name: to_sql(value) for name, value in sealed.items()}}

    # -- rows that the caller has checked --------------------------------------------------------

    def insert_rows(
        self,
        meta: Meta,
        columns: Mapping[str, Sequence[Any]],
        looked_up: Identity | None = None,
    ) -> None:
        """Insert rows by their columns, as SQLite keeps them; `id` is one, in ascending order.

        No rule of the record and no plugin is asked here. `looked_up` is an identity that the
        caller looked up in the office for every row, and found no other record with. Raises
        sqlite3.IntegrityError for a row that the file refuses; others may be written then.
        """
        from officeops.store.bulk_insert import insert_columns

        self._runner.must_be_inside()
        self.before_adding(meta)
        insert_columns(self._store.db, meta, columns)
        if self._store.deferred is None:
            return
        ids = columns["id"]
        if looked_up is not None:
            self._fold_looked_up(meta, looked_up, ids, columns)
        self.fold_added(meta, ids[0], len(ids), looked_up)

    def _fold_looked_up(
        self,
        meta: Meta,
        identity: Identity,
        ids: Sequence[int],
        columns: Mapping[str, Sequence[Any]],
    ) -> None:
        """Write the folded entries of an identity that needs no check.

        One text a row is folded here: SQLite would fold each by a call of its own.
        """
        from officeops.store.bulk_insert import insert_rows
        from officeops.store.folded_identities import put_off, table_of

        texts = columns[identity.columns[0]]
        with self._authorizer.lifted():
            if len(identity.columns) > 1 or set(map(type, texts)) != {str}:
                self._store.db.execute(put_off(meta, identity), (ids[0],))
                return
            # Sorted, as SQLite stores them.
            by_form = sorted(zip(folded_all(texts), ids, strict=True))
            entries = [(identity.name, form, id_) for form, id_ in by_form]
            into = ("identity", "folded", "id")
            insert_rows(self._store.db, table_of(meta), into, entries)

    @contextmanager
    def attempt(self, meta: Meta) -> Iterator[None]:
        """Undo the new rows of a table that are written inside, if any is refused.

        The refusal, sqlite3.IntegrityError or Refused, is raised again.
        """
        # Outside the savepoint: its end must not restore triggers that count as dropped.
        self.before_adding(meta)
        db = self._store.db
        db.execute("SAVEPOINT attempt")
        try:
            yield
        except (sqlite3.IntegrityError, Refused):
            db.execute("ROLLBACK TO attempt")
            db.execute("RELEASE attempt")
            raise
        db.execute("RELEASE attempt")

    # -- delayed history -------------------------------------------------------------------------

    def before_adding(self, meta: Meta) -> None:
        """Drop a table's triggers on new rows, where a bulk action delays their entries."""
        deferred = self._store.deferred
        if deferred is None or meta.table in deferred:
            return
        from officeops.store.triggers import added_triggers

        deferred[meta.table] = self._reader.last_id(self._reader.records[meta.key]) + 1
        with self._authorizer.lifted():
            for name in added_triggers(meta):
                self._store.db.execute(f"DROP TRIGGER {name}")

    def fold_added(self, meta: Meta, first: int, rows: int, known: Identity | None = None) -> None:
        """Write the folded identities of new rows, from an id on, in place of the dropped triggers.

        Raises sqlite3.IntegrityError, as the triggers do, where another live record has one. The
        caller has checked and written the entries of `known`.
        """
        if self._store.deferred is None or not meta.identities:
            return
        from officeops.store.file_refusals import TAKEN
        from officeops.store.folded_identities import clashing, put_off

        unique = [identity for identity in meta.identities if identity.unique and identity != known]
        with self._authorizer.lifted():
            for identity in unique:
                self._store.db.execute(put_off(meta, identity), (first,))
            for identity in unique:
                if self._reader.value(clashing(meta, identity), first):
                    raise sqlite3.IntegrityError(f"{TAKEN} {meta.table}.{identity.name}")
        folded = self._folded_now()
        folded[meta.table] = folded.get(meta.table, 0) + rows

    def write_deferred(self) -> None:
        """Write the history and search entries that were delayed, and restore the triggers."""
        metas = {record.meta.table: record.meta for record in self._reader.records.values()}
        with self._authorizer.lifted():
            for table, first in (self._store.deferred or {}).items():
                self._write_deferred(metas[table], first)
        self._store.deferred = None

    def _write_deferred(self, meta: Meta, first: int) -> None:
        from officeops.store.triggers import added_triggers, deferred

        rows = self._reader.value(f"SELECT count(*) FROM {meta.table} WHERE id >= ?", first)
        if rows != self._folded.get(meta.table, 0):
            # An action with SQL of its own added rows, whose identities are not folded yet.
            with explained(self._office, meta, {}):
                self.fold_added(meta, first, 0)
        self._refuse_unfit(meta, first)
        for statement in deferred(meta):
            self._store.db.execute(statement, (first,))
        for statement in added_triggers(meta).values():
            self._store.db.execute(statement)

    def _refuse_unfit(self, meta: Meta, first: int) -> None:
        """Raise Refused for a new row with a value that its field does not take, from an id on."""
        from officeops.store.field_triggers import first_unfit
        from officeops.store.file_refusals import UNFIT

        query = first_unfit(meta)
        column = self._reader.value(query, first) if query else None
        if column:
            with explained(self._office, meta, {}):
                raise sqlite3.IntegrityError(f"{UNFIT} {meta.table}.{column}")

    def _folded_now(self) -> dict[str, int]:
        """Return how many rows of each table the open action has folded, counted from its start."""
        if self._deferred is not self._store.deferred:
            self._deferred, self._folded = self._store.deferred, {}
        return self._folded


def _columns(meta: Meta, rows: Sequence[Mapping[str, Any]]) -> dict[str, Sequence[Any]]:
    """Turn rows into columns.

    Rows alike in their names, as they nearly always are, leave the defaults to SQLite: half the
    values to bind.
    """
    names = tuple(rows[0])
    if set(map(tuple, rows)) == {names}:
        columns = zip(*[row.values() for row in rows], strict=True)
        return dict(zip(names, columns, strict=True))
    all_names = dict.fromkeys(name for row in rows for name in row)
    defaults = {field.name: to_sql(field.default) for field in meta.fields if not field.required}
    return {name: [row.get(name, defaults.get(name)) for row in rows] for name in all_names}
