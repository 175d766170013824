"""Deferred entries: the history, search and identity entries beside the new rows of a bulk action.

Triggers write an entry for each row. A bulk action drops them, and writes the entries of all rows
at its end, in a few statements.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from officeops.model.text_folding import folded_all
from officeops.office.validation import explained

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from officeops.model.identity import Identity
    from officeops.model.meta import Meta
    from officeops.model.office import Office
    from officeops.office.authorization import Authorizer
    from officeops.office.reader import Reader


class DeferredEntries:
    """Delays and writes the entries of new rows. The office is given to the code that explains a refusal."""

    def __init__(
        self,
        office: Office,
        reader: Reader,
        authorizer: Authorizer,
    ) -> None:
        self._office, self._reader, self._authorizer = office, reader, authorizer
        self._store = reader.store
        #: The open bulk action's delayed tables, and how many rows of each it has added and folded.
        self._deferred: dict[str, int] | None = None
        self._folded: dict[str, int] = {}

    def before_adding(self, meta: Meta) -> None:
        """Drop a table's triggers on new rows, where a bulk action delays their entries."""
        deferred, arming = self._store.deferred, self._store.db.arming
        if deferred is None or meta.table in deferred:
            return
        if arming.has_savepoints:
            # Going back to one would restore the triggers that count as dropped.
            self._store.deferred = None
            return
        from officeops.store.triggers import added_triggers

        deferred[meta.table] = self._reader.last_id(self._reader.records[meta.key]) + 1
        arming.leave_out(meta.table, added_triggers(meta))
        arming.end_delay = self.write

    def fold_added(
        self,
        meta: Meta,
        first: int,
        rows: int,
        known: Identity | None = None,
    ) -> None:
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

    def write(self) -> None:
        """Write the history and search entries that were delayed, and restore the triggers."""
        metas = {record.meta.table: record.meta for record in self._reader.records.values()}
        with self._authorizer.lifted():
            for table, first in (self._store.deferred or {}).items():
                self._write(metas[table], first)
        self._store.deferred = None

    def _write(self, meta: Meta, first: int) -> None:
        from officeops.store.triggers import deferred

        rows = self._reader.value(f"SELECT count(*) FROM {meta.table} WHERE id >= ?", first)
        if rows != self._folded.get(meta.table, 0):
            # An action with SQL of its own added rows, whose identities are not folded yet.
            with explained(self._office, meta, {}):
                self.fold_added(meta, first, 0)
        self._refuse_unfit(meta, first)
        for statement in deferred(meta):
            self._store.db.execute(statement, (first,))
        self._store.db.arming.put_back(meta.table)

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

    # -- identities --------------------------------------------------------------------------------

    def fold_looked_up(
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
