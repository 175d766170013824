"""Office: the façade of an open file. It makes its parts, and passes each call to one of them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Self, TypeVar

from officeops.model.errors import NotFound, UsageProblem
from officeops.office.authorization import Authorizer
from officeops.office.facts import OfficeFacts
from officeops.office.finder import Finder
from officeops.office.guarded_readings import GuardedReadings
from officeops.office.noted_readings import NotedReadings
from officeops.office.plugin_code import PluginCode
from officeops.office.reader import Reader
from officeops.office.readings_of_code import ReadingsOfCode
from officeops.office.record_types import Records, by_noun, records_of
from officeops.office.row_reach import RowReach
from officeops.office.upgrade import Upgrade, migrations
from officeops.plugins.keeper import puts_back
from officeops.store.commits import Fate
from officeops.store.connection import Connection
from officeops.store.filesystem import resolved
from officeops.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
    from datetime import date, datetime

    from officeops.access.identity import Who
    from officeops.access.signature import Signature
    from officeops.core.attachment_record import Attachment
    from officeops.core.office_calendar import Calendars
    from officeops.core.office_record import Facts
    from officeops.core.records import Location
    from officeops.core.task_record import Task
    from officeops.model.due import Noted
    from officeops.model.lifecycle.event import Event
    from officeops.model.records import Record
    from officeops.model.sealed_value import Sealed
    from officeops.model.settings import Machine
    from officeops.office.action_runner import ActionRunner
    from officeops.office.bulk_writer import BulkWriter
    from officeops.office.due_items import DueItems
    from officeops.office.merge_steps import MergeStep
    from officeops.office.sealed_fields import SealedFields
    from officeops.office.upload import Source
    from officeops.office.writer import Writer
    from officeops.plugins.manager import Plugins
    from officeops.store.migration import Migration
    from officeops.store.table_versions import Tables
    from officeops.values.calendar import Calendar
    from officeops.values.conventions import Conventions

    R = TypeVar("R", bound=Record)
else:
    R = TypeVar("R")
S = TypeVar("S")
T = TypeVar("T")


# Ended half-way, they would leave an office that writes nothing.
puts_back(Connection.begin_answer, Connection.end_answer)


#: What the part that seals answers, and is made for.
_SEALING: Final = frozenset({"seals", "open", "reveal", "masked", "same"})


class Office:
    """An open office.

    Read with `all`, `get`, `find`, `select`; write with `do`, or inside an action with `add`,
    `edit`, `archive`. A call that a part answers is that part's own method, and documented there;
    `officeops.Office` documents the ones that plugins use.
    """

    runner: ActionRunner
    seals: SealedFields
    writer: Writer

    def __init__(
        self,
        path: str | os.PathLike[str],
        plugins: Plugins,
        machine: Machine,
        *,
        actor: str = "",
        user: str = "",
        ssh_key: str = "",
        create: bool = False,
        tables: Tables | None = None,
        fate: Fate | None = None,
        store: Store | None = None,
    ) -> None:
        """Open a file for the login that runs this process, or for one of its users.

        `actor` records another name than the login. `fate` takes note of commits; an office has one
        of its own where none is given. An open `store`, of a file that nobody writes, is read as it
        is, without an upgrade. Raises Forbidden for a `user` who is none, or no longer, and Moved
        where the tables are no longer those given. `ssh_key` is the fingerprint of the key they
        came by, which the history keeps at a shared login.
        """
        self.path = resolved(os.fspath(path))
        self.plugins = plugins
        self.machine = machine
        self.user = user
        self.records: MutableMapping[str, type[Record]] = Records(plugins, machine)
        self.fate = fate or Fate()
        self.store = store or Store(self.path, create=create, fate=self.fate)
        self._use_history_key()
        # Beside a link there may be a key from before links were followed.
        self.store.keys.also = (os.path.dirname(os.path.abspath(os.fspath(path))),)
        # Each method of a part is passed on as it is: a wrapper would repeat its signature and its
        # text.
        self._demanded: tuple[str, Callable[[], str]] = "", str
        self._make_parts(user or actor or os_login(), ssh_key)
        self._pass_reading()
        self._pass_permissions()
        self._pass_plugins()
        today = self._facts.today_text
        # Deterministic within one statement, which is all that SQLite asks for.
        self.store.db.create_function("office_today", 0, today, deterministic=True)
        self.store.db.create_function("office_now", 0, self._now_text, deterministic=True)
        setting = self._setting_text
        self.store.db.create_function("office_setting", 2, setting, deterministic=True)
        self.store.db.create_function("officeops_note", 3, self.note_reading)
        self.store.db.create_function("officeops_misfit", 3, self._misfit)
        self.store.db.create_function("officeops_subject", 2, self._lost_subject)
        self.store.db.create_function("officeops_shown", 1, self._shown_moment)
        self.store.db.create_function("officeops_document", -1, _of_document, deterministic=True)
        try:
            if tables is None and store is None:
                self._upgrade(create=create)
            elif tables is not None:
                tables.still(self.store.db)
                self.store.tables = tables
            self.authorizer.stand_guard()
        except BaseException:
            # An office that did not open has no owner who would close its file.
            self.store.close()
            raise

    def _use_history_key(self) -> None:
        """Take the history's key from where the environment or the settings say."""
        if key := os.environ.get("OFFICEOPS_KEY") or self.machine.own.history_key:
            from officeops.store.key import Keys

            self.store.keys = Keys(os.path.abspath(os.path.expanduser(key)))

    # -- the parts -------------------------------------------------------------------------------

    def _make_parts(self, login: str, ssh_key: str) -> None:
        """Make the parts, each from those before it."""
        self.authorizer = Authorizer(
            self.store, self.plugins, self.records, login, self.user, ssh_key
        )
        self.reader = Reader(
            self.store, self.plugins, self.records, self.authorizer, lambda: self.ways
        )
        self.store.db.running = self._running
        self._facts: OfficeFacts = OfficeFacts(self.reader)
        noted = NotedReadings()
        self.note_reading = noted.note
        self.readings = GuardedReadings(
            noted, self.store, self.authorizer, lambda: self.runner, self._facts.today_text
        )
        self.reader.code = ReadingsOfCode(self.store, self.plugins, self.records, noted)
        self.finder = Finder(self, self.reader, self.authorizer, lambda: self.seals, self.readings)
        self._code = PluginCode(self, self, self.plugins, self.machine)
        # Few commands need these, so they are made and imported when one does.
        self._bulk: BulkWriter | None = None
        self._due: DueItems | None = None
        self._calendars: Calendars | None = None

    def _pass_reading(self) -> None:
        """Pass on what reads: records, names, lists, typed words, and opened sealed fields."""
        reader = self.reader
        self.rows, self.value = reader.code.rows, reader.code.value
        self.record_readings = self.readings.record
        self.get, self.some = reader.get, reader.some
        self.all, self.first = reader.all, reader.first
        self.last_id, self.target = reader.last_id, reader.target
        self.plainly = reader.plainly
        self.name = reader.name
        self.describe, self.about = reader.describe, reader.about
        self.word_for = reader.word_for
        finder = self.finder
        self.label, self.text_of = finder.label, finder.text_of
        self.query, self.select = finder.query, finder.select
        self.among, self.answer, self.computing = finder.among, finder.answer, finder.computing
        self.find, self.find_ids = finder.find, finder.find_ids
        self.alike, self.refer = finder.alike, finder.refer
        self.forget_facts = self._facts.forget
        self.set_day = self._facts.set_day

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            """Make the parts that write, or those that seal, when one or a call to it is first named."""
            if name in _SEALING and "seals" not in vars(self):
                self._make_sealing_part()
            elif name not in _SEALING and not name.startswith("__") and "runner" not in vars(self):
                self._make_writing_parts()
            else:
                raise AttributeError(f"an office has no {name!r}", name=name, obj=self)
            return getattr(self, name)

    def _make_writing_parts(self) -> None:
        """Make what writes. A command that only reads does without, and starts faster."""
        from officeops.office.action_runner import ActionRunner
        from officeops.office.writer import Writer

        self.runner = ActionRunner(self, self.store, self.plugins, self.reader, self.authorizer)
        self.writer = Writer(
            self,
            self.runner,
            self.reader,
            self.authorizer,
            lambda: self.seals,
            lambda: self.bulk,
        )
        self._pass_writing()
        self.runner.demand(*self._demanded)

    def _make_sealing_part(self) -> None:
        """Make what opens and seals fields. Most records have none that is sealed."""
        from officeops.office.opened_values import OpenedValues
        from officeops.office.openings import Openings
        from officeops.office.sealed_fields import SealedFields
        from officeops.sealing.keyring import Ring, path_of

        ring = Ring(path_of(self.path, self.machine.own.seal_key))
        self.runner.opened = OpenedValues()
        self.seals = SealedFields(
            ring,
            self.reader,
            self.authorizer,
            self.runner.acting,
            Openings(self.runner, self.runner.opened),
        )
        self._pass_sealing()

    def _running(self) -> tuple[str, str] | None:
        """Return the plugin whose code runs now, for the sentence of a refused statement."""
        return self.runner.running()

    def demand(self, request: str, typed: Callable[[], str] = str) -> None:
        """Take the request id of the command line, which the next action must use.

        `typed` returns the digest of the line; blank for a line that says less than the action does.
        """
        self._demanded = request, typed
        if "runner" in vars(self):
            self.runner.demand(request, typed)

    def _pass_sealing(self) -> None:
        """Pass on what opens sealed fields."""
        seals = self.seals
        self.open, self.reveal = seals.open, seals.reveal
        self.masked, self.same = seals.masked, seals.same

    def _pass_writing(self) -> None:
        """Pass on what writes: actions, and records inside them."""
        runner = self.runner
        self.do, self.acting = runner.do, runner.acting
        self.once, self.sign_first = runner.once, runner.sign_first
        self.repeated = runner.repeated
        self.run_as_job, self.expect = runner.run_as_job, runner.expect
        writer = self.writer
        self.add, self.edit = writer.add, writer.edit
        self.take_step = writer.take_step
        self.add_made = writer.add_made
        self.archive, self.unarchive = writer.archive, writer.unarchive
        self.retire, self.refuse_kept = writer.retire, writer.refuse_kept
        self.follow, self.move_back = writer.rows.follow, writer.rows.move_back
        self.put_back, self.reseal = writer.rows.put_back, writer.rows.reseal
        self.defer, self.stamp = self.store.defer, self.store.stamp

    def _pass_permissions(self) -> None:
        """Pass on what says who may do and see what."""
        authorizer = self.authorizer
        self.may, self.allow = authorizer.may, authorizer.allow
        self.why_not, self.may_open = authorizer.why_not, authorizer.may_open
        self.may_view, self.allow_view = authorizer.may_view, authorizer.allow_view
        self.seen, self.shown = authorizer.seen, authorizer.shown
        self.withheld, self.unseen = authorizer.withheld, authorizer.unseen
        rows = RowReach(authorizer)
        self.in_reach, self.out_of_reach = rows.in_reach, rows.out_of_reach
        self.within_reach = rows.within_reach
        self.in_team, self.whose = rows.in_team, rows.whose
        self.reach, self.reach_of_report = rows.reach, rows.reach_of_report
        self.trusted, self.lifted = authorizer.trusted, authorizer.lifted
        self.told = authorizer.told
        self.acting_user = authorizer.acting_user

    def _pass_plugins(self) -> None:
        """Pass on what asks and runs the code of plugins."""
        code = self._code
        self.ask, self.answering, self.blame = code.ask, code.answering, code.blame
        self.actions, self.settings = code.actions, code.settings
        self.service, self.need = code.service, code.need

    @property
    def bulk(self) -> BulkWriter:
        """The part that writes many records at once."""
        if self._bulk is None:
            from officeops.office.bulk_writer import BulkWriter

            self._bulk = BulkWriter(
                self, self.runner, self.reader, self.authorizer, lambda: self.seals
            )
        return self._bulk

    @property
    def due(self) -> DueItems:
        """The due items, and people's notes on them."""
        if self._due is None:
            from officeops.office.due_items import DueItems

            self._due = DueItems(self, self, self.plugins)
        return self._due

    # -- the open file ---------------------------------------------------------------------------

    def _upgrade(self, *, create: bool = False) -> None:
        """Bring the tables up to date, and forget the records of plugins that failed to migrate."""
        if Upgrade(self.store, self.plugins, self.actor, create=create).run():
            left = records_of(self.plugins, self.machine)
            self.records.clear()
            self.records.update(left)

    def migrations(self) -> dict[str, list[Migration]]:
        """List every set of migrations, the core's first, then the plugins' in their order."""
        return migrations(self.plugins)

    def catch_up(self) -> None:
        """Bring the tables up to date once more, after the whole content was replaced."""
        # The tables themselves are brought up to date, not the views of a person's reach.
        with self.authorizer.lifted():
            self._upgrade()
        self.authorizer.guard_again()
        self.forget_facts()

    def twin(self) -> Office:
        """Open the same office once more, for another thread: a connection belongs to one.

        It knows the tables as this one does. Raises Moved where another program has upgraded them
        since then, and Replaced where another file has the name.
        """
        # Else a screen would go on to show the one and write into the other.
        self.store.same_files()
        return Office(
            self.path,
            self.plugins,
            self.machine,
            actor=self.authorizer.login,
            user=self.user,
            ssh_key=self.authorizer.ssh_key,
            tables=self.store.tables,
            fate=self.fate,
        )

    def close(self) -> None:
        """Close the file. Files that root made are left to the owner of the office."""
        self.readings.record()
        self.store.close()
        if os.geteuid() == 0:
            self._leave_to_owner()

    def _leave_to_owner(self) -> None:
        if os.path.exists(self.path) and os.stat(self.path).st_uid:
            from officeops.store.ownership import leave_to_owner

            leave_to_owner(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- what the office is like now -------------------------------------------------------------

    @property
    def actor(self) -> str:
        """The name of the acting person, as the history keeps it."""
        return self.authorizer.actor

    @property
    def witness(self) -> str:
        """The login of the second person who signed, in an action with a witness; else blank."""
        return self.authorizer.witness.login if self.authorizer.witness else ""

    def prove_witness(self, name: str, pin: Sealed) -> Signature:
        """Compare the PIN of a witness, who is another than the acting person."""
        from officeops.office.witnessing import prove_witness

        return prove_witness(self.authorizer, self.ways, name, pin)

    @property
    def ssh_key(self) -> str:
        """The fingerprint of the SSH key that the acting person came by; blank without one."""
        return self.authorizer.ssh_key

    @property
    def login(self) -> str:
        """The login that the office is open for, also once a person signed there."""
        return self.authorizer.login

    def prove(self, name: str, pin: Sealed) -> Signature:
        """Compare a person's PIN, at a shared login, and return the proof for one entry."""
        from officeops.office.signing import prove

        return prove(self.authorizer, self.ways, name, pin)

    def sign(self, signature: Signature) -> None:
        """Act from here on for a person who signed: an office that is signed is one entry."""
        self.authorizer.sign(signature)

    @property
    def who(self) -> Who:
        """The acting person, as the file has them now: grants and revocations count at once."""
        return self.authorizer.who

    @property
    def facts(self) -> Facts:
        """The facts of the whole office: name, currency, time zone."""
        return self._facts.facts

    @property
    def today(self) -> date:
        """Today at the office."""
        return self._facts.today

    @property
    def ways(self) -> Conventions:
        """How this office writes money, dates and times."""
        return self._facts.conventions

    def now(self) -> datetime:
        """Read the clock in UTC, to the second, as fields of kind instant keep it."""
        from datetime import UTC, datetime

        if self.store.moment != "now":
            return datetime.fromisoformat(self.store.moment).replace(microsecond=0)
        return datetime.now(UTC).replace(microsecond=0)

    def _now_text(self) -> str:
        """Give the clock to SQLite's function `office_now()`, as instants are kept."""
        return self.now().isoformat()

    def _setting_text(self, plugin: str, key: str) -> str:
        """Give a plugin's setting, as text, to SQLite's function `office_setting()`."""
        declared = dict(self.plugins.registered("settings"))[plugin]
        try:
            return str(getattr(self.settings(plugin, declared), key))
        except UsageProblem as problem:
            self.store.db.raised = problem
            raise

    def _misfit(
        self,
        key: str,
        column: str,
        number: int,
    ) -> str:
        """Give the office's look at a new reference to SQLite's function `officeops_misfit()`."""
        from officeops.query.new_references import misfit

        return misfit(self, key, column, number)

    def _shown_moment(self, kept: str | None) -> str | None:
        """Give a moment as lists show it to SQLite's function `officeops_shown()`."""
        from officeops.values.instants import show_instant

        return kept and show_instant(kept, self.ways)

    def _lost_subject(self, key: str | None, number: int | None) -> str:
        """Give the office's look at the record that a row is about to SQLite's `officeops_subject()`."""
        from officeops.query.new_subjects import fault

        return fault(self, key, number)

    def events(self, record: Record) -> list[Event]:
        """List the events of a record whose lifecycle has a log, the oldest first."""
        from officeops.office.events import events

        return events(self, record)

    def last_event_at(self, record: Record) -> datetime:
        """Return when the last event of a record happened, inside an action."""
        from officeops.office.events import last_event_at

        return last_event_at(self, record)

    def attach(
        self,
        record: Record,
        source: Source,
        *,
        name: str = "",
        sealed: bool | None = None,
        as_field: str = "",
        request: str | None = None,
    ) -> Attachment:
        """Attach a file to a record; inside an action as a part of it, else as one of its own."""
        from officeops.office.attachments import attach

        return attach(
            self, record, source, name=name, sealed=sealed, as_field=as_field, request=request
        )

    def content(self, attachment: Attachment) -> BinaryIO:
        """Open the bytes of an attachment, as they were attached."""
        from officeops.office.attachments import content

        return content(self, attachment)

    def blob_fault(self, address: str) -> str:
        """Return the fault of the bytes of a digest: altered, unopened, or blank."""
        from officeops.office.blob_faults import blob_fault

        return blob_fault(self, address)

    def complete(
        self,
        task: Record,
        answers: Mapping[str, str] | str | None = None,
        when: datetime | None = None,
    ) -> str:
        """Say that a task is done, with the answers of its checklist, inside an action.

        Answers as text are `Item=pass` lines.
        """
        from officeops.core.task_record import LIFE

        return LIFE.move(self, task, "complete", answer=answers, when=when)

    def blocked(self, record: Record) -> list[Task]:
        """List the tasks about a record of which a blocking item failed, and has not passed since."""
        from officeops.core.checklist_answers import blocking

        return list(blocking(self, record.meta.key, record.id))

    def skip(self, task: Record, reason: str) -> str:
        """Leave a task out and say why, inside an action."""
        from officeops.core.task_record import LIFE

        return LIFE.move(self, task, "skip", reason=reason)

    def reopen(self, task: Record) -> str:
        """Open a done task again, inside an action: the record that completed it was taken back."""
        from officeops.core.task_record import LIFE

        return LIFE.move(self, task, "reopen")

    def generate(self, plan: Record) -> int:
        """Write the missing tasks of a plan, inside an action, and return how many there were."""
        from officeops.core.planned_tasks import write

        return len(write(self, plan))

    def reschedule(
        self,
        plan: Record,
        about: Record,
        *,
        joins: bool = False,
    ) -> None:
        """Write the future tasks of a plan about one record again, inside an action."""
        from officeops.core.planned_tasks import rescheduled

        rescheduled(self, plan, about, joins=joins)

    def merge_plan(self, keep: Record, gone: Record) -> list[MergeStep]:
        """List what a merge of two records would do to each row that names the one that goes."""
        from officeops.office.merging import merge_plan

        return merge_plan(self, keep, gone)

    def merge(
        self,
        keep: Record,
        gone: Record,
        take: Iterable[str] = (),
    ) -> str:
        """Merge a record into another of its kind, inside an action; return a sentence on it."""
        from officeops.office.merging import merge

        return merge(self, keep, gone, take)

    def move_about(self, old: Record, new: Record) -> int:
        """Move files, notes, tags and tasks about a record to another; return how many moved."""
        from officeops.office.moved_about import move_about

        return move_about(self, old, new)

    @property
    def calendar(self) -> Calendar:
        """When the office is open."""
        return self._calendars_of().of()

    def calendar_at(self, location: Location | int) -> Calendar:
        """When a location is open: its own hours and closed days, or the office's."""
        return self._calendars_of().of(location if isinstance(location, int) else location.id)

    def ways_at(self, location: int | None) -> Conventions:
        """How values are written where the clock of a location counts, by its id."""
        if location is None:
            return self.ways
        return self.ways.replace(zone=self._calendars_of().zone(location))

    def _calendars_of(self) -> Calendars:
        if self._calendars is None:
            from officeops.core.office_calendar import Calendars

            self._calendars = Calendars(self)
        return self._calendars

    @property
    def remarks(self) -> list[str]:
        """Further changes of the open action, as sentences for the person who asked."""
        return self.runner.remarks

    @remarks.setter
    def remarks(self, remarks: list[str]) -> None:
        self.runner.remarks = remarks

    def record(self, word: str) -> type[Record]:
        """Find a kind of record by its noun or key, in any case. Raises NotFound."""
        for spelled in (word, word.lower()):
            record = self.records.get(spelled) or by_noun(self.records.values(), spelled)
            if record is not None:
                return record
        raise NotFound(
            f"There is no kind of record called {word!r}.",
            code="not-found",
            facts={"kind": "record", "text": word},
        )

    # -- calls for the two parts that are made late ----------------------------------------------

    def add_many(self, record: type[Record], rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Write many new records, with values as SQLite keeps them, or dates; return their ids."""
        return self.bulk.add_many(record, rows)

    def write_deferred(self) -> None:
        """Write the history and search entries that were delayed."""
        self.bulk.deferred.write()

    def due_items(self, until: date | None = None, *, snoozed: bool = False) -> list[Noted]:
        """List the items due by a day (default: today), worst first; snoozed ones on request."""
        return self.due.items(until, snoozed=snoozed)

    def snooze(
        self,
        key: str,
        until: date,
        *,
        request: str | None = None,
        despite: bool = False,
    ) -> None:
        """Snooze a due item for the whole office. Raises NotFound, UsageProblem.

        For more than a year only `despite` the doubt.
        """
        self.due.snooze(key, until, request=request, despite=despite)

    def wake(self, key: str, *, request: str | None = None) -> None:
        """End a snooze. Raises NotFound where nothing of that key is snoozed."""
        self.due.wake(key, request=request)

    def put_off(self, key: str, until: date) -> None:
        """Note a snooze until a day, inside an action; `put_off_until` lists it."""
        self.due.put_off(key, until)

    def put_off_until(self, prefix: str) -> dict[str, str]:
        """List the snoozed keys with a prefix: the rest of the key → the day it ends."""
        return self.due.put_off_until(prefix)

    def check_due(self, keys: Iterable[str]) -> None:
        """Raise NotFound for a key of no due item, now or within ten years, and of no note."""
        self.due.check(keys)

    def mark_seen(self, keys: Iterable[str], *, request: str | None = None) -> None:
        """Note that the acting person has seen due items."""
        self.due.mark_seen(keys, request=request)


def os_login() -> str:
    """Read the login that runs this process: the actor where no user is named."""
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
    user: str = "",
    only: Sequence[str] | None = None,
) -> Office:
    """Open an office as a command does: settings, plugins, file. `only` names its plugins.

    It is open for the login that runs this process, or for one of its users.
    """
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
        path or machine.own.db or default_database(),
        plugins,
        machine,
        actor=actor,
        user=user,
        create=create,
    )


def _of_document(
    part: str,
    rules: str,
    today: str,
    *columns: str | None,
) -> str | int | None:
    """Give a document's status to SQL. Most commands read no document and import none of it."""
    from officeops.model.documents.rules_text import answer

    return answer(part, rules, today, *columns)
