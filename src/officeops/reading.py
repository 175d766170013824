"""Reading: what an open office can tell of its records."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, TypeVar

from officeops.access.allowing import Allowing
from officeops.blame import is_a_fault
from officeops.errors import Broken, NotFound, PluginFault, UsageProblem, told, trace_of
from officeops.query import Query, Select
from officeops.texts import line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from officeops.fields import Field
    from officeops.plugins import Plugins
    from officeops.records import Meta, Record
    from officeops.values import Conventions

    R = TypeVar("R", bound=Record)
else:
    R = TypeVar("R")


#: All that is not archived, in the record's own order.
EVERYTHING = Query()


class Reading(Allowing):
    """The reading half of Office."""

    records: dict[str, type[Record]]
    plugins: Plugins

    @property
    def ways(self) -> Conventions:
        """How this office writes money and dates."""
        raise NotImplementedError

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a query of one's own and return all rows."""
        return self.store.rows(sql, *values)

    def value(self, sql: str, *values: object) -> Any:  # noqa: ANN401 - whatever the query asks for
        """Run a query of one's own and return the first column of the first row, or None."""
        row = self.store.db.execute(sql, values).fetchone()
        return row[0] if row else None

    def get(self, record: type[R], id: int) -> R:  # noqa: A002 - the column's name
        """Return a record by id, archived or not. Raises NotFound."""
        found = next(self._records(record, "id = ?", (id,)), None)
        if found is None:
            raise NotFound(f"There is no {record.meta.label.lower()} with id {id}.")
        return found

    def some(self, record: type[R], ids: Iterable[int]) -> Iterator[R]:
        """Yield the records with these ids that are there, by id."""
        marks = ",".join(str(int(each)) for each in ids)
        yield from self._records(record, f"id IN ({marks})", ())

    def all(self, record: type[R], where: str = "1", *values: object) -> Iterator[R]:
        """Yield the records that are not archived and meet an SQL condition, in the record's own order."""
        live = "" if record.meta.derived else "archived_at IS NULL AND "
        yield from self._records(record, f"{live}({where})", values)

    def first(self, record: type[R], where: str, *values: object) -> R | None:
        """Return the first record that meets an SQL condition and is not archived, or None."""
        return next(self.all(record, where, *values), None)

    def _records(self, record: type[R], where: str, values: Sequence[object]) -> Iterator[R]:
        meta = record.meta
        columns = meta.columns
        if meta.guarded and (away := self.withheld(record)):
            columns = tuple("NULL" if name in away else name for name in columns)
        sql = f"SELECT {', '.join(columns)} FROM {meta.table} WHERE {where} ORDER BY id"
        for row in self.store.db.execute(sql, values).fetchall():
            yield record.from_row(row)

    def query(self, record: type[Record], *, by_key: bool = False) -> Select:
        """Return the builder of list queries over a kind of record. Raises Forbidden where it may not be seen."""
        self._in_use(record)
        self.allow_view(record)
        away, unseen = self.withheld(record), self.unseen(record)
        return Select(
            record.meta,
            self.records,
            self.ways,
            by_key=by_key,
            withheld=away,
            unseen=unseen,
            digests=self.look_up,
            marks=self.key_marks,
        )

    def _in_use(self, record: type[Record]) -> None:
        """Raise Broken for a record whose plugin was refused when the file was opened: its table may not be there."""
        if record.meta.key not in self.records and (why := self.plugins.why_refused(record.meta.plugin)):
            raise Broken(f"The plugin {record.meta.plugin} is not in order: {why.rstrip('.')}.")

    def key_marks(self) -> list[str]:
        """Return the marks of the keys that are here, for sealed fields."""
        raise NotImplementedError

    def look_up(self, meta: Meta, field: Field, value: object) -> list[str]:
        """Return the digests by which a value of a sealed field is found; whose it is, is on record then."""
        raise NotImplementedError

    def select(
        self, record: type[Record], columns: Sequence[Field], query: Query = EVERYTHING
    ) -> list[tuple[Any, ...]]:
        """Return rows of (id, then each column), references as what names them to people."""
        sql, values = self.query(record).sql(query, columns)
        return self.answer(record, sql, *values)

    def answer(self, record: type[Record], sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Run what `query(record)` made, and return all rows. Raises PluginFault where a computed field's SQL is wrong."""
        try:
            return self.store.rows(sql, *values)
        except sqlite3.Error as error:
            if is_a_fault(error):
                self._blame_computed(record, error)
            raise

    def _blame_computed(self, record: type[Record], error: sqlite3.Error) -> None:
        """Raise PluginFault for the computed field that cannot be worked out, if there is one."""
        for computed in record.meta.computed:
            try:
                self.store.rows(f"SELECT {computed.sql} FROM {record.meta.table} t")
            except sqlite3.Error as fault:
                place = f"the computed field {computed.name} of {record.meta.key}"
                raise PluginFault(record.meta.plugin, place, fault) from error

    def find(self, record: type[R], text: str) -> R:
        """Return the record people mean by a word: its human key (PO-12), a unique value, its name, or #id.

        Raises NotFound, UsageProblem where several fit, and Forbidden where the kind of record may not be seen.
        """
        self._in_use(record)
        self.allow_view(record)
        ids = self.find_ids(record, text)
        if not ids:
            hint = f" Look with `officeops {record.meta.noun} list`."
            raise NotFound(f"There is no {record.meta.label.lower()} {text!r}.{hint}")
        if len(ids) > 1:
            some = ", ".join(f"#{each}" for each in ids[:5])
            raise UsageProblem(f"{text!r} fits several {record.meta.plural.lower()}: {some}. Name one by its #number.")
        return self.get(record, ids[0])

    def find_ids(self, record: type[Record], text: str, *, by_id: bool = True) -> list[int]:
        """Return the ids that a word may mean; the first rule that finds any decides.

        Without `by_id` a bare number is never taken for an id, as in files that came from elsewhere.
        """
        meta, text = record.meta, _plainly(text)
        for condition, value in _meanings(record, text, self.withheld(record), by_id=by_id):
            live = "" if meta.derived else " ORDER BY archived_at IS NOT NULL, id"
            found = self.store.rows(
                f"SELECT id, {'NULL' if meta.derived else 'archived_at'} FROM {meta.table} WHERE {condition}{live}",
                value,
            )
            standing = [row[0] for row in found if row[1] is None]
            if found:
                return standing or [row[0] for row in found]
        return []

    def label(self, record: type[Record], id: int | None) -> str:  # noqa: A002
        """Return what names a record to people; blank for none, its number where they may not see its kind."""
        if id is None:
            return ""
        meta = record.meta
        if meta.prefix:
            return f"{meta.prefix}-{id}"
        if not (self._trust or self.may_view(record)):
            return f"#{id}"
        return str(self.value(f"SELECT {meta.display} FROM {meta.table} WHERE id = ?", id) or f"#{id}")

    def target(self, field: Field) -> type[Record] | None:
        """Return the record class a reference points to, or None while its plugin is off."""
        return self.records.get(field.target)

    def name(self, record: Record) -> str:
        """Return what a record calls itself; its number where its class's __str__ fails, which is noted."""
        try:
            return str(record)
        except Exception as error:  # noqa: BLE001 - one record's name must not end a whole list
            self.plugins.note(record.meta.plugin, f"__str__() of {record.meta.key}", told(error), trace_of(error))
            return f"#{record.id}"

    def describe(self, record: Record) -> str:
        """Return a record's name, with what it belongs to where its own name says little."""
        name = self.name(record)
        for each in record.meta.fields:
            if each.kind == "reference" and each.required and (target := self.target(each)):
                return f"{name} of {self.label(target, getattr(record, each.name))}"
        return name


def _plainly(text: str) -> str:
    """Return a word as fields keep text; one that no field can have is left as it is, and fits nothing."""
    try:
        return line(text) or ""
    except ValueError:
        return text.encode(errors="replace").decode()


def _meanings(record: type[Record], text: str, away: frozenset[str], *, by_id: bool) -> Iterator[tuple[str, object]]:
    meta = record.meta
    number = text.removeprefix("#")
    if text.startswith("#") and number.isdecimal() and len(number) < 19:
        yield "id = ?", int(number)
        return
    head, dash, tail = text.partition("-")
    if meta.prefix and dash and head.upper() == meta.prefix and tail.isdecimal() and len(tail) < 19:
        yield "id = ?", int(tail)
        return
    uniques = (f.name for f in meta.fields if f.unique and f.name not in away and not (f.is_integer or f.sealed))
    names = [*uniques, meta.display]
    for name in names:
        if name in meta.by_name and not meta.by_name[name].is_integer:
            yield f"{name} = ?", text
            yield f"{name} = ? COLLATE NOCASE", text
    if by_id and number.isdecimal() and len(number) < 19:
        yield "id = ?", int(number)
