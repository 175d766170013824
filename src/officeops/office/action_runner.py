"""ActionRunner: every write is part of an action, which is checked, committed as a whole and on record."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from officeops.model.change import Change
from officeops.model.errors import (
    Already,
    Broken,
    Conflict,
    OutsideAction,
    Problem,
    Refused,
    UsageProblem,
)
from officeops.model.placeholder import same
from officeops.model.records import Record as AnyRecord
from officeops.office.repeated_requests import READINGS, argument, as_text, other_request
from officeops.plugins.blame import Blame
from officeops.plugins.hook_results import check_outcome
from officeops.plugins.time_limits import Limit
from officeops.store.statements import OUTSIDE, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from officeops.model.actions import Action
    from officeops.model.meta import Meta
    from officeops.model.office import Office
    from officeops.office.authorization import Authorizer
    from officeops.office.reader import Reader
    from officeops.plugins.manager import Plugins
    from officeops.store.store import Store

T = TypeVar("T")


class ActionRunner:
    """Opens actions, and knows what the open one has written. The office is handed to the code of plugins."""

    def __init__(
        self, office: Office, store: Store, plugins: Plugins, reader: Reader, authorizer: Authorizer
    ) -> None:
        self._office, self._store, self._plugins = office, store, plugins
        self._reader, self._authorizer = reader, authorizer
        #: What changed in the open action beside what was asked for, as sentences for whoever asked.
        self.remarks: list[str] = []
        #: The verb of the open action.
        self._open = ""
        #: What the open action has written so far; plugins are told of it after the commit.
        self._written: list[Change] = []
        #: How many changes of each table the open action must have on record at its end.
        self._expected: dict[str, int] = {}
        self._demanded = ""
        self._job_of = ""

    def demand(self, request: str) -> None:
        """Take the request id of the command line, which the next action must use."""
        self._demanded = request

    def run_as_job(self, plugin: str) -> None:
        """Run a plugin's job: permission for the job covers its plugin's verbs from here on."""
        self._job_of = plugin

    def do(
        self, action: Action[..., T], *args: object, request: str | None = None, **kwargs: object
    ) -> T:
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
            outcome.append(
                self._reader.name(result) if isinstance(result, AnyRecord) else str(result or "")
            )
        return result

    def _ready(self, action: Action[..., Any], record: Any) -> None:  # noqa: ANN401 - the record it acts on
        now = self._reader.get(type(record), record.id)
        if now.version != record.version:
            changed = [
                f.name
                for f in record.meta.fields
                if not same(getattr(now, f.name), getattr(record, f.name))
            ]
            sides = (
                {name: getattr(each, name) for name in changed} for each in (record, now, record)
            )
            raise Conflict(f"{record.meta.label} {record.human_key}", *sides)
        if why := action.reason(self._office, now):
            raise Refused(why, f"{action.label} {self._reader.word_for(record)}")

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
            raise TypeError(
                f"the action {verb} has a request id but says nothing of what it is given"
            )
        outcome: list[str] = []
        said = as_text(arguments) if arguments else None
        with self._store.exclusive(f"{self._authorizer.actor}: {bulk or verb}") as db:
            with self._authorizer.lifted():
                if not (self._job_of and verb.startswith(f"{self._job_of}.")):
                    self._authorizer.allow(needs or verb)
                self._open, self._written, self._expected, self.remarks = verb, [], {}, []
                self._store.action_id = self._record_action(db, verb, said, request)
            try:
                with self._authorizer.trusted("action"), self._limit(verb, bulk):
                    yield outcome
                self._store.must_be_open()
                self._honor(verb, request)
                with self._authorizer.lifted():
                    from officeops.store.chain import seal

                    counts = seal(
                        db,
                        self._store.keys,
                        self._store.action_id,
                        "".join(outcome) if request else None,
                    )
                    self._all_on_record(counts)
            finally:
                self._open = ""
                self._authorizer.forget_who()
        self._tell()

    def _limit(self, verb: str, bulk: str) -> Limit:
        """Return the time an action has; what is long by its nature has as much as it takes."""
        return Limit(
            self._store.db,
            0 if bulk else self._plugins.limits.action,
            self._plugins.of_frame,
            otherwise=verb.partition(".")[0],
            what=f"for the action {verb}",
            then="It was taken back, nothing was written.",
        )

    def _record_action(
        self, db: sqlite3.Connection, verb: str, said: str | None, request: str | None
    ) -> int:
        # Changes of one action are neighbours: their first id is kept instead of an index over all of them.
        sql = (
            "INSERT INTO core_action (request, actor, at, verb, arguments, first_change) VALUES (?, ?, "
            "strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), ?, ?, 1 + ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'core_change'), 0))"
        )
        try:
            return int(
                db.execute(sql, (request, self._authorizer.actor, verb, said)).lastrowid or 0
            )
        except sqlite3.IntegrityError:
            # The index of requests refused it; one that is new costs no question beforehand.
            self.once(request, verb, lambda _, given: (as_text(given) if given else None) == said)
            raise

    def _honor(self, verb: str, request: str | None) -> None:
        """Take the request id that the command line was given, before the commit: a dry run needs none.

        Raises UsageProblem where the command passes none on: it would be done again each time it is repeated.
        """
        if request:
            self._demanded = ""
        elif self._demanded and not verb.endswith(READINGS):
            raise UsageProblem(f"{verb} runs every time. Leave out --request-id.")

    def once(
        self, request: str | None, verb: str, is_same: Callable[[int, Mapping[str, Any]], bool]
    ) -> None:
        """Raise Already, with the first answer, if this person did this under this request id.

        `is_same` gets the action's number and what it was given, and tells whether that is what is asked for now. Raises
        Refused, and tells nothing, where it is not, or where the id is another person's or another verb's: neither may
        be taken for done.
        """
        if not request:
            return
        with self._authorizer.lifted():
            found = self._reader.rows(
                "SELECT id, actor, verb, arguments, outcome FROM core_action WHERE request = ?",
                request,
            )
        for id_, actor, done, told, outcome in found:
            self._authorizer.allow(verb)
            if (actor, done) != (self._authorizer.actor, verb) or not is_same(id_, _given(told)):
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
            if counts.get(table.encode(), 0) < rows and not self._store.deferred:
                raise Broken(
                    f"A trigger that keeps the history of {table} is missing or was altered, so nothing was written. "
                    "`officeops selfcheck --fix` puts it back; ask who took it away."
                )

    def _tell(self) -> None:
        """Tell plugins what was written, after the commit."""
        changes, self._written = self._written, []
        if changes and self._plugins.implements("changed"):
            for change in changes:
                for _ in self._plugins.collect("changed", office=self._office, change=change):
                    pass

    def _not_asked(self) -> None:
        """Raise OutsideAction while a plugin is asked something: it answers, and writes nothing."""
        if self._store.db.asked is not None:
            raise OutsideAction(sentence(OUTSIDE, self.running()))

    def running(self) -> tuple[str, str] | None:
        """Return the plugin whose code runs just now and its function, or what it is asked; None where none does."""
        return self._plugins.running() or self._store.db.asked

    def must_be_inside(self) -> None:
        """Raise OutsideAction where no action is open that a write would belong to."""
        self._not_asked()
        if self._store.action_id is None:
            raise OutsideAction(sentence(OUTSIDE, self.running()))

    def note(
        self,
        meta: Meta,
        id: int,  # noqa: A002
        before: dict[str, Any] | None,
        after: dict[str, Any],
    ) -> None:
        """Take note of one record as it was written, which must then be on record; plugins may refuse it. Raises Refused."""
        change = Change(meta.key, id, before, after, self._authorizer.actor, self._open)
        if self._plugins.implements("validate"):
            problems = [
                Problem(f"{p.message} ({name})", p.field)
                for name, p in self._plugins.guard("validate", office=self._office, change=change)
            ]
            if problems:
                raise Refused(problems, meta.label)
        self._written.append(change)
        self.expect(meta)

    def wrote(self, changes: Iterable[Change]) -> None:
        """Take note of what a bulk action wrote and checked by itself; plugins are told of it after the commit."""
        self._written += changes


def _given(arguments: str | None) -> dict[str, Any]:
    """Return what an action was given; nothing where none of it is kept, or no longer."""
    import json

    return json.loads(arguments) if arguments else {}
