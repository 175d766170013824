"""KnownRows: the rows whose records exist. Differences are noted, or written with --update."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from officeops.exchange.imports.outcome import Difference, Different
from officeops.model.errors import Refused
from officeops.model.placeholder import Unusable
from officeops.model.records import Record
from officeops.model.sql_values import to_sql
from officeops.office.frozen_fields import frozen_by_state
from officeops.office.validation import own_rules
from officeops.query.new_references import misfits_in
from officeops.values.convert import reader

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from officeops.exchange.importer import Row
    from officeops.exchange.imports.context import ImportContext
    from officeops.exchange.imports.existing_records import KnownRow
    from officeops.exchange.imports.new_rows import NewRows
    from officeops.model.errors import Problem
    from officeops.model.fields import Field


class KnownRows:
    """Compares rows with the records that they name."""

    def __init__(self, context: ImportContext, new: NewRows) -> None:
        self._context = context
        self._importer = context.importer
        self._outcome = context.outcome
        self._reader = context.reader
        self._sealed = context.sealed
        self._new = new
        self._office = context.office
        self._record = context.record
        self._meta = context.meta
        #: What changed plans had before, by their ids: their tasks follow at the end.
        self.plans: dict[int, dict[str, Any]] = {}

    def compare(self, known: list[KnownRow]) -> None:
        """Note where rows differ from their records; with --update, change the records."""
        if not known:
            return
        rows = [row for row, _ in known]
        extra = self._extra(rows)
        fixed = self._importer.fixed(rows)
        compared = self._differences(rows)
        updated: list[Row] = []
        for row, record in known:
            old = dict(zip(self._context.given, record.values, strict=True))
            changed, managed = self._changed(row, old)
            left = [*managed, *fixed.get(row.id, [])]
            rest = compared.get(row.line, [])
            may_change = changed or row.id in extra
            if may_change and self._context.options.update:
                before = {name: old[name] for name in changed}
                if self._update(row, record.version, before):
                    updated.append(row)
            elif may_change:
                left = [*changed, *extra.get(row.id, []), *left]
                self._outcome.may_change = True
            elif not left and not rest:
                self._outcome.unchanged += 1
            if left or rest:
                self._note(row, rest + self._left(row, left, old))
        if updated:
            self._importer.updated(updated)
            if self._context.children is not None:
                self._context.children.add_missing(updated, self._new.refuse)

    def _extra(self, rows: list[Row]) -> dict[int, list[str]]:
        """Return, by record id, the columns beside the record's own that bring something to it."""
        extra = dict(self._importer.differing(rows))
        if self._context.children is not None:
            for number, names in self._context.children.lacking(rows).items():
                extra[number] = [*extra.get(number, []), *names]
        return extra

    def bring_children(self, row: Row) -> bool:
        """Write the children that a further row brings, or note them; return whether any."""
        children = self._context.children
        names = children.lacking([row]).get(row.id, []) if children is not None else []
        if children is None or not names:
            return False
        if self._new.is_new(row.id) or self._context.options.update:
            children.add_missing([row], self._new.refuse)
            self._outcome.brought += 1
        else:
            self._note(row, self._left(row, names, {}))
            self._outcome.may_change = True
        return True

    def _changed(self, row: Row, old: Mapping[str, Any]) -> tuple[list[str], list[str]]:
        """Return the fields in which a row says something else than its record has.

        First those that `--update` would change, then those that actions manage.
        """
        changed: list[str] = []
        managed: list[str] = []
        for name, value in old.items():
            if value == row.values[name] or not self._says(row, name):
                continue
            if not self._sealed.differs(row, name, value):
                continue
            if self._is_respelled(name, value, row.values[name]):
                continue
            if self._meta.by_name[name].managed:
                managed.append(name)
            else:
                changed.append(name)
        return changed, managed

    def _is_respelled(
        self,
        name: str,
        kept: object,
        given: object,
    ) -> bool:
        """Whether a kept value reads as the given one, such as a phone number from an old file."""
        field = self._meta.by_name[name]
        if not field.kind.respells or kept is None or given is None:
            return False
        read = reader(field, self._office.ways)
        return bool(read(kept) == given)

    def _says(self, row: Row, name: str) -> bool:
        """Whether a row's cell says something about an existing record.

        A blank cell clears the value, but not of a field with a default, nor where the whole
        column is blank. Fields that actions manage are set in new records alone: of an existing
        one, the office's state counts, and the row that differs is named. Of those that lists
        leave out, such as a vendor's card as it came, only an export's are compared.
        """
        field = self._meta.by_name[name]
        is_unseen = field.managed and field.hidden and name not in self._context.restored
        if is_unseen or name in row.blank:
            return False
        if row.values[name] is not None:
            return True
        column = self._reader.column(name)
        return not self._context.is_blank(column)

    # -- differences ------------------------------------------------------------------------------

    def _differences(
        self, rows: Sequence[Row], but: Collection[str] = ()
    ) -> dict[int, list[Difference]]:
        compared = self._context.compared
        if not rows or not compared.columns:
            return {}
        return compared.differences(rows, but)

    def compare_rest(self, rows: Sequence[Row], but: Collection[str] = ()) -> bool:
        """Note where rows of written records differ in fields that no import sets.

        Returns whether any does. `but` names the fields that cannot be compared yet.
        """
        differences = self._differences(rows, but)
        if not differences:
            return False
        for row in rows:
            if row.line in differences:
                self._note(row, differences[row.line])
        return True

    def _left(
        self,
        row: Row,
        names: list[str],
        old: Mapping[str, Any],
    ) -> list[Difference]:
        """Return the differences of fields that a row fills and that stay as they are."""
        differences = []
        for name in names:
            # Of a column that only the importer knows, the present value is not known here.
            field = self._meta.by_name.get(name) if name in old else None
            column = self._reader.column(name)
            value = row.values.get(name)
            differences.append(Difference(column, field, value, old.get(name)))
        return differences

    def _note(self, row: Row, differences: list[Difference]) -> None:
        different = Different(row.line, self._name(row), differences)
        self._outcome.differing.append(different)

    def _name(self, row: Row) -> str:
        """Return the name people have for a row's record: its key, its owner and its name."""
        keys = self._context.keys
        parts: list[str] = []
        for name in (*keys.best[:1], *keys.display()):
            # A record that is shown by its number alone has no field for it.
            field = self._meta.by_name.get(name)
            if field is None or field.hidden:
                continue
            part = self._named(field, row.values.get(name))
            if part and part not in parts:
                parts.append(part)
        return " ".join(parts) or self._office.label(self._record, row.id)

    def _named(self, field: Field, value: object) -> str:
        """Return a value by which people know a record; blank for an internal number."""
        if field.target and isinstance(value, int):
            target = self._office.target(field)
            return self._office.label(target, value) if target else ""
        return value if isinstance(value, str) and not field.sealed else ""

    # -- changes ----------------------------------------------------------------------------------

    def _update(
        self,
        row: Row,
        version: int,
        old: dict[str, Any],
    ) -> bool:
        """Change a row's record; note the row that cannot. Returns whether it was changed.

        `old` are the values to change: none where only the importer's own columns differ.
        """
        if old:
            try:
                self._write(row, version, old)
            except (sqlite3.IntegrityError, Refused) as error:
                self._new.refuse(row, error)
                return False
        self._outcome.updated += 1
        return True

    def _write(
        self,
        row: Row,
        version: int,
        old: dict[str, Any],
    ) -> None:
        """Write a record's new values, once guards and rules have nothing against them."""
        new = {name: row.values[name] for name in old}
        if self._sealed.names:
            new = self._sealed.sealed(row, new)
        changes = self._office.runner.changes
        changes.guard_rows(self._meta, [(row.id, old, new)])
        self._check_rules(row, new)
        if self._record.schedule is not None:
            plan = self._office.get(self._record, row.id)
            present = {name: getattr(plan, name) for name in old}
            # Of a plan with several rows, the values before the first of them.
            self.plans[row.id] = {**present, **self.plans.get(row.id, {})}
        self._office.writer.rows.update_checked(self._meta, row.id, old, new, version=version)

    def _check_rules(self, row: Row, new: Mapping[str, Any]) -> None:
        """Ask where the new values point, and the record's own rules about it as it will be.

        Those rules see the fields, too, that are not in the file.
        """
        columns = {name: (value,) for name, value in new.items()}
        problems: list[Problem] = []
        for _, misfits in misfits_in(self._office, self._meta, columns):
            problems += misfits.values()
        if self._record.frozen:
            present = self._office.get(self._record, row.id)
            problems += frozen_by_state(present, new.keys())
        if problems:
            raise Refused(problems, self._meta.label)
        has_rules = self._record.check is not Record.check or self._record.date_orders
        if not self._meta.fixed and not has_rules:
            return
        record = self._as_changed(row.id, new)
        problems = own_rules(self._office, record)
        if problems:
            raise Refused(problems, self._meta.label)

    def _as_changed(self, record_id: int, new: Mapping[str, Any]) -> Record:
        """Return a record as it will be with new values, which SQLite keeps in its own form."""
        present = self._office.get(self._record, record_id).__dict__
        stored = {name: to_sql(value) for name, value in present.items()}
        stored.update(new)
        columns = [stored[name] for name in self._meta.columns]
        record = self._record.from_row(columns)
        for name, value in present.items():
            # A value that the field no longer takes stays marked as such.
            if isinstance(value, Unusable) and name not in new:
                record.__dict__[name] = value
        return record
