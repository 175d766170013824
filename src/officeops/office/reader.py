"""Reader: reads records from the open file, and names them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from officeops.model.error_words import one_line, told, trace_of
from officeops.model.errors import NotFound, OutsideAction, PluginFault, TimeUp
from officeops.model.identity import is_named, is_nameless
from officeops.model.placeholder import Withheld
from officeops.model.records import Record as AnyRecord
from officeops.plugins.blame import Answering
from officeops.values.text import line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.authorization import Authorizer
    from officeops.office.readings_of_code import ReadingsOfCode
    from officeops.plugins.manager import Plugins
    from officeops.store.store import Store
    from officeops.values.conventions import Conventions

    R = TypeVar("R", bound=Record)
else:
    R = TypeVar("R")

#: Names that records have without code of a plugin.
_OWN_NAMES = frozenset({AnyRecord.__str__})


class Reader:
    """Reads records as the acting person may see them, and names them."""

    def __init__(
        self,
        store: Store,
        plugins: Plugins,
        records: Mapping[str, type[Record]],
        authorizer: Authorizer,
        ways: Callable[[], Conventions],
    ) -> None:
        self.store = store
        self.plugins = plugins
        self.records = records
        self._authorizer = authorizer
        self._ways = ways
        #: Notes what the code of plugins reads of guarded fields.
        self.code: ReadingsOfCode

    def rows(
        self,
        sql: str,
        *values: object,
        **named: object,
    ) -> list[tuple[Any, ...]]:
        """Run an SQL query, with values in their order or by name, and return all rows."""
        return self.store.rows(sql, *values, **named)

    def value(self, sql: str, *values: object) -> Any:  # noqa: ANN401 - whatever the query asks for
        """Run an SQL query and return the first column of the first row, or None."""
        return self.store.value(sql, *values)

    def get(self, record: type[R], id: int) -> R:  # noqa: A002 - the column's name
        """Read a record by id, archived or not. Raises NotFound."""
        for read in self._records(record, "id = ?", (id,)):
            return read
        raise NotFound(
            f"There is no {record.meta.one} with id {id}.",
            code="not-found",
            facts={"kind": record.meta.noun, "text": str(id)},
        )

    def some(self, record: type[R], ids: Iterable[int]) -> Iterator[R]:
        """Yield the records with these ids that are there, by id."""
        marks = ",".join(str(int(number)) for number in ids)
        if not marks:
            # SQLite would look through the whole table to find that no record is in an empty list.
            return
        yield from self._records(record, f"id IN ({marks})", ())

    def all(
        self,
        record: type[R],
        where: str = "1",
        *values: object,
        order: str = "id",
    ) -> Iterator[R]:
        """Yield the records that are not archived and meet an SQL condition, by id or an order."""
        yield from self._records(record, _live(record, where), values, order)

    def first(
        self,
        record: type[R],
        where: str = "1",
        *values: object,
        order: str = "id",
    ) -> R | None:
        """Find the first record that meets an SQL condition and is not archived."""
        return next(self._records(record, _live(record, where), values, f"{order} LIMIT 1"), None)

    def _records(
        self,
        record: type[R],
        where: str,
        values: Sequence[object],
        order: str = "id",
    ) -> Iterator[R]:
        """Yield records in an order. A guarded value that the person may not see is replaced unread."""
        meta = record.meta
        columns = ", ".join(meta.columns)
        hidden: dict[str, Withheld] = {}
        withheld = self._authorizer.withheld(record) if meta.guarded else frozenset()
        if withheld:
            columns = ", ".join("NULL" if name in withheld else name for name in meta.columns)
            for field in meta.fields:
                if field.name in withheld:
                    hidden[field.name] = Withheld(field, meta.many)
        place = self._place_of(record)
        zone = f", (SELECT time_zone FROM core_location l WHERE l.id = {place})" if place else ""
        sql = f"SELECT {columns}{zone} FROM {meta.table} WHERE {where} ORDER BY {order}"
        rows = self.store.db.execute(sql, values).fetchall()
        for row in rows:
            read = record.from_row(row[:-1] if place else row)
            read.__dict__.update(hidden)
            if place and row[-1]:
                _set_clock(read, row[-1])
            if meta.open_guarded:
                self.code.note_records(meta, [read])
            yield read

    def _place_of(self, record: type[Record]) -> str:
        """Return the column of the location by whose clock a kind's times are; blank for none."""
        place = record.meta.place
        location = self.records.get("core.location") if place else None
        if location is None or not (
            self._authorizer.is_trusted or self._authorizer.may_view(location)
        ):
            return ""
        return f"{record.meta.table}.{place}"

    def last_id(self, record: type[Record]) -> int:
        """Return the highest id a kind of record ever had; no id is used twice."""
        sql = "SELECT seq FROM sqlite_sequence WHERE name = ?"
        return int(self.value(sql, record.meta.table) or 0)

    @staticmethod
    def plainly(text: str) -> str:
        """Clean a word as fields clean text. One that no field can hold fits nothing."""
        try:
            return line(text) or ""
        except ValueError:
            return text.encode(errors="replace").decode()

    def target(self, field: Field) -> type[Record] | None:
        """Return the kind of record a reference points to; None while its plugin is off."""
        return self.records.get(field.target)

    def label(self, record: type[Record], id: int | None) -> str:  # noqa: A002
        """Name a record as lists do, with its key where its kind has one.

        Blank for None, and its number where the person may not see its kind.
        """
        if id is None:
            return ""
        meta = record.meta
        key = f"{meta.prefix}-{id}" if meta.prefix else f"#{id}"
        if not (self._authorizer.is_trusted or self._authorizer.may_view(record)):
            return key
        if is_nameless(meta) or (meta.prefix and not is_named(meta)):
            return key
        name = self.value(f"SELECT {meta.display} FROM {meta.table} WHERE id = ?", id)
        if meta.prefix:
            return f"{key} {name}" if name else key
        return str(name or key)

    def name(self, record: Record) -> str:
        """Ask a record its name. Where its class's __str__ fails, it is the number."""
        if type(record).__str__ in _OWN_NAMES:
            return self._by_display(record)
        if record.meta.plugin == "core":
            # Our own code needs no watch over it, which would take most of the time of a long list.
            return one_line(str(record))
        place = f"__str__() of {record.meta.key}"
        try:
            with Answering(self, record.meta.plugin, place, then="Its number is shown."):
                return one_line(str(record))
        except (OutsideAction, PluginFault, TimeUp) as error:
            # One record's name must not end a whole list; the plugin's trouble is noted instead.
            cause: BaseException = error
            if isinstance(error, PluginFault) and error.__cause__:
                cause = error.__cause__
            self.plugins.note(record.meta.plugin, place, told(cause), trace_of(cause))
            return f"#{record.id}"

    def _by_display(self, record: Record) -> str:
        """Return the name of a record by its display: a time by the clock that people read it by."""
        meta = record.meta
        value = getattr(record, meta.display, None)
        if meta.prefix or not isinstance(value, datetime):
            return str(record)
        field = meta.by_name[meta.display]
        return field.kind.show(value, field, self._ways())

    def describe(self, record: Record) -> str:
        """Name a record, with the record it belongs to where its own name says little."""
        name = self._name_of_target(record) or self.name(record)
        if name == record.human_key and is_named(record.meta) and not record.meta.about:
            # C-4 alone says nothing to people.
            name = self.label(type(record), record.id)
        if record.meta.about:
            return self._described_subject(record, name)
        for field in record.meta.fields:
            if not field.target or not field.required or field.name == record.meta.display:
                continue
            target = self.target(field)
            if target is not None:
                owner = self.label(target, getattr(record, field.name))
                return f"{name} of {owner}"
        return name

    def _name_of_target(self, record: Record) -> str:
        """Name the record that one is known by: the item of an order line; blank for others."""
        display = record.meta.by_name.get(record.meta.display)
        target = self.target(display) if display and display.target else None
        if display is None or target is None or type(record).__str__ not in _OWN_NAMES:
            return ""
        return self.label(target, getattr(record, display.name))

    def _described_subject(self, record: Record, name: str) -> str:
        """Name a row that is about another record, with that record; a task may be about none."""
        meta = record.meta
        key, number = (getattr(record, column) for column in meta.about)
        if meta.prefix:
            # T-7 alone says nothing to people.
            name = f"{name} {one_line(str(getattr(record, meta.display)))}"
        if key is None:
            return name
        kind = self.records.get(key)
        if kind is None:
            return f"{name} ({key} #{number})"
        return f"{name} ({kind.meta.one} {self.label(kind, number)})"

    def word_for(self, record: Record) -> str:
        """Name a record in a sentence: by its key, else its name, else its number."""
        meta = record.meta
        key = record.human_key
        if meta.prefix or key != str(record.id):
            return key
        display = meta.by_name.get(meta.display)
        if display is None or display.is_integer or display.sealed:
            return f"#{key}"
        name = self.name(record)
        return name if name and name != key else f"#{key}"

    def about(self, record: Record) -> str:
        """Name the subject of a refusal: the kind of record, and the record as people know it."""
        return f"{record.meta.label} {self.word_for(record)}"


def _live(record: type[AnyRecord], where: str) -> str:
    """Return the SQL condition with those that are archived left out."""
    return f"({where})" if record.meta.derived else f"archived_at IS NULL AND ({where})"


def _set_clock(record: AnyRecord, zone: str) -> None:
    """Give a record's moments the clock of its location, by which they are shown."""
    from officeops.values.instants import at_place

    for field in record.meta.fields:
        value = record.__dict__[field.name]
        if field.kind.by_clock and isinstance(value, datetime):
            record.__dict__[field.name] = at_place(value, zone)
