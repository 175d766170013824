"""Office: an open file, who is acting, and the plugins that are on."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from officeops.core.records import Facts
from officeops.model.errors import NotFound, UsageProblem
from officeops.office.action_runner import ActionRunner
from officeops.office.authorization import Authorizer
from officeops.office.finder import EVERYTHING, Finder
from officeops.office.reader import Reader
from officeops.office.record_types import by_noun, records_of
from officeops.office.sealed_fields import SealedFields
from officeops.office.upgrade import Upgrade, migrations
from officeops.office.writer import Writer
from officeops.plugins.blame import Accountable, Answering, Blame
from officeops.plugins.hook_results import reason_in
from officeops.plugins.time_limits import puts_back
from officeops.sealing.keyring import Ring, path_of
from officeops.store.commits import Fate
from officeops.store.connection import Connection
from officeops.store.store import Store
from officeops.values.conventions import Conventions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date, datetime

    from officeops.access.identity import Who
    from officeops.model.actions import Action
    from officeops.model.declarations import Command, Job, Query, Report, Screen
    from officeops.model.due import Noted
    from officeops.model.fields import Field
    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.model.settings import Machine, Settings
    from officeops.office.bulk_writer import BulkWriter
    from officeops.office.due_items import DueItems
    from officeops.plugins.manager import Plugins
    from officeops.query.filter import Select
    from officeops.store.migration import Migration
    from officeops.store.table_versions import Tables

    R = TypeVar("R", bound=Record)
else:
    R = TypeVar("R")
S = TypeVar("S")
T = TypeVar("T")


# Ended half-way, they would leave an office that writes nothing.
puts_back(Connection.begin_answer, Connection.end_answer)


class Office:
    """An open office. Read with `all`, `get`, `find`, `select`; write with `do`, or inside an action with `add`, `edit`, `archive`."""

    def __init__(
        self,
        path: str | os.PathLike[str],
        plugins: Plugins,
        machine: Machine,
        *,
        actor: str = "",
        user: str = "",
        create: bool = False,
        tables: Tables | None = None,
        fate: Fate | None = None,
        store: Store | None = None,
    ) -> None:
        """Open a file for whoever runs this process (`actor` to record another name), or for one of its users.

        `fate` takes note of what is committed; an office has one of its own where none is given. An open `store`, of a file
        that nobody writes, is read as it is: it is not upgraded.
        Raises Forbidden for a `user` who is not, or no longer, in; and Moved where the tables are no longer those given.
        """
        self.path, self.plugins, self.machine = os.fspath(path), plugins, machine
        self.actor, self.user = user or actor or os_login(), user
        self.records = records_of(plugins, machine)
        self.fate = fate or Fate()
        self.store = store or Store(self.path, create=create, fate=self.fate)
        if key := os.environ.get("OFFICEOPS_KEY") or machine.own.history_key:
            from officeops.store.key import Keys

            self.store.keys = Keys(os.path.abspath(os.path.expanduser(key)))
        self.authorizer = Authorizer(self.store, plugins, self.records, self.actor, user)
        self.reader = Reader(self.store, plugins, self.records, self.authorizer)
        self.runner = ActionRunner(self, self.store, plugins, self.reader, self.authorizer)
        self.store.db.running = self.runner.running
        ring = Ring(path_of(self.path, machine.own.seal_key))
        self.seals = SealedFields(ring, self.reader, self.authorizer, self.runner.acting)
        self.finder = Finder(self, self.reader, self.authorizer, self.seals)
        self.writer = Writer(
            self, self.runner, self.reader, self.authorizer, self.seals, lambda: self.bulk
        )
        self._bulk: BulkWriter | None = None
        self._due: DueItems | None = None
        self._facts: Facts | None = None
        self._today: date | None = None
        self.store.db.create_function("office_today", 0, self._today_text, deterministic=True)
        try:
            if tables is None and store is None:
                self._upgrade(create=create)
            elif tables is not None:
                tables.still(self.store.db)
                self.store.tables = tables
            self.authorizer.stand_guard()
        except BaseException:
            self.store.close()
            raise

    def _upgrade(self, *, create: bool = False) -> None:
        """Bring the file up to what is declared, and know the kinds of record of the plugins that are left."""
        if Upgrade(self.store, self.plugins, self.actor, create=create).run():
            left = records_of(self.plugins, self.machine)
            self.records.clear()
            self.records.update(left)

    def migrations(self) -> dict[str, list[Migration]]:
        """Return every set of migrations, the core's first, then the plugins' in their order."""
        return migrations(self.plugins)

    def catch_up(self) -> None:
        """Bring the open file up to what is declared once more, after its whole content was replaced."""
        self._upgrade()
        self.authorizer.guard_again()
        self.forget_facts()

    def twin(self) -> Office:
        """Open the same office once more, for another thread: a connection belongs to one.

        It knows the tables as this one does. Raises Moved where another program has upgraded them meanwhile.
        """
        return Office(
            self.path,
            self.plugins,
            self.machine,
            actor=self.actor,
            user=self.user,
            tables=self.store.tables,
            fate=self.fate,
        )

    def close(self) -> None:
        """Close the file."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- records --------------------------------------------------------------------------------------

    def rows(self, sql: str, *values: object, **named: object) -> list[tuple[Any, ...]]:
        """Run a query of one's own, with values in their order or by name, and return all rows."""
        return self.store.rows(sql, *values, **named)

    def value(self, sql: str, *values: object) -> Any:  # noqa: ANN401 - whatever the query asks for
        """Run a query of one's own and return the first column of the first row, or None."""
        return self.store.value(sql, *values)

    def get(self, record: type[R], id: int) -> R:  # noqa: A002 - the column's name
        """Return a record by id, archived or not. Raises NotFound."""
        return self.reader.get(record, id)

    def some(self, record: type[R], ids: Iterable[int]) -> Iterator[R]:
        """Yield the records with these ids that are there, by id."""
        return self.reader.some(record, ids)

    def all(self, record: type[R], where: str = "1", *values: object) -> Iterator[R]:
        """Yield the records that are not archived and meet an SQL condition, in the record's own order."""
        return self.reader.all(record, where, *values)

    def first(self, record: type[R], where: str, *values: object) -> R | None:
        """Return the first record that meets an SQL condition and is not archived, or None."""
        return self.reader.first(record, where, *values)

    def record(self, word: str) -> type[Record]:
        """Return a kind of record by its noun or key. Raises NotFound."""
        if word in self.records:
            return self.records[word]
        if found := by_noun(self.records.values(), word):
            return found
        raise NotFound(f"There is no kind of record called {word!r}.")

    def target(self, field: Field) -> type[Record] | None:
        """Return the record class a reference points to, or None while its plugin is off."""
        return self.reader.target(field)

    def plainly(self, text: str) -> str:
        """Return a word as fields keep text; one that no field can have is left as it is, and fits nothing."""
        return self.reader.plainly(text)

    def label(self, record: type[Record], id: int | None) -> str:  # noqa: A002 - the column's name
        """Return what names a record to people; blank for none, its number where they may not see its kind."""
        return self.reader.label(record, id)

    def name(self, record: Record) -> str:
        """Return what a record calls itself; its number where its class's __str__ fails, which is noted."""
        return self.reader.name(record)

    def describe(self, record: Record) -> str:
        """Return a record's name, with what it belongs to where its own name says little."""
        return self.reader.describe(record)

    def word_for(self, record: Record) -> str:
        """Return how a sentence names a record: by its key, else by its name, and by its number where it has neither."""
        return self.reader.word_for(record)

    def about(self, record: Record) -> str:
        """Return what a refusal is about: the kind of record, and the record as people know it."""
        return self.reader.about(record)

    # -- lists, and words that people type ------------------------------------------------------------

    def query(self, record: type[Record], *, by_key: bool = False, own: bool = False) -> Select:
        """Return the builder of list queries over a kind of record. Raises Forbidden where it may not be seen."""
        return self.finder.query(record, by_key=by_key, own=own)

    def select(
        self, record: type[Record], columns: Sequence[Field], query: Query = EVERYTHING
    ) -> list[tuple[Any, ...]]:
        """Return rows of (id, then each column), references as what names them to people."""
        return self.finder.select(record, columns, query)

    def answer(self, record: type[Record], sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Run what `query(record)` made, and return all rows. Raises PluginFault where a computed field's SQL is wrong."""
        return self.finder.answer(record, sql, *values)

    def find(self, record: type[R], text: str, *, within: Mapping[str, int] | None = None) -> R:
        """Return the record people mean by a word: its human key (PO-12), a unique value, its name, or #id.

        Raises NotFound, UsageProblem where several fit, and Forbidden where the kind of record may not be seen.
        """
        return self.finder.find(record, text, within=within)

    def find_ids(
        self,
        record: type[Record],
        text: str,
        *,
        by_id: bool = True,
        within: Mapping[str, int] | None = None,
    ) -> list[int]:
        """Return the ids that a word may mean. Without `by_id` a bare number is never taken for an id."""
        return self.finder.find_ids(record, text, by_id=by_id, within=within)

    def alike(self, record: type[Record], name: str, *texts: str) -> list[int]:
        """Return the ids of the live records of which the field `name` is the same as one of these texts."""
        return self.finder.alike(record, name, *texts)

    def refer(self, field: Field, text: str, within: Mapping[str, int] | None = None) -> int | None:
        """Return the id of the live record that a person's text in a reference means; blank is none.

        Raises NotFound, UsageProblem where several fit, and Refused for one that is archived.
        """
        return self.finder.refer(field, text, within)

    # -- writing --------------------------------------------------------------------------------------

    @property
    def remarks(self) -> list[str]:
        """What changed in the open action beside what was asked for, as sentences for whoever asked."""
        return self.runner.remarks

    @remarks.setter
    def remarks(self, remarks: list[str]) -> None:
        self.runner.remarks = remarks

    @property
    def bulk(self) -> BulkWriter:
        """What writes many records at once."""
        if self._bulk is None:
            from officeops.office.bulk_writer import BulkWriter

            self._bulk = BulkWriter(self, self.runner, self.reader, self.authorizer, self.seals)
        return self._bulk

    def do(
        self, action: Action[..., T], *args: object, request: str | None = None, **kwargs: object
    ) -> T:
        """Run an action as one audited transaction and return what it returns.

        Raises Refused where the action cannot be done now, Conflict where its record changed since it was read,
        and Already, with the first answer, for a `request` id that was carried out before.
        """
        return self.runner.do(action, *args, request=request, **kwargs)

    def acting(
        self,
        verb: str,
        arguments: Mapping[str, object] | None = None,
        *,
        request: str | None = None,
        bulk: str = "",
        needs: str = "",
    ) -> AbstractContextManager[list[str]]:
        """Open an action; what the block writes is committed as a whole or not at all. Yields a list for the outcome."""
        return self.runner.acting(verb, arguments, request=request, bulk=bulk, needs=needs)

    def once(
        self, request: str | None, verb: str, is_same: Callable[[int, Mapping[str, Any]], bool]
    ) -> None:
        """Raise Already, with the first answer, where the acting person did this under this request id before."""
        self.runner.once(request, verb, is_same)

    def demand(self, request: str) -> None:
        """Take the request id that the command line was given, which an action must take in turn; blank for none."""
        self.runner.demand(request)

    def run_as_job(self, plugin: str) -> None:
        """Run a plugin's job from now on: who may run the job may do what it does with its plugin's verbs."""
        self.runner.run_as_job(plugin)

    def expect(self, meta: Meta, rows: int = 1) -> None:
        """Expect that many written rows of a table on record at the end of the open action."""
        self.runner.expect(meta, rows)

    def add(self, record: R) -> R:
        """Write a new record and return it with its id. Raises Refused with every problem found."""
        return self.writer.add(record)

    def add_many(self, record: type[Record], rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Write many new records at once, with values as SQLite keeps them, and return their ids."""
        return self.bulk.add_many(record, rows)

    def edit(self, record: R, *, managed: bool = False, **changes: object) -> R:
        """Change fields of a record as it was read, and return it changed.

        Raises Conflict where someone changed it meanwhile, Refused with every problem found.
        `managed` lets an action change what a form may not (a state, a computed term).
        """
        return self.writer.edit(record, managed=managed, **changes)

    def archive(self, record: R) -> R:
        """Put a record away: out of lists, kept with its history. Its unique values are free again."""
        return self.writer.archive(record)

    def unarchive(self, record: R) -> R:
        """Bring an archived record back. Raises Refused where its unique value was given away meanwhile."""
        return self.writer.unarchive(record)

    def put_back(
        self,
        record: type[Record],
        id: int,  # noqa: A002
        values: Mapping[str, Any],
        now: Mapping[str, Any],
    ) -> None:
        """Write values as SQLite keeps them over those that are there now; for undo, which has checked that they are."""
        self.writer.put_back(record, id, values, now)

    def last_id(self, record: type[Record]) -> int:
        """Return the highest id a kind of record was ever given; ids are never given twice."""
        return self.reader.last_id(record)

    def defer(self) -> None:
        """Put off, in a bulk action, the history and search entries of rows added from now on, until `write_deferred`."""
        self.store.defer()

    def write_deferred(self) -> None:
        """Write the history and the search entries that were put off."""
        self.bulk.write_deferred()

    def now(self) -> datetime:
        """Return this instant, aware and in UTC, to the second: what fields of kind instant keep."""
        from datetime import UTC, datetime

        return datetime.now(UTC).replace(microsecond=0)

    def stamp(self) -> str:
        """Return this instant as the text in which SQLite's clock has it, which `archived_at` and actions keep."""
        return self.store.stamp()

    # -- sealed fields --------------------------------------------------------------------------------

    def open(self, record: Record, name: str) -> Any:  # noqa: ANN401 - the field's own type
        """Return the value of a sealed field, for code that works with it; `reveal` is for showing it to a person."""
        return self.seals.open(record, name)

    def reveal(self, record: Record, name: str) -> Any:  # noqa: ANN401 - the field's own type
        """Return the value of a sealed field to be shown to the acting person; that they read it is put on record first."""
        return self.seals.reveal(record, name)

    def masked(self, value: object) -> str:
        """Return what stands for a sealed value where people look at its record; blank for none."""
        return self.seals.masked(value)

    def same(self, meta: Meta, id: int, name: str, one: object, other: object) -> bool:  # noqa: A002 - the column's name
        """Return whether two values of a record's field, each sealed or typed, say the same."""
        return self.seals.same(meta, id, name, one, other)

    # -- who may do what ------------------------------------------------------------------------------

    @property
    def who(self) -> Who:
        """The acting person, as the file has them now: what others give and take counts at once."""
        return self.authorizer.who

    def may(self, permission: str) -> bool:
        """Return whether the acting person may do that. What nobody declared is for those who may do everything."""
        return self.authorizer.may(permission)

    def allow(self, permission: str) -> None:
        """Raise Forbidden where the acting person may not do that."""
        self.authorizer.allow(permission)

    def why_not(self, permission: str) -> str:
        """Return why the acting person may not do that, a sentence without its dot; blank where they may."""
        return self.authorizer.why_not(permission)

    def may_view(self, record: type[Record]) -> bool:
        """Return whether the acting person may see a kind of record."""
        return self.authorizer.may_view(record)

    def allow_view(self, record: type[Record]) -> None:
        """Raise Forbidden where the acting person may not see a kind of record; code that is trusted may."""
        self.authorizer.allow_view(record)

    def seen(self) -> dict[str, type[Record]]:
        """Return the kinds of record that the acting person may see, by key."""
        return self.authorizer.seen()

    def may_open(self, plugin: str, declared: Command | Report | Job | Screen) -> bool:
        """Return whether the acting person may open a command, report, job or screen of a plugin."""
        return self.authorizer.may_open(plugin, declared)

    def withheld(self, record: type[Record]) -> frozenset[str]:
        """Return the columns of a kind of record that the acting person may not see."""
        return self.authorizer.withheld(record)

    def unseen(self, record: type[Record]) -> frozenset[str]:
        """Return which kinds of record that one refers to the acting person may not see."""
        return self.authorizer.unseen(record)

    def shown(self, record: type[Record]) -> tuple[Field, ...]:
        """Return the fields of a kind of record that lists and exports show the acting person."""
        return self.authorizer.shown(record)

    def trusted(self, mode: str = "trusted") -> AbstractContextManager[None]:
        """Let code read what it needs to do what the acting person may: a report, or what is due."""
        return self.authorizer.trusted(mode)

    def lifted(self) -> AbstractContextManager[None]:
        """Guard nothing for a moment, for statements on what the acting person was already asked about."""
        return self.authorizer.lifted()

    # -- what is due ----------------------------------------------------------------------------------

    @property
    def due(self) -> DueItems:
        """What is due, and what people made of it."""
        if self._due is None:
            from officeops.office.due_items import DueItems

            self._due = DueItems(self, self.plugins)
        return self._due

    def due_items(self, until: date | None = None, *, snoozed: bool = False) -> list[Noted]:
        """Return what is due by a day (today unless said), worst first; what is snoozed only when asked for."""
        return self.due.items(until, snoozed=snoozed)

    def snooze(self, key: str, until: date, *, request: str | None = None) -> None:
        """Put a due item off until a day, for the whole office; who did it is kept. Raises NotFound, UsageProblem."""
        self.due.snooze(key, until, request=request)

    def wake(self, key: str, *, request: str | None = None) -> None:
        """End a snooze. Raises NotFound where nothing of that key is put off."""
        self.due.wake(key, request=request)

    def put_off(self, key: str, until: date) -> None:
        """Note, inside an action, that something is put off until a day; `put_off_until` tells of it."""
        self.due.put_off(key, until)

    def put_off_until(self, prefix: str) -> dict[str, str]:
        """Return what is put off beyond today among the keys that begin with a prefix: the rest of the key → the day."""
        return self.due.put_off_until(prefix)

    def check_due(self, keys: Iterable[str]) -> None:
        """Raise NotFound for a key that nothing has that is due now or within ten years, and of which nothing is noted."""
        self.due.check(keys)

    def mark_seen(self, keys: Iterable[str], *, request: str | None = None) -> None:
        """Remember that the acting person has seen due items."""
        self.due.mark_seen(keys, request=request)

    # -- facts --------------------------------------------------------------------------------------

    @property
    def facts(self) -> Facts:
        """What is true of the whole office: name, currency, time zone."""
        if self._facts is None:
            self._facts = next(self.all(Facts), None) or Facts(name="Office")
        return self._facts

    def forget_facts(self) -> None:
        """Read the facts again when they are next asked for."""
        self._facts = self._today = None

    @property
    def today(self) -> date:
        """Today at the office; `OFFICEOPS_TODAY` says another day, for reports of the past and for tests."""
        from datetime import date, datetime

        if said := os.environ.get("OFFICEOPS_TODAY"):
            from officeops.values.dates import in_calendar

            try:
                return in_calendar(date.fromisoformat(said))
            except ValueError:
                raise UsageProblem(
                    f"OFFICEOPS_TODAY is {said!r}; write a day such as 2026-01-31."
                ) from None
        if not self.facts.time_zone:
            return date.today()
        from zoneinfo import ZoneInfo

        return datetime.now(ZoneInfo(self.facts.time_zone)).date()

    def _today_text(self) -> str:
        """Return today as SQLite's function `office_today()` gives it; asked anew for each statement."""
        return self.today.isoformat()

    @property
    def ways(self) -> Conventions:
        """How this office writes money, dates and times."""
        return Conventions(
            self.facts.currency, self.facts.date_order, self.today, self.facts.time_zone or ""
        )

    # -- plugins ------------------------------------------------------------------------------------

    def ask(
        self,
        plugin: str,
        place: str,
        question: Callable[[Office, Any], object],
        record: Any,  # noqa: ANN401 - the record it is asked about
        *,
        then: str = "Nothing was written.",
    ) -> str | None:
        """Ask code of a plugin, in a named place of it, why something may not be done to a record; None for no reason.

        `then` says what becomes of it where its time is up. Raises PluginFault, OutsideAction and TimeUp for what it does wrong.
        """
        with Answering(self, plugin, place, then=then):
            return reason_in(question(self, record))

    def answering(
        self, plugin: str, place: str, *, then: str = "Nothing was written."
    ) -> Answering:
        """Return a context in which a plugin's code answers: it writes nothing, has its time, and its faults are its own."""
        return Answering(self, plugin, place, then=then)

    def blame(self, plugin: str, place: str) -> Blame:
        """Return a context in which a plugin's code acts: what fails in it is raised as that plugin's fault."""
        return Blame(plugin, place)

    def actions(self, record: type[Record] | None = None) -> list[Action[..., Any]]:
        """Return the actions on a kind of record, or, without one, those on the office as a whole."""
        key = record.meta.key if record else ""
        return [each for _, each in self.plugins.registered("actions") if each.record == key]

    def settings(self, plugin: str, declared: type[S]) -> S:
        """Return a plugin's own settings."""
        typed: type[Settings] = declared  # type: ignore[assignment]
        return self.machine.of_plugin(plugin, typed)  # type: ignore[return-value]

    def service(self, protocol: type[S]) -> S | None:
        """Return the plugin's object that does what a Protocol of `officeops.services` asks for, or None."""
        offered = self.plugins.service(protocol)
        if offered is None:
            return None
        plugin, provider = offered
        place = f"its service {protocol.__name__}"
        limit = partial(self.plugins.time_of, plugin, self, place)
        return cast("S", Accountable(provider, plugin, place, limit))


def os_login() -> str:
    """Return the login of whoever runs this process: the actor until access control says otherwise."""
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):
        return f"uid{os.getuid()}"


def open_office(
    path: str | os.PathLike[str] | None = None,
    *,
    config: str | os.PathLike[str] | None = None,
    safe: bool = False,
    create: bool = False,
    actor: str = "",
    only: Sequence[str] | None = None,
) -> Office:
    """Open an office as a command does: settings, plugins, file. `only` turns on exactly those plugins."""
    from officeops.core.registered import registered
    from officeops.model.settings import Machine, default_database
    from officeops.plugins.discovery import find
    from officeops.plugins.manager import Plugins

    machine = Machine(config)
    environ = {"OFFICEOPS_PLUGINS": ",".join(only)} if only is not None else None
    strict = bool(os.environ.get("OFFICEOPS_STRICT_PLUGINS"))
    plugins = Plugins(
        find(machine, safe=safe, environ=environ), machine, core=registered, strict=strict
    )
    return Office(
        path or machine.own.db or default_database(), plugins, machine, actor=actor, create=create
    )
