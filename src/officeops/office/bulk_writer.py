"""BulkWriter: writes many records of one kind at once."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from officeops.model.errors import Refused
from officeops.model.sql_values import to_sql
from officeops.office.deferred_entries import DeferredEntries
from officeops.office.validation import columns_in_order, explain_many, has_untidy, tidied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

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
        seals: Callable[[], SealedFields],
    ) -> None:
        self._office, self._runner, self._reader = office, runner, reader
        self._store, self._plugins = reader.store, reader.plugins
        self._authorizer, self._seals = authorizer, seals
        #: The entries beside new rows, which a bulk action may delay.
        self.deferred = DeferredEntries(office, reader, authorizer)

    def add_many(self, record: type[Record], rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Write many new records, with values as SQLite keeps them; return their ids.

        A date or an instant may be given as one, too. For actions that made the rows themselves; fields that a row leaves out get their defaults.
        Each field's kind, limits and choices are checked, and so are the file's constraints and
        plugins' guards, but not `check` of the record.
        """
        self._runner.must_be_inside()
        if not rows:
            return []
        meta = record.meta
        rows = self._with_defaults(meta, rows)
        if meta.guarded:
            for row in rows:
                self._authorizer.allow_values(meta, row)
        columns = _columns(meta, rows)
        if unknown := columns.keys() - meta.by_name.keys():
            raise TypeError(f"{meta.key} has no field {', '.join(sorted(unknown))}")
        if _has_days(columns):
            rows = [{name: _kept(value) for name, value in row.items()} for row in rows]
            columns = _columns(meta, rows)
        if has_untidy(meta, columns):
            rows = [{**row, **tidied(meta, row)} for row in rows]
            columns = _columns(meta, rows)
        # The ids are needed before the write, since a value is sealed for its row.
        first = self._reader.last_id(record) + 1
        ids = range(first, first + len(rows))
        # A demo tells its past by rows, which are in the middle of their lives.
        is_new = not self._store.is_made_up
        columns_in_order(self._office, meta, columns, ids, begins=is_new)
        if meta.sealed:
            rows = [self._sealed_row(meta, id_, row) for id_, row in enumerate(rows, first)]
            columns = _columns(meta, rows)
        self._insert(meta, first, rows, columns)
        self._note(meta, first, rows)
        return list(ids)

    def _with_defaults(
        self, meta: Meta, rows: Sequence[Mapping[str, Any]]
    ) -> Sequence[Mapping[str, Any]]:
        """Give rows the defaults that are functions, each asked once for all of them."""
        asked: dict[str, object] = {}
        for field in meta.fields:
            if field.default_of is not None:
                asked[field.name] = to_sql(field.default_of(self._office))
        return [{**asked, **row} for row in rows] if asked else rows

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
            raise explain_many(self._office, error, meta, by_id) from error

    def _note(
        self,
        meta: Meta,
        first: int,
        rows: Sequence[Mapping[str, Any]],
    ) -> None:
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
        sealed = self._seals().sealed(meta, id, row)
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
        self.deferred.before_adding(meta)
        db = self._store.db
        with db.checked(meta.table):
            insert_columns(db, meta, columns)
        if self._store.deferred is None:
            return
        ids = columns["id"]
        if looked_up is not None:
            self.deferred.fold_looked_up(meta, looked_up, ids, columns)
        self.deferred.fold_added(meta, ids[0], len(ids), looked_up)

    @contextmanager
    def attempt(self, meta: Meta) -> Iterator[None]:
        """Undo the new rows of a table that are written inside, if any is refused.

        The refusal, sqlite3.IntegrityError or Refused, is raised again.
        """
        # Outside the savepoint: its end must not restore triggers that count as dropped.
        self.deferred.before_adding(meta)
        db = self._store.db
        with db.checked(meta.table):
            db.execute("SAVEPOINT attempt")
        try:
            yield
        except (sqlite3.IntegrityError, Refused):
            with db.checked(meta.table):
                db.execute("ROLLBACK TO attempt")
                db.execute("RELEASE attempt")
            raise
        with db.checked(meta.table):
            db.execute("RELEASE attempt")


def _has_days(columns: Mapping[str, Sequence[Any]]) -> bool:
    """Whether any value is a date or an instant, and no text of one."""
    types = {type(value) for column in columns.values() for value in column}
    return not types.isdisjoint({date, datetime})


def _kept(value: object) -> object:
    """Return a value as SQLite keeps it; an instant without a zone is refused as it is."""
    has_no_zone = isinstance(value, datetime) and value.tzinfo is None
    return value if has_no_zone else to_sql(value)


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
