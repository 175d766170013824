"""Reading: what an open office can tell of its records."""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from officeops.model.declarations import Query
from officeops.model.errors import Broken, NotFound, OutsideAction, PluginFault, TimeUp, UsageProblem, told, trace_of
from officeops.model.identity import folded_sql
from officeops.model.placeholder import Withheld
from officeops.model.records import Record as AnyRecord
from officeops.plugins.blame import Answering, is_a_fault
from officeops.query import lookup
from officeops.query.filter import Select
from officeops.store.folded_identities import WORDS, table_of
from officeops.values.text import line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from officeops.model.fields import Field
    from officeops.model.identity import Identity
    from officeops.model.records import Meta, Record
    from officeops.office.authorization import Authorizer
    from officeops.office.office import Office
    from officeops.plugins.manager import Plugins
    from officeops.query.words import Beyond
    from officeops.store.store import Store
    from officeops.values.conventions import Conventions

    R = TypeVar("R", bound=Record)
else:
    R = TypeVar("R")


#: All that is not archived, in the record's own order.
EVERYTHING = Query()
#: Names that records have without code of a plugin.
_OWN_NAMES = frozenset({AnyRecord.__str__})


class Reading:
    """The reading half of Office."""

    store: Store
    authorizer: Authorizer
    records: dict[str, type[Record]]
    plugins: Plugins

    @property
    def _office(self) -> Office:
        """Itself, by the name that declarations know: nothing but an Office is made of this half."""
        return cast("Office", self)

    @property
    def ways(self) -> Conventions:
        """How this office writes money and dates."""
        raise NotImplementedError

    def rows(self, sql: str, *values: object, **named: object) -> list[tuple[Any, ...]]:
        """Run a query of one's own, with values in their order or by name, and return all rows."""
        return self.store.rows(sql, *values, **named)

    def value(self, sql: str, *values: object) -> Any:  # noqa: ANN401 - whatever the query asks for
        """Run a query of one's own and return the first column of the first row, or None."""
        return self.store.value(sql, *values)

    def get(self, record: type[R], id: int) -> R:  # noqa: A002 - the column's name
        """Return a record by id, archived or not. Raises NotFound."""
        found = next(self._records(record, "id = ?", (id,)), None)
        if found is None:
            raise NotFound(f"There is no {record.meta.label.lower()} with id {id}.")
        return found

    def some(self, record: type[R], ids: Iterable[int]) -> Iterator[R]:
        """Yield the records with these ids that are there, by id."""
        marks = ",".join(str(int(each)) for each in ids)
        if not marks:
            return  # SQLite looks through the whole table for a record in none
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
        away = self.authorizer.withheld(record) if meta.guarded else frozenset()
        if away:
            columns = tuple("NULL" if name in away else name for name in columns)
        sql = f"SELECT {', '.join(columns)} FROM {meta.table} WHERE {where} ORDER BY id"
        hidden = {f.name: Withheld(f, meta.plural.lower()) for f in meta.fields if f.name in away}
        for row in self.store.db.execute(sql, values).fetchall():
            found = record.from_row(row)
            found.__dict__.update(hidden)
            yield found

    def query(self, record: type[Record], *, by_key: bool = False, own: bool = False) -> Select:
        """Return the builder of list queries over a kind of record, its words looked for in what it points to unless `own`.

        Raises Forbidden where it may not be seen.
        """
        self._in_use(record)
        self.authorizer.allow_view(record)
        away, unseen = self.authorizer.withheld(record), self.authorizer.unseen(record)
        remarks: list[str] = []
        return Select(
            record.meta,
            self.records,
            self.ways,
            by_key=by_key,
            withheld=away,
            unseen=unseen,
            digests=self.look_up,
            marks=self.key_marks,
            refer=partial(self._referred, remarks),
            remarks=remarks,
            there=partial(self._there, record),
            has=partial(self._has, record),
            beyond=self._beyond,
            own=own,
        )

    def _in_use(self, record: type[Record]) -> None:
        """Raise Broken for a record whose plugin was refused when the file was opened: its table may not be there."""
        if record.meta.key not in self.records and (why := self.plugins.why_refused(record.meta.plugin)):
            raise Broken(f"The plugin {record.meta.plugin} is not in order: {why.rstrip('.')}.")

    def _referred(self, remarks: list[str], field: Field, text: str, is_key: bool) -> list[int]:  # noqa: FBT001 - a callback of Select
        """Return the records a word of a filter means, archived ones too, which is remarked. Raises NotFound for none."""
        target = self.target(field)
        if target is None:
            raise UsageProblem(f"the plugin {field.target.partition('.')[0]} is off.")
        self.authorizer.allow_view(target)
        found = lookup.meant(self._office, target, text, by_id=is_key, by_key=is_key)
        if not found:
            raise NotFound(f"there is no {target.meta.label.lower()} {text!r}. {lookup.looking(target)}")
        if all(row[1] is not None for row in found):
            for row in found[: lookup.NAMED]:
                remark = f"{target.meta.label} {self.label(target, row[0])} is archived."
                if remark not in remarks:
                    remarks.append(remark)
        return [row[0] for row in found]

    def _beyond(self, meta: Meta) -> Beyond:
        """Return whether any record of a kind has a searched text beyond ASCII; in many offices none has, and words are quicker then."""
        if not meta.searched:
            return ""
        if lookup.is_withheld(self._office, self.records[meta.key]):
            return "asked"
        sql = f"SELECT 1 FROM {table_of(meta)} WHERE identity = ? LIMIT 1"
        return "kept" if self.value(sql, WORDS) else ""

    def _there(self, record: type[Record], identity: Identity, values: Sequence[str]) -> set[str]:
        sql = f"SELECT DISTINCT folded FROM {table_of(record.meta)} WHERE identity = ? AND folded IN ({', '.join('?' * len(values))})"
        return {row[0] for row in self.rows(sql, identity.name, *values)}

    def _has(self, record: type[Record], field: Field, value: str) -> bool:
        sql = f"SELECT 1 FROM {record.meta.table} t WHERE {folded_sql(f't.{field.name}')} = ? LIMIT 1"
        return bool(self.value(sql, value))

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

    def find(self, record: type[R], text: str, *, within: Mapping[str, int] | None = None) -> R:
        """Return the record people mean by a word: its human key (PO-12), a unique value, its name, or #id.

        Raises NotFound, UsageProblem where several fit, and Forbidden where the kind of record may not be seen.
        """
        self._in_use(record)
        self.authorizer.allow_view(record)
        ids = self.find_ids(record, text, within=within)
        try:
            return self.get(record, lookup.one(self._office, record, text, ids))
        except NotFound as error:
            raise NotFound(f"There{str(error)[5:]}. {lookup.looking(record)}") from None
        except UsageProblem as error:
            raise UsageProblem(f"{error}.") from None

    def find_ids(
        self, record: type[Record], text: str, *, by_id: bool = True, within: Mapping[str, int] | None = None
    ) -> list[int]:
        """Return the ids that a word may mean; the first rule that finds any decides (`officeops.query.lookup`).

        Without `by_id` a bare number is never taken for an id, as in files that came from elsewhere. `within` are
        columns that the record must have too: {"item_id": 12} for a pack of that item.
        """
        text = self.plainly(text)
        return lookup.chosen(lookup.meant(self._office, record, text, by_id=by_id, within=within), text)

    def alike(self, record: type[Record], name: str, *texts: str) -> list[int]:
        """Return the ids of the live records of which the field `name`, unique or their name, is the same as one of these texts."""
        rows = lookup.alike(self._office, record, name, texts)
        return sorted(row[0] for row in rows if row[1] is None)

    def refer(self, field: Field, text: str, within: Mapping[str, int] | None = None) -> int | None:
        """Return the id of the live record that a person's text in a reference means; blank is none.

        Raises NotFound, UsageProblem where several fit, and Refused for one that is archived.
        """
        return lookup.refer(self._office, field, text, within) if text.strip() else None

    @staticmethod
    def plainly(text: str) -> str:
        """Return a word as fields keep text; one that no field can have is left as it is, and fits nothing."""
        try:
            return line(text) or ""
        except ValueError:
            return text.encode(errors="replace").decode()

    def label(self, record: type[Record], id: int | None) -> str:  # noqa: A002
        """Return what names a record to people; blank for none, its number where they may not see its kind."""
        if id is None:
            return ""
        meta = record.meta
        if meta.prefix:
            return f"{meta.prefix}-{id}"
        if not (self.authorizer.is_trusted or self.authorizer.may_view(record)):
            return f"#{id}"
        return str(self.value(f"SELECT {meta.display} FROM {meta.table} WHERE id = ?", id) or f"#{id}")

    def target(self, field: Field) -> type[Record] | None:
        """Return the record class a reference points to, or None while its plugin is off."""
        return self.records.get(field.target)

    def name(self, record: Record) -> str:
        """Return what a record calls itself; its number where its class's __str__ fails, which is noted."""
        if type(record).__str__ in _OWN_NAMES:
            return str(record)
        place = f"__str__() of {record.meta.key}"
        try:
            with Answering(self._office, record.meta.plugin, place, then="Its number is shown."):
                return str(record)
        except (OutsideAction, PluginFault, TimeUp) as error:
            # One record's name must not end a whole list.
            cause = error.__cause__ if isinstance(error, PluginFault) and error.__cause__ else error
            self.plugins.note(record.meta.plugin, place, told(cause), trace_of(cause))
            return f"#{record.id}"

    def describe(self, record: Record) -> str:
        """Return a record's name, with what it belongs to where its own name says little."""
        name = self.name(record)
        for each in record.meta.fields:
            if each.kind == "reference" and each.required and (target := self.target(each)):
                return f"{name} of {self.label(target, getattr(record, each.name))}"
        return name
