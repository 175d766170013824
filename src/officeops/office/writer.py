"""Writer: adds, changes and puts away one record at a time, inside an action."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, TypeVar

from officeops.model.errors import Broken, Problem, Refused
from officeops.model.placeholder import same
from officeops.model.sealed_value import as_kept, wrapped
from officeops.model.sql_values import to_sql
from officeops.office.conflicts import conflict
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
    """Writes records as an action has them written. The office is handed to the rules of records and to plugins.

    `bulk` gives what writes many at once, where an action puts off its history.
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

    def add(self, record: R) -> R:
        """Write a new record and give it its id. Raises Refused with every problem."""
        self._runner.must_be_inside()
        meta = record.meta
        self._authorizer.allow_values(meta, record.__dict__)
        check(self._office, record)
        kept: dict[str, Any] = {}
        if meta.sealed:
            # A sealed value is bound to its record's id, so that is known before the row is there.
            kept = {
                "id": (new := self._reader.last_id(type(record)) + 1),
                **self._seals.sealed(meta, new, record.__dict__),
            }
        own = {**record.__dict__, **kept}
        values = {name: to_sql(own[name]) for name in (*(f.name for f in meta.fields), *kept)}
        sql = f"INSERT INTO {meta.table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})"
        is_put_off = self._store.deferred is not None
        if is_put_off:
            self._bulk().before_adding(meta)
        with explained(self._office, meta, record.__dict__):
            number = int(self._store.db.execute(sql, list(values.values())).lastrowid or 0)
            if is_put_off:
                self._bulk().fold_added(meta, number, 1)
        record.id = number
        record.__dict__.update(kept)
        values.pop("id", None)
        self._runner.note(meta, record.id, None, values)
        return record

    def edit(self, record: R, *, managed: bool = False, **changes: object) -> R:
        """Change fields of a record as it was read, and return it changed.

        Raises Conflict where someone changed it meanwhile, Refused with every problem found.
        `managed` lets an action change what a form may not (a state, a computed term).
        """
        self._runner.must_be_inside()
        meta = record.meta
        self._allowed(meta, changes, managed=managed)
        before = {name: getattr(record, name) for name in changes}
        changes = {
            n: value
            for n, value in wrapped(meta.sealed, changes).items()
            if not same(value, before[n])
        }
        if not changes:
            return record
        about = self._reader.about(record)
        for name, value in changes.items():
            setattr(record, name, value)
        try:
            check(self._office, record, changes, about)
            kept = self._seals.sealed(meta, record.id, changes) if meta.sealed else {}
            values = {name: to_sql(value) for name, value in {**changes, **kept}.items()}
            self._update(record, values, {**record.__dict__, **before})
            record.__dict__.update(kept)
            # It acts: what depends on the fields is written here, in the same action.
            with Blame(meta.plugin, f"edited() of the record {meta.key}"):
                self._runner.remarks += record.edited(self._office, before)
        except BaseException:
            for name, value in before.items():
                setattr(record, name, value)
            raise
        return record

    def _allowed(self, meta: Meta, changes: Mapping[str, object], *, managed: bool) -> None:
        if meta.append_only or meta.derived:
            raise Refused(f"{meta.plural} cannot be changed; they are corrected by a new entry.")
        for name in changes:
            field = meta.by_name.get(name)
            if field is None or (field.managed and not managed):
                raise Refused([Problem("cannot be edited; an action changes it", name)], meta.label)

    def _update(self, record: Record, values: dict[str, Any], before: Mapping[str, object]) -> None:
        meta = record.meta
        if (first := (self._store.deferred or {}).get(meta.table)) and record.id >= first:
            raise Broken(
                f"{meta.label} {record.human_key} was added by this bulk action and cannot be changed in it."
            )
        sets = ", ".join(f"{name} = ?" for name in values)
        sql = f"UPDATE {meta.table} SET {sets}, version = version + 1 WHERE id = ? AND version = ?"
        with explained(self._office, meta, record.__dict__, record.id):
            done = self._store.db.execute(sql, [*values.values(), record.id, record.version])
        if done.rowcount != 1:
            mine = {
                name: getattr(record, name)
                for name in values
                if name in meta.by_name or name == "archived_at"
            }
            raise conflict(self._reader.get(type(record), record.id), mine, before)
        record.version += 1
        self._runner.note(
            meta, record.id, {name: to_sql(before.get(name)) for name in values}, values
        )

    def put_back(
        self,
        record: type[Record],
        id: int,  # noqa: A002
        values: Mapping[str, Any],
        now: Mapping[str, Any],
    ) -> None:
        """Restore values as SQLite keeps them, for undo, which checked the present ones."""
        meta = record.meta
        sets = ", ".join(f"{name} = ?" for name in values)
        if meta.sealed:
            self._no_kept_twin(record, id, values)
        if meta.fixed:
            from officeops.office.fixed_references import parted

            if problems := list(parted(self._office, meta, id, values)):
                raise Refused(problems, f"{meta.label} #{id}")
        try:
            self._store.db.execute(
                f"UPDATE {meta.table} SET {sets}, version = version + 1 WHERE id = ?",
                [*values.values(), id],
            )
        except sqlite3.IntegrityError as error:
            there = self._reader.get(record, id)
            problems = explain(self._office, error, meta, {**there.__dict__, **values}, id)
            raise Refused(problems, f"{meta.label} {there.human_key}") from error
        self._runner.note(meta, id, dict(now), dict(values))

    def _no_kept_twin(self, record: type[Record], id: int, values: Mapping[str, Any]) -> None:  # noqa: A002 - as above
        """Raise Refused where a unique sealed value that comes back was given to another record meanwhile."""
        kept = {f.name: as_kept(values[f.name]) for f in record.meta.sealed if values.get(f.name)}
        after = {**self._reader.get(record, id).__dict__, **values, **kept}
        if after["archived_at"] is None:
            self._seals.no_twin(record.meta, id, after)

    def archive(self, record: R) -> R:
        """Archive a record: hide it from lists, keep its history, free its unique values."""
        return self._put(record, self._store.stamp())

    def unarchive(self, record: R) -> R:
        """Restore an archived record. Raises Refused where its unique value is taken by now."""
        return self._put(record, None)

    def _put(self, record: R, archived_at: str | None) -> R:
        self._runner.must_be_inside()
        if (record.archived_at is None) == (archived_at is None):
            raise Refused(
                "it is archived already" if archived_at else "it is not archived",
                self._reader.about(record),
            )
        if archived_at and (why := self._kept_because(record)):
            raise Refused(why, self._reader.about(record))
        if archived_at is None:
            self._seals.no_twin(record.meta, record.id, record.__dict__)
        before, record.archived_at = record.archived_at, archived_at
        self._update(record, {"archived_at": archived_at}, {"archived_at": before})
        return record

    def _kept_because(self, record: Record) -> str | None:
        place = f"keep() of the record {record.meta.key}"
        with self._office.answering(record.meta.plugin, place):
            why = reason_in(record.keep(self._office))
        if why or not self._plugins.implements("keep"):
            return why
        others = self._plugins.guard("keep", office=self._office, record=record)
        return next((f"{problem.message} ({name})" for name, problem in others), None)
