"""Filter: a record type's filter, as conditions of SQL over its table, called `t`.

`=` takes several values, separated by commas; an empty value means blank (`query/comparisons.py`).
`#12` alone is the listed record itself, and in quotes it is plain text.
"""

from __future__ import annotations

import re
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Final

from officeops.model.errors import UsageProblem
from officeops.model.fields import Field
from officeops.model.text_folding import folded
from officeops.query.columns import comparable_names
from officeops.query.comparisons import Comparisons, plain_word
from officeops.query.terms import MOST, Parts, marks_for, numbered, readable_terms, terms
from officeops.query.words import INDEXED, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from officeops.model.meta import Meta
    from officeops.query.comparisons import Condition, Questions
    from officeops.query.terms import Term
    from officeops.query.words import Words
    from officeops.values.conventions import Conventions


#: Letters of a value that a refusal repeats.
_SHOWN: Final = 60
#: Words between comparisons that other languages have, and how a filter says it.
_CONNECTIVES: Final = {
    "or": "for one of several values, separate them by commas: {name}=A,B",
    "||": "for one of several values, separate them by commas: {name}=A,B",
    "and": "leave it out: all terms of a filter hold",
    "&&": "leave it out: all terms of a filter hold",
    "not": "a minus reverses a term: -{name}=A",
}


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
        self._words = words
        self._comparisons = Comparisons(meta, ways, questions, expression, withheld)

    def read(self, text: str) -> Parts:
        """Read a filter. Raises UsageProblem naming the term that cannot be read."""
        parts = Parts()
        all_terms = [*terms(text)]
        _refuse_connectives(all_terms)
        all_terms = [*self._as_one(all_terms)]
        for place, term in enumerate(all_terms):
            if len(parts.words) + len(parts.conditions) >= MOST:
                raise UsageProblem(f"The filter has more than {MOST} terms.", code="too-many")
            if term.name:
                parts.names.add(self._column(term.field_name))
                compared = self._compared(term, all_terms[place + 1 :])
                parts.take(compared, minus=term.minus)
            else:
                self._read_word(term, parts)
        return parts

    def _compared(self, term: Term, after: Sequence[Term]) -> Condition:
        """Return the condition of a comparison.

        Raises UsageProblem; where words follow a value that nothing has, they may belong to it.
        """
        try:
            return self._comparisons.compare(term)
        except UsageProblem as error:
            rest = takewhile(lambda word: not (word.name or word.minus or word.is_quoted), after)
            words = [word.value for word in rest]
            if not words or term.is_quoted:
                raise
            whole = " ".join([term.value, *words])[:_SHOWN]
            cure = f'A value with blanks takes double quotes: {term.name}{term.op}"{whole}".'
            raise UsageProblem(f"{error} {cure}", error.problems) from None

    def _column(self, word: str) -> str:
        """Return the column that a term names by any of its words."""
        field = self._meta.field(word)
        return field.name if field else word

    def _as_one(self, all_terms: Sequence[Term]) -> Sequence[Term]:
        """Take words that are one number in several, such as +1 555 010 1234, for one word."""
        words = [term for term in all_terms if not (term.name or term.minus)]
        whole = " ".join(term.value.strip('"') for term in words)
        if len(words) < 2 or not self._words.also(whole):
            return all_terms
        others = [term for term in all_terms if term.name or term.minus]
        return [*others, words[0].replace(value=f'"{whole}"')]

    def _read_word(self, term: Term, parts: Parts) -> None:
        ids = numbered(term.value)
        if ids:
            self._refuse_missing(ids)
            no = "NOT " if term.minus else ""
            if not term.minus:
                parts.names.add("id")
            parts.take((f"t.id {no}IN ({marks_for(ids)})", [*ids]))
            return
        self._refuse_mistyped(term.value)
        word = plain_word(term.value.strip('"'), "The filter")
        if not word:
            return
        plain = folded(word)
        # Such a word can lead the query; a minus can only be checked row by row.
        if not term.minus and len(plain) >= INDEXED and self._words.by_index:
            if among_few := self._words.in_few(plain):
                parts.take((among_few.sql, among_few.values))
            else:
                parts.words.append(quoted(plain))
            return
        condition = self._words.find(word)
        parts.take((condition.sql, condition.values), minus=term.minus)

    def _refuse_missing(self, ids: Sequence[int]) -> None:
        """Raise UsageProblem for a #number that is no record of the listed type."""
        itself = Field("reference", target=self._meta.key).named("id", "int")
        for record_id in ids:
            self._comparisons.meaning(itself, f"#{record_id}")

    def _refuse_mistyped(self, word: str) -> None:
        """Raise UsageProblem for a word meant to compare a field: `p.a.y=1`, `name:gauze`."""
        bare = word.partition('"')[0]
        head, colon, tail = bare.partition(":")
        field = self._meta.field(head.lower().replace("-", "_")) if colon else None
        if field:
            value = (tail or word.partition(":")[2])[:40]
            raise UsageProblem(
                f"The filter {word[:40]!r}: a field is compared with = != < <= > >= or ~, "
                f"such as {field.public_name}~{value}. In quotes it is a word.",
                code="malformed",
            )
        if any(mark in bare for mark in "=<>~"):
            name = re.split("[!=<>~]", bare)[0][:40]
            raise UsageProblem(
                f"The filter {word[:40]!r}: {name!r} is no field of {self._meta.many}. "
                f"They have {comparable_names(self._meta)}. In quotes it is a word.",
                code="unknown-field",
            )

    # -- what a filter says beside its conditions ------------------------------------------------

    def given(self, text: str) -> dict[str, int]:
        """Find the ids that every match of a filter refers to, by the reference's column."""
        ids: dict[str, int] = {}
        for term in readable_terms(text):
            names_one = term.value.strip('"') and "," not in term.value
            if term.op != "=" or term.minus or not names_one:
                continue
            field = self._meta.field(term.field_name)
            if field is None or not field.target:
                continue
            meant = numbered(term.value) or self._comparisons.meaning(field, term.value)
            # A name that fits several records does not say to which of them a match refers.
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


def _refuse_connectives(all_terms: Sequence[Term]) -> None:
    """Raise UsageProblem for `or`, `and` or `not` between comparisons: as words they find nothing.

    Beside words they are looked for like any other: `salt and pepper`.
    """
    for term, after in pairwise(all_terms):
        cure = "" if term.name or not after.name else _CONNECTIVES.get(term.value.lower(), "")
        if cure:
            raise UsageProblem(
                f"The filter {term.value!r}: {cure.format(name=after.name)}. In quotes it is a word.",
                code="malformed",
            )
