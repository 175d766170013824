"""Writer: adds, changes and archives one record at a time, inside an action."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, Final, TypeVar

from officeops.model.declarations import named
from officeops.model.errors import Broken, Problem, Reason, Refused
from officeops.model.fields import MISSING
from officeops.model.placeholder import differing
from officeops.model.records import Record
from officeops.model.sealed_value import wrapped
from officeops.model.sql_values import to_sql
from officeops.office.record_types import must_be_usable
from officeops.office.row_writer import RowWriter
from officeops.office.validation import check, default_of, explain, own_rules, tidied
from officeops.plugins.blame import Blame
from officeops.plugins.hook_results import reason_in, sentence_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from officeops.model.meta import Meta
    from officeops.model.office import Office
    from officeops.office.action_runner import ActionRunner
    from officeops.office.authorization import Authorizer
    from officeops.office.bulk_writer import BulkWriter
    from officeops.office.reader import Reader
    from officeops.office.sealed_fields import SealedFields

    R = TypeVar("R", bound=Record)
else:
    R = TypeVar("R")

#: What follows the writing of a plan: its tasks.
_SAVED: Final = "officeops.core.planned_tasks:saved"
_HELD: Final = "officeops.core.legal_holds:why_held"
_PUT_AWAY: Final = "officeops.core.planned_tasks:put_away"
_BROUGHT_BACK: Final = "officeops.core.planned_tasks:brought_back"


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
        seals: Callable[[], SealedFields],
        bulk: Callable[[], BulkWriter],
    ) -> None:
        self._office = office
        self._runner = runner
        self._reader = reader
        self._store = reader.store
        self._plugins = reader.plugins
        self._authorizer = authorizer
        self._seals = seals
        self._bulk = bulk
        #: The part that writes rows without asking the rules of records.
        self.rows = RowWriter(office, runner, reader, authorizer, seals)

    # -- adding ----------------------------------------------------------------------------------

    def add(self, record: R) -> R:
        """Write a new record and give it its id. Raises Refused with every problem."""
        self._runner.must_be_inside()
        meta = record.meta
        must_be_usable(meta, self._reader.records, self._plugins)
        self._fill_defaults(record)
        record.__dict__.update(tidied(meta, record.__dict__))
        self._authorizer.allow_values(meta, record.__dict__)
        record.__dict__.update(self._filled(record))
        check(self._office, record)
        return self._write_new(record)

    def _filled(self, record: Record) -> Mapping[str, object]:
        """Ask a record for the values that follow from its other ones."""
        if type(record).filled is Record.filled:
            return {}
        with self._office.answering(
            record.meta.plugin, f"filled() of the record {record.meta.key}"
        ):
            return dict(record.filled(self._office))

    def add_made(self, record: R) -> R:
        """Write a new record that the core made of one that is there, and give it its id.

        The values of its fields fit, so they are not asked again; the record's own rules are.
        """
        self._runner.must_be_inside()
        self._authorizer.allow_values(record.meta, record.__dict__)
        if problems := own_rules(self._office, record):
            raise Refused(problems, record.meta.label)
        return self._write_new(record)

    def _write_new(self, record: R) -> R:
        meta = record.meta
        sealed = self._sealed_with_id(record) if meta.sealed else {}
        own = {**record.__dict__, **sealed}
        values = {field.name: to_sql(own[field.name]) for field in meta.fields}
        # Of a sealed field: its digest and the chosen id as well.
        for name, value in sealed.items():
            values[name] = to_sql(value)
        record.id = self._insert(record, values)
        record.__dict__.update(sealed)
        values.pop("id", None)
        self._runner.note(meta, record.id, None, values)
        if record.schedule is not None:
            named(_SAVED)(self._office, record)
        if type(record).added is not Record.added:
            self._follow(record, "added", record.added, self._office)
        return record

    def _follow(
        self,
        record: Record,
        name: str,
        rule: Callable[..., Iterable[str]],
        *given: object,
    ) -> None:
        """Let a record's own code write what follows from its writing, in the same action."""
        with Blame(record.meta.plugin, f"{name}() of the record {record.meta.key}"):
            self._runner.remarks += [sentence_in(remark) for remark in rule(*given)]

    def _fill_defaults(self, record: Record) -> None:
        """Ask for the defaults that are functions, of the fields that were not given."""
        own = record.__dict__
        for field in record.meta.fields:
            if field.default_of is None or own[field.name] is not MISSING:
                continue
            own[field.name] = default_of(self._office, record.meta, field)

    def _sealed_with_id(self, record: Record) -> dict[str, Any]:
        """Choose the id of a new record, and seal its values for it.

        A sealed value is bound to its row.
        """
        number = self._reader.last_id(type(record)) + 1
        columns = self._seals().sealed(record.meta, number, record.__dict__)
        return {"id": number, **columns}

    def _insert(self, record: Record, values: Mapping[str, object]) -> int:
        """Insert a row and return its id.

        Raises Refused where a constraint of the file refuses it.
        """
        meta = record.meta
        is_delayed = self._store.deferred is not None
        if is_delayed:
            self._bulk().deferred.before_adding(meta)
        try:
            number = self.rows.insert(meta, values)
            if is_delayed:
                self._bulk().deferred.fold_added(meta, number, 1)
        except sqlite3.IntegrityError as error:
            raise self._refused_by_file(record, error) from error
        return number

    def _refused_by_file(
        self,
        record: Record,
        error: sqlite3.IntegrityError,
        number: int = 0,
    ) -> Refused:
        """Make the refusal of a record, new or by its number, that a constraint of the file refuses."""
        problems = explain(self._office, error, record.meta, record.__dict__, number)
        return Refused(problems, record.meta.label)

    # -- changing --------------------------------------------------------------------------------

    def edit(self, record: R, /, *, managed: bool = False, **changes: object) -> R:
        """Change fields of a record as it was read, and return it changed.

        Raises Conflict where someone changed it since then, and Refused with every problem.
        `managed` lets an action change fields that a form may not (a state, a computed term).
        """
        was = self._state(record)
        edited = self._edit(record, changes, managed=managed)
        if self._state(edited) != was:
            self._note_event(edited, was)
        return edited

    def take_step(
        self,
        record: Record,
        verb: str,
        at: datetime,
        changes: Mapping[str, object],
    ) -> None:
        """Change all fields of a record that a transition writes, and note its event.

        A transition that leads to the state that is there is an event, too.
        """
        was = self._state(record)
        self._note_event(self._edit(record, changes, managed=True), was, verb, at)

    def _edit(
        self,
        record: R,
        changes: Mapping[str, object],
        *,
        managed: bool,
    ) -> R:
        self._runner.must_be_inside()
        meta = record.meta
        self._refuse_fields(meta, changes, managed=managed)
        before = {name: getattr(record, name) for name in changes}
        changes = {**changes, **tidied(meta, changes)}
        new = differing(wrapped(meta.sealed, changes), before)
        if not new:
            return record
        self._refuse_state(record, new)
        own = record.__dict__
        own.update(new)
        try:
            following = self._filled(record)
            before |= {name: own[name] for name in following if name not in new}
            new |= differing(following, own)
            own.update(new)
            check(self._office, record, new, before)
            self._write_edit(record, new, before)
        except BaseException:
            # The caller's object must not show a change that was not made.
            own.update(before)
            raise
        return record

    @staticmethod
    def _state(record: Record) -> str:
        """Return the state that a record is in; blank where it has no life."""
        return "" if record.life is None else str(getattr(record, record.life.column))

    def _note_event(
        self,
        record: Record,
        was: str,
        verb: str = "",
        at: datetime | None = None,
    ) -> None:
        """Note that the state of a record changed, where its life has a log."""
        life = record.life
        if life is None or not life.log:
            return
        # Most writes change no state.
        from officeops.office.events import note_event

        now = self._state(record)
        # An edit that takes a step says neither which one it is nor when it was taken.
        verb = verb or life.verb_between(was, now)
        moment = at or max(self._office.now(), self._office.last_event_at(record))
        note_event(self._office, record, was, now, verb, moment)

    def _refuse_fields(
        self,
        meta: Meta,
        changes: Mapping[str, object],
        *,
        managed: bool,
    ) -> None:
        if meta.append_only or meta.derived:
            raise Refused(
                f"{meta.plural} cannot be changed; a new entry corrects them.", code="not-by-hand"
            )
        for name in changes:
            field = meta.by_name.get(name)
            if field is None or (field.managed and not managed):
                raise Refused(
                    [Problem("cannot be edited; an action changes it", name, code="not-by-hand")],
                    meta.label,
                )

    def _refuse_state(self, record: Record, new: Mapping[str, object]) -> None:
        """Raise Refused for a change of state that no transition makes, or not by this person."""
        life = record.life
        if life is None or life.column not in new:
            return
        from officeops.model.archived_record import why_archived

        was, now = getattr(record, life.column), str(new[life.column])
        if why := why_archived(record):
            raise Refused(why, self._reader.about(record), code="archived")
        if why := life.barred(self._office, record, was, now):
            raise Refused(why, self._reader.about(record), code="wrong-state")

    def _write_edit(
        self,
        record: Record,
        new: Mapping[str, object],
        before: Mapping[str, object],
    ) -> None:
        meta = record.meta
        sealed = self._seals().sealed(meta, record.id, new) if meta.sealed else {}
        changed = {**new, **sealed}
        values = {name: to_sql(value) for name, value in changed.items()}
        self._update(record, values, {**record.__dict__, **before})
        record.__dict__.update(sealed)
        if record.schedule is not None:
            named(_SAVED)(self._office, record, before)
        if type(record).edited is not Record.edited:
            self._follow(record, "edited", record.edited, self._office, before)

    def archive(self, record: R) -> R:
        """Archive a record: hide it from lists, keep its history, free its unique values."""
        return self._set_archived(record, self._store.stamp())

    def retire(self, record: R) -> R:
        """Archive a record for a merge, which asks `refuse_kept` once its references have moved."""
        return self._set_archived(record, self._store.stamp(), is_asked=False)

    def refuse_kept(self, record: Record) -> None:
        """Raise Refused where the record, or a plugin, says that it must not be archived."""
        if why := self._reason_to_keep(record):
            raise Refused(why, self._reader.about(record), code="in-use")

    def unarchive(self, record: R) -> R:
        """Restore an archived record.

        Raises Refused where its unique value is taken by now, and where its own rules forbid it.
        """
        self._refuse_broken(record)
        return self._set_archived(record, None)

    def _refuse_broken(self, record: Record) -> None:
        """Raise Refused for a record that breaks its own rules once it counts again.

        A colleague may have its shift by now, or its week may be with the payroll.
        """
        before = record.archived_at
        # As it would be: rules may look at whether it is archived.
        record.archived_at = None
        try:
            problems = list(own_rules(self._office, record)) if before else []
        finally:
            record.archived_at = before
        if problems:
            raise Refused(problems, self._office.about(record))

    def _set_archived(
        self,
        record: R,
        archived_at: str | None,
        *,
        is_asked: bool = True,
    ) -> R:
        self._runner.must_be_inside()
        before = record.archived_at
        why: str | None
        if archived_at is None:
            why = Reason("it is not archived", code="not-archived") if before is None else None
        elif before:
            why = Reason("it is archived already", code="archived")
        else:
            why = self._reason_to_keep(record) if is_asked else None
        if why:
            raise Refused(why, self._reader.about(record), code="in-use")
        if archived_at is None and record.meta.sealed:
            self._seals().no_twin(record.meta, record.id, record.__dict__)
        record.archived_at = archived_at
        self._update(record, {"archived_at": archived_at}, {"archived_at": before})
        if record.schedule is not None:
            named(_PUT_AWAY if archived_at else _BROUGHT_BACK)(self._office, record)
        # In a merge, the children follow to the record that stays.
        if record.children and is_asked:
            self._take_children(record, before)
        return record

    def _take_children(self, record: Record, before: str | None) -> None:
        """Archive the children of a record with it, or bring back those that went with it."""
        from officeops.office.children.rows import brought_back, put_away

        if record.archived_at:
            rows = put_away(self._office, record)
        else:
            rows = brought_back(self._office, record, before or "")
        for row in rows:
            self._set_archived(row, record.archived_at)

    def _reason_to_keep(self, record: Record) -> str | None:
        """Ask legal holds, the record, then other plugins, why it must not be archived now."""
        if held := named(_HELD)(self._office, record):
            return held  # type: ignore[no-any-return] # by name: the core has holds
        place = f"keep() of the record {record.meta.key}"
        with self._office.answering(record.meta.plugin, place):
            why = reason_in(record.keep(self._office))
        if why or not self._plugins.implements("keep"):
            return why
        for plugin, problem in self._plugins.guard("keep", office=self._office, record=record):
            sentence = f"{problem.message} ({plugin})"
            return Reason(sentence, code=problem.code or "in-use", facts=problem.facts)
        return None

    def _update(
        self,
        record: Record,
        values: dict[str, Any],
        before: Mapping[str, object],
    ) -> None:
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
        try:
            rows = self.rows.update(meta, record.id, values, version=record.version)
        except sqlite3.IntegrityError as error:
            raise self._refused_by_file(record, error, record.id) from error
        if rows != 1:
            from officeops.office.conflicts import conflict  # few writes meet another

            mine = {}
            for name in values:
                # The digest of a sealed field is no field of its own.
                if name in meta.by_name or name == "archived_at":
                    mine[name] = getattr(record, name)
            raise conflict(self._reader.get(type(record), record.id), mine, before)
        record.version += 1
        old = {name: to_sql(before.get(name)) for name in values}
        self._runner.note(meta, record.id, old, values)
