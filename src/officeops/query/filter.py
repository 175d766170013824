"""Filter: a record type's filter, as conditions of SQL over its table, called `t`.

`=` takes several values, separated by commas; an empty value means blank. Case and accents make no
difference. A reference is any word that a command takes for one (`officeops.query.lookup`):
`item=GLV`, `order=PO-12`, `item=#12`. `#12` alone is the listed record itself, and in quotes both
are plain text. A word that means no record is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from officeops.model.errors import Forbidden, NotFound, UsageProblem
from officeops.model.fields import Field
from officeops.model.identity import folded_sql
from officeops.model.immutable import Value
from officeops.model.sealed_value import Sealed
from officeops.model.text_folding import folded
from officeops.query.terms import MOST, MOST_VALUES, marks_for, numbered, readable_terms, terms
from officeops.query.words import INDEXED, like, quoted
from officeops.values.convert import reader
from officeops.values.text import line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from officeops.model.identity import Identity
    from officeops.model.meta import Meta
    from officeops.query.terms import Term
    from officeops.query.words import Words
    from officeops.values.conventions import Conventions

    #: SQL and the values that it takes.
    Condition = tuple[str, list[object]]


class Questions(Value):
    """What a filter asks the office; None where nobody can answer.

    `digests` finds a sealed value, `refer` the records that a word of a reference means. `present`
    tells which of some folded values of an identity any record has, `has` whether any record has
    a folded value in a text field.
    """

    digests: Callable[[Meta, Field, object], list[str]] | None = None
    refer: Callable[[Field, str, bool], list[int]] | None = None
    present: Callable[[Identity, Sequence[str]], set[str]] | None = None
    has: Callable[[Field, str], bool] | None = None


class Parts:
    """A filter in parts: words for the search index, which may lead the query, and conditions."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.conditions: list[str] = []
        self.values: list[object] = []

    def take(self, condition: Condition, *, minus: bool = False) -> None:
        """Add one condition; with `minus`, its opposite.

        Raises UsageProblem for too many values.
        """
        sql, values = condition
        self.conditions.append(f"NOT ifnull({sql}, 0)" if minus else sql)
        self.values += values
        if len(self.values) > MOST_VALUES:
            raise UsageProblem(f"The filter has more than {MOST_VALUES:,} values.")


class Filter:
    """Reads filters of one record type.

    `expression` gives a field's SQL, with `label` its name to people.
    """

    def __init__(
        self,
        meta: Meta,
        ways: Conventions,
        words: Words,
        questions: Questions,
        expression: Callable[..., str],
        withheld: frozenset[str],
    ) -> None:
        self._meta = meta
        self._ways = ways
        self._words = words
        self._ask = questions
        self._expression = expression
        self._withheld = withheld

    def read(self, text: str) -> Parts:
        """Read a filter. Raises UsageProblem naming the term that cannot be read."""
        parts = Parts()
        for term in terms(text):
            if len(parts.words) + len(parts.conditions) >= MOST:
                raise UsageProblem(f"The filter has more than {MOST} terms.")
            if term.name:
                parts.take(self._compare(term), minus=term.minus)
            else:
                self._read_word(term, parts)
        return parts

    def _read_word(self, term: Term, parts: Parts) -> None:
        ids = numbered(term.value)
        if ids:
            self._refuse_missing(ids)
            no = "NOT " if term.minus else ""
            parts.take((f"t.id {no}IN ({marks_for(ids)})", [*ids]))
            return
        self._refuse_mistyped(term.value)
        word = self._plain(term.value.strip('"'), "The filter")
        if not word:
            return
        plain = folded(word)
        if not term.minus and len(plain) >= INDEXED and self._words.by_index:
            parts.words.append(quoted(plain))
            return
        condition = self._words.find(word)
        parts.take((condition.sql, condition.values), minus=term.minus)

    def _refuse_missing(self, ids: Sequence[int]) -> None:
        """Raise UsageProblem for a #number that is no record of the listed type."""
        itself = Field("reference", target=self._meta.key).named("id", "int")
        for record_id in ids:
            self._meaning(itself, f"#{record_id}")

    def _refuse_mistyped(self, word: str) -> None:
        """Raise UsageProblem for a word meant to compare a field: `p.a.y=1`, `name:gauze`."""
        bare = word.partition('"')[0]
        head, colon, tail = bare.partition(":")
        field = self._meta.field(head.lower().replace("-", "_")) if colon else None
        if field:
            value = (tail or word.partition(":")[2])[:40]
            raise UsageProblem(
                f"The filter {word[:40]!r}: a field is compared with = != < <= > >= or ~, "
                f"such as {field.public_name}~{value}. In quotes it is a word."
            )
        if any(mark in bare for mark in "=<>~"):
            name = re.split("[!=<>~]", bare)[0][:40]
            raise UsageProblem(
                f"The filter {word[:40]!r}: {name!r} is no field of {self._meta.plural.lower()}. "
                f"They have {self._known()}. In quotes it is a word."
            )

    # -- what a filter says beside its conditions
    # ---------------------------------------------------

    def given(self, text: str) -> dict[str, int]:
        """Find the ids that every match of a filter refers to, by the reference's column."""
        ids: dict[str, int] = {}
        for term in readable_terms(text):
            names_one = term.value.strip('"') and "," not in term.value
            if term.op != "=" or term.minus or not names_one:
                continue
            field = self._meta.field(term.field_name)
            if field is None or field.kind != "reference":
                continue
            meant = numbered(term.value) or self._meaning(field, term.value)
            if len(meant) == 1:
                ids[field.name] = meant[0]
        return ids

    def tells_sealed(self, text: str) -> bool:
        """Tell whether a filter has the value of a sealed field in it."""
        for term in readable_terms(text):
            field = self._meta.field(term.field_name) if term.name else None
            if field and field.sealed and term.value.strip('"'):
                return True
        return False

    # -- comparing ---------------------------------------------------------------------------------

    def _compare(self, term: Term) -> Condition:
        field = self.field(term.field_name)
        text = term.text
        if field.sealed and text:
            return self._sealed(field, term)
        as_label = term.op == "~" or (field.kind == "reference" and bool(text))
        column = self._expression(field, label=as_label)
        if term.op == "~":
            word = folded(self._plain(text, _about(field)))
            return f"{folded_sql(column)} LIKE ? ESCAPE '\\'", [f"%{like(word)}%"]
        if not text:
            return self._blank(column, term)
        is_equal = term.op in {"=", "!="}
        parts = text.split(",") if is_equal and not term.is_quoted else [text]
        _refuse_many(field, parts)
        if field.kind == "instant":
            on_a_day = _on_a_day(column, term.op, text, self._ways)
            if on_a_day:
                return on_a_day
        if is_equal:
            written = [term.value] if term.is_quoted else parts
            return self._equals(field, column, written, term.no)
        value = self._value(field, parts[0])
        return f"{column}{_collation(value)} {term.op} ?", [value]

    def _blank(self, column: str, term: Term) -> Condition:
        if term.op not in {"=", "!="}:
            name = term.field_name
            raise UsageProblem(
                f"The filter {name}{term.op} needs a value; {name}= finds where it is blank."
            )
        return f"{column} IS {term.no}NULL", []

    def _equals(self, field: Field, column: str, parts: Sequence[str], no: str) -> Condition:
        """Make the condition that a field has one of these values, as the filter writes them."""
        if field.kind == "reference":
            meant: list[int] = []
            for part in parts:
                meant += self._meaning(field, part)
            ids: list[object] = [*dict.fromkeys(meant)]
            return f"t.{field.name} {no}IN ({marks_for(ids)})", ids
        values = [self._value(field, part.replace('"', "")) for part in parts]
        if field.kind in {"text", "long_text"}:
            return self._alike(field, column, [str(value) for value in values], no)
        return f"{column} {no}IN ({marks_for(values)})", values

    def _alike(self, field: Field, column: str, texts: Sequence[str], no: str) -> Condition:
        """Make the condition that a text has one of these values, without case and accents."""
        wanted = list(dict.fromkeys(map(folded, texts)))
        marks = marks_for(wanted)
        identities = self._meta.identities
        # The table of folded identities has them all: who may not see one is not answered from it.
        columns = {name for identity in identities for name in identity.columns}
        is_withheld = bool(columns & self._withheld)
        by_columns = {identity.columns: identity for identity in identities}
        own = by_columns.get((field.name,))
        if own is None or is_withheld:
            if not no and not is_withheld:
                self._refuse_unknown(field, texts)
            return f"{folded_sql(column)} {no}IN ({marks})", [*wanted]
        self._refuse_absent(field, own, texts, wanted)
        rows = f"SELECT id FROM {self._meta.table}_same WHERE identity = ? AND folded IN ({marks})"
        values: list[object] = [own.name, *wanted]
        if no:
            return f"(t.{field.name} IS NOT NULL AND t.id NOT IN ({rows}))", values
        return f"t.id IN ({rows})", values

    def _refuse_absent(
        self, field: Field, identity: Identity, texts: Sequence[str], wanted: Sequence[str]
    ) -> None:
        """Raise UsageProblem for a name or code that no record has."""
        if self._ask.present is None:
            return
        present = self._ask.present(identity, wanted)
        for text in texts:
            if folded(text) not in present:
                label = self._meta.label.lower()
                raise UsageProblem(
                    f"{_about(field)}: there is no {label} {text[:80]!r}; {_part_of(field, text)}"
                )

    def _refuse_unknown(self, field: Field, texts: Sequence[str]) -> None:
        """Raise UsageProblem for a value that no record has: an empty list would hide a typo."""
        if self._ask.has is None or field not in self._meta.fields:
            return
        for text in texts:
            if not self._ask.has(field, folded(text)):
                label = self._meta.label.lower()
                raise UsageProblem(
                    f"{_about(field)}: no {label} has {text[:80]!r}; {_part_of(field, text)}"
                )

    def _sealed(self, field: Field, term: Term) -> Condition:
        """Make the condition that a sealed field has one of these values, by their digests."""
        name = field.public_name
        if not field.lookup or self._ask.digests is None or term.op not in {"=", "!="}:
            how = f"; {name}=VALUE finds an exact one" if field.lookup else ""
            raise UsageProblem(f"{field.label} is sealed. {name}= finds where it is blank{how}.")
        parts = [term.text] if term.is_quoted else term.text.split(",")
        _refuse_many(field, parts)
        digests: list[object] = []
        for part in parts:
            if part:
                digests += self._ask.digests(self._meta, field, self._value(field, part))
        return f"t.{field.index_column} {term.no}IN ({marks_for(digests)})", digests

    # -- reading values ----------------------------------------------------------------------------

    def _meaning(self, field: Field, raw: str) -> list[int]:
        """Find the records that a word of a reference means. Raises UsageProblem for none."""
        text = self._plain(raw.replace('"', ""), _about(field))
        if self._ask.refer is None:
            return []
        is_quoted = '"' in raw
        try:
            return self._ask.refer(field, text, not is_quoted)
        except (NotFound, UsageProblem) as error:
            raise UsageProblem(f"{_about(field)}: {error}") from None

    def _value(self, field: Field, text: str) -> object:
        """Read a value as SQLite keeps it. Raises UsageProblem."""
        from officeops.model.sql_values import to_sql

        if field.kind == "reference":
            return self._plain(text, _about(field))
        try:
            value = reader(field, self._ways)(text)
        except ValueError as error:
            raise UsageProblem(f"{_about(field)}: {error}.") from None
        return value.typed if isinstance(value, Sealed) else to_sql(value)

    def _plain(self, text: str, what: str) -> str:
        """Read text as fields keep it. Raises UsageProblem for text that no field can have."""
        try:
            return line(text) or ""
        except ValueError as error:
            raise UsageProblem(f"{what}: a word {error}.") from None

    def field(self, name: str) -> Field:
        """Find a field that the acting person may see.

        Raises Forbidden, or UsageProblem naming the fields.
        """
        field = self._meta.field(name)
        plural = self._meta.plural
        if field and field.name in self._withheld:
            raise Forbidden(
                f"{field.label} of {plural.lower()} is not yours to see, nor to filter or sort by."
            )
        if field is None:
            raise UsageProblem(f"{plural} have no field {name!r}. They have {self._known()}.")
        return field

    def _known(self) -> str:
        return ", ".join(field.public_name for field in self._meta.list_fields)


def _about(field: Field) -> str:
    return f"The filter on {field.public_name}"


def _part_of(field: Field, text: str) -> str:
    return f"{field.public_name}~{text.partition(' ')[0][:40]} finds a part of it."


def _refuse_many(field: Field, parts: Sequence[str]) -> None:
    if len(parts) > MOST:
        raise UsageProblem(f"{_about(field)} has {len(parts):,} values; {MOST} is the most.")


def _on_a_day(column: str, op: str, text: str, ways: Conventions) -> Condition | None:
    """Make the condition that an instant is on, before or after a day; None without a day."""
    from officeops.values.instants import day_bounds

    bounds = day_bounds(text, ways)
    if bounds is None:
        return None
    first, after = (moment.isoformat() for moment in bounds)
    if op in {"=", "!="}:
        no = "NOT " if op == "!=" else ""
        return f"{no}({column} >= ? AND {column} < ?)", [first, after]
    # After a day is from the next one on, and up to a day is before the next one.
    if op == ">":
        return f"{column} >= ?", [after]
    if op == "<=":
        return f"{column} < ?", [after]
    return f"{column} {op} ?", [first]


def _collation(value: object) -> str:
    """Return the order in which a bound is compared: texts as lists sort them."""
    return " COLLATE NOCASE" if isinstance(value, str) else ""
