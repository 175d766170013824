"""ActionRunner: every write is part of an action, which is committed as a whole and recorded."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from officeops.model.errors import Conflict, OutsideAction, PluginFault, Problem, Refused
from officeops.model.placeholder import differing
from officeops.model.records import Record as AnyRecord
from officeops.office.action_changes import ActionChanges
from officeops.office.action_requests import ActionRequests
from officeops.office.authorization import only_reads
from officeops.office.repeated_requests import argument
from officeops.plugins.blame import Blame
from officeops.plugins.hook_results import check_outcome
from officeops.plugins.time_limits import Limit
from officeops.query.merged import NOTED
from officeops.store.statements import OUTSIDE, sentence
from officeops.values.clarified import remarks_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from officeops.model.office import DeclaredAction, Office
    from officeops.office.authorization import Authorizer
    from officeops.office.opened_values import OpenedValues
    from officeops.office.reader import Reader
    from officeops.plugins.manager import Plugins
    from officeops.store.store import Store
    from officeops.store.stored_office import StoredOffice

T = TypeVar("T")

#: An action's row. Changes of one action are neighbors, so the id of the first is enough to find
#: them: an index over all changes would be as large as they are.
_RECORD = """
INSERT INTO core_action (request, actor, at, verb, arguments, first_change)
VALUES (?, ?, strftime('%Y-%m-%dT%H:%M:%fZ', ?), ?, ?,
    1 + ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'core_change'), 0))
"""

#: What an action says that nobody asked for, where the person's own then fails.
_UNASKED: Final = {"core.merges.follow": "A plugin followed an earlier merge."}
#: Actions before which no plugin follows: they take others back, or are that very thing.
_NOT_BEFORE: Final = frozenset({"core.undo", "core.redo", "core.merges.follow"})


class ActionRunner:
    """Opens actions. The office is given to the code of plugins."""

    def __init__(
        self,
        office: Office,
        store: Store,
        plugins: Plugins,
        reader: Reader,
        authorizer: Authorizer,
    ) -> None:
        self._office = office
        self._store = store
        self._plugins = plugins
        self._reader = reader
        self._authorizer = authorizer
        #: Further changes of the open action, as sentences for the person who asked.
        self.remarks: list[str] = []
        #: The writes of the open action.
        self.changes = ActionChanges(office, store, plugins, authorizer)
        self.note, self.expect = self.changes.note, self.changes.expect
        self._job_of = ""
        #: Whether merges that plugins have to follow were asked for, and what came of it.
        self._has_followed = False
        self._followed: list[str] = []
        #: The request ids of actions.
        self.requests = ActionRequests(office, store, plugins, reader, authorizer)
        self.demand, self.once = self.requests.demand, self.requests.once
        self.repeated = self.requests.repeated
        #: What code opens of sealed fields, where the office has any.
        self.opened: OpenedValues | None = None

    def run_as_job(self, plugin: str) -> None:
        """Run a plugin's job: permission for the job covers its plugin's verbs from here on."""
        self._job_of = plugin

    def allow(self, verb: str, needs: str = "") -> None:
        """Raise Forbidden where the acting person may not do that, or what it needs instead.

        The permission for a job covers its plugin's verbs.
        """
        if not self._job_of or not verb.startswith(f"{self._job_of}."):
            self._authorizer.allow(needs or verb)

    # -- a declared action -----------------------------------------------------------------------

    def do(
        self,
        action: DeclaredAction[T],
        *args: object,
        request: str | None = None,
        **kwargs: object,
    ) -> T:
        """Run an action as one audited transaction and return what it returns.

        Raises Refused where the action cannot be done now, Conflict where its record changed since
        it was read, and Already, with the first answer, for a `request` id that was carried out
        before.
        """
        args, kwargs = action.wrapped(args, kwargs)
        action.in_order(self._office, args[1:] if action.record else args, kwargs)
        arguments = _recorded(args, kwargs)
        bulk = action.label if action.long else ""
        beyond = action.reach == "all"
        with self.acting(
            action.name,
            arguments,
            request=request,
            bulk=bulk,
            beyond=beyond,
            witness=action.witness,
        ) as outcome:
            if action.record:
                self._check_ready(action, args[0])
                action.agreed(self._office, args[0], kwargs)
            self.remarks += remarks_on([*args, *kwargs.values()])
            try:
                result = action(self._office, *args, **kwargs)
            except PluginFault as fault:
                self._refuse_for_the_file(fault)
                raise
            with Blame(action.plugin, f"the action {action.name}", getattr(action, "run", None)):
                check_outcome(result)
            if isinstance(result, AnyRecord):
                outcome.append(self._reader.name(result))
            else:
                outcome.append(str(result or ""))
        return result

    def _check_ready(
        self,
        action: DeclaredAction[Any],
        record: Any,  # noqa: ANN401 - a record
    ) -> None:
        """Raise Conflict where the record changed since it was read, Refused for a reason."""
        self._check_reach(record)
        now = self._reader.get(type(record), record.id)
        meta = record.meta
        if now.version != record.version:
            fields = {field.name: getattr(record, field.name) for field in meta.fields}
            read = differing(fields, now.__dict__)
            present = {name: getattr(now, name) for name in read}
            raise Conflict(f"{meta.label} {record.human_key}", read, present, dict(read))
        if why := action.reason(self._office, now):
            raise Refused(
                why, f"{action.label} {self._reader.word_for(record)}", code="wrong-state"
            )

    def _refuse_for_the_file(self, fault: PluginFault) -> None:
        """Raise Refused where a trigger of the core refused what SQL of the action wrote."""
        error = fault.__cause__
        if not isinstance(error, sqlite3.IntegrityError):
            return
        from officeops.office.validation import explain
        from officeops.store.file_refusals import refusal_of

        if record := self._kind_of(refusal_of(error).table):
            explained = explain(self._office, error, record.meta, {})
            problems = [_written_by(fault, problem) for problem in explained]
            raise Refused(problems, record.meta.label) from error

    def _kind_of(self, table: str) -> type[AnyRecord] | None:
        """Return the kind of record of a table, if one is named: of balances, that of their entries."""
        kinds: dict[str, type[AnyRecord]] = {}
        for record in self._reader.records.values():
            kinds.setdefault(record.meta.table, record)
            if record.ledger is not None:
                kinds[record.ledger.balance_table] = record
        return kinds.get(table)

    def _check_reach(self, record: AnyRecord) -> None:
        """Raise NotFound for a row that the acting person does not reach: code sees every row."""
        if self._authorizer.is_unlimited:
            return
        from officeops.office.row_reach import RowReach
        from officeops.office.scope_check import not_there

        if not RowReach(self._authorizer).in_reach(type(record), record.id):
            raise not_there(record.meta, record.id)

    # -- any action ------------------------------------------------------------------------------

    @contextmanager
    def acting(
        self,
        verb: str,
        arguments: Mapping[str, object] | None = None,
        *,
        request: str | None = None,
        bulk: str = "",
        needs: str = "",
        witness: bool = False,
        beyond: bool = False,
    ) -> Iterator[list[str]]:
        """Open an action: the one place where a write transaction begins.

        Yields a list for the outcome.

        All of it is committed or nothing is. `bulk` names a long action to people who wait for the
        gate. `needs` is the permission it takes, where that is not the verb's own. `beyond`: it may
        write rows that the person does not reach. `witness`: a second person signs. With a
        `request`, `arguments` include everything that would make it another action, its subject too.
        """
        self._refuse_answering()
        if self._authorizer.reads_only:
            raise only_reads()
        if request and arguments is None:
            raise TypeError(f"the action {verb} has a request id but no arguments to compare")
        outcome: list[str] = []
        if not self._has_followed:
            self._follow_merges(verb)
        self.sign_first()
        if witness:
            self._witness_first()
        recorded = self.requests.as_recorded(arguments or {}, request)
        note, unasked = f"{self._authorizer.actor}: {bulk or verb}", _UNASKED.get(verb, "")
        with self._store.exclusive(note, upgrade=unasked) as db:
            with self._authorizer.lifted():
                self._check_signature(verb)
                if witness:
                    self._check_witness(verb)
                self.allow(verb, needs)
                if self.opened:
                    self.opened.begin()
                self.changes.begin(verb)
                self.remarks = [*self._told_of_tries(), *self._followed]
                self._followed = []
                action = self._record_action(db, verb, recorded, request, arguments or {})
                self._store.action_id = action
            try:
                with (
                    self._authorizer.acting(beyond=beyond),
                    self._limit(verb, bulk),
                ):
                    yield outcome
                self._store.must_be_open()
                self.requests.honor(verb, request)
                if not beyond:
                    self._check_rows(action, verb)
                counts = self._seal(db, action, "".join(outcome) if request else None)
                self._check_promises(action, verb, counts)
            finally:
                self.changes.end()
                self._authorizer.forget_who()
        self.changes.tell_plugins()

    def record_reading(
        self,
        db: sqlite3.Connection,
        verb: str,
        arguments: Mapping[str, object],
    ) -> None:
        """Record in an open transaction that the acting person was shown something.

        Nobody signs for it, and no plugin hears of it: nothing of the office's changes.
        """
        self.changes.begin(verb)
        try:
            recorded = self.requests.as_recorded(arguments, None)
            action = self._record_action(db, verb, recorded, None, arguments)
            self._store.action_id = action
            self._seal(db, action, None)
        finally:
            self.changes.end()

    def _follow_merges(self, verb: str) -> None:
        """Have plugins follow the merges made while they were off, before the first other action.

        Not where a person takes something back, nor at a shared login: a signature is for one entry.
        """
        if verb in _NOT_BEFORE or self._authorizer.who.is_shared:
            return
        self._has_followed = True
        with self._authorizer.lifted():
            is_waiting = self._reader.value(NOTED)
        if is_waiting:
            from officeops.office.followed_merges import follow_merges

            self._followed = follow_merges(cast("StoredOffice", self._office))

    def sign_first(self) -> None:
        """Have somebody sign, where the login is one that people share and nobody has yet."""
        if self._authorizer.who.is_shared:
            from officeops.office.signing import sign_first

            sign_first(self._authorizer, self._office.ways)

    def _check_signature(self, verb: str) -> None:
        if self._authorizer.is_at_shared_login:
            from officeops.office.signing import check_signature

            check_signature(self._authorizer, verb)

    def _told_of_tries(self) -> list[str]:
        signature = self._authorizer.signature
        if signature is None:
            return []
        from officeops.office.signing import told_of_tries

        return told_of_tries(signature)

    def _witness_first(self) -> None:
        from officeops.office.witnessing import witness_first

        witness_first(self._authorizer, self._office.ways)

    def _check_witness(self, verb: str) -> None:
        from officeops.office.witnessing import check_witness

        check_witness(self._authorizer, verb)

    def _check_rows(self, action: int, verb: str) -> None:
        """Refuse an action that wrote rows which the acting person does not reach."""
        if self._authorizer.is_unlimited:
            return
        from officeops.office.scope_check import ScopeCheck

        with self._authorizer.lifted():
            ScopeCheck(self._reader, self._authorizer).check(action, verb)

    def _seal(
        self,
        db: sqlite3.Connection,
        action: int,
        outcome: str | None,
    ) -> Mapping[bytes, int]:
        """Add the action to the history's chain, and check that the history has all its writes.

        Returns how many changes it has of each table.
        """
        from officeops.store.chain import seal

        with self._authorizer.lifted():
            if self.opened:
                self.opened.record(db, action)
            counts = seal(db, self._store.keys, action, outcome)
            self.changes.check_history(counts)
        return counts

    def _check_promises(
        self,
        action: int,
        verb: str,
        counts: Mapping[bytes, int],
    ) -> None:
        """Refuse an action that breaks a promise of a kind which rests on what it wrote."""
        watched = [watch for watch in self._plugins.watches if watch.table.encode() in counts]
        if not watched:
            return
        # Most actions write nothing that a promise rests on.
        from officeops.office.promises import refuse_broken

        with self._authorizer.lifted():
            refuse_broken(self._office, action, verb, watched)

    def _limit(self, verb: str, bulk: str) -> Limit:
        """Return the time limit of an action; a long one has none."""
        return Limit(
            self._store.db,
            0 if bulk else self._plugins.limits.action,
            self._plugins.of_frame,
            otherwise=verb.partition(".")[0],
            what=f"for the action {verb}",
            then="It was undone, nothing was written.",
        )

    def _record_action(
        self,
        db: sqlite3.Connection,
        verb: str,
        recorded: str | None,
        request: str | None,
        arguments: Mapping[str, object],
    ) -> int:
        values = (request, self._authorizer.actor, self._store.moment, verb, recorded)
        try:
            return int(db.execute(_RECORD, values).lastrowid or 0)
        except sqlite3.IntegrityError:
            # The index of requests refused it. A request that is new, as most are, costs no query.
            self.once(request, verb, self.requests.compared(verb, arguments))
            raise

    # -- code that must not write ----------------------------------------------------------------

    def must_be_inside(self) -> None:
        """Raise OutsideAction where no action is open that a write would belong to."""
        self._refuse_answering()
        if self._store.action_id is None:
            raise OutsideAction(sentence(OUTSIDE, self.running()))

    @property
    def is_inside(self) -> bool:
        """Whether an action is open, which the history will have with all that is noted."""
        return self._store.action_id is not None

    def _refuse_answering(self) -> None:
        """Raise OutsideAction while a plugin is asked something: it answers, and writes nothing."""
        if self._store.db.asked is not None:
            raise OutsideAction(sentence(OUTSIDE, self.running()))

    def running(self) -> tuple[str, str] | None:
        """Return the plugin whose code runs now and its function, or the question it was asked."""
        return self._plugins.running() or self._store.db.asked


def _written_by(fault: PluginFault, problem: Problem) -> Problem:
    """Name the plugin in a refusal of its SQL; a value that is taken is the person's to change."""
    if problem.code == "taken":
        return problem
    return problem.replace(message=f"{problem.message} (SQL of the plugin {fault.plugin})")


def _recorded(args: tuple[Any, ...], kwargs: Mapping[str, object]) -> dict[str, object]:
    """Turn an action's arguments into what the history keeps of them."""
    named = {name: argument(value) for name, value in kwargs.items() if value is not None}
    if not args:
        return named
    subject = [argument(value) for value in args]
    return {"of": subject, **named}
