"""Kinds: which values a field of each kind takes. The one home of that rule.

Values are checked as records have them (`wrong_with`), or, many at a time, as SQLite keeps them
(`unfit`).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from officeops.model.errors import Reason
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
#: The codes of a value of another kind, where they are not `wrong-kind`.
_CODES: Final = {
    **dict.fromkeys(INTEGER_KINDS, "not-a-number"),
    "date": "not-a-date",
    "instant": "not-a-date",
    "yes_no": "wrong-kind",
    "reference": "wrong-kind",
}
#: Kinds that SQLite keeps as text which says something more than itself.
_WRITTEN: Final = frozenset({"date", "instant"})
#: Kinds whose values a sentence repeats in quotes.
_TEXTS: Final = frozenset({"text", "long_text", "choice", "file"})
#: The most characters of a value that a sentence repeats.
_BRIEF: Final = 40


def wrong_with(field: Field, value: Any, ways: Conventions | None = None) -> str:  # noqa: ANN401 - whatever was given
    """Return the fault of a field's value, as a sentence's end; blank for none.

    None and blank are not looked at: whether a field may be blank is another question. A sealed
    value is never repeated.
    """
    fault = _wrong_kind(field, value) or _wrong_size(field, value, ways)
    if fault is None:
        return ""
    subject = "the value" if field.sealed else _brief(field, value, ways)
    return fault.within(f"{subject} {fault}")


def _wrong_kind(field: Field, value: Any) -> Reason | None:  # noqa: ANN401 - whatever was given
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
    return None if fits else _of_another_kind(kind)


def code_of_kind(kind: str) -> str:
    """Return the code of a value that is not of a kind."""
    return _CODES.get(kind, "wrong-kind")


def _of_another_kind(kind: str) -> Reason:
    usual = "a whole number" if kind in INTEGER_KINDS else "text"
    words = _IN_WORDS.get(kind, usual)
    return Reason(f"is not {words}", code=_CODES.get(kind, "wrong-kind"), facts={"kind": kind})


def _wrong_size(field: Field, value: Any, ways: Conventions | None) -> Reason | None:  # noqa: ANN401 - of its kind by now
    if field.choices and value not in field.choices:
        why = f"is none of {', '.join(field.choices)}"
        return Reason(why, code="unknown-choice", facts={"choices": list(field.choices)})
    if field.kind in INTEGER_KINDS:
        return out_of_bounds(field, value, ways)
    if field.kind in _WRITTEN:
        from officeops.values.dates import in_calendar

        day = value.date() if isinstance(value, datetime) else value
        try:
            in_calendar(day)
        except ValueError as error:
            reason: Reason = error.args[0]
            return reason.within(reason.partition(" ")[2])
    return None


def out_of_bounds(field: Field, value: int, ways: Conventions | None = None) -> Reason | None:
    """Return that a number is too small or too large, with both limits; None if it is neither.

    The facts have the limits as the file keeps numbers of that kind: money in minor units.
    """
    low = -LARGEST if field.minimum is None else field.minimum
    high = LARGEST if field.maximum is None else field.maximum
    if low <= value <= high:
        return None
    size = "small" if value < low else "large"

    def shown(limit: int) -> str:
        return show(field, limit, ways or Conventions())

    limits = allowed(field.minimum, field.maximum, shown)
    facts = {"minimum": field.minimum, "maximum": field.maximum}
    return Reason(f"is too {size}; it must be {limits}", code="out-of-range", facts=facts)


def _brief(field: Field, value: Any, ways: Conventions | None) -> str:  # noqa: ANN401 - whatever was given
    """Return a value for a sentence: as people write it where it is of the field's kind."""
    if not _wrong_kind(field, value) and field.kind not in _TEXTS:
        text = show(field, value, ways or Conventions())
    elif isinstance(value, int) and value.bit_length() >= 1000:
        # Python refuses to write a number of over 4,300 digits.
        text = "a number without end"
    else:
        text = repr(value)
    return text if len(text) <= _BRIEF else f"{text[:_BRIEF]}…"


# -- many at a time, as SQLite keeps them
# ----------------------------------------------------------------------------


def unfit(
    field: Field, column: Sequence[Any], ways_of: Callable[[], Conventions]
) -> Iterator[tuple[int, str]]:
    """Yield the place and the fault of each value of a column that the field would not take.

    A column in which all fits, as nearly every one does, is done with at once. Blanks are left out,
    sealed text is not opened.
    """
    if field.sealed or _all_fit(field, column):
        return
    ways = ways_of()
    for place, stored in enumerate(column):
        if stored is None or stored == "":
            continue
        fault = wrong_with_kept(field, stored, ways)
        if fault:
            yield place, fault


def wrong_with_kept(
    field: Field,
    stored: Any,  # noqa: ANN401 - what SQLite has
    ways: Conventions | None = None,
) -> str:
    """Return the fault of one value as SQLite keeps it; blank for none."""
    begin = str(stored)[:_BRIEF]
    try:
        value = stored if field.kind == "yes_no" else from_sql(field, stored)
    except (ValueError, TypeError):
        fault = _of_another_kind(field.kind)
        return fault.within(f"{begin!r} {fault}")
    if wrong := wrong_with(field, value, ways):
        return wrong
    if field.kind == "date" and to_sql(value) != stored:
        why = f"{begin!r} is not a date as it is kept"
        return Reason(why, code="not-a-date", facts={"kind": field.kind})
    return ""


def _all_fit(field: Field, column: Sequence[Any]) -> bool:
    """Whether every value of a column fits, without a look at each by itself."""
    types = set(map(type, column))
    types.discard(type(None))
    if not types:
        return True
    if field.kind in INTEGER_KINDS:
        return types <= {int} and _all_in_bounds(field, column)
    if types != {str}:
        return False
    if not field.choices and field.kind not in _WRITTEN:
        return True
    # A column of a hundred thousand rows has few different choices or dates.
    different = {value for value in set(column) if value}
    if field.choices:
        return different <= {*field.choices}
    return not any(wrong_with_kept(field, stored) for stored in different)


def _all_in_bounds(field: Field, column: Sequence[int | None]) -> bool:
    low, high = field.minimum, field.maximum
    if field.kind == "yes_no":
        low, high = 0, 1
    numbers = [number for number in column if number is not None]
    if low is not None and min(numbers) < low:
        return False
    return high is None or max(numbers) <= high
