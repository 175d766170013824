"""OfficeReader: the reading half of an open office, as a Protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from officeops.model.office.authorizer import OfficeAuthorizer
from officeops.model.office.registry import Declarations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from officeops.model.declarations import Query
    from officeops.model.fields import Field
    from officeops.model.lifecycle.event import Event
    from officeops.model.office.facts import OfficeFacts
    from officeops.model.records import Record
    from officeops.model.settings import Machine
    from officeops.values.calendar import Calendar
    from officeops.values.conventions import Conventions

    R = TypeVar("R", bound=Record)
else:
    R = TypeVar("R")
S = TypeVar("S")


class Rows(Protocol):
    """Anything that answers a query in SQL: an office, or the store of one."""

    def rows(
        self,
        sql: str,
        *values: object,
        **named: object,
    ) -> list[tuple[Any, ...]]:
        """Run an SQL query, with values in their order or by name, and return all rows."""
        ...

    def value(self, sql: str, *values: object) -> Any:  # noqa: ANN401 - whatever the query asks for
        """Run an SQL query and return the first column of the first row, or None."""
        ...


class OfficeReader(Rows, Declarations, OfficeAuthorizer, Protocol):
    """The reading half of an open office, as the acting person sees it."""

    @property
    def path(self) -> str:
        """The path of its file."""
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

    def ways_at(self, location: int | None) -> Conventions:
        """How values are written where the clock of a location counts, by its id."""
        ...

    @property
    def calendar(self) -> Calendar:
        """When the office is open."""
        ...

    def calendar_at(self, location: Any) -> Calendar:  # noqa: ANN401 - a core.location, or its id
        """When a location is open: its own hours and closed days, or the office's."""
        ...

    # -- records

    def get(self, record: type[R], id: int) -> R:  # noqa: A002 - the column's name
        """Read a record by id, archived or not. Raises NotFound."""
        ...

    def some(self, record: type[R], ids: Iterable[int]) -> Iterator[R]:
        """Yield the records with these ids that are there, by id."""
        ...

    def all(
        self,
        record: type[R],
        where: str = "1",
        *values: object,
        order: str = "id",
    ) -> Iterator[R]:
        """Yield the records that are not archived and meet an SQL condition, by id.

        `order` is another order, as SQL: `office.all(Reading, order="taken_at DESC")`.
        """
        ...

    def first(
        self,
        record: type[R],
        where: str = "1",
        *values: object,
        order: str = "id",
    ) -> R | None:
        """Find the first record that meets an SQL condition and is not archived, or None.

        The newest is `office.first(Reading, "device_id = ?", device.id, order="taken_at DESC")`.
        """
        ...

    def select(
        self,
        record: type[Record],
        columns: Sequence[Field],
        query: Query = ...,
    ) -> list[tuple[Any, ...]]:
        """Return rows of (id, then each column), references by the names people know."""
        ...

    def among(
        self,
        record: type[Record],
        where: str,
        ids: Sequence[int],
    ) -> list[int]:
        """List those of some records, archived or not, that a filter finds, in their order."""
        ...

    def events(self, record: Record) -> list[Event]:
        """List the events of a record whose lifecycle has a log, the oldest first.

        The first is when it was added. Raises Forbidden where the record may not be seen.
        """
        ...

    def last_event_at(self, record: Record) -> datetime:
        """Return when the last event of a record happened, inside an action."""
        ...

    # -- what people type, and what they are shown

    def find(
        self,
        record: type[R],
        text: str,
        *,
        within: Mapping[str, int] | None = None,
    ) -> R:
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

    def refer(
        self,
        field: Field,
        text: str,
        within: Mapping[str, int] | None = None,
        held: Record | None = None,
    ) -> int | None:
        """Find the id of the live record that a text in a reference means; blank is None.

        The one that the record `held` refers to already may be archived. Raises NotFound, UsageProblem where several fit, and Refused for one that is archived.
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
        """Name a record as lists do, with its key where its kind has one.

        Blank for None, and its number where the person may not see its kind.
        """
        ...

    def text_of(self, record: Record, name: str) -> str:
        """Write the value of a field, also a computed one, as people read it.

        `name` is that of the field, of a reference with or without its `_id`. A reference is a name, an instant by the office's clock, an amount with its unit:
        `office.text_of(reading, "degrees")` is `4.5 °C`. Blank for none.
        """
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

    def blocked(self, record: Record) -> Sequence[Record]:
        """List the tasks about a record of which a blocking item failed, and has not passed since.

        For the guard of a transition that releases it.
        """
        ...

    # -- plugins

    def settings(self, plugin: str, declared: type[S]) -> S:
        """Read a plugin's own settings."""
        ...

    def service(self, protocol: Callable[..., S]) -> S | None:
        """Find the plugin's object that provides a Protocol of `officeops.services`, or None.

        `protocol` is the class itself. It is no `type[S]`, which type checkers keep for classes that
        can be made.
        """
        ...

    def need(self, protocol: Callable[..., S]) -> S:
        """Find the provider of a Protocol, as `service` does.

        Raises Refused, with the plugin to turn on, where nobody provides it.
        """
        ...
