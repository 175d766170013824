"""Office: an open office as Protocols, for the annotations of plugins and of the floors below it.

`officeops.Office` is the whole of it. Code that only reads says so with `OfficeReader`, code that
reads and writes records with `OfficeWriter`. The class behind them is
`officeops.office.office.Office`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date, datetime

    from officeops.model.actions import Action
    from officeops.model.declarations import Query
    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.model.settings import Machine
    from officeops.values.conventions import Conventions

    R = TypeVar("R", bound=Record)
else:
    R = TypeVar("R")
S = TypeVar("S")
T = TypeVar("T")


class Registry(Protocol):
    """The plugins of an office, for code that asks for registered values."""

    def registered(self, hook: str) -> list[tuple[str, Any]]:
        """List the (plugin, value) pairs of a register hook."""
        ...

    def kinds(self) -> Iterator[type[Record]]:
        """Yield every kind of record whose tables are kept, those without a noun too."""
        ...

    def implements(self, hook: str) -> bool:
        """Whether any plugin implements a hook."""
        ...

    def first(self, hook: str, **arguments: object) -> Any:  # noqa: ANN401 - the hook's own type
        """Return the first answer that is not None to a plugin's own hook."""
        ...


class OfficeFacts(Protocol):
    """The facts of the whole office."""

    @property
    def name(self) -> str:
        """The practice's name, as on its letters."""
        ...

    @property
    def site_code(self) -> str:
        """The short code of this site."""
        ...

    @property
    def time_zone(self) -> str | None:
        """The IANA time zone; None is this machine's."""
        ...

    @property
    def currency(self) -> str:
        """The ISO 4217 code of the currency."""
        ...

    @property
    def closed_weekdays(self) -> str:
        """Days of the week the office is closed, as in "Sat Sun"."""
        ...

    @property
    def address(self) -> str | None:
        """Where orders are shipped to, as on its letters."""
        ...

    @property
    def phone(self) -> str | None:
        """Where vendors reach the office."""
        ...


class Person(Protocol):
    """The acting person, and how far their roles reach."""

    @property
    def everything(self) -> bool:
        """Whether they may do everything, as the file's owner, or in an office without users."""
        ...

    def reaches(self, permission: str, level: str) -> bool:
        """Whether their roles reach a permission of that level."""
        ...

    def reaches_pattern(self, pattern: str) -> bool:
        """Whether their roles reach everything that a pattern ever may."""
        ...


class Rows(Protocol):
    """Anything that answers a query in SQL: an office, or the store of one."""

    def rows(self, sql: str, *values: object, **named: object) -> list[tuple[Any, ...]]:
        """Run an SQL query, with values in their order or by name, and return all rows."""
        ...

    def value(self, sql: str, *values: object) -> Any:  # noqa: ANN401 - whatever the query asks for
        """Run an SQL query and return the first column of the first row, or None."""
        ...


class Declarations(Protocol):
    """The declarations: the plugins, and the kinds of record."""

    @property
    def plugins(self) -> Registry:
        """The plugins that are on."""
        ...

    @property
    def records(self) -> dict[str, type[Record]]:
        """Every kind of record by its key."""
        ...


class OfficeReader(Rows, Declarations, Protocol):
    """The reading half of an open office, as the acting person sees it."""

    @property
    def path(self) -> str:
        """The path of its file."""
        ...

    @property
    def actor(self) -> str:
        """The name of the acting person, as the history keeps it."""
        ...

    @property
    def who(self) -> Person:
        """The acting person, as the file has them now."""
        ...

    @property
    def machine(self) -> Machine:
        """This machine's settings."""
        ...

    @property
    def facts(self) -> OfficeFacts:
        """The facts of the whole office: name, currency, time zone."""
        ...

    @property
    def today(self) -> date:
        """Today at the office."""
        ...

    @property
    def ways(self) -> Conventions:
        """How this office writes money, dates and times."""
        ...

    # -- records
    # ------------------------------------------------------------------------------------

    def get(self, record: type[R], id: int) -> R:  # noqa: A002 - the column's name
        """Read a record by id, archived or not. Raises NotFound."""
        ...

    def some(self, record: type[R], ids: Iterable[int]) -> Iterator[R]:
        """Yield the records with these ids that are there, by id."""
        ...

    def all(self, record: type[R], where: str = "1", *values: object) -> Iterator[R]:
        """Yield the records that are not archived and meet an SQL condition, by id."""
        ...

    def first(self, record: type[R], where: str, *values: object) -> R | None:
        """Find the first record that meets an SQL condition and is not archived."""
        ...

    def select(
        self, record: type[Record], columns: Sequence[Field], query: Query = ...
    ) -> list[tuple[Any, ...]]:
        """Return rows of (id, then each column), references by the names people know."""
        ...

    # -- what people type, and what they are shown
    # -----------------------------------------------------

    def find(self, record: type[R], text: str, *, within: Mapping[str, int] | None = None) -> R:
        """Find the record people mean by a word: a human key (PO-12), unique value, name, or #id.

        Raises NotFound, UsageProblem where several fit, and Forbidden where the kind of record may
        not be seen.
        """
        ...

    def find_ids(
        self,
        record: type[Record],
        text: str,
        *,
        by_id: bool = True,
        within: Mapping[str, int] | None = None,
    ) -> list[int]:
        """List the ids that a word may mean. Without `by_id` a bare number is no id."""
        ...

    def alike(self, record: type[Record], name: str, *texts: str) -> list[int]:
        """List the ids of live records whose field `name` is the same as one of the texts."""
        ...

    def refer(self, field: Field, text: str, within: Mapping[str, int] | None = None) -> int | None:
        """Find the id of the live record that a text in a reference means; blank is None.

        Raises NotFound, UsageProblem where several fit, and Refused for one that is archived.
        """
        ...

    def plainly(self, text: str) -> str:
        """Clean a word as fields clean text."""
        ...

    def record(self, word: str) -> type[Record]:
        """Find a kind of record by its noun or key. Raises NotFound."""
        ...

    def target(self, field: Field) -> type[Record] | None:
        """Return the kind of record a reference points to; None while its plugin is off."""
        ...

    def label(self, record: type[Record], id: int | None) -> str:  # noqa: A002 - the column's name
        """Name a record to people: blank for None, its number where they may not see its kind."""
        ...

    def name(self, record: Record) -> str:
        """Ask a record its name."""
        ...

    def describe(self, record: Record) -> str:
        """Name a record, with the record it belongs to where its own name says little."""
        ...

    def word_for(self, record: Record) -> str:
        """Name a record in a sentence: by its key, else its name, else its number."""
        ...

    def about(self, record: Record) -> str:
        """Name the subject of a refusal: the kind of record, and the record as people know it."""
        ...

    # -- who may see it
    # ---------------------------------------------------------------------------------

    def may(self, permission: str) -> bool:
        """Whether the acting person may do that."""
        ...

    def allow(self, permission: str) -> None:
        """Raise Forbidden where the acting person may not do that."""
        ...

    def may_view(self, record: type[Record]) -> bool:
        """Whether the acting person may see a kind of record."""
        ...

    def allow_view(self, record: type[Record]) -> None:
        """Raise Forbidden if the person may not see a kind of record; trusted code may."""
        ...

    def withheld(self, record: type[Record]) -> frozenset[str]:
        """The columns of a kind of record that the acting person may not see."""
        ...

    def trusted(self) -> AbstractContextManager[None]:
        """Let code read more than the person may, for an action or a report that they may run."""
        ...

    def lifted(self) -> AbstractContextManager[None]:
        """Suspend the guard for statements whose permission was checked already."""
        ...

    # -- plugins
    # ----------------------------------------------------------------------------------------

    def settings(self, plugin: str, declared: type[S]) -> S:
        """Read a plugin's own settings."""
        ...

    def service(self, protocol: type[S]) -> S | None:
        """Find the plugin's object that provides a Protocol of `officeops.services`, or None."""
        ...


class OfficeWriter(OfficeReader, Protocol):
    """The writing half of an open office, for the code of an action: every write belongs to one."""

    #: Further changes of the open action, as sentences for the person who asked.
    remarks: list[str]

    def acting(
        self,
        verb: str,
        arguments: Mapping[str, object] | None = None,
        *,
        request: str | None = None,
        bulk: str = "",
        needs: str = "",
    ) -> AbstractContextManager[list[str]]:
        """Open an action; all its writes are committed or none. Yields a list for the outcome.

        `bulk` names a long action to people who wait, `needs` is the permission it takes where that
        is not the verb's own. With a `request` id, `arguments` include everything that would make
        it another action.
        """
        ...

    def add(self, record: R) -> R:
        """Write a new record and give it its id. Raises Refused with every problem."""
        ...

    def add_many(self, record: type[Record], rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Write many new records, with values as SQLite keeps them; return their ids."""
        ...

    def edit(self, record: R, *, managed: bool = False, **changes: object) -> R:
        """Change fields of a record as it was read, and return it changed.

        Raises Conflict where someone changed it since then, Refused with every problem.
        `managed` lets an action change what a form may not (a state, a computed term).
        """
        ...

    def archive(self, record: R) -> R:
        """Archive a record: hide it from lists, keep its history, free its unique values."""
        ...

    def unarchive(self, record: R) -> R:
        """Restore an archived record. Raises Refused where its unique value is taken by now."""
        ...

    def forget_facts(self) -> None:
        """Read the facts again when they are next asked for, after an action that changed them."""
        ...

    def last_id(self, record: type[Record]) -> int:
        """Return the highest id a kind of record ever had; no id is used twice."""
        ...

    def defer(self) -> None:
        """Delay the history and search entries of added rows until `write_deferred`."""
        ...

    def write_deferred(self) -> None:
        """Write the history and search entries that were delayed."""
        ...

    def now(self) -> datetime:
        """Read the clock in UTC, to the second, as fields of kind instant keep it."""
        ...

    def stamp(self) -> str:
        """Read the clock as text, as `archived_at` and actions keep it."""
        ...

    def open(self, record: Record, name: str) -> Any:  # noqa: ANN401 - the field's own type
        """Open a sealed field for code that works with it. Raises NoKey, Altered."""
        ...


class Office(OfficeWriter, Protocol):
    """An open office, as a plugin has it: the annotation for actions, hooks and methods of records.

    Read with `all`, `get`, `find`, `rows`; write inside an action with `add`, `edit`, `archive`.
    Outside of one, `do` runs a declared action, and `acting` opens one.
    """

    def do(
        self, action: Action[..., T], *args: object, request: str | None = None, **kwargs: object
    ) -> T:
        """Run an action as one audited transaction and return what it returns.

        Raises Refused where the action cannot be done now, Conflict where its record changed since
        it was read, and Already, with the first answer, for a `request` id that was carried out
        before.
        """
        ...

    def ask(
        self,
        plugin: str,
        place: str,
        question: Callable[[Office, Any], object],
        record: Any,  # noqa: ANN401 - the record it is asked about
        *,
        then: str = "Nothing was written.",
    ) -> str | None:
        """Ask a plugin's code, in a named place, why something may not be done; None: it may.

        It only reads, and has a time limit; `then` is the consequence where that is up. Raises
        PluginFault, OutsideAction and TimeUp.
        """
        ...

    def answering(
        self, plugin: str, place: str, *, then: str = "Nothing was written."
    ) -> AbstractContextManager[None]:
        """Make a context in which a plugin's code answers: it only reads, and has a time limit."""
        ...

    def blame(self, plugin: str, place: str) -> AbstractContextManager[None]:
        """Make a context in which a plugin's code acts: an error in it is raised as PluginFault."""
        ...

    def once(
        self, request: str | None, verb: str, is_same: Callable[[int, Mapping[str, Any]], bool]
    ) -> None:
        """Raise Already, with the first answer, if this person did this under this request id."""
        ...

    def put_off(self, key: str, until: date) -> None:
        """Note a snooze until a day, inside an action."""
        ...

    def put_off_until(self, prefix: str) -> dict[str, str]:
        """List the snoozed keys with a prefix: the rest of the key → the day it ends."""
        ...
