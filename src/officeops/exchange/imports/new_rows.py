"""NewRows: writes the rows of a file that are new records, many at once."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from officeops.exchange.importer import column_of, columns_of
from officeops.model.change import Change
from officeops.model.errors import Problem, Refused
from officeops.model.text_folding import folded_all
from officeops.office.validation import explain
from officeops.store.bulk_insert import insert_columns, insert_rows
from officeops.store.folded_identities import put_off, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.exchange.importer import Row
    from officeops.exchange.imports.context import ImportContext
    from officeops.model.identity import Identity

#: So many of the first new rows are shown on a dry run.
_PREVIEWED = 10


class NewRows:
    """Adds the new records of one import. `first_id` is the id of the first of them."""

    def __init__(self, context: ImportContext, first_id: int) -> None:
        self._context = context
        self._office, self._meta = context.office, context.meta
        self._next_id = self._first_id = first_id
        # A savepoint a piece costs a third of the time: it is for files that the office's own
        # uniqueness or a plugin's guard may refuse a row of.
        unique: set[tuple[str, ...]] = {
            (field.name,) for field in self._meta.fields if field.unique
        }
        unique |= set(self._meta.unique_together)
        others = unique - {context.keys.best}
        self._may_clash = bool(others) or self._office.plugins.implements("validate")
        #: The fields that every row of the piece under way goes by; none where they differ.
        self.sole_key: tuple[str, ...] = ()

    def is_new(self, record_id: int) -> bool:
        """Whether this import added a record."""
        return record_id >= self._first_id

    def add(self, rows: list[Row]) -> list[Row]:
        """Add records for rows and return the rows that were added; the others are noted."""
        if not rows:
            return rows
        for number, row in enumerate(rows, self._next_id):
            row.id = number
        self._next_id += len(rows)
        self._office.bulk.before_adding(self._meta)
        if self._meta.sealed:
            rows = [row for row in rows if self._seal(row)]
        if rows:
            rows = self._write(rows)
        self._announce(rows)
        outcome, importer = self._context.outcome, self._context.importer
        importer.added(rows)
        outcome.added += len(rows)
        for row in rows[: _PREVIEWED - len(outcome.preview)]:
            outcome.preview.append({**row.values, **row.extra})
        return rows

    def _seal(self, row: Row) -> bool:
        """Seal a new row's values; note a row with the unique value of another record."""
        try:
            self._context.sealed.new(row)
        except Refused as error:
            self._refuse(row, error.problems)
            return False
        return True

    def _write(self, rows: list[Row]) -> list[Row]:
        """Write rows; where some may clash, one by one once any does.

        Returns those that were written.
        """
        if not self._may_clash:
            self._insert(rows)
            self._fold(rows)
            return rows
        db = self._office.store.db
        db.execute("SAVEPOINT piece")
        try:
            self._insert(rows)
            self._fold(rows)
            self._guard(rows)
        except (sqlite3.IntegrityError, Refused):
            db.execute("ROLLBACK TO piece")
            rows = [row for row in rows if self._write_one(row)]
        db.execute("RELEASE piece")
        return rows

    def _write_one(self, row: Row) -> bool:
        """Write one row of a piece with a row that cannot be written; note it if it is the one."""
        db = self._office.store.db
        db.execute("SAVEPOINT one")
        try:
            self._insert([row])
            self._fold([row])
            self._guard([row])
        except (sqlite3.IntegrityError, Refused) as error:
            db.execute("ROLLBACK TO one")
            row.bad = True
            self._refuse(row, self.refusals(error, row))
            return False
        finally:
            db.execute("RELEASE one")
        return True

    def _refuse(self, row: Row, problems: Sequence[Problem]) -> None:
        for problem in problems:
            self._context.reader.refuse(row, problem.field, problem.message)

    def refusals(self, error: sqlite3.IntegrityError | Refused, row: Row) -> list[Problem]:
        """Return why the file, a record's rule or a plugin's guard refuses a row."""
        if isinstance(error, Refused):
            return error.problems
        existing = 0 if self.is_new(row.id) else row.id
        return explain(self._office, error, self._meta, row.values, existing)

    # -- rows and their identities ----------------------------------------------------------------

    def _insert(self, rows: list[Row]) -> None:
        columns = {"id": [row.id for row in rows], **columns_of(rows)}
        insert_columns(self._office.store.db, self._meta, columns)

    def _fold(self, rows: list[Row]) -> None:
        """Write the folded identities of new rows, so that the next piece finds them by its keys.

        No record had the key of these rows when they were looked up, so that one needs no further
        check.
        """
        key = self._context.keys.identity(self.sole_key)
        if key:
            with self._office.lifted():
                self._fold_key(key, rows)
        self._office.bulk.fold_added(self._meta, rows[0].id, len(rows), key)

    def _fold_key(self, key: Identity, rows: list[Row]) -> None:
        """Write the entries of the rows' key.

        One text is folded here: SQLite would fold each by a call of its own.
        """
        db = self._office.store.db
        texts = column_of(rows, key.columns[0])
        if len(key.columns) > 1 or set(map(type, texts)) != {str}:
            db.execute(put_off(self._meta, key), (rows[0].id,))
            return
        forms = zip(folded_all(texts), [row.id for row in rows], strict=True)
        # In the order in which SQLite stores them.
        entries = [(key.name, form, number) for form, number in sorted(forms)]
        insert_rows(db, table_of(self._meta), ("identity", "folded", "id"), entries)

    # -- plugins ----------------------------------------------------------------------------------

    def _announce(self, rows: list[Row]) -> None:
        """Have plugins learn of new rows after the commit, where any plugin wants to."""
        if self._office.plugins.implements("changed"):
            self._office.runner.wrote(self.change(row.id, None, row.values) for row in rows)

    def change(
        self, record_id: int, before: dict[str, Any] | None, after: dict[str, Any]
    ) -> Change:
        """Return the change of a record as plugins see it."""
        key = self._meta.key
        return Change(key, record_id, before, after, self._office.actor, f"{key}.import")

    def _guard(self, rows: list[Row]) -> None:
        """Have plugins' guards check each row, where any plugin guards writes."""
        if self._office.plugins.implements("validate"):
            for row in rows:
                self.validate(row.id, None, row.values)

    def validate(
        self, record_id: int, before: dict[str, Any] | None, after: dict[str, Any]
    ) -> None:
        """Raise Refused with every objection of a plugin's guard to a change."""
        change = self.change(record_id, before, after)
        objections = self._office.plugins.guard("validate", office=self._office, change=change)
        problems = [
            Problem(f"{problem.message} ({plugin})", problem.field)
            for plugin, problem in objections
        ]
        if problems:
            raise Refused(problems, self._meta.label)
