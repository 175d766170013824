"""Writer: adds, changes and archives one record at a time, inside an action."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, TypeVar

from officeops.model.errors import Broken, Problem, Refused
from officeops.model.placeholder import same
from officeops.model.sealed_value import as_kept, wrapped
from officeops.model.sql_values import to_sql
from officeops.office.conflicts import conflict
from officeops.office.usable_records import must_be_usable
from officeops.office.validation import check, explain, explained
from officeops.plugins.blame import Blame
from officeops.plugins.hook_results import reason_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from officeops.model.meta import Meta
    from officeops.model.office import Office
    from officeops.model.records import Record
    from officeops.office.action_runner import ActionRunner
    from officeops.office.authorization import Authorizer
    from officeops.office.bulk_writer import BulkWriter
    from officeops.office.reader import Reader
    from officeops.office.sealed_fields import SealedFields

    R = TypeVar("R", bound=Record)
else:
    R = TypeVar("R")


class Writer:
    """Writes records. The office is given to the rules of records and to plugins.

    `bulk` returns the part that writes many at once, which knows of delayed history.
    """

    def __init__(
        self,
        office: Office,
        runner: ActionRunner,
        reader: Reader,
        authorizer: Authorizer,
        seals: SealedFields,
        bulk: Callable[[], BulkWriter],
    ) -> None:
        self._office, self._runner, self._reader = office, runner, reader
        self._store, self._plugins = reader.store, reader.plugins
        self._authorizer, self._seals, self._bulk = authorizer, seals, bulk

    # -- adding ----------------------------------------------------------------------------------

    def add(self, record: R) -> R:
        """Write a new record and give it its id. Raises Refused with every problem."""
        self._runner.must_be_inside()
        meta = record.meta
        must_be_usable(meta, self._reader.records, self._plugins)
        self._authorizer.allow_values(meta, record.__dict__)
        check(self._office, record)
        sealed = self._sealed_with_id(record) if meta.sealed else {}
        own = {**record.__dict__, **sealed}
        names = [field.name for field in meta.fields]
        values = {name: to_sql(own[name]) for name in (*names, *sealed)}
        record.id = self._insert(record, values)
        record.__dict__.update(sealed)
        values.pop("id", None)
        self._runner.note(meta, record.id, None, values)
        return record

    def _sealed_with_id(self, record: Record) -> dict[str, Any]:
        """Choose the id of a new record, and seal its values for it.

        A sealed value is bound to its row.
        """
        number = self._reader.last_id(type(record)) + 1
        return {"id": number, **self._seals.sealed(record.meta, number, record.__dict__)}

    def _insert(self, record: Record, values: Mapping[str, object]) -> int:
        """Insert a row and return its id.

        Raises Refused where a constraint of the file refuses it.
        """
        meta = record.meta
        marks = ", ".join("?" * len(values))
        sql = f"INSERT INTO {meta.table} ({', '.join(values)}) VALUES ({marks})"
        is_delayed = self._store.deferred is not None
        if is_delayed:
            self._bulk().before_adding(meta)
        with explained(self._office, meta, record.__dict__):
            number = int(self._store.db.execute(sql, list(values.values())).lastrowid or 0)
            if is_delayed:
                self._bulk().fold_added(meta, number, 1)
        return number

    # -- changing --------------------------------------------------------------------------------

    def edit(self, record: R, *, managed: bool = False, **changes: object) -> R:
        """Change fields of a record as it was read, and return it changed.

        Raises Conflict where someone changed it since then, and Refused with every problem.
        `managed` lets an action change fields that a form may not (a state, a computed term).
        """
        self._runner.must_be_inside()
        meta = record.meta
        self._refuse_fields(meta, changes, managed=managed)
        before = {name: getattr(record, name) for name in changes}
        new = {
            name: value
            for name, value in wrapped(meta.sealed, changes).items()
            if not same(value, before[name])
        }
        if not new:
            return record
        about = self._reader.about(record)
        for name, value in new.items():
            setattr(record, name, value)
        try:
            check(self._office, record, new, about)
            self._write_edit(record, new, before)
        except BaseException:
            for name, value in before.items():
                setattr(record, name, value)
            raise
        return record

    def _refuse_fields(self, meta: Meta, changes: Mapping[str, object], *, managed: bool) -> None:
        if meta.append_only or meta.derived:
            raise Refused(f"{meta.plural} cannot be changed; a new entry corrects them.")
        for name in changes:
            field = meta.by_name.get(name)
            if field is None or (field.managed and not managed):
                raise Refused([Problem("cannot be edited; an action changes it", name)], meta.label)

    def _write_edit(
        self, record: Record, new: Mapping[str, object], before: Mapping[str, object]
    ) -> None:
        meta = record.meta
        sealed = self._seals.sealed(meta, record.id, new) if meta.sealed else {}
        values = {name: to_sql(value) for name, value in {**new, **sealed}.items()}
        self._update(record, values, {**record.__dict__, **before})
        record.__dict__.update(sealed)
        # This code of the plugin acts: it writes the records that depend on the fields, in the same
        # action.
        with Blame(meta.plugin, f"edited() of the record {meta.key}"):
            self._runner.remarks += record.edited(self._office, before)

    def archive(self, record: R) -> R:
        """Archive a record: hide it from lists, keep its history, free its unique values."""
        return self._set_archived(record, self._store.stamp())

    def unarchive(self, record: R) -> R:
        """Restore an archived record. Raises Refused where its unique value is taken by now."""
        return self._set_archived(record, None)

    def _set_archived(self, record: R, archived_at: str | None) -> R:
        self._runner.must_be_inside()
        why = self._reason_to_keep(record) if archived_at else None
        if (record.archived_at is None) == (archived_at is None):
            why = "it is archived already" if archived_at else "it is not archived"
        if why:
            raise Refused(why, self._reader.about(record))
        if archived_at is None:
            self._seals.no_twin(record.meta, record.id, record.__dict__)
        before, record.archived_at = record.archived_at, archived_at
        self._update(record, {"archived_at": archived_at}, {"archived_at": before})
        return record

    def _reason_to_keep(self, record: Record) -> str | None:
        """Ask the record, then other plugins, why it must not be archived now."""
        place = f"keep() of the record {record.meta.key}"
        with self._office.answering(record.meta.plugin, place):
            why = reason_in(record.keep(self._office))
        if why or not self._plugins.implements("keep"):
            return why
        for plugin, problem in self._plugins.guard("keep", office=self._office, record=record):
            return f"{problem.message} ({plugin})"
        return None

    def _update(self, record: Record, values: dict[str, Any], before: Mapping[str, object]) -> None:
        """Write changed columns of a record as it was read.

        Raises Conflict for another version of it.
        """
        meta = record.meta
        first = (self._store.deferred or {}).get(meta.table)
        if first and record.id >= first:
            # Its history is not written yet, so there is nothing that the change could follow.
            raise Broken(
                f"{meta.label} {record.human_key} was added by this bulk action and cannot be "
                "changed in it."
            )
        with explained(self._office, meta, record.__dict__, record.id):
            rows = self.update_row(meta, record.id, values, version=record.version)
        if rows != 1:
            fields = [name for name in values if name in meta.by_name or name == "archived_at"]
            mine = {name: getattr(record, name) for name in fields}
            raise conflict(self._reader.get(type(record), record.id), mine, before)
        record.version += 1
        old = {name: to_sql(before.get(name)) for name in values}
        self._runner.note(meta, record.id, old, values)

    # -- rows ------------------------------------------------------------------------------------

    def update_row(
        self,
        meta: Meta,
        id: int,  # noqa: A002 - the column's name
        values: Mapping[str, object],
        *,
        version: int | None = None,
    ) -> int:
        """Write columns of one row, as SQLite keeps them; return how many rows that changed.

        Every change of a record's row is this statement: an edit's, an import's, an undo's and a
        rotation's of keys. None of the record's rules is asked here. With a `version`, a row of
        another version is not changed.
        """
        sets = ", ".join(f"{name} = ?" for name in values)
        sql = f"UPDATE {meta.table} SET {sets}, version = version + 1 WHERE id = ?"
        numbers = [id]
        if version is not None:
            sql += " AND version = ?"
            numbers.append(version)
        return self._store.db.execute(sql, [*values.values(), *numbers]).rowcount

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
        self.update_row(meta, id, after, version=version)
        self._runner.expect(meta)
        self._runner.changes.announce_rows(meta, [(id, before, after)])

    def put_back(
        self,
        record: type[Record],
        id: int,  # noqa: A002
        values: Mapping[str, Any],
        now: Mapping[str, Any],
    ) -> None:
        """Restore values as SQLite keeps them, for undo, which checked the present ones."""
        meta = record.meta
        if meta.sealed:
            self._refuse_twin(record, id, values)
        if meta.fixed:
            from officeops.office.fixed_references import parted

            problems = list(parted(self._office, meta, id, values))
            if problems:
                raise Refused(problems, f"{meta.label} #{id}")
        try:
            self.update_row(meta, id, values)
        except sqlite3.IntegrityError as error:
            present = self._reader.get(record, id)
            after = {**present.__dict__, **values}
            problems = explain(self._office, error, meta, after, id)
            raise Refused(problems, f"{meta.label} {present.human_key}") from error
        self._runner.note(meta, id, dict(now), dict(values))

    def reseal(self, meta: Meta, id: int, values: Mapping[str, object]) -> None:  # noqa: A002
        """Write sealed values of a record under another key.

        Their contents are the same, so neither its rules nor plugins are asked.
        """
        with self._authorizer.lifted():
            self.update_row(meta, id, values)
        self._runner.expect(meta)

    def _refuse_twin(
        self,
        record: type[Record],
        id: int,  # noqa: A002
        values: Mapping[str, Any],
    ) -> None:
        """Raise Refused where another record has got a unique sealed value that comes back."""
        meta = record.meta
        sealed = {
            field.name: as_kept(values[field.name])
            for field in meta.sealed
            if values.get(field.name)
        }
        after = {**self._reader.get(record, id).__dict__, **values, **sealed}
        if after["archived_at"] is None:
            self._seals.no_twin(meta, id, after)
