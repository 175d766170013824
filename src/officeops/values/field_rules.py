"""Kinds: which values a field of each kind takes. The one home of that rule.

Values are checked as records have them (`wrong_with`), or, many at a time, as SQLite keeps them
(`unfit`).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from officeops.model.fields import INTEGER_KINDS
from officeops.model.sql_values import from_sql, to_sql
from officeops.values.conventions import Conventions
from officeops.values.convert import show
from officeops.values.quantities import LARGEST, allowed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from officeops.model.fields import Field

#: What a value of a kind is, for the sentence that refuses another.
_IN_WORDS: Final = {
    "date": "a date",
    "instant": "a date and time with its zone",
    "yes_no": "yes or no",
    "money": "an amount in whole minor units",
    "price": "a price in hundredths of a minor unit",
    "duration": "whole minutes",
    "reference": "the id of a record",
}
#: Kinds that SQLite keeps as text which says something more than itself.
_WRITTEN: Final = frozenset({"date", "instant"})
#: The most characters of a value that a sentence repeats.
_BRIEF: Final = 40


def wrong_with(field: Field, value: Any, ways: Conventions | None = None) -> str:  # noqa: ANN401 - whatever was given
    """Return the fault of a field's value, as a sentence's end; blank for none.

    None and blank are not looked at: whether a field may be blank is another question. A sealed
    value is never repeated.
    """
    found = _wrong_kind(field, value) or _wrong_size(field, value, ways)
    if not found:
        return ""
    told = "what was written" if field.sealed else _brief(field, value, ways)
    return f"{told} {found}"


def _wrong_kind(field: Field, value: Any) -> str:  # noqa: ANN401 - whatever was given
    kind = field.kind
    if kind in INTEGER_KINDS and kind != "yes_no":
        fits = isinstance(value, int) and not isinstance(value, bool)
    elif kind == "yes_no":
        fits = isinstance(value, bool) or (isinstance(value, int) and value in {0, 1})
    elif kind == "date":
        fits = isinstance(value, date) and not isinstance(value, datetime)
    elif kind == "instant":
        fits = isinstance(value, datetime) and value.tzinfo is not None
    else:
        fits = isinstance(value, str)
    if fits:
        return ""
    return (
        f"is not {_IN_WORDS.get(kind) or ('a whole number' if kind in INTEGER_KINDS else 'text')}"
    )


def _wrong_size(field: Field, value: Any, ways: Conventions | None) -> str:  # noqa: ANN401 - of its kind by now
    if field.choices and value not in field.choices:
        return f"is none of {', '.join(field.choices)}"
    if field.kind in INTEGER_KINDS:
        return out_of_bounds(field, value, ways)
    if field.kind in _WRITTEN:
        from officeops.values.dates import in_calendar

        try:
            in_calendar(value.date() if isinstance(value, datetime) else value)
        except ValueError as error:
            return str(error).partition(" ")[2]
    return ""


def out_of_bounds(field: Field, value: int, ways: Conventions | None = None) -> str:
    """Return that a number is too small or too large, with both limits; blank if it is neither."""
    low, high = field.minimum, field.maximum
    if (low is None or value >= low) and (high is None or value <= high) and abs(value) <= LARGEST:
        return ""
    size = "small" if value < (-LARGEST if low is None else low) else "large"
    return f"is too {size}; it must be {allowed(low, high, lambda limit: show(field, limit, ways or Conventions()))}"


def _brief(field: Field, value: Any, ways: Conventions | None) -> str:  # noqa: ANN401 - whatever was given
    """Return a value for a sentence: as people write it where it is of the field's kind."""
    if _wrong_kind(field, value) or field.kind in {"text", "long_text", "choice", "file"}:
        text = (
            repr(value)
            if not isinstance(value, int) or value.bit_length() < 1000
            else "a number without end"
        )
    else:
        text = show(field, value, ways or Conventions())
    return text if len(text) <= _BRIEF else f"{text[:_BRIEF]}…"


# -- many at a time, as SQLite keeps them
# ----------------------------------------------------------------------------


def unfit(
    field: Field, column: Sequence[Any], ways_of: Callable[[], Conventions]
) -> Iterator[tuple[int, str]]:
    """Yield the place and the fault of each value of a column that the field would not take.

    A column in which all fits, as nearly every one does, is told at once. Blanks are left out,
    sealed text is not opened.
    """
    if field.sealed or _all_fit(field, column):
        return
    ways = ways_of()
    for place, kept in enumerate(column):
        if kept is not None and kept != "" and (wrong := wrong_with_kept(field, kept, ways)):
            yield place, wrong


def wrong_with_kept(field: Field, kept: Any, ways: Conventions | None = None) -> str:  # noqa: ANN401 - what SQLite has
    """Return the fault of one value as SQLite keeps it; blank for none."""
    try:
        value = kept if field.kind == "yes_no" else from_sql(field, kept)
    except (ValueError, TypeError):
        return f"{str(kept)[:_BRIEF]!r} is not {_IN_WORDS[field.kind]}"
    if wrong := wrong_with(field, value, ways):
        return wrong
    if field.kind == "date" and to_sql(value) != kept:
        return f"{str(kept)[:_BRIEF]!r} is not a date as it is kept"
    return ""


def _all_fit(field: Field, column: Sequence[Any]) -> bool:
    """Whether every value of a column fits, told without looking at each by itself."""
    kinds = set(map(type, column))
    kinds.discard(type(None))
    if not kinds:
        return True
    if field.kind in INTEGER_KINDS:
        return kinds <= {int} and _all_in_bounds(field, column)
    if kinds != {str}:
        return False
    if field.choices:
        return {value for value in set(column) if value} <= {*field.choices}
    return field.kind not in _WRITTEN or all(_is_kept_right(field, kept) for kept in set(column))


def _all_in_bounds(field: Field, column: Sequence[int | None]) -> bool:
    low, high = (0, 1) if field.kind == "yes_no" else (field.minimum, field.maximum)
    if low is None and high is None:
        return True
    numbers = [number for number in column if number is not None]
    return (low is None or min(numbers) >= low) and (high is None or max(numbers) <= high)


def _is_kept_right(field: Field, kept: str | None) -> bool:
    return kept is None or kept == "" or not wrong_with_kept(field, kept)
