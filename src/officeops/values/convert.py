"""Values: read from what people and files write, shown to people, and written plainly for scripts.

This is the one boundary between text and values. What cannot be read raises ValueError with a
sentence that names the text and the texts that are taken.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from officeops.model.errors import Reason
from officeops.model.fields import DOUBT
from officeops.model.placeholder import Unusable
from officeops.model.sealed_value import GONE, MASK, Sealed, cover, typed
from officeops.values.text import Pattern, line, paragraph

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from officeops.model.fields import Field
    from officeops.values.conventions import Conventions

#: A price is kept in this many parts of a minor unit.
PRICE_PARTS: Final = 100


def reader(field: Field, ways: Conventions, *, order: str = "") -> Callable[[Any], Any]:
    """Return a function that reads one field's values: text, or a cell of a spreadsheet or of JSON.

    Blank is None. A sealed field's value comes wrapped. References are not read here: `Office.find`
    resolves them. Dates in numbers are read in `order` alone, where one is given (see
    `dates.read_date`).
    """
    read = _reader(field, ways, order)
    return _sealed_reader(field, read) if field.sealed else read


def _sealed_reader(field: Field, read: Callable[[Any], Any]) -> Callable[[Any], Sealed | None]:
    def read_sealed(value: object) -> Sealed | None:
        if value in (MASK, GONE):
            raise ValueError("is only the mask of a value that is sealed; write the value itself")
        try:
            return typed(read(value))
        except ValueError:
            # The exact reason would repeat the sealed value.
            kind = field.kind.replace("_", " ")
            raise ValueError(
                f"cannot be read as {kind}; the value is not shown, "
                "because the field is confidential"
            ) from None

    return read_sealed


def _reader(field: Field, ways: Conventions, order: str) -> Callable[[Any], Any]:  # noqa: PLR0911 - one way out for each kind
    from officeops.values.dates import read_date
    from officeops.values.quantities import (
        read_duration,
        read_money,
        read_whole,
        read_yes_no,
        within_limits,
    )

    kind = field.kind
    if kind in {"text", "file", "reference"}:
        return line
    if kind == "long_text":
        return paragraph
    if kind == "choice":
        return _choice_reader(field)
    if kind == "date":
        return lambda value: read_date(value, ways, order=order, month_end=field.month_end)
    if kind == "instant":
        from officeops.values.instants import read_instant

        return lambda value: read_instant(value, ways)
    numbers: dict[str, Callable[[Any], int | None]] = {
        "money": lambda value: read_money(value, ways.places, ways.currency),
        "price": lambda value: read_money(value, ways.places + 2, ways.currency),
        "number": read_whole,
        "quantity": read_whole,
        "duration": read_duration,
    }
    if kind not in numbers:
        return read_yes_no

    def shown(limit: int) -> str:
        return show(field, limit, ways)

    return within_limits(numbers[kind], field.minimum, field.maximum, shown)


def _choice_reader(field: Field) -> Callable[[Any], str | None]:
    choices = field.choices
    # A code of today counts before the same one of another choice's past.
    codes = field.former_choices | {word: word for word in choices}
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
            why = f"{text!r} is none of {', '.join(choices)}"
            facts = {"choices": list(choices)}
            raise ValueError(Reason(why, code="unknown-choice", facts=facts)) from None

    return read


def plain(field: Field, value: Any, ways: Conventions) -> str | int | bool | None:  # noqa: ANN401 - any field's value
    """Return a value for JSON and CSV.

    Money is a decimal string, a date ISO, an instant ISO with the office's offset, a number a
    number. A sealed value is its mask.
    """
    if value is None or isinstance(value, Unusable):
        return None if value is None else value.kept
    if field.sealed:
        return cover(value)
    if field.kind in {"money", "price"}:
        return _amount_text(field, value, ways)
    if field.kind == "yes_no":
        return bool(value)
    if field.kind == "instant":
        from officeops.values.instants import plain_instant

        return plain_instant(value, ways)
    return value.isoformat() if isinstance(value, date) else value


def show(field: Field, value: Any, ways: Conventions) -> str:  # noqa: ANN401 - any field's value
    """Return a value for people; the mask for a sealed one.

    Nothing in it can drive a terminal.
    """
    if value is None or field.sealed or isinstance(value, Unusable):
        return _covered(field, value)
    kind = field.kind
    if kind in {"money", "price"}:
        return _amount_text(field, value, ways)
    if kind == "yes_no":
        return "yes" if value else "no"
    if kind == "duration":
        sign = "-" if value < 0 else ""
        hours, minutes = divmod(abs(value), 60)
        return f"{sign}{hours}:{minutes:02}"
    if kind == "instant":
        from officeops.values.instants import show_instant

        return show_instant(value, ways)
    return safe(value if isinstance(value, str) else str(value))


def _covered(field: Field, value: object) -> str:
    """Return the text for a value that is blank, sealed or unusable."""
    if value is None:
        return field.unknown
    if isinstance(value, Unusable):
        return safe(value.shown)
    return cover(value)


def _amount_text(field: Field, value: int | str, ways: Conventions) -> str:
    if isinstance(value, str):
        known, _, count = value.partition(DOUBT)
        amount = _amount_text(field, int(known), ways) if known else field.unknown
        return f"{amount} + {count} {field.doubtful}"
    written = money_text if field.kind == "money" else price_text
    return written(value, ways.places)


def money_text(minor: int, places: int) -> str:
    """Return minor units as a decimal string: 1234 is 12.34."""
    if not places:
        return str(minor)
    sign = "-" if minor < 0 else ""
    digits = str(abs(minor)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def price_text(price: int, places: int) -> str:
    """Return a price as a decimal string, with the currency's decimals and any further ones."""
    whole, fraction = money_text(price, places + 2).split(".")
    # The currency's own decimals stay, though they are zeros: 2.50, and 2.505 of a finer price.
    decimals = fraction[:places] + fraction[places:].rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole


def amount(price: int, count: int, of: int = 1) -> int:
    """Return the cost of `count` units at a price for `of`, in minor units, a half rounded up."""
    parts = PRICE_PARTS * of
    # In whole numbers: twice the cost and one half more, without its remainder.
    return (2 * price * count + parts) // (2 * parts)


#: Control characters, and those that hide or turn around text.
_UNSAFE = Pattern(
    "[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)


def safe(text: str) -> str:
    """Return text with every control character made visible, for the terminal."""
    if text.isprintable():
        return text
    return str(_UNSAFE.sub(_visible, text))


def _visible(control: re.Match[str]) -> str:
    return " " if control[0] in "\n\t" else "\ufffd"
