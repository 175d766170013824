"""One of a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.errors import Reason
from officeops.model.kinds.kind import Kind
from officeops.model.sql_values import text_literal
from officeops.values.text import line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from officeops.model.kinds.facts import Facts
    from officeops.values.conventions import Conventions


class Choice(Kind):
    """One of the field's `choices`, which are codes: partly_received."""

    name = "choice"
    editor = "choice"
    hint = "space shows the next choice"
    may_be_cut = False
    is_code = True
    takes = frozenset({"choices", "synonyms"})

    def reader(
        self,
        facts: Facts,
        ways: Conventions,
        *,
        order: str = "",
    ) -> Callable[[Any], Any]:
        choices = facts.choices
        # A code of today counts before the same one of another choice's past.
        codes = {**facts.synonyms, **facts.former_choices, **{word: word for word in choices}}
        known = {}
        for word, code in codes.items():
            typed_word = word.casefold()
            known[typed_word.replace("_", " ")] = code
            known[typed_word] = code

        def read(value: object) -> str | None:
            text = line(value)
            if text is None:
                return None
            try:
                return known[text.casefold()]
            except KeyError:
                raise ValueError(_none_of(repr(text), choices)) from None

        return read

    def beyond(self, value: Any, facts: Facts, ways: Conventions) -> Reason | None:
        # Some declare their words elsewhere: a computed one may have none here.
        if not facts.choices or value in facts.choices:
            return None
        return _none_of("", facts.choices)

    def unfit_sql(self, column: str, facts: Facts) -> str:
        if not facts.choices:
            return ""
        words = ", ".join(text_literal(word) for word in ("", *facts.choices))
        return f"{column} NOT IN ({words})"

    def all_fit(self, column: Sequence[Any], facts: Facts) -> bool:
        different = {value for value in set(column) if value is not None and value != ""}
        if facts.choices:
            return different <= {*facts.choices}
        return super().all_fit(column, facts)


def _none_of(subject: str, choices: Sequence[str]) -> Reason:
    why = f"{subject} is none of {', '.join(choices)}".strip()
    return Reason(why, code="unknown-choice", facts={"choices": list(choices)})
