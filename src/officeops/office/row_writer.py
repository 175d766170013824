"""RowWriter: writes one record's row as SQLite keeps it, without asking the record's rules."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from officeops.model.errors import Refused
from officeops.model.sealed_value import as_kept
from officeops.office.validation import explain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from officeops.model.meta import Meta
    from officeops.model.office import Office
    from officeops.model.records import Record
    from officeops.office.action_runner import ActionRunner
    from officeops.office.authorization import Authorizer
    from officeops.office.reader import Reader
    from officeops.office.sealed_fields import SealedFields


class RowWriter:
    """Inserts and changes rows, and notes them for the history. The office explains refusals."""

    def __init__(
        self,
        office: Office,
        runner: ActionRunner,
        reader: Reader,
        authorizer: Authorizer,
        seals: Callable[[], SealedFields],
    ) -> None:
        self._office = office
        self._runner = runner
        self._reader = reader
        self._store = reader.store
        self._authorizer = authorizer
        self._seals = seals

    def insert(self, meta: Meta, values: Mapping[str, object]) -> int:
        """Insert a row and return its id.

        Raises sqlite3.IntegrityError where the file refuses it.
        """
        columns = ", ".join(values)
        marks = ", ".join("?" * len(values))
        sql = f"INSERT INTO {meta.table} ({columns}) VALUES ({marks})"
        cursor = self._write(meta, sql, list(values.values()))
        return int(cursor.lastrowid or 0)

    def update(
        self,
        meta: Meta,
        id: int,  # noqa: A002 - the column's name
        values: Mapping[str, object],
        *,
        version: int | None = None,
    ) -> int:
        """Write columns of one row, as SQLite keeps them; return how many rows that changed.

        Every change of a record's row is this statement: an edit's, an import's, an undo's and a
        rotation's of keys. With a `version`, a row of another version is not changed.
        """
        sets = ", ".join(f"{name} = ?" for name in values)
        sql = f"UPDATE {meta.table} SET {sets}, version = version + 1 WHERE id = ?"
        parameters = [*values.values(), id]
        if version is not None:
            sql += " AND version = ?"
            parameters.append(version)
        return self._write(meta, sql, parameters).rowcount

    def _write(
        self,
        meta: Meta,
        sql: str,
        values: list[object],
    ) -> sqlite3.Cursor:
        """Run a statement whose values were checked."""
        db = self._store.db
        with db.checked(meta.table):
            return db.execute(sql, values)

    def update_checked(
        self,
        meta: Meta,
        id: int,  # noqa: A002
        before: dict[str, Any],
        after: dict[str, Any],
        *,
        version: int,
    ) -> None:
        """Change one row of a bulk action that has checked it; plugins follow after the commit.

        Raises sqlite3.IntegrityError where the file refuses it.
        """
        self.update(meta, id, after, version=version)
        self._runner.expect(meta)
        self._runner.changes.announce_rows(meta, [(id, before, after)])

    def follow(
        self,
        meta: Meta,
        ids: Sequence[int],
        before: Mapping[str, int | str],
        after: Mapping[str, int | str],
    ) -> None:
        """Have rows name another record in some columns, in one statement, for a merge.

        Plugins guard each row and follow it after the commit. Raises Refused.
        """
        rows: list[Any] = [(number, before, after) for number in ids]
        changes = self._runner.changes
        # Guarded before any is written, so that a refusal leaves all of them as they are.
        changes.guard_rows(meta, rows)
        # In the text, since a statement binds only so many values; int() keeps all else out.
        marks = ",".join(str(int(number)) for number in ids)
        columns = ", ".join(f"{column} = ?" for column in after)
        sql = f"UPDATE {meta.table} SET {columns}, version = version + 1 WHERE id IN ({marks})"
        try:
            self._write(meta, sql, list(after.values()))
        except sqlite3.IntegrityError as error:
            problems = explain(self._office, error, meta, after)
            raise Refused(problems, meta.label) from error
        self._runner.expect(meta, len(ids))
        changes.announce_rows(meta, rows)

    def move_back(
        self,
        meta: Meta,
        ids: Sequence[int],
        before: Mapping[str, int | str],
        after: Mapping[str, int | str],
    ) -> None:
        """Have rows name what they named before a merge; older values need not fit today's limits."""
        self._store.undoing = True
        try:
            self.follow(meta, ids, before, after)
        finally:
            self._store.undoing = False

    def put_back(
        self,
        record: type[Record],
        id: int,  # noqa: A002
        values: Mapping[str, Any],
        now: Mapping[str, Any],
    ) -> None:
        """Restore values as SQLite keeps them, for undo, which checked the present ones."""
        meta = record.meta
        if not values:
            # A former version kept an entry of SQL that wrote the values that were there.
            return
        if meta.sealed:
            # The file's own index compares the digests of one key only.
            self._refuse_twin(record, id, values)
        if meta.fixed:
            from officeops.office.fixed_references import parted

            problems = list(parted(self._office, meta, id, values))
            if problems:
                raise Refused(problems, f"{meta.label} #{id}")
        self._store.undoing = True
        try:
            self.update(meta, id, values)
        except sqlite3.IntegrityError as error:
            present = self._reader.get(record, id)
            after = {**present.__dict__, **values}
            problems = explain(self._office, error, meta, after, id)
            raise Refused(problems, f"{meta.label} {present.human_key}") from error
        finally:
            self._store.undoing = False
        self._runner.note(meta, id, dict(now), dict(values))

    def reseal(self, meta: Meta, id: int, values: Mapping[str, object]) -> None:  # noqa: A002
        """Write sealed values of a record under another key.

        Their contents are the same, so neither its rules nor plugins are asked.
        """
        # A rotation of keys has to reach every row, also those that the person may not see.
        with self._authorizer.lifted():
            self.update(meta, id, values)
        self._runner.expect(meta)

    def _refuse_twin(
        self,
        record: type[Record],
        id: int,  # noqa: A002
        values: Mapping[str, Any],
    ) -> None:
        """Raise Refused where another record has got a unique sealed value that comes back."""
        meta = record.meta
        present = self._reader.get(record, id)
        after = {**present.__dict__, **values}
        for field in meta.sealed:
            token = values.get(field.name)
            if token:
                after[field.name] = as_kept(token)
        if after["archived_at"] is None and meta.sealed:
            self._seals().no_twin(meta, id, after)
