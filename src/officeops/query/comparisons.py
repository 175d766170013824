"""Comparisons: one field compared with the values of a filter, as a condition of SQL.

Case and accents make no difference. A reference is any word that a command takes for one
(`officeops.query.lookup`): `item=GLV`, `order=PO-12`, `item=#12`. A word that means no record, and
a name or code that no record has, is refused: an empty list would hide a typo.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.errors import NotFound, UsageProblem, reason_of
from officeops.model.identity import folded_sql
from officeops.model.immutable import Value
from officeops.model.sealed_value import Sealed
from officeops.model.text_folding import folded
from officeops.query.columns import comparable_field
from officeops.query.place_clocks import by_clocks
from officeops.query.terms import MOST, marks_for
from officeops.query.words import like
from officeops.values.convert import reader
from officeops.values.text import line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from officeops.model.fields import Field
    from officeops.model.identity import Identity
    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.query.terms import Term
    from officeops.values.conventions import Conventions

    #: SQL and the values that it takes.
    Condition = tuple[str, list[object]]


#: The word by which a filter asks for tags (`query.tags`).
TAG: Final = "tag"


class Questions(Value):
    """What a filter asks the office; None where nobody can answer.

    `digests` finds a sealed value, `refer` the records that a word of a reference means. `present`
    tells which of some folded values of an identity any record has, `has` whether any record has
    a folded value in a text field, `tagged` whether any record of a kind has a folded tag. `clocks`
    gives the time zones that locations have of their own, `kind_of` finds a kind of record.
    """

    digests: Callable[[Meta, Field, object], list[str]] | None = None
    refer: Callable[[Field, str, bool], list[int]] | None = None
    present: Callable[[Identity, Sequence[str]], set[str]] | None = None
    has: Callable[[Field, str], bool] | None = None
    clocks: Callable[[], Sequence[str]] | None = None
    tagged: Callable[[Meta, str], bool] | None = None
    kind_of: Callable[[str], type[Record]] | None = None


class Comparisons:
    """Makes the conditions of one record type.

    `expression` gives a field's SQL, with `label` its name to people; `withheld` are the columns
    that the acting person may not see.
    """

    def __init__(
        self,
        meta: Meta,
        ways: Conventions,
        questions: Questions,
        expression: Callable[..., str],
        withheld: frozenset[str],
    ) -> None:
        self._meta = meta
        self._ways = ways
        self._ask = questions
        self._expression = expression
        self._withheld = withheld

    def compare(self, term: Term) -> Condition:
        """Make the condition of one term. Raises UsageProblem, Forbidden."""
        tagged = self._tagged(term) if term.field_name == TAG else None
        return tagged or self._compare_field(term)

    def _compare_field(self, term: Term) -> Condition:
        field = self.field(term.field_name)
        if field is self._meta.subject:
            from officeops.query.subject import compared

            return compared(term, self._ask.kind_of, self.meaning)
        is_clock_day = field.kind.by_clock and field.kind.compared("", "=", term.text, self._ways)
        if term.op == "~" and is_clock_day:
            # Moments are kept in UTC: a day that a row shows is not in its text.
            term = term.replace(op="=")
        clocks = self._ask.clocks if field.kind.by_clock and self._meta.place else None
        if clocks is None or not term.text or term.op == "~":
            return self.by_one_clock(field, term)
        place = f"t.{self._meta.place}"
        return by_clocks(place, clocks(), lambda zone: self._at(zone).by_one_clock(field, term))

    def _at(self, zone: str) -> Comparisons:
        """Return what reads times by another clock; a blank zone is the office's."""
        ways = self._ways.replace(zone=zone) if zone else self._ways
        return Comparisons(self._meta, ways, self._ask, self._expression, self._withheld)

    def by_one_clock(self, field: Field, term: Term) -> Condition:
        """Make the condition of one term, with times read by the one clock of `ways`."""
        text = term.text
        if field.sealed and text:
            return self._sealed(field, term)
        # A part of a reference is a part of its name, not of its number.
        as_label = term.op == "~" or (field.target and bool(text))
        column = self._expression(field, label=as_label)
        if term.op == "~":
            word = folded(plain_word(text, _about(field)))
            shown = field.kind.shown_sql(column)
            return f"{folded_sql(shown)} LIKE ? ESCAPE '\\'", [f"%{like(word)}%"]
        if not text:
            return self._blank(column, term)
        is_equal = term.op in {"=", "!="}
        parts = text.split(",") if is_equal and not term.is_quoted else [text]
        _refuse_many(field, parts)
        if condition := field.kind.compared(column, term.op, text, self._ways):
            return condition
        if is_equal:
            written = [term.value] if term.is_quoted else parts
            return self._equals(field, column, written, term.no)
        value = self._value(field, parts[0])
        return f"{column}{_collation(value)} {term.op} ?", [value]

    def _tagged(self, term: Term) -> Condition | None:
        """Make the condition on a record's tags; None where a field of its own has the name."""
        from officeops.query.tags import is_tag, tagged

        return tagged(self._meta, term, self._ask.tagged) if is_tag(self._meta, TAG) else None

    def _blank(self, column: str, term: Term) -> Condition:
        if term.op not in {"=", "!="}:
            name = term.field_name
            raise UsageProblem(
                f"The filter {name}{term.op} needs a value; {name}= finds where it is blank.",
                code="needed",
            )
        return f"{column} IS {term.no}NULL", []

    def _equals(
        self,
        field: Field,
        column: str,
        parts: Sequence[str],
        no: str,
    ) -> Condition:
        """Make the condition that a field has one of these values, as the filter writes them."""
        if field.target:
            meant: list[int] = []
            for part in parts:
                meant += self.meaning(field, part)
            ids: list[object] = [*dict.fromkeys(meant)]
            return f"t.{field.name} {no}IN ({marks_for(ids)})", ids
        values = [self._value(field, part.replace('"', "")) for part in parts]
        if field.kind.is_text:
            return self._alike(field, column, [str(value) for value in values], no)
        return f"{column} {no}IN ({marks_for(values)})", values

    def _alike(
        self,
        field: Field,
        column: str,
        texts: Sequence[str],
        no: str,
    ) -> Condition:
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
            # Where values are withheld, the refusal would tell which ones there are.
            if not no and not is_withheld:
                self._refuse_unknown(field, texts)
            return f"{folded_sql(column)} {no}IN ({marks})", [*wanted]
        wanted = list(dict.fromkeys(map(own.folded, texts)))
        self._refuse_absent(field, own, texts, wanted)
        rows = f"SELECT id FROM {self._meta.table}_same WHERE identity = ? AND folded IN ({marks})"
        values: list[object] = [own.name, *wanted]
        if no:
            # A blank is neither like these values nor unlike them, as everywhere in SQL.
            return f"(t.{field.name} IS NOT NULL AND t.id NOT IN ({rows}))", values
        return f"t.id IN ({rows})", values

    def _refuse_absent(
        self,
        field: Field,
        identity: Identity,
        texts: Sequence[str],
        wanted: Sequence[str],
    ) -> None:
        """Raise UsageProblem for a name or code that no record has."""
        if self._ask.present is None:
            return
        present = self._ask.present(identity, wanted)
        for text in texts:
            if identity.folded(text) not in present:
                label = self._meta.one
                raise UsageProblem(
                    f"{_about(field)}: there is no {label} {text[:80]!r}; {_part_of(field, text)}",
                    code="not-found",
                )

    def _refuse_unknown(self, field: Field, texts: Sequence[str]) -> None:
        """Raise UsageProblem for a value that no record has: an empty list would hide a typo."""
        if self._ask.has is None or field not in self._meta.fields:
            return
        for text in texts:
            if not self._ask.has(field, folded(text)):
                label = self._meta.one
                raise UsageProblem(
                    f"{_about(field)}: no {label} has {text[:80]!r}; {_part_of(field, text)}",
                    code="not-found",
                )

    def _sealed(self, field: Field, term: Term) -> Condition:
        """Make the condition that a sealed field has one of these values, by their digests."""
        name = field.public_name
        if not field.lookup or self._ask.digests is None or term.op not in {"=", "!="}:
            how = f"; {name}=VALUE finds an exact one" if field.lookup else ""
            raise UsageProblem(
                f"{field.label} is sealed. {name}= finds where it is blank{how}.", code="sealed"
            )
        parts = [term.text] if term.is_quoted else term.text.split(",")
        _refuse_many(field, parts)
        digests: list[object] = []
        for part in parts:
            if part:
                digests += self._ask.digests(self._meta, field, self._value(field, part))
        return f"t.{field.index_column} {term.no}IN ({marks_for(digests)})", digests

    # -- reading values --------------------------------------------------------------------------

    def meaning(self, field: Field, raw: str) -> list[int]:
        """Find the records that a word of a reference means. Raises UsageProblem for none."""
        text = plain_word(raw.replace('"', ""), _about(field))
        if self._ask.refer is None:
            return []
        is_quoted = '"' in raw
        try:
            return self._ask.refer(field, text, not is_quoted)
        except (NotFound, UsageProblem) as error:
            raise UsageProblem(f"{_about(field)}: {error}", error.problems) from None

    def _value(self, field: Field, text: str) -> object:
        """Read a value as SQLite keeps it. Raises UsageProblem."""
        from officeops.model.sql_values import to_sql

        if field.target:
            return plain_word(text, _about(field))
        try:
            value = reader(field, self._ways)(text)
        except ValueError as error:
            reason = reason_of(error, field.kind.code)
            raise UsageProblem(reason.within(f"{_about(field)}: {error}.")) from None
        return value.typed if isinstance(value, Sealed) else to_sql(value)

    def field(self, name: str) -> Field:
        """Find a field that the acting person may see. Raises Forbidden, UsageProblem."""
        return comparable_field(self._meta, name, self._withheld)


def _about(field: Field) -> str:
    return f"The filter on {field.public_name}"


def _part_of(field: Field, text: str) -> str:
    return f"{field.public_name}~{text.partition(' ')[0][:40]} finds a part of it."


def _refuse_many(field: Field, parts: Sequence[str]) -> None:
    if len(parts) > MOST:
        raise UsageProblem(
            f"{_about(field)} has {len(parts):,} values; {MOST} is the most.", code="too-many"
        )


def _collation(value: object) -> str:
    """Return the order in which a bound is compared: texts as lists sort them."""
    return " COLLATE NOCASE" if isinstance(value, str) else ""


def plain_word(text: str, what: str) -> str:
    """Read text as fields keep it. Raises UsageProblem for text that no field can have."""
    try:
        return line(text) or ""
    except ValueError as error:
        raise UsageProblem(f"{what}: a word {error}.", code="malformed") from None
