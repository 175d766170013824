"""Results of controls: a word for something seen, or a number."""

from __future__ import annotations

from typing import Final

from officeops import Value
from officeops.values import read_decimal
from officeops_maintenance.laboratory.levels import BY_EYE, SEEN

_SIGNS: Final = {
    "+": "positive",
    "-": "negative",
}


class Result(Value):
    """A result as the log keeps it, and its number in hundredths; None for a word."""

    text: str
    number: int | None = None


def read_result(level: str, typed: str) -> Result | None:
    """Read a typed result: positive, p or + for a control by eye, else a number.

    None where it is neither. A number has two decimals at most, as the range of a control has.
    """
    text = typed.strip()
    if level in BY_EYE:
        return _seen(text)
    try:
        number = read_decimal(text, 2)
    except ValueError:
        return None
    return None if number is None else Result(text, number)


def _seen(text: str) -> Result | None:
    word = _SIGNS.get(text, text.casefold())
    # No two of them begin with one letter, so the first letter is enough.
    for seen in SEEN:
        if word and seen.startswith(word):
            return Result(seen)
    return None
