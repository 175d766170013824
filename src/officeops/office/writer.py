"""Writing: every write is part of an action, checked, versioned and on record."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar, cast

from officeops.model.change import Change
from officeops.model.errors import Already, Broken, Conflict, OutsideAction, Problem, Refused, UsageProblem
from officeops.model.placeholder import same
from officeops.model.records import Record as AnyRecord
from officeops.model.records import to_sql
from officeops.model.sealed_value import as_kept, wrapped
from officeops.office.conflicts import conflict
from officeops.office.repeated_requests import READINGS, argument, as_text, other_request
from officeops.office.validation import check, columns_in_order, explain, explain_many, explained
from officeops.plugins.blame import Blame
from officeops.plugins.hook_results import check_outcome, reason_in
from officeops.plugins.time_limits import Limit
from officeops.store.statements import OUTSIDE, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from officeops.model.actions import Action
    from officeops.model.identity import Identity
    from officeops.model.records import Meta, Record
    from officeops.office.authorization import Authorizer
    from officeops.office.office import Office
    from officeops.office.reader import Reader
    from officeops.office.sealed_fields import SealedFields
    from officeops.plugins.manager import Plugins
    from officeops.store.store import Store

    R = TypeVar("R", bound=Record)
else:
    R = TypeVar("R")
T = TypeVar("T")


class Writing:
    """The writing half of Office."""

    store: Store
    records: dict[str, type[Record]]
    authorizer: Authorizer
    reader: Reader
    seals: SealedFields

    actor: str
    plugins: Plugins
    _open: str = ""
    #: What the open action has written so far; plugins are told of it after the commit.
    written: list[Change]
    #: The request id that the command line was given, until an action has taken it.
    demanded: str = ""
    #: What changed in the open action beside what was asked for, as sentences for whoever asked.
    remarks: list[str]
    #: The plugin whose job runs in this office: who may run the job may do what it does with its plugin's verbs.
    job_of: str = ""
    #: How many changes of each table the open action must have on record at its end.
    _expected: dict[str, int]
    #: How many rows of each table a bulk action has added and folded.
    _folded: dict[str, int]

    def do(self, action: Action[..., T], *args: object, request: str | None = None, **kwargs: object) -> T:
        """Run an action as one audited transaction and return what it returns.

        Raises Refused where the action cannot be done now, Conflict where its record changed since it was read,
        and Already, with the first answer, for a `request` id that was carried out before.
        """
        args, kwargs = action.wrapped(args, kwargs)
        action.in_order(self._office, args[1:] if action.record else args, kwargs)
        arguments = {k: argument(v) for k, v in kwargs.items() if v is not None}
        about = [argument(each) for each in args]
        arguments = {"of": about, **arguments} if about else arguments
        bulk = action.label if action.long else ""
        with self.acting(action.name, arguments, request=request, bulk=bulk) as outcome:
            if action.record:
                self._ready(action, args[0])
                action.agreed(self._office, args[0], kwargs)
            result = action(self._office, *args, **kwargs)
            with Blame(action.plugin, f"the action {action.name}"):
                check_outcome(result)
            outcome.append(self.reader.name(result) if isinstance(result, AnyRecord) else str(result or ""))
        return result

    def _ready(self, action: Action[..., Any], record: Any) -> None:  # noqa: ANN401 - the record it acts on
        now = self.reader.get(type(record), record.id)
        if now.version != record.version:
            changed = [f.name for f in record.meta.fields if not same(getattr(now, f.name), getattr(record, f.name))]
            sides = ({name: getattr(each, name) for name in changed} for each in (record, now, record))
            raise Conflict(f"{record.meta.label} {record.human_key}", *sides)
        if why := action.reason(self._office, now):
            raise Refused(why, f"{action.label} {self.reader.word_for(record)}")

    @contextmanager
    def acting(
        self,
        verb: str,
        arguments: Mapping[str, object] | None = None,
        *,
        request: str | None = None,
        bulk: str = "",
        needs: str = "",
    ) -> Iterator[list[str]]:
        """Open an action: the one place where a write transaction begins. Yields a list to put the outcome in.

        All of it is committed or nothing is. `bulk` names a long action to those who wait for the gate. `needs` is
        the permission it takes, where that is not the verb's own. With a `request`, `arguments` say all that makes it
        another action: what it is about, too.
        """
        self._not_asked()
        if request and arguments is None:
            raise TypeError(f"the action {verb} has a request id but says nothing of what it is given")
        outcome: list[str] = []
        said = as_text(arguments) if arguments else None
        with self.store.exclusive(f"{self.actor}: {bulk or verb}") as db:
            with self.authorizer.lifted():
                if not (self.job_of and verb.startswith(f"{self.job_of}.")):
                    self.authorizer.allow(needs or verb)
                self._open, self.written, self._expected, self.remarks = verb, [], {}, []
                self._folded = {}
                self.store.action_id = self._record_action(db, verb, said, request)
            try:
                with self.authorizer.trusted("action"), self._limit(verb, bulk):
                    yield outcome
                self.store.must_be_open()
                self._honor(verb, request)
                with self.authorizer.lifted():
                    from officeops.store.chain import seal

                    counts = seal(db, self.store.keys, self.store.action_id, "".join(outcome) if request else None)
                    self._all_on_record(counts)
            finally:
                self._open = ""
                self.authorizer.forget_who()
        self._tell()

    def _limit(self, verb: str, bulk: str) -> Limit:
        """Return the time an action has; what is long by its nature has as much as it takes."""
        return Limit(
            self.store.db,
            0 if bulk else self.plugins.limits.action,
            self.plugins.of_frame,
            otherwise=verb.partition(".")[0],
            what=f"for the action {verb}",
            then="It was taken back, nothing was written.",
        )

    def _record_action(self, db: sqlite3.Connection, verb: str, said: str | None, request: str | None) -> int:
        # Changes of one action are neighbours: their first id is kept instead of an index over all of them.
        sql = (
            "INSERT INTO core_action (request, actor, at, verb, arguments, first_change) VALUES (?, ?, "
            "strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), ?, ?, 1 + ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'core_change'), 0))"
        )
        try:
            return int(db.execute(sql, (request, self.actor, verb, said)).lastrowid or 0)
        except sqlite3.IntegrityError:
            # The index of requests refused it; one that is new costs no question beforehand.
            self.once(request, verb, lambda _, given: (as_text(given) if given else None) == said)
            raise

    def _honor(self, verb: str, request: str | None) -> None:
        """Take the request id that the command line was given, before the commit: a dry run needs none.

        Raises UsageProblem where the command passes none on: it would be done again each time it is repeated.
        """
        if request:
            self.demanded = ""
        elif self.demanded and not verb.endswith(READINGS):
            raise UsageProblem(f"{verb} runs every time. Leave out --request-id.")

    def once(self, request: str | None, verb: str, is_same: Callable[[int, Mapping[str, Any]], bool]) -> None:
        """Raise Already, with the first answer, where the acting person did this under this request id before.

        `is_same` gets the action's number and what it was given, and tells whether that is what is asked for now. Raises
        Refused, and tells nothing, where it is not, or where the id is another person's or another verb's: neither may
        be taken for done.
        """
        if not request:
            return
        with self.authorizer.lifted():
            found = self.reader.rows(
                "SELECT id, actor, verb, arguments, outcome FROM core_action WHERE request = ?", request
            )
        for id_, actor, done, told, outcome in found:
            self.authorizer.allow(verb)
            if (actor, done) != (self.actor, verb) or not is_same(id_, _given(told)):
                raise other_request(request)
            raise Already(outcome or "", id_)

    def expect(self, meta: Meta, rows: int = 1) -> None:
        """Expect that many written rows of a table on record at the end of the open action; whatever writes a row says so."""
        if not meta.derived:
            self._expected[meta.table] = self._expected.get(meta.table, 0) + rows

    def _all_on_record(self, counts: Mapping[bytes, int]) -> None:
        """Raise Broken where less of a table is on record than was written: a trigger is missing, or is not ours."""
        for table, rows in self._expected.items():
            # What was put off and never written is refused by the commit, which knows why.
            if counts.get(table.encode(), 0) < rows and not self.store.deferred:
                raise Broken(
                    f"A trigger that keeps the history of {table} is missing or was altered, so nothing was written. "
                    "`officeops selfcheck --fix` puts it back; ask who took it away."
                )

    def _tell(self) -> None:
        """Tell plugins what was written, after the commit."""
        changes, self.written = self.written, []
        if changes and self.plugins.implements("changed"):
            for change in changes:
                for _ in self.plugins.collect("changed", office=self, change=change):
                    pass

    def _not_asked(self) -> None:
        """Raise OutsideAction while a plugin is asked something: it answers, and writes nothing."""
        if self.store.db.asked is not None:
            raise OutsideAction(sentence(OUTSIDE, self.running()))

    @property
    def _office(self) -> Office:
        """Itself, by the name that declarations know: nothing but an Office is made of this half."""
        return cast("Office", self)

    def running(self) -> tuple[str, str] | None:
        """Return the plugin whose code runs just now and its function, or what it is asked; None where none does."""
        return self.plugins.running() or self.store.db.asked

    def _inside(self) -> None:
        """Raise OutsideAction where no action is open that a write would belong to."""
        self._not_asked()
        if self.store.action_id is None:
            raise OutsideAction(sentence(OUTSIDE, self.running()))

    # -- one record ---------------------------------------------------------------------------------

    def add(self, record: R) -> R:
        """Write a new record and return it with its id. Raises Refused with every problem found."""
        self._inside()
        meta = record.meta
        self._may_set(meta, record.__dict__)
        check(self._office, record)
        kept: dict[str, Any] = {}
        if meta.sealed:
            # A sealed value is bound to its record's id, so that is known before the row is there.
            kept = {"id": (new := self.last_id(type(record)) + 1), **self.seals.sealed(meta, new, record.__dict__)}
        own = {**record.__dict__, **kept}
        values = {name: to_sql(own[name]) for name in (*(f.name for f in meta.fields), *kept)}
        sql = f"INSERT INTO {meta.table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})"
        self.before_adding(meta)
        with explained(self._office, meta, record.__dict__):
            number = int(self.store.db.execute(sql, list(values.values())).lastrowid or 0)
            self.fold_added(meta, number, 1)
        record.id = number
        record.__dict__.update(kept)
        values.pop("id", None)
        self._note(meta, record.id, None, values)
        return record

    def add_many(self, record: type[Record], rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Write many new records at once and return their ids.

        For actions that made the rows themselves: values are as SQLite keeps them, defaults are filled in. Each field's
        kind, limits and choices, the file's own constraints and plugins' guards are asked; `check` of the record is not.
        """
        from officeops.store.bulk_insert import insert_columns

        self._inside()
        if not rows:
            return []
        meta, first = record.meta, self.last_id(record) + 1
        for row in rows if meta.guarded else ():
            self._may_set(meta, row)
        columns = _columns(meta, rows)
        columns_in_order(self._office, meta, columns)
        self.before_adding(meta)
        if meta.sealed:
            rows = [self._sealed_row(meta, id_, row) for id_, row in enumerate(rows, first)]
            columns = _columns(meta, rows)
        ids = range(first, first + len(rows))
        try:
            insert_columns(self.store.db, meta, {"id": ids, **columns})
            self.fold_added(meta, first, len(rows))
        except sqlite3.IntegrityError as error:
            raise Refused(
                explain_many(self._office, error, meta, dict(zip(ids, rows, strict=True))), meta.label
            ) from error
        if self.plugins.implements("validate") or self.plugins.implements("changed"):
            blank = {f.name: None if f.required else to_sql(f.default) for f in meta.fields}
            for id_, row in zip(ids, rows, strict=True):
                self._note(meta, id_, None, {**blank, **row})
        else:
            self.expect(meta, len(rows))
        return list(ids)

    def _may_set(self, meta: Meta, values: Mapping[str, Any]) -> None:
        """Raise Forbidden for a guarded value that the acting person may not set; SQLite does not say which columns an INSERT fills."""
        for name, stem in meta.guarded.items():
            if (value := values.get(name)) is not None and value != meta.by_name[name].default:
                self.authorizer.allow(f"{stem}.edit")

    def _sealed_row(self, meta: Meta, id: int, row: Mapping[str, Any]) -> dict[str, Any]:  # noqa: A002 - the column's name
        return {**row, **{name: to_sql(value) for name, value in self.seals.sealed(meta, id, row).items()}}

    def last_id(self, record: type[Record]) -> int:
        """Return the highest id a kind of record was ever given; ids are never given twice."""
        return int(self.reader.value("SELECT seq FROM sqlite_sequence WHERE name = ?", record.meta.table) or 0)

    def before_adding(self, meta: Meta) -> None:
        """Take a table's triggers of added rows away, where a bulk action puts off what they write."""
        deferred = self.store.deferred
        if deferred is not None and meta.table not in deferred:
            from officeops.store.triggers import added_triggers

            deferred[meta.table] = self.last_id(self.records[meta.key]) + 1
            with self.authorizer.lifted():
                for name in added_triggers(meta):
                    self.store.db.execute(f"DROP TRIGGER {name}")

    def fold_added(self, meta: Meta, first: int, rows: int, known: Identity | None = None) -> None:
        """Write the unique entries of rows just added, from an id on, where a bulk action took the triggers away that do.

        Raises sqlite3.IntegrityError, as those do, where one is another live record's. Of `known` the caller has seen that
        none is, and has written the entries.
        """
        if self.store.deferred is None or not meta.identities:
            return
        from officeops.store.folded_identities import TAKEN, clashing, put_off

        with self.authorizer.lifted():
            unique = [identity for identity in meta.identities if identity.unique and identity != known]
            for identity in unique:
                self.store.db.execute(put_off(meta, identity), (first,))
            for identity in unique:
                if self.reader.value(clashing(meta, identity), first):
                    raise sqlite3.IntegrityError(f"{TAKEN} {meta.table}.{identity.name}")
        self._folded[meta.table] = self._folded.get(meta.table, 0) + rows

    def write_deferred(self) -> None:
        """Write the history and the search entries that were put off, each table's in one piece, and put its triggers back."""
        from officeops.store.triggers import added_triggers, deferred

        metas = {record.meta.table: record.meta for record in self.records.values()}
        with self.authorizer.lifted():
            for table, first in (self.store.deferred or {}).items():
                # What came in past the office's own ways is folded, and looked at, here.
                if self.reader.value(f"SELECT count(*) FROM {table} WHERE id >= ?", first) != self._folded.get(
                    table, 0
                ):
                    with explained(self._office, metas[table], {}):
                        self.fold_added(metas[table], first, 0)
                for statement in deferred(metas[table]):
                    self.store.db.execute(statement, (first,))
                for statement in added_triggers(metas[table]).values():
                    self.store.db.execute(statement)
        self.store.deferred = None

    def edit(self, record: R, *, managed: bool = False, **changes: object) -> R:
        """Change fields of a record as it was read, and return it changed.

        Raises Conflict where someone changed it meanwhile, Refused with every problem found.
        `managed` lets an action change what a form may not (a state, a computed term).
        """
        self._inside()
        meta = record.meta
        self._allowed(meta, changes, managed=managed)
        before = {name: getattr(record, name) for name in changes}
        changes = {n: value for n, value in wrapped(meta.sealed, changes).items() if not same(value, before[n])}
        if not changes:
            return record
        about = self.reader.about(record)
        for name, value in changes.items():
            setattr(record, name, value)
        try:
            check(self._office, record, changes, about)
            kept = self.seals.sealed(meta, record.id, changes) if meta.sealed else {}
            values = {name: to_sql(value) for name, value in {**changes, **kept}.items()}
            self._update(record, values, {**record.__dict__, **before})
            record.__dict__.update(kept)
            # It acts: what depends on the fields is written here, in the same action.
            with Blame(meta.plugin, f"edited() of the record {meta.key}"):
                self.remarks += record.edited(self._office, before)
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
        if (first := (self.store.deferred or {}).get(meta.table)) and record.id >= first:
            raise Broken(f"{meta.label} {record.human_key} was added by this bulk action and cannot be changed in it.")
        sets = ", ".join(f"{name} = ?" for name in values)
        sql = f"UPDATE {meta.table} SET {sets}, version = version + 1 WHERE id = ? AND version = ?"
        with explained(self._office, meta, record.__dict__, record.id):
            done = self.store.db.execute(sql, [*values.values(), record.id, record.version])
        if done.rowcount != 1:
            mine = {name: getattr(record, name) for name in values if name in meta.by_name or name == "archived_at"}
            raise conflict(self.reader.get(type(record), record.id), mine, before)
        record.version += 1
        self._note(meta, record.id, {name: to_sql(before.get(name)) for name in values}, values)

    def put_back(self, record: type[Record], id: int, values: Mapping[str, Any], now: Mapping[str, Any]) -> None:  # noqa: A002
        """Write values as SQLite keeps them over those that are there now; for undo, which has checked that they are."""
        meta = record.meta
        sets = ", ".join(f"{name} = ?" for name in values)
        if meta.sealed:
            self._no_kept_twin(record, id, values)
        if meta.fixed:
            from officeops.office.fixed_references import parted

            if problems := list(parted(self._office, meta, id, values)):
                raise Refused(problems, f"{meta.label} #{id}")
        try:
            self.store.db.execute(
                f"UPDATE {meta.table} SET {sets}, version = version + 1 WHERE id = ?", [*values.values(), id]
            )
        except sqlite3.IntegrityError as error:
            there = self.reader.get(record, id)
            problems = explain(self._office, error, meta, {**there.__dict__, **values}, id)
            raise Refused(problems, f"{meta.label} {there.human_key}") from error
        self._note(meta, id, dict(now), dict(values))

    def _no_kept_twin(self, record: type[Record], id: int, values: Mapping[str, Any]) -> None:  # noqa: A002 - as above
        """Raise Refused where a unique sealed value that comes back was given to another record meanwhile."""
        kept = {f.name: as_kept(values[f.name]) for f in record.meta.sealed if values.get(f.name)}
        after = {**self.reader.get(record, id).__dict__, **values, **kept}
        if after["archived_at"] is None:
            self.seals.no_twin(record.meta, id, after)

    def archive(self, record: R) -> R:
        """Put a record away: out of lists, kept with its history. Its unique values are free again."""
        return self._put(record, self.stamp())

    def unarchive(self, record: R) -> R:
        """Bring an archived record back. Raises Refused where its unique value was given away meanwhile."""
        return self._put(record, None)

    def _put(self, record: R, archived_at: str | None) -> R:
        self._inside()
        if (record.archived_at is None) == (archived_at is None):
            raise Refused("it is archived already" if archived_at else "it is not archived", self.reader.about(record))
        if archived_at and (why := self._kept_because(record)):
            raise Refused(why, self.reader.about(record))
        if archived_at is None:
            self.seals.no_twin(record.meta, record.id, record.__dict__)
        before, record.archived_at = record.archived_at, archived_at
        self._update(record, {"archived_at": archived_at}, {"archived_at": before})
        return record

    def _kept_because(self, record: Record) -> str | None:
        place = f"keep() of the record {record.meta.key}"
        with self._office.answering(record.meta.plugin, place):
            why = reason_in(record.keep(self._office))
        if why or not self.plugins.implements("keep"):
            return why
        others = self.plugins.guard("keep", office=self, record=record)
        return next((f"{problem.message} ({name})" for name, problem in others), None)

    def now(self) -> datetime:
        """Return this instant, aware and in UTC, to the second: what fields of kind instant keep."""
        from datetime import UTC, datetime

        return datetime.now(UTC).replace(microsecond=0)

    def stamp(self) -> str:
        """Return this instant as the text in which SQLite's clock has it, which `archived_at` and actions keep."""
        return str(self.reader.value("SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"))

    def _note(self, meta: Meta, id: int, before: dict[str, Any] | None, after: dict[str, Any]) -> None:  # noqa: A002
        change = Change(meta.key, id, before, after, self.actor, self._open)
        if self.plugins.implements("validate"):
            problems = [
                Problem(f"{p.message} ({name})", p.field)
                for name, p in self.plugins.guard("validate", office=self, change=change)
            ]
            if problems:
                raise Refused(problems, meta.label)
        self.written.append(change)
        self.expect(meta)


def _columns(meta: Meta, rows: Sequence[Mapping[str, Any]]) -> dict[str, Sequence[Any]]:
    """Return the values of rows by their columns.

    Rows alike in their columns, as they nearly always are, leave the defaults to SQLite: half the values to bind.
    """
    names = tuple(rows[0])
    if set(map(tuple, rows)) == {names}:
        return dict(zip(names, zip(*[row.values() for row in rows], strict=True), strict=True))
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    defaults = {f.name: to_sql(f.default) for f in meta.fields if not f.required}
    return {name: [row.get(name, defaults.get(name)) for row in rows] for name in names}


def _given(arguments: str | None) -> dict[str, Any]:
    """Return what an action was given; nothing where none of it is kept, or no longer."""
    import json

    return json.loads(arguments) if arguments else {}
