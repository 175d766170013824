"""KnownRows: the rows whose records exist. Differences are noted, or written with --update."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from officeops.exchange.imports.outcome import Difference, Different
from officeops.model.errors import Refused
from officeops.model.placeholder import Unusable
from officeops.model.records import Record
from officeops.model.sql_values import to_sql
from officeops.office.validation import own_rules

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from officeops.exchange.importer import Row
    from officeops.exchange.imports.context import ImportContext
    from officeops.exchange.imports.existing_records import Existing
    from officeops.exchange.imports.new_rows import NewRows
    from officeops.model.fields import Field


class KnownRows:
    """Compares rows with the records that they name."""

    def __init__(self, context: ImportContext, new: NewRows) -> None:
        self._context = context
        self._new = new
        self._office = context.office
        self._record = context.record
        self._meta = context.meta

    def compare(self, known: list[tuple[Row, Existing]]) -> None:
        """Note where rows differ from their records; with --update, change the records."""
        rows = [row for row, _ in known]
        importer = self._context.importer
        outcome = self._context.outcome
        extra = importer.differing(rows) if known else {}
        fixed = importer.fixed(rows) if known else {}
        compared = self._differences(rows)
        updated: list[Row] = []
        for row, record in known:
            old = dict(zip(self._context.given, record.values, strict=True))
            changed = self._changed(row, old)
            left = fixed.get(row.id, [])
            rest = compared.get(row.line, [])
            if not changed and row.id not in extra:
                outcome.unchanged += not (left or rest)
            elif self._context.options.update:
                if self._update(row, record.version, {name: old[name] for name in changed}):
                    updated.append(row)
            else:
                left = [*changed, *extra.get(row.id, []), *left]
                outcome.may_change = True
            if left or rest:
                self._note(row, left, old, rest)
        if updated:
            importer.updated(updated)

    def _changed(self, row: Row, old: dict[str, Any]) -> list[str]:
        """Return the fields in which a row says something else than its record has."""
        changed = []
        for name, value in old.items():
            if value != row.values[name] and self._says(row, name):
                changed.append(name)
        sealed = self._context.sealed
        return [name for name in changed if sealed.differs(row, name, old[name])]

    def _says(self, row: Row, name: str) -> bool:
        """Whether a row's cell says something about an existing record.

        A blank cell clears the value, but not of a field with a default, nor where the whole
        column is blank. Fields that actions manage are read for new records alone: of an existing
        one, the office's state counts.
        """
        if self._meta.by_name[name].managed or name in row.blank:
            return False
        if row.values[name] is not None:
            return True
        return not self._context.is_blank(self._context.reader.column(name))

    # -- differences ------------------------------------------------------------------------------

    def _differences(
        self, rows: Sequence[Row], but: Collection[str] = ()
    ) -> dict[int, list[Difference]]:
        compared = self._context.compared
        return compared.differences(rows, but) if rows and compared.columns else {}

    def compare_rest(self, rows: Sequence[Row], but: Collection[str] = ()) -> bool:
        """Note where rows of written records differ in fields that no import sets; return if any does.

        `but` names the fields that cannot be compared yet.
        """
        differences = self._differences(rows, but)
        if differences:
            for row in rows:
                if row.line in differences:
                    self._note(row, [], {}, differences[row.line])
        return bool(differences)

    def _note(
        self, row: Row, names: list[str], old: dict[str, Any], rest: Iterable[Difference] = ()
    ) -> None:
        """Note where a row differs: in fields it fills (`names`), and in others (`rest`)."""
        differences = list(rest)
        for name in names:
            field = self._meta.by_name.get(name) if name in old else None
            column = self._context.reader.column(name)
            differences.append(Difference(column, field, row.values.get(name), old.get(name)))
        self._context.outcome.differing.append(Different(row.line, self._name(row), differences))

    def _name(self, row: Row) -> str:
        """Return the name people have for a row's record: its key, its owner and its name."""
        keys = self._context.keys
        names = dict.fromkeys((*keys.best[:1], *keys.display()))
        parts: dict[str, None] = {}
        for name in names:
            # A record that is shown by its number alone has no field for it.
            field = self._meta.by_name.get(name)
            if field is not None and not field.hidden:
                parts[self._named(field, row.values.get(name))] = None
        parts.pop("", None)
        return " ".join(parts) or self._office.label(self._record, row.id)

    def _named(self, field: Field, value: object) -> str:
        """Return a value by which people know a record; blank for an internal number."""
        if field.kind == "reference" and isinstance(value, int):
            target = self._office.target(field)
            return self._office.label(target, value) if target else ""
        return value if isinstance(value, str) and not field.sealed else ""

    # -- changes ----------------------------------------------------------------------------------

    def _update(self, row: Row, version: int, old: dict[str, Any]) -> bool:
        """Change a row's record; note the row that cannot. Returns whether it was changed."""
        new = {name: row.values[name] for name in old}
        if new:
            try:
                self._write(row, version, old, new)
            except (sqlite3.IntegrityError, Refused) as error:
                for problem in self._new.refusals(error, row):
                    self._context.reader.refuse(row, problem.field, problem.message)
                return False
        self._context.outcome.updated += 1
        return True

    def _write(self, row: Row, version: int, old: dict[str, Any], new: dict[str, Any]) -> None:
        """Write a record's new values, once guards and rules have nothing against them."""
        if self._context.sealed.names:
            new = self._context.sealed.sealed(row, new)
        self._office.runner.changes.guard_rows(self._meta, [(row.id, old, new)])
        self._check_rules(row, new)
        self._office.writer.update_checked(self._meta, row.id, old, new, version=version)

    def _check_rules(self, row: Row, new: dict[str, Any]) -> None:
        """Ask the record's own rules about it as it will be, with the fields not in the file."""
        if not self._meta.fixed and self._record.check is Record.check:
            return
        current = self._office.get(self._record, row.id).__dict__
        values = {name: to_sql(value) for name, value in current.items()} | new
        record = self._record.from_row([values[name] for name in self._meta.columns])
        for name, value in current.items():
            if isinstance(value, Unusable) and name not in new:
                record.__dict__[name] = value
        problems = own_rules(self._office, record)
        if problems:
            raise Refused(problems, self._meta.label)
