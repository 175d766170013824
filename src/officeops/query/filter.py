"""Query: which records, in what order, with which columns; and the filter language.

    category=Gloves on_hand<10 expires<=+30d vendor~mckesson "blue pen" -discontinued=yes

Terms are separated by spaces and all must hold. `name op value` compares a field, with
`= != < <= > >=` and `~` (contains); `=` takes several values, separated by commas; an empty value means blank.
A leading `-` turns a term round. Other words must be found in the record's searched fields.
Case and accents make no difference. A reference is whatever a command takes for one (`officeops.query.lookup`): `item=GLV`, `order=PO-12`,
`item=#12`; `#12` alone is the listed record itself, and in quotes both are plain text. What means no record is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from officeops.model.errors import Forbidden, NotFound, UsageProblem
from officeops.model.fields import Field
from officeops.model.identity import folded_sql
from officeops.model.sealed_value import GONE, MASK, Sealed
from officeops.model.text_folding import folded
from officeops.query.words import INDEXED, Beyond, Words, like, quoted
from officeops.values.convert import reader
from officeops.values.quantities import LARGEST
from officeops.values.text import Pattern, line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from officeops.model.declarations import Query
    from officeops.model.identity import Identity
    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.values.conventions import Conventions

#: The most terms of a filter or an order, and values of one term: SQLite's own bounds are far away, and say less.
MOST = 500
#: The most values of all terms together; SQLite takes 32,766.
MOST_VALUES = 10_000

_TERM = Pattern(
    r'(-?)(?:([A-Za-z][A-Za-z0-9_-]*)(!=|<=|>=|=|<|>|~))?("(?:[^"])*"|(?:[^\s"]|"[^"]*")*)\s*'
)


class Select:
    """A query turned into SQL over one record's table, called `t`.

    References are shown by the name of what they point to; with `by_key`, for files, by its unique code where it has one.
    """

    def __init__(
        self,
        meta: Meta,
        records: Mapping[str, type[Record]],
        ways: Conventions,
        *,
        by_key: bool = False,
        withheld: frozenset[str] = frozenset(),
        unseen: frozenset[str] = frozenset(),
        digests: Callable[[Meta, Field, object], list[str]] | None = None,
        marks: Callable[[], Sequence[str]] = tuple,
        refer: Callable[[Field, str, bool], list[int]] | None = None,
        there: Callable[[Identity, Sequence[str]], set[str]] | None = None,
        has: Callable[[Field, str], bool] | None = None,
        beyond: Callable[[Meta], Beyond] = lambda _: "asked",
        own: bool = False,
        remarks: Sequence[str] = (),
    ) -> None:
        #: Sentences on what the filters read so far mean: a vendor that is archived.
        self.remarks = remarks
        self._meta, self._records, self._ways, self._by_key, self._withheld = (
            meta,
            records,
            ways,
            by_key,
            withheld,
        )
        self._unseen = unseen
        self._words = Words(meta, records, unseen=unseen, own=own, beyond=beyond)
        #: By what a value of a sealed field is found.
        self._digests = digests
        #: Of which keys sealed values can be opened.
        self._marks = marks
        #: The records that a word of a reference means.
        self._refer = refer
        #: Which of these folded values of an identity any record has.
        self._there = there
        #: Whether any record has this folded value in a text field.
        self._has = has

    def sql(self, query: Query, columns: Sequence[Field]) -> tuple[str, list[object]]:
        """Return the statement and its values; each row is the id, then the columns, references as their label."""
        shown = ", ".join(["t.id", *(self.expression(f, label=True) for f in columns)])
        tail, values = self._tail(query)
        return f"SELECT {shown} FROM {tail}", values

    def one(self, columns: Sequence[Field]) -> str:
        """Return the statement for one record, whose id is its value; the row is as `sql` gives it."""
        shown = ", ".join(["t.id", *(self.expression(f, label=True) for f in columns)])
        return f"SELECT {shown} FROM {self._meta.table} t WHERE t.id = ?"

    def ids(self, query: Query) -> tuple[str, list[object]]:
        """Return a statement for the ordered ids alone."""
        tail, values = self._tail(query)
        return f"SELECT t.id FROM {tail}", values

    def _tail(self, query: Query) -> tuple[str, list[object]]:
        table = self._meta.table
        words, conditions, values = self._read(query.where)
        source = f"{table} t"
        if words:
            # The index leads, in the order of ids: the first hits of a common word come without looking at the rest.
            source = f"{table}_search f CROSS JOIN {table} t ON t.id = f.rowid"
            conditions.insert(0, f"f.{table}_search MATCH ?")
            values.insert(0, " AND ".join(words))
        if not query.archived and not self._meta.derived:
            conditions.append("t.archived_at IS NULL")
        sql = source + (f" WHERE {' AND '.join(conditions)}" if conditions else "")
        order = ", ".join(self.order(query.sort))
        sql += f" ORDER BY {'f.rowid' if words and order == 't.id' else order}"
        if query.limit:
            sql += f" LIMIT {min(int(query.limit), LARGEST)}"
        return sql, values

    def expression(self, field: Field, *, label: bool = False) -> str:
        """Return the SQL for a field's value, or for what names it to people; nothing for what may not be seen."""
        if field.name in self._withheld:
            return "NULL"
        if field.sql:
            return field.sql
        if field.sealed:
            return self._masked(field.name)
        if field.kind == "reference" and label:
            return self._label(field)
        return f"t.{field.name}"

    def _masked(self, name: str) -> str:
        """Return the SQL for what stands in the place of a sealed value: the mask, or that its key is not here."""
        marks = ", ".join(f"'{mark}'" for mark in self._marks())
        known = f"substr(t.{name}, 1, instr(t.{name}, '.') + 8) IN ({marks})"
        return f"CASE WHEN t.{name} IS NULL THEN NULL WHEN {known} THEN '{MASK}' ELSE '{GONE}' END"

    def _label(self, field: Field) -> str:
        target = self._records.get(field.target)
        if target is None:
            return f"CASE WHEN t.{field.name} IS NOT NULL THEN '({field.target.partition('.')[0]} is off) #' || t.{field.name} END"
        meta = target.meta
        if field.target in self._unseen:
            return f"'#' || t.{field.name}"
        if meta.prefix:
            return (
                f"CASE WHEN t.{field.name} IS NOT NULL THEN '{meta.prefix}-' || t.{field.name} END"
            )
        unique = (
            [f.name for f in meta.fields if f.unique and not (f.is_integer or f.sealed)]
            if self._by_key
            else []
        )
        name = f"coalesce({', '.join([*unique, meta.display])})" if unique else meta.display
        return f"(SELECT {name} FROM {meta.table} WHERE id = t.{field.name})"

    def order(self, sort: str) -> Iterable[str]:
        """Yield the ORDER BY terms, always ending with the id so that the order is total."""
        parts = (sort or self._meta.sort).split(",")
        if len(parts) > MOST:
            raise UsageProblem(f"The order has {len(parts):,} fields; {MOST} is the most.")
        for part in parts:
            word = part.strip()
            if word.lstrip("-") in {"id", ""}:
                yield f"t.id{' DESC' if word.startswith('-') else ''}"
                return
            field = self._field(word.lstrip("-"))
            if field.sealed:
                raise UsageProblem(f"{field.label} is sealed, and nothing is sorted by it.")
            collate = " COLLATE NOCASE" if not field.is_integer and field.kind != "date" else ""
            yield f"{self.expression(field, label=True)}{collate}{' DESC' if word.startswith('-') else ''}"
        yield "t.id"

    def where(self, text: str) -> tuple[list[str], list[object]]:
        """Return the conditions of a filter and their values. Raises UsageProblem naming the term that cannot be read."""
        words, conditions, values = self._read(text)
        table = self._meta.table
        found = (
            [f"t.id IN (SELECT rowid FROM {table}_search WHERE {table}_search MATCH ?)"]
            if words
            else []
        )
        return [*found, *conditions], [*([" AND ".join(words)] if words else []), *values]

    def _read(self, text: str) -> tuple[list[str], list[str], list[object]]:
        """Return a filter's words for the search index, its other conditions, and their values."""
        words: list[str] = []
        conditions: list[str] = []
        values: list[object] = []
        at, text = 0, text.strip()
        while at < len(text):
            match = _TERM.match(text, at)
            if not match or match.end() == at:
                raise UsageProblem(
                    f"The filter cannot be read from {text[at : at + 20]!r} on. A quote may be open."
                )
            at = match.end()
            minus, name, op, value = match.groups()
            if len(words) + len(conditions) >= MOST:
                raise UsageProblem(f"The filter has more than {MOST} terms.")
            ids = [] if name else _ids(value)
            if ids:
                self._own(ids)
                conditions.append(f"t.id {'NOT ' if minus else ''}IN ({_marks(ids)})")
                values += ids
                continue
            if not name:
                self._mistyped(value)
                value = self._text(value.strip('"'), "The filter")
                if not value:
                    continue
            if not name and not minus and len(folded(value)) >= INDEXED and self._words.by_index:
                words.append(quoted(folded(value)))
                continue
            if name:
                condition, bound = self._compare(name.lower().replace("-", "_"), op, value)
            else:
                found = self._words.find(value)
                condition, bound = found.sql, found.values
            conditions.append(f"NOT ifnull({condition}, 0)" if minus else condition)
            values += bound
            if len(values) > MOST_VALUES:
                raise UsageProblem(f"The filter has more than {MOST_VALUES:,} values.")
        return words, conditions, values

    def _own(self, ids: Sequence[int]) -> None:
        """Raise UsageProblem where a #number is no record of the kind listed."""
        itself = Field("reference", target=self._meta.key).named("id", "int")
        for id_ in ids:
            self._meaning(itself, f"#{id_}")

    def given(self, text: str) -> dict[str, int]:
        """Return what a filter says every record it finds points to: ids by the column of the reference."""
        found: dict[str, int] = {}
        at = 0
        while at < len(text) and (match := _TERM.match(text, at)) and match.end() > at:
            at = match.end()
            minus, name, op, value = match.groups()
            field = (
                self._meta.field(name.lower().replace("-", "_"))
                if name and op == "=" and not minus
                else None
            )
            if field is None or field.kind != "reference" or not value.strip('"') or "," in value:
                continue
            ids = _ids(value) or self._meaning(field, value)
            if len(ids) == 1:
                found[field.name] = ids[0]
        return found

    def tells_sealed(self, text: str) -> bool:
        """Return whether a filter has the value of a sealed field in it."""
        at = 0
        while at < len(text) and (match := _TERM.match(text, at)) and match.end() > at:
            at = match.end()
            field = self._meta.field(match[2].lower().replace("-", "_")) if match[2] else None
            if field and field.sealed and match[4].strip('"'):
                return True
        return False

    def _compare(self, name: str, op: str, raw: str) -> tuple[str, list[object]]:
        field = self._field(name)
        text = raw.replace('"', "")
        if field.sealed and text:
            return self._sealed(field, op, [text] if '"' in raw else text.split(","))
        column = self.expression(
            field, label=op == "~" or (field.kind == "reference" and bool(text))
        )
        if op == "~":
            word = self._text(text, f"The filter on {field.public_name}")
            return f"{folded_sql(column)} LIKE ? ESCAPE '\\'", [f"%{like(folded(word))}%"]
        if not text:
            if op not in {"=", "!="}:
                raise UsageProblem(
                    f"The filter {name}{op} needs a value; {name}= finds where it is blank."
                )
            return f"{column} IS {'NOT ' if op == '!=' else ''}NULL", []
        parts = text.split(",") if op in {"=", "!="} and '"' not in raw else [text]
        if len(parts) > MOST:
            raise UsageProblem(
                f"The filter on {field.public_name} has {len(parts):,} values; {MOST} is the most."
            )
        on_a_day = _on_a_day(column, op, text, self._ways) if field.kind == "instant" else None
        if on_a_day:
            return on_a_day
        if op in {"=", "!="}:
            return self._equals(
                field, column, [raw] if '"' in raw else parts, "NOT " if op == "!=" else ""
            )
        values = [self._value(field, part) for part in parts]
        return f"{column}{_collation(values)} {op} ?", values

    def _equals(
        self, field: Field, column: str, parts: Sequence[str], no: str
    ) -> tuple[str, list[object]]:
        """Return the condition that a field has one of these values, as they are written in the filter."""
        if field.kind == "reference":
            return self._refers(field, parts, no)
        values = [self._value(field, part.replace('"', "")) for part in parts]
        if field.kind in {"text", "long_text"}:
            return self._alike(field, column, [str(value) for value in values], no)
        return f"{column} {no}IN ({_marks(values)})", values

    def _alike(
        self, field: Field, column: str, texts: Sequence[str], no: str
    ) -> tuple[str, list[object]]:
        """Return the condition that a text field has one of these values, case and accents alike."""
        wanted = list(dict.fromkeys(map(folded, texts)))
        bound: list[object] = [*wanted]
        known = [each for each in self._meta.identities if each.columns == (field.name,)]
        away = {name for each in self._meta.identities for name in each.columns} & self._withheld
        if not known or away:
            if not no and not away:
                self._on_some_record(field, texts)
            return f"{folded_sql(column)} {no}IN ({_marks(wanted)})", bound
        [identity] = known
        there = self._there(identity, wanted) if self._there else set(wanted)
        if unknown := [text for text in texts if folded(text) not in there]:
            raise UsageProblem(
                f"The filter on {field.public_name}: there is no {self._meta.label.lower()} {unknown[0][:80]!r}; "
                f"{field.public_name}~{unknown[0].partition(' ')[0][:40]} finds a part of it."
            )
        rows = f"SELECT id FROM {self._meta.table}_same WHERE identity = ? AND folded IN ({_marks(wanted)})"
        if no:
            return f"(t.{field.name} IS NOT NULL AND t.id NOT IN ({rows}))", [identity.name, *bound]
        return f"t.id IN ({rows})", [identity.name, *bound]

    def _on_some_record(self, field: Field, texts: Sequence[str]) -> None:
        """Raise UsageProblem for a value that no record has or had: it was mistyped, and an empty list would hide that."""
        if self._has is None or field not in self._meta.fields:
            return
        for text in texts:
            if not self._has(field, folded(text)):
                raise UsageProblem(
                    f"The filter on {field.public_name}: no {self._meta.label.lower()} has {text[:80]!r}; "
                    f"{field.public_name}~{text.partition(' ')[0][:40]} finds a part of it."
                )

    def _sealed(self, field: Field, op: str, parts: Sequence[str]) -> tuple[str, list[object]]:
        """Return the condition that a sealed field has one of these values, told by their digests."""
        if not field.lookup or self._digests is None or op not in {"=", "!="}:
            how = f"; {field.public_name}=VALUE finds an exact one" if field.lookup else ""
            raise UsageProblem(
                f"{field.label} is sealed. {field.public_name}= finds where it is blank{how}."
            )
        if len(parts) > MOST:
            raise UsageProblem(
                f"The filter on {field.public_name} has {len(parts):,} values; {MOST} is the most."
            )
        values = [self._value(field, part) for part in parts if part]
        digests: list[object] = [
            each for value in values for each in self._digests(self._meta, field, value)
        ]
        return (
            f"t.{field.index_column} {'NOT ' if op == '!=' else ''}IN ({_marks(digests)})",
            digests,
        )

    def _refers(self, field: Field, parts: Sequence[str], no: str) -> tuple[str, list[object]]:
        """Return the condition that a reference is to one of the records that these words mean."""
        ids: list[object] = [
            *dict.fromkeys(id_ for part in parts for id_ in self._meaning(field, part))
        ]
        return f"t.{field.name} {no}IN ({_marks(ids)})", ids

    def _meaning(self, field: Field, raw: str) -> list[int]:
        text = self._text(raw.replace('"', ""), f"The filter on {field.public_name}")
        try:
            return self._refer(field, text, '"' not in raw) if self._refer else []
        except (NotFound, UsageProblem) as error:
            raise UsageProblem(f"The filter on {field.public_name}: {error}") from None

    def _mistyped(self, word: str) -> None:
        """Raise UsageProblem for a word that was meant to compare a field: `p.a.y=1`, `description:offset`."""
        bare = word.partition('"')[0]
        head, colon, tail = bare.partition(":")
        field = self._meta.field(head.lower().replace("-", "_")) if colon else None
        if field:
            value = (tail or word.partition(":")[2])[:40]
            raise UsageProblem(
                f"The filter {word[:40]!r}: a field is compared with = != < <= > >= or ~, such as {field.public_name}~{value}. "
                "In quotes it is a word."
            )
        if any(mark in bare for mark in "=<>~"):
            known = ", ".join(f.public_name for f in self._meta.list_fields)
            raise UsageProblem(
                f"The filter {word[:40]!r}: {re.split('[!=<>~]', bare)[0][:40]!r} is no field of {self._meta.plural.lower()}. "
                f"They have {known}. In quotes it is a word."
            )

    def _value(self, field: Field, text: str) -> object:
        from officeops.model.sql_values import to_sql

        if field.kind == "reference":
            return self._text(text, f"The filter on {field.public_name}")
        try:
            found = reader(field, self._ways)(text)
            return found.typed if isinstance(found, Sealed) else to_sql(found)
        except ValueError as error:
            raise UsageProblem(f"The filter on {field.public_name}: {error}.") from None

    def _text(self, text: str, what: str) -> str:
        """Return text as fields keep it. Raises UsageProblem for what no field can have."""
        try:
            return line(text) or ""
        except ValueError as error:
            raise UsageProblem(f"{what}: a word {error}.") from None

    def _field(self, name: str) -> Field:
        field = self._meta.field(name)
        if field and field.name in self._withheld:
            raise Forbidden(
                f"{field.label} of {self._meta.plural.lower()} is not yours to see, nor to filter or sort by."
            )
        if field is None:
            known = ", ".join(f.public_name for f in self._meta.list_fields)
            raise UsageProblem(f"{self._meta.plural} have no field {name!r}. They have {known}.")
        return field


def _on_a_day(
    column: str, op: str, text: str, ways: Conventions
) -> tuple[str, list[object]] | None:
    """Return the condition that an instant is on a day, before or after it; None where no day is written."""
    from officeops.values.instants import day_bounds

    bounds = day_bounds(text, ways)
    if bounds is None:
        return None
    first, after = (moment.isoformat() for moment in bounds)
    if op in {"=", "!="}:
        return f"{'NOT ' if op == '!=' else ''}({column} >= ? AND {column} < ?)", [first, after]
    edge, bound = {">": (">=", after), "<=": ("<", after)}.get(op, (op, first))
    return f"{column} {edge} ?", [bound]


def _collation(values: Sequence[object]) -> str:
    return " COLLATE NOCASE" if isinstance(values[0], str) else ""


def _ids(text: str) -> list[int]:
    """Return the ids of `#12` or `#12,#15`; none where any part is another word, or more than an id can be."""
    parts = text.split(",")
    numbers = [
        part[1:]
        for part in parts
        if part.startswith("#") and part[1:].isdecimal() and len(part) < 20
    ]
    return [int(each) for each in numbers] if len(numbers) == len(parts) <= MOST else []


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
