"""Office: an open file, who is acting, and the plugins that are on."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from officeops.core.commands import ACTIONS, COMMANDS
from officeops.core.records import RECORDS, Facts
from officeops.model.errors import Broken, NotFound, UsageProblem
from officeops.office.due_items import Attention
from officeops.plugins.blame import Accountable, Answering, Blame
from officeops.plugins.hook_results import reason_in
from officeops.store.commits import Fate
from officeops.store.migrations import out_of_date
from officeops.store.store import Store
from officeops.store.table_versions import Tables, unknown
from officeops.values.convert import Conventions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from officeops.model.actions import Action
    from officeops.model.records import Record
    from officeops.model.settings import Machine, Settings
    from officeops.plugins.manager import Plugins
    from officeops.store.migrations import Migration

S = TypeVar("S")


class Office(Attention):
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
    ) -> None:
        """Open a file for whoever runs this process (`actor` to record another name), or for one of its users.

        `fate` takes note of what is committed; an office has one of its own where none is given.
        Raises Forbidden for a `user` who is not, or no longer, in; and Moved where the tables are no longer those given.
        """
        self.path, self.plugins, self.machine = os.fspath(path), plugins, machine
        self.actor, self.user = user or actor or os_login(), user
        self.records = records_of(plugins, machine)
        self.written, self._expected, self._looked_up, self.remarks = [], {}, set(), []
        self._create, self.fate = create, fate or Fate()
        self.store = self._open_store(create=create)
        if key := os.environ.get("OFFICEOPS_KEY") or machine.own.history_key:
            from officeops.store.key import Keys

            self.store.keys = Keys(os.path.abspath(os.path.expanduser(key)))
        self.store.db.running = self.running
        self._facts: Facts | None = None
        self._today: date | None = None
        self.store.db.create_function("office_today", 0, self._today_text, deterministic=True)
        try:
            if tables is None:
                self._migrate()
            else:
                tables.still(self.store.db)
                self.store.tables = tables
            self.stand_guard()
        except BaseException:
            self.store.close()
            raise

    def _open_store(self, *, create: bool) -> Store:
        return Store(self.path, create=create, fate=self.fate)

    def _migrate(self) -> None:
        """Bring the file up to what is declared. A plugin whose migration fails is refused; the others go on."""
        self.store.tables = None
        while not self._migrated():
            self.records = records_of(self.plugins, self.machine)
        self.store.tables = Tables(self.store.db, self.migrations())

    def _migrated(self) -> bool:
        """Migrate what is pending; return False where that cost a plugin, and it must be seen to again without it."""
        sets = self.migrations()
        if self._newer(sets):
            return False
        metas = [record.meta for record in RECORDS] + [r.meta for _, r in self.plugins.registered("records")]
        if not out_of_date(self.store.db, sets, metas):
            return True
        self._refuse_foreign()
        from officeops.store.migrations import MigrationFailed, migrate

        try:
            migrate(self.store, sets, metas, self.actor, self._versions())
        except MigrationFailed as failed:
            if failed.owner not in self.plugins.manifests:
                raise
            self.plugins.refuse(failed.owner, "migrations", str(failed))
            return False
        return not self._without_table()

    def _refuse_foreign(self) -> None:
        """Raise Broken for a file that is no office, lest it be made one: only a new file is, and only where that was meant."""
        there = {name for (name,) in self.store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if "core_action" in there or (self._create and not there):
            return
        what = "is not an office's file" if there else "is empty"
        raise Broken(
            f"{self.path} {what}. Bring a backup back with `officeops backup restore`, or start an office in a new file with "
            "`officeops init --name NAME`. Nothing was changed."
        )

    def _without_table(self) -> bool:
        """Refuse each plugin with a record that no migration makes a table for; return whether there was any."""
        there = {name for (name,) in self.store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
        lacking = {name: r.meta.table for name, r in self.plugins.registered("records") if r.meta.table not in there}
        for name, table in lacking.items():
            why = (
                f"no migration makes its table {table}; for its author, `officeops plugins migration {name}` writes one"
            )
            self.plugins.refuse(name, "migrations", why)
        return bool(lacking)

    def _newer(self, sets: Mapping[str, Sequence[Migration]]) -> bool:
        """Refuse each plugin whose tables a newer version of it has changed; return whether there was any.

        Raises Broken where they are the core's: an old program must not write into tables it does not know.
        """
        known = [(name, step.name) for name, steps in sets.items() for step in steps]
        newer = unknown(self.store.db, known, {"core", *self.plugins.manifests})
        ours = self._versions() if newer else {}
        if "core" in newer:
            theirs = f"officeops {newer['core']}" if newer["core"] else "a newer officeops"
            raise Broken(
                f"{self.path} was upgraded by {theirs}, and this is "
                f"officeops {ours['core']}, which does not know its tables. Update officeops. To go back instead, "
                f"`officeops backup restore` brings back a backup from before the upgrade; {self.path}.before-1.db and the like are such copies."
            )
        for name, version in newer.items():
            theirs = f"version {version} of it" if version else "another version of it"
            mine = f" ({ours[name]})" if ours.get(name) else ""
            self.plugins.refuse(
                name,
                "migrations",
                f"its tables were changed by {theirs}, which this one{mine} does not know; update the plugin",
            )
        return bool(newer)

    def _versions(self) -> dict[str, str]:
        from officeops import __version__

        return {"core": __version__, **{each.name: each.version for each in self.plugins.found}}

    def migrations(self) -> dict[str, list[Migration]]:
        """Return every set of migrations, the core's first, then the plugins' in their order."""
        from officeops.core.migrations import MIGRATIONS

        sets = {"core": list(MIGRATIONS)}
        for name, step in self.plugins.registered("migrations"):
            sets.setdefault(name, []).append(step)
        return sets

    def catch_up(self) -> None:
        """Bring the open file up to what is declared once more, after its whole content was replaced."""
        self._migrate()
        if self._guard:
            self._guard.mode(self._guard.now)  # a migration has SQLite ask about its own boundary
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
                raise UsageProblem(f"OFFICEOPS_TODAY is {said!r}; write a day such as 2026-01-31.") from None
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
        return Conventions(self.facts.currency, self.facts.date_order, self.today, self.facts.time_zone or "")

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

    def blame(self, plugin: str, place: str) -> Blame:
        """Return a context in which a plugin's code acts: what fails in it is raised as that plugin's fault."""
        return Blame(plugin, place)

    def defer(self) -> None:
        """Put off, in a bulk action, the history and search entries of rows added from now on, until `write_deferred`."""
        self.store.defer()

    def record(self, word: str) -> type[Record]:
        """Return a kind of record by its noun or key. Raises NotFound."""
        if word in self.records:
            return self.records[word]
        if found := by_noun(self.records.values(), word):
            return found
        raise NotFound(f"There is no kind of record called {word!r}.")

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


def by_noun(records: Iterable[type[Record]], word: str) -> type[Record] | None:
    """Return the kind of record that a noun names: the one called so now, else the one that was called so."""
    former = None
    for record in records:
        if record.meta.noun == word:
            return record
        if word in record.meta.former_nouns:
            former = record
    return former


def records_of(plugins: Plugins, machine: Machine) -> dict[str, type[Record]]:
    """Return every kind of record by key. Where two share a noun, the second is left out until settings rename it."""
    found: dict[str, type[Record]] = {record.meta.key: record for record in RECORDS}
    nouns = {record.meta.noun: "core" for record in RECORDS}
    taken = {*COMMANDS, *ACTIONS, *(command.name for _, command in plugins.registered("commands"))}
    for name, record in plugins.registered("records"):
        meta = record.meta
        meta.noun = machine.own.nouns.get(meta.key, meta.noun)
        if meta.noun in nouns or meta.noun in taken:
            owner = nouns.get(meta.noun, "officeops")
            plugins.note(
                name,
                "records",
                f'the word {meta.noun!r} is {owner}\'s already; add [nouns] "{meta.key}" = "another word" to {machine.file}',
            )
            continue
        nouns[meta.noun] = name
        found[meta.key] = record
    return found


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
    from officeops.model.settings import Machine, default_database
    from officeops.plugins.discovery import find
    from officeops.plugins.manager import Plugins

    machine = Machine(config)
    environ = {"OFFICEOPS_PLUGINS": ",".join(only)} if only is not None else None
    plugins = Plugins(
        find(machine, safe=safe, environ=environ), machine, strict=bool(os.environ.get("OFFICEOPS_STRICT_PLUGINS"))
    )
    return Office(path or machine.own.db or default_database(), plugins, machine, actor=actor, create=create)
