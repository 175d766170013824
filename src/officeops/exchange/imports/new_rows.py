"""NewRows: writes the rows of a file that are new records, many at once."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from officeops.exchange.importer import column_of, columns_of
from officeops.model.errors import Reason, Refused
from officeops.office.validation import explain
from officeops.query.new_references import misfits_in, rows_decide
from officeops.query.own_number import OWN_NUMBER
from officeops.store.folded_identities import alike

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.exchange.importer import Row
    from officeops.exchange.imports.context import ImportContext
    from officeops.model.identity import Identity
    from officeops.office.action_changes import RowChange

_USED_BEFORE: Final = Reason(
    "is of an archived record; unarchive that, or leave it blank to add a record with a new number",
    code="taken",
)
_USED_IN_FILE: Final = Reason(
    "is the number that an earlier row got; leave it blank to add a record with a new number",
    code="taken",
)
#: So many of the first new rows are shown on a dry run.
_PREVIEWED = 10


class NewRows:
    """Adds the new records of one import. `first_id` is the id of the first of them."""

    def __init__(self, context: ImportContext, first_id: int) -> None:
        self._context = context
        self._importer = context.importer
        self._keys = context.keys
        self._outcome = context.outcome
        self._office = context.office
        self._meta = context.meta
        self._writer = self._office.bulk
        self._changes = self._office.runner.changes
        self._next_id = self._first_id = first_id
        #: The ids that rows of a file with own numbers have taken.
        self._numbers: set[int] = set()
        #: Whether a look-up reads every record: else the key of a row may be of one out of reach.
        self._sees_all = not self._office.within_reach(context.record, "id")
        self._may_be_refused = self._may_clash() or self._office.plugins.implements("validate")
        #: The fields that every row of the piece under way goes by; none where they differ.
        self.sole_key: tuple[str, ...] = ()

    def _may_clash(self) -> bool:
        """Whether a row may have a unique value of another record by which no row is looked up."""
        unique = set(self._meta.unique_together)
        for field in self._meta.fields:
            if field.unique:
                unique.add((field.name,))
        if self._sees_all:
            unique.discard(self._keys.best)
        return bool(unique)

    def is_new(self, record_id: int) -> bool:
        """Whether this import added a record."""
        return record_id >= self._first_id

    def add(self, rows: list[Row]) -> list[Row]:
        """Add records for rows and return the rows that were added; the others are noted."""
        rows = self._wanted(self._context.reader.good_new(rows))
        rows = self._numbered(self._pointing_right(rows))
        if not rows:
            return rows
        if self._meta.sealed:
            rows = [row for row in rows if self._seal(row)]
        if rows:
            rows = self._write(rows)
        self._changes.announce_rows(self._meta, _as_changes(rows))
        self._importer.added(rows)
        if self._context.children is not None:
            self._context.children.add(rows, self.refuse)
        self._count(rows)
        return rows

    def _wanted(self, rows: list[Row]) -> list[Row]:
        """Return the rows that the importer does not leave out; it says why of the others."""
        left = set()
        for row, why in self._importer.leave_out(rows):
            left.add(row.line)
            self._importer.left.append(f"Line {row.line:,} was left out: {why}.")
        return [row for row in rows if row.line not in left] if left else rows

    def _pointing_right(self, rows: list[Row]) -> list[Row]:
        """Return the rows whose references may point where they do; the others are noted."""
        refuse = self._context.reader.refuse
        columns = {}
        for field in self._meta.fields:
            if field.target or rows_decide(self._meta):
                columns[field.name] = column_of(rows, field.name)
        for field, problems in misfits_in(self._office, self._meta, columns):
            for place, problem in problems.items():
                refuse(rows[place], field.name, problem.reason())
        for row, name, why in self._importer.refuse_new(rows):
            refuse(row, name, why)
        return [row for row in rows if not row.bad]

    def _numbered(self, rows: list[Row]) -> list[Row]:
        """Give new rows their ids: their own numbers, where the file has such a column.

        No id is used twice in an office, so a number that it had before is refused.
        """
        if not self._context.has_numbers:
            for number, row in enumerate(rows, self._next_id):
                row.id = number
            self._next_id += len(rows)
            return rows
        before = {row.number for row in rows if row.number and row.number < self._first_id}
        unseen = self._office.out_of_reach(self._context.record, before)
        for row in rows:
            if why := self._why_not(row.number, unseen):
                self._context.reader.refuse(row, OWN_NUMBER, why)
                continue
            row.id = row.number or self._next_id
            self._numbers.add(row.id)
            self._next_id = max(self._next_id, row.id + 1)
        return [row for row in rows if not row.bad]

    def _why_not(self, number: int | None, unseen: set[int]) -> Reason | None:
        """Return why a new record cannot have a number; `unseen` are those of records out of reach."""
        if not number:
            return None
        if number in unseen:
            return Reason(
                f"is taken by another {self._meta.one}: one that you may not see. "
                "Leave it blank to add a record with a new number",
                code="taken",
            )
        if number < self._first_id:
            return _USED_BEFORE
        return _USED_IN_FILE if number in self._numbers else None

    def _count(self, rows: list[Row]) -> None:
        """Count added rows, and keep the first ones to show."""
        self._outcome.added += len(rows)
        preview = self._outcome.preview
        for row in rows[: _PREVIEWED - len(preview)]:
            children = self._context.children
            brought = {} if children is None else children.shown(row)
            preview.append({**row.values, **row.extra, **brought})

    def _seal(self, row: Row) -> bool:
        """Seal a new row's values; note a row with the unique value of another record."""
        try:
            self._context.sealed.new(row)
        except Refused as error:
            self.refuse(row, error)
            return False
        return True

    # -- writing ----------------------------------------------------------------------------------

    def _write(self, rows: list[Row]) -> list[Row]:
        """Write rows; where some may be refused, one by one once any is.

        Returns those that were written.
        """
        # A savepoint a piece costs a third of the time: it is for files that the office's own
        # uniqueness or a plugin's guard may refuse a row of.
        if not self._may_be_refused:
            self._insert(rows)
            return rows
        try:
            with self._writer.attempt(self._meta):
                self._insert(rows)
                self._changes.guard_rows(self._meta, _as_changes(rows))
        except (sqlite3.IntegrityError, Refused):
            return [row for row in rows if self._write_one(row)]
        return rows

    def _write_one(self, row: Row) -> bool:
        """Write one row of a piece with a row that cannot be written; note it if it is the one."""
        try:
            with self._writer.attempt(self._meta):
                self._insert([row])
                self._changes.guard_rows(self._meta, _as_changes([row]))
        except (sqlite3.IntegrityError, Refused) as error:
            self.refuse(row, error)
            return False
        return True

    def _insert(self, rows: list[Row]) -> None:
        """Insert rows and their identities, so that the next piece finds them by its keys."""
        columns = {"id": [row.id for row in rows], **columns_of(rows)}
        self._writer.insert_rows(self._meta, columns, self._looked_up())

    def _looked_up(self) -> Identity | None:
        """Return the identity of which the look-up of these rows proves that no record has it.

        A look-up proves it among all records alone, and only where no other field may have the
        same word.
        """
        identity = self._keys.identity(self.sole_key)
        if identity is None or not self._sees_all or len(alike(self._meta, identity)) > 1:
            return None
        return identity

    # -- refusals ---------------------------------------------------------------------------------

    def refuse(self, row: Row, error: sqlite3.IntegrityError | Refused) -> None:
        """Note why the file, a record's rule or a plugin's guard refuses a row."""
        row.bad = True
        if isinstance(error, Refused):
            problems = error.problems
        else:
            existing = 0 if self.is_new(row.id) else row.id
            problems = explain(self._office, error, self._meta, row.values, existing)
        for problem in problems:
            self._context.reader.refuse(row, problem.field, problem.reason())


def _as_changes(rows: list[Row]) -> Iterator[RowChange]:
    """Yield new rows as plugins see them."""
    for row in rows:
        yield row.id, None, row.values
