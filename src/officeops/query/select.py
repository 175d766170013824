"""Select: a query as SQL: the records, in an order, with columns, over one table called `t`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from officeops.model.errors import UsageProblem
from officeops.model.identity import codes, is_named, is_nameless
from officeops.model.sealed_value import GONE, MASK
from officeops.model.sql_values import LARGEST
from officeops.query.columns import comparable_field
from officeops.query.terms import MOST, Parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from officeops.model.declarations import Query
    from officeops.model.fields import Field
    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.query.filter import Filter


class Select:
    """Turns queries of one record type into SQL.

    A reference is shown by the name of its record; with `by_key`, for files, by its unique code if
    it has one. `marks` are the keys with which sealed values can be opened, `unseen` the record
    types whose names the acting person may not see. `read_filter` makes the reader of filters; it is
    asked for one at the first filter, as a plain list, the most frequent command, needs none.
    """

    def __init__(
        self,
        meta: Meta,
        records: Mapping[str, type[Record]],
        *,
        read_filter: Callable[[Select], Filter],
        by_key: bool = False,
        withheld: frozenset[str] = frozenset(),
        unseen: frozenset[str] = frozenset(),
        marks: Callable[[], Sequence[str]] = tuple,
        remarks: Sequence[str] = (),
        merged: Callable[[type[Record]], Mapping[int, str]] | None = None,
    ) -> None:
        #: Sentences about the filters read so far: a vendor that is archived.
        self.remarks = remarks
        self._meta = meta
        self._records = records
        self._read_filter = read_filter
        self._by_key = by_key
        self._withheld = withheld
        self._unseen = unseen
        self._marks = marks
        self._merged = merged

    # -- statements --------------------------------------------------------------------------------

    def sql(self, query: Query, columns: Sequence[Field]) -> tuple[str, list[object]]:
        """Make the statement and its values; a row is the id, then columns, references by label."""
        tail, values = self._tail(query)
        return f"SELECT {self._shown(columns)} FROM {tail}", values

    def one(self, columns: Sequence[Field]) -> str:
        """Make the statement for one record, whose id is its value; the row is as in `sql`."""
        return f"SELECT {self._shown(columns)} FROM {self._meta.table} t WHERE t.id = ?"

    def belonging(self, columns: Sequence[Field], reference: str) -> str:
        """Make the statement for the live records that refer to one by a column, in their order.

        The id that they refer to is its value; a row is as in `sql`.
        """
        where = f"t.{reference} = ? AND t.archived_at IS NULL"
        order = ", ".join(self.order(""))
        table = self._meta.table
        return f"SELECT {self._shown(columns)} FROM {table} t WHERE {where} ORDER BY {order}"

    def ids(self, query: Query) -> tuple[str, list[object]]:
        """Make the statement for the ordered ids alone, and its values."""
        tail, values = self._tail(query)
        return f"SELECT t.id FROM {tail}", values

    def _shown(self, columns: Sequence[Field]) -> str:
        expressions = ["t.id"]
        for field in columns:
            # Most columns are their own expression, and a record is shown with dozens.
            is_plain = not (field.sql or field.target or field.sealed or field.kind.by_clock)
            if self._withheld or self._meta.open_guarded or not is_plain:
                expressions.append(self.shown(field))
            else:
                expressions.append(f"t.{field.name}")
        return ", ".join(expressions)

    def _tail(self, query: Query) -> tuple[str, list[object]]:
        table = self._meta.table
        parts = self._parts(query.where)
        conditions, values, words = parts.conditions, parts.values, parts.words
        source = f"{table} t"
        if words:
            # The index leads, in the order of ids: the first hits of a common word come without a
            # look at the rest.
            source = f"{table}_search f CROSS JOIN {table} t ON t.id = f.rowid"
            conditions = [f"f.{table}_search MATCH ?", *conditions]
            values = [" AND ".join(words), *values]
        if not query.archived:
            conditions += self._listed(parts, whole=query.whole)
        tail = source
        if conditions:
            tail += " WHERE " + " AND ".join(conditions)
        order = ", ".join(self.order(query.sort))
        if words and order == "t.id":
            order = "f.rowid"
        tail += f" ORDER BY {order}"
        if query.limit:
            tail += f" LIMIT {min(int(query.limit), LARGEST)}"
        return tail, values

    def _listed(self, parts: Parts, *, whole: bool) -> Iterable[str]:
        """Yield the conditions of the rows that a list shows unless it is asked for others."""
        if not self._meta.derived:
            yield "t.archived_at IS NULL"
        shown = self._meta.lists
        if shown is not None and not whole and not parts.shows(shown.name):
            yield shown.sql

    def order(self, sort: str) -> Iterable[str]:
        """Yield the terms of ORDER BY; the id is always the last, so that the order is total."""
        parts = (sort or self._meta.sort).split(",")
        if len(parts) > MOST:
            raise UsageProblem(
                f"The order has {len(parts):,} fields; {MOST} is the most.", code="too-many"
            )
        for part in parts:
            word = part.strip()
            name = word.lstrip("-")
            down = " DESC" if word.startswith("-") else ""
            if name in {"id", ""}:
                yield f"t.id{down}"
                return
            field = comparable_field(self._meta, name, self._withheld)
            if field.sealed:
                raise UsageProblem(
                    f"{field.label} is sealed, and nothing is sorted by it.", code="sealed"
                )
            is_text = not field.is_integer and field.kind.from_sql is None
            collation = " COLLATE NOCASE" if is_text else ""
            yield f"{self.expression(field, label=True)}{collation}{down}"
        yield "t.id"

    # -- filters -----------------------------------------------------------------------------------

    @cached_property
    def _filter(self) -> Filter:
        return self._read_filter(self)

    def _parts(self, text: str) -> Parts:
        return self._filter.read(text) if text.strip() else Parts()

    def where(self, text: str) -> tuple[list[str], list[object]]:
        """Read a filter into conditions and values.

        Raises UsageProblem naming the term that cannot be read.
        """
        parts = self._parts(text)
        if not parts.words:
            return parts.conditions, parts.values
        index = f"{self._meta.table}_search"
        by_words = f"t.id IN (SELECT rowid FROM {index} WHERE {index} MATCH ?)"
        return [by_words, *parts.conditions], [" AND ".join(parts.words), *parts.values]

    def given(self, text: str) -> dict[str, int]:
        """Find the ids that every match of a filter refers to, by the reference's column."""
        return self._filter.given(text)

    def tells_sealed(self, text: str) -> bool:
        """Tell whether a filter has the value of a sealed field in it."""
        return self._filter.tells_sealed(text)

    # -- columns -----------------------------------------------------------------------------------

    def expression(self, field: Field, *, label: bool = False) -> str:
        """Give the SQL for a field's value, or for its name to people; NULL for a withheld one."""
        if field.name in self._withheld:
            return "NULL"
        if field.sql:
            return field.sql
        if field.sealed:
            return self._masked(field.name)
        if field.target and label:
            return self._label(field)
        if label and field.kind.by_clock and self._meta.place:
            return self._by_local_clock(field)
        return f"t.{field.name}"

    def shown(self, field: Field) -> str:
        """Give the SQL for a value that people are shown, or its name; a guarded one is noted."""
        sql = self.expression(field, label=True)
        name = self._meta.open_guarded.get(field.name)
        if name is None or field.name in self._withheld:
            return sql
        return f"officeops_note('{name}', t.id, {sql})"

    def _by_local_clock(self, field: Field) -> str:
        """Give the SQL for a moment with the zone of its location after it, where that has one."""
        if "core.location" in self._unseen:
            return f"t.{field.name}"
        zone = f"(SELECT time_zone FROM core_location WHERE id = t.{self._meta.place})"
        return f"t.{field.name} || ifnull('[' || {zone} || ']', '')"

    def _masked(self, name: str) -> str:
        """Give the SQL for the mask of a sealed value, or for the word that its key is not here."""
        marks = ", ".join(f"'{mark}'" for mark in self._marks())
        # A sealed value begins with the version and the eight digits of its key's mark.
        known = f"substr(t.{name}, 1, instr(t.{name}, '.') + 8) IN ({marks})"
        return f"CASE WHEN t.{name} IS NULL THEN NULL WHEN {known} THEN '{MASK}' ELSE '{GONE}' END"

    def _merged_words(self, target: type[Record], column: str) -> str:
        """Give the SQL that adds to the name of a merged record the one that stays."""
        merged = self._merged(target) if self._merged else {}
        cases = []
        for number, words in merged.items():
            text = words.replace("'", "''")
            cases.append(f"WHEN {number} THEN '{text}'")
        return f" || CASE {column} {' '.join(cases)} ELSE '' END" if cases else ""

    def _label(self, field: Field) -> str:
        column = f"t.{field.name}"
        target = self._records.get(field.target)
        if target is None:
            plugin = field.target.partition(".")[0]
            return f"CASE WHEN {column} IS NOT NULL THEN '({plugin} is off) #' || {column} END"
        meta = target.meta
        if field.target in self._unseen:
            return f"'#' || {column}"
        if meta.prefix:
            key = f"'{meta.prefix}-' || {column}"
            # A number alone says little to a person; a file takes the number alone.
            if is_named(meta) and not self._by_key:
                name = f"SELECT ' ' || {meta.display} FROM {meta.table} WHERE id = {column}"
                key = f"{key} || ifnull(({name}), '')"
            return f"CASE WHEN {column} IS NOT NULL THEN {key} END"
        # A person finds the record again by the text shown: by its number, if no word finds it.
        name = "'#' || id" if is_nameless(meta) else meta.display
        names = [*codes(meta), name] if self._by_key else [name]
        name = ", ".join(names)
        if len(names) > 1:
            name = f"coalesce({name})"
        label = f"(SELECT {name} FROM {meta.table} WHERE id = {column})"
        # References follow a merge, and the entries of a ledger do not.
        if self._meta.append_only and target.merges and self._merged and not self._by_key:
            label += self._merged_words(target, column)
        # A record out of reach has its number: a blank would say that there is none.
        return f"coalesce({label}, '#' || {column})" if meta.scope or meta.about else label
