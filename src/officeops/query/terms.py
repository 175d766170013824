"""Terms: the filter language as text, before anything is known of its fields.

    category=Gloves on_hand<10 expires<=+30d vendor~mckesson "blue pen" -discontinued=yes

Spaces separate terms, and all must hold. `name op value` compares a field, with `= != < <= > >=`
and `~` (contains). A leading `-` reverses a term. Every other term is a word to search for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.errors import UsageProblem
from officeops.model.immutable import Value
from officeops.values.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Sized

#: The most terms of a filter or an order, and values of one term. SQLite's own limits are far
#: beyond, and its message about them says less.
MOST = 500
#: The most values of all terms together; SQLite takes 32,766.
MOST_VALUES = 10_000
#: Longer than any id that SQLite gives, with its #.
_DIGITS = 20

_TERM = Pattern(
    r'(-?)(?:([A-Za-z][A-Za-z0-9_-]*)(!=|<=|>=|=|<|>|~))?("(?:[^"])*"|(?:[^\s"]|"[^"]*")*)\s*'
)


class Term(Value):
    """One term. `name` and `op` are blank for a word; `value` still has its quotes."""

    minus: bool
    name: str
    op: str
    value: str

    @property
    def field_name(self) -> str:
        """The name as a field has it: reorder_point for reorder-point."""
        return self.name.lower().replace("-", "_")

    @property
    def is_quoted(self) -> bool:
        """Whether the value is in quotes, wholly or in part: then it is plain text."""
        return '"' in self.value

    @property
    def text(self) -> str:
        """The value without its quotes."""
        return self.value.replace('"', "")

    @property
    def no(self) -> str:
        """SQL's NOT for `!=`, with its space; blank for others."""
        return "NOT " if self.op == "!=" else ""


class Parts:
    """A filter in parts: words for the search index, which may lead the query, and conditions."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.conditions: list[str] = []
        self.values: list[object] = []
        #: The fields that its terms compare; `id` for rows that it names by their numbers.
        self.names: set[str] = set()

    def shows(self, name: str) -> bool:
        """Whether it says itself which rows of `Record.lists` it shows."""
        return not self.names.isdisjoint({name, "id"})

    def take(self, condition: tuple[str, Sequence[object]], *, minus: bool = False) -> None:
        """Add one condition; with `minus`, its opposite.

        Raises UsageProblem for too many values.
        """
        sql, values = condition
        self.conditions.append(f"NOT ifnull({sql}, 0)" if minus else sql)
        self.values += values
        if len(self.values) > MOST_VALUES:
            raise UsageProblem(f"The filter has more than {MOST_VALUES:,} values.", code="too-many")


def terms(text: str) -> Iterator[Term]:
    """Yield a filter's terms. Raises UsageProblem naming the place that cannot be read."""
    text = text.strip()
    at = 0
    while at < len(text):
        match = _TERM.match(text, at)
        if not match or match.end() == at:
            raise UsageProblem(
                f"The filter cannot be read from {text[at : at + 20]!r} on. A quote may be open.",
                code="malformed",
            )
        at = match.end()
        minus, name, op, value = match.groups()
        yield Term(bool(minus), name or "", op or "", value)


def readable_terms(text: str) -> Iterator[Term]:
    """Yield a filter's terms as far as it can be read."""
    try:
        yield from terms(text)
    except UsageProblem:
        return


def numbered(text: str) -> list[int]:
    """Read the ids of `#12` or `#12,#15`; none if a part is another word or too large."""
    ids: list[int] = []
    for part in text.split(","):
        number = part.removeprefix("#")
        if number == part or not number.isdecimal() or len(part) >= _DIGITS:
            return []
        ids.append(int(number))
    return ids if len(ids) <= MOST else []


def marks_for(values: Sized) -> str:
    """Write the placeholders of some values."""
    return ",".join("?" * len(values))
