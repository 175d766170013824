"""Quantities: whole numbers, money, durations, yes and no, read from what people and files write.

What cannot be read, or could mean two things, raises ValueError with a sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from officeops.model.errors import Reason
from officeops.model.sql_values import LARGEST
from officeops.values.text import Pattern, as_text

if TYPE_CHECKING:
    from collections.abc import Callable

#: The longest written number, amount or duration, in characters; nothing looks at more of a text
#: than that.
LONGEST_NUMBER: Final = 60


def allowed(
    minimum: int | None,
    maximum: int | None,
    shown: Callable[[int], str] = str,
    unit: str = "",
) -> str:
    """Return a range in words: `0 to 5 boxes`, `1 or more`, `5 or less`; `shown` writes a limit."""
    unit = unit and f" {unit}"
    if minimum is None and maximum is None:
        return "at most 19 digits"
    if maximum is None:
        return f"{shown(minimum or 0)}{unit} or more"
    if minimum is None:
        return f"{shown(maximum)}{unit} or less"
    return f"{shown(minimum)} to {shown(maximum)}{unit}"


def out_of_bounds(
    number: int,
    minimum: int | None,
    maximum: int | None,
    shown: Callable[[int], str] = str,
    unit: str = "",
) -> Reason | None:
    """Return that a number is too small or too large, with both limits; None if it is neither.

    The facts have the limits as the file keeps numbers of that kind: money in minor units.
    """
    low = -LARGEST - 1 if minimum is None else minimum
    high = LARGEST if maximum is None else maximum
    if low <= number <= high:
        return None
    size = "small" if number < low else "large"
    limits = allowed(minimum, maximum, shown, unit)
    facts = {"minimum": minimum, "maximum": maximum}
    return Reason(f"is too {size}; it must be {limits}", code="out-of-range", facts=facts)


def within_limits(
    read: Callable[[Any], int | None],
    minimum: int | None,
    maximum: int | None,
    shown: Callable[[int], str] = str,
    unit: str = "",
) -> Callable[[Any], int | None]:
    """Return a reader that refuses numbers outside the limits, and says both."""
    low = -LARGEST - 1 if minimum is None else minimum
    high = LARGEST if maximum is None else maximum

    def within(value: object) -> int | None:
        number = read(value)
        if number is None or low <= number <= high:
            return number
        fault = out_of_bounds(number, minimum, maximum, shown, unit)
        raise ValueError(fault and fault.within(f"{brief(value)!r} {fault}"))

    return within


def in_unit(read: Callable[[Any], int | None], unit: str) -> Callable[[Any], int | None]:
    """Return a reader that takes the field's own unit behind a number too: 30 days, 1 day, 5 %."""
    words = {unit.casefold(), unit.casefold().removesuffix("s")}

    def read_in_unit(value: object) -> int | None:
        number, _, word = value.strip().rpartition(" ") if isinstance(value, str) else ("", "", "")
        if number and word.casefold() in words:
            return read(number)
        return read(value)

    return read_in_unit


def brief(value: object) -> str:
    """Return the beginning of a value; Python refuses to write a number of over 4,300 digits."""
    if isinstance(value, int) and value.bit_length() > 1000:
        sign = "-" if value < 0 else ""
        return f"{sign}{'9' * 20}…"
    return str(value).strip()[:30]


#: A number with a word behind it: 3 cases, 12 boxes of 100, 5ea.
_WITH_WORDS = Pattern(r"[+-]?\d[\d,. '\u00a0\u202f]*(?:\s[^\W\d_]|[^\W\d_]{2}).*")
_NUMBER = Pattern(r"([+-]?)(\d{1,3}(?:[,. '\u00a0\u202f]\d{3})+|\d+)(?:([.,])(\d*))?")


def read_whole(value: object) -> int | None:
    """Read a whole number: `1,000` or `12.0`; `1.5` is none, and `1.000` is ambiguous."""
    # What cannot be read is a ValueError, whatever it is.
    if isinstance(value, bool):
        raise ValueError("is yes or no, not a number")  # noqa: TRY004
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        if value.is_integer():
            return int(value)
        raise ValueError(f"{value} is not a whole number; count in the smallest unit")
    text = as_text(value).strip()
    if not text:
        return None
    if text.isascii() and len(text) < 19:
        digits = text[1:] if text[0] in "+-" else text
        if digits.isdecimal():
            return int(text)
    if len(text) < 40 and _WITH_WORDS.fullmatch(text):
        raise ValueError(
            f"{text[:30]!r} has a word beside its number; write the number alone, "
            "in the smallest unit: 3 boxes of 100 are 300"
        )
    whole, fraction = _digits(text)
    if fraction.strip("0"):
        raise ValueError(f"{text!r} is not a whole number; count in the smallest unit")
    return _bounded(whole, text)


def _bounded(number: int, text: str) -> int:
    if abs(number) > LARGEST:
        raise ValueError(f"{text[:30]!r} is too large")
    return number


def _digits(text: str) -> tuple[int, str]:
    """Split a written number into its whole part and its decimals.

    Raises where a separator could be either.
    """
    bare = text.strip()
    # As accounts write a debt: (120).
    in_brackets = bare.startswith("(") and bare.endswith(")")
    number_text = bare[1:-1].strip() if in_brackets else bare
    match = _NUMBER.fullmatch(number_text) if len(bare) < 40 else None
    if match is None:
        raise _no_number(text)
    sign, whole, point, decimals = match.groups()
    digits, marks = _without_marks(whole)
    if len(marks) > 1 or (point and point in marks):
        raise _no_number(text)
    if marks == {"."} and not point and whole.count(".") == 1:
        before_dot = whole.partition(".")[0]
        raise ValueError(f"{text!r} may be {digits} or {before_dot}; write it without the dot")
    decimals = decimals or ""
    if point == "," and len(decimals) == 3:
        raise ValueError(f"{text!r} may be a thousand or a fraction; write it without the comma")
    number = int(digits)
    if sign == "-" or in_brackets:
        number = -number
    return number, decimals


def _without_marks(whole: str) -> tuple[str, set[str]]:
    """Split a whole number into its digits and the marks between its thousands."""
    digits = ""
    marks = set()
    for character in whole:
        if character.isdigit():
            digits += character
        else:
            marks.add(character)
    return digits, marks


def _no_number(text: str) -> ValueError:
    return ValueError(f"{text[:30]!r} is not a number")


_CURRENCY = Pattern(r"^(?:[A-Z]{3}|[$€£¥₹])\s*|\s*(?:[A-Z]{3}|[$€£¥₹])$")


#: What a currency's sign may stand for; the dollar and the yen have several countries.
_SIGNS = {
    "$": frozenset("USD CAD AUD NZD SGD HKD MXN".split()),
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP"}),
    "¥": frozenset({"JPY", "CNY"}),
    "₹": frozenset({"INR"}),
}


def read_money(value: object, places: int, currency: str = "") -> int | None:
    """Read money into minor units (cents).

    Another currency than the office's, and less than is kept, are refused.
    """
    if isinstance(value, bool):
        raise ValueError("is yes or no, not money")  # noqa: TRY004 - as above
    return _read_parts(
        value,
        places,
        lambda text, bare: _same_currency(text, bare, currency),
        "is finer than is kept; give the price of a whole pack and its pack size",
    )


def read_decimal(value: object, places: int) -> int | None:
    """Read a number into its smallest parts: with two places 5.31 is 531. More are refused."""
    if isinstance(value, bool):
        raise ValueError("is yes or no, not a number")  # noqa: TRY004 - as above
    decimals = "1 decimal" if places == 1 else f"{places} decimals"
    return _read_parts(value, places, _no_currency, f"is finer than is kept; {decimals} at most")


def _no_currency(text: str, bare: str) -> None:
    if _named_currency(text, bare):
        raise _no_number(text)


def _read_parts(
    value: object,
    places: int,
    check_currency: Callable[[str, str], None],
    finer: str,
) -> int | None:
    """Read a number into its smallest parts; `finer` refuses one with more decimals."""
    if isinstance(value, int):
        return _bounded(value * 10**places, brief(value))
    if isinstance(value, float):
        value = f"{value:.6f}".rstrip("0").rstrip(".")
    text = as_text(value).strip()
    if not text:
        return None
    if len(text) > LONGEST_NUMBER:
        raise _no_number(text)
    is_debt, bare = _without_signs(text)
    if not bare:
        raise _no_number(text)
    check_currency(text, bare)
    if is_debt and bare.startswith(("-", "+", "(")):
        raise _no_number(text)
    whole, decimals = _money_digits(bare)
    if decimals[places:].strip("0"):
        raise ValueError(f"{text!r} {finer}")
    cents = decimals[:places].ljust(places, "0")
    minor = abs(whole) * 10**places + int(cents or 0)
    # A sign behind the currency's: $-5. Of -0.50 the whole part has no sign.
    if is_debt or whole < 0 or bare.startswith(("-", "(")):
        minor = -minor
    return _bounded(minor, text)


def _without_signs(text: str) -> tuple[bool, str]:
    """Return whether an amount has a minus in front or brackets, and its digits alone."""
    in_brackets = text.startswith("(") and text.endswith(")")
    if in_brackets and text[1:2] not in {"-", "+", "("}:
        text = "-" + text[1:-1]  # as accounts write a debt
    is_debt = text.startswith("-")
    amount = text[1:].strip() if is_debt else text
    return is_debt, _CURRENCY.sub("", amount)


def _named_currency(text: str, bare: str) -> str:
    """Return the sign or the code of a currency that an amount has; blank for none."""
    return text.replace(bare, "", 1).strip("+-() ")


def _same_currency(text: str, bare: str, currency: str) -> None:
    named = _named_currency(text, bare)
    if not named or not currency:
        return
    meanings = _SIGNS.get(named, {named})
    if currency not in meanings:
        raise ValueError(f"{text[:30]!r} is not in {currency}, the office's currency")


def _money_digits(bare: str) -> tuple[int, str]:
    # One dot with three decimals is a price per piece (0.125), never a thousand: in money a dot is
    # the point.
    if re.fullmatch(r"[+-]?\d+\.\d*|[+-]?\.\d+", bare) and len(bare) < 30:
        whole, _, decimals = bare.partition(".")
        if whole in {"", "+", "-"}:
            return 0, decimals
        return int(whole), decimals
    return _digits(bare)


_YES = frozenset({"yes", "y", "true", "t", "1", "on", "x", "✓", "ja", "si", "oui"})
_NO = frozenset({"no", "n", "false", "f", "0", "off", "-", "nein", "non"})


def read_yes_no(value: object) -> bool | None:
    """Read a yes or a no."""
    if isinstance(value, bool):
        return value
    text = as_text(value).strip().casefold()
    if not text:
        return None
    if text in _YES or text == "1.0":
        return True
    if text in _NO or text == "0.0":
        return False
    raise ValueError(f"{text[:30]!r} is neither yes nor no")


_DURATION = Pattern(
    r"(?:(\d+)\s*d(?:ays?)?)?\s*(?:(\d+)\s*h(?:ours?)?)?\s*(?:(\d+)\s*m(?:in(?:utes?)?)?)?",
    re.IGNORECASE,
)


_CLOCK = Pattern(r"(\d{1,17}):(\d{2})")
#: Hours with a fraction, as people write them: 1.5h, 0,25 hours.
_PART_HOURS = Pattern(r"(\d{0,6})[.,](\d{1,2})\s*h(?:rs?|ours?)?", re.IGNORECASE)


def read_duration(value: object) -> int | None:
    """Read a duration into minutes: `90`, `1:30`, `1h30m`, `1.5h`, `2d` (of 24 hours)."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = as_text(value).strip()
    if not text:
        return None
    if text.isdecimal() and len(text) < 19:
        return int(text)
    clock = _CLOCK.fullmatch(text)
    if clock and int(clock[2]) < 60:
        hours, minutes = int(clock[1]), int(clock[2])
        return _bounded(hours * 60 + minutes, text)
    if part := _PART_HOURS.fullmatch(text):
        return _minutes_of(part[1], part[2], text)
    match = _DURATION.fullmatch(text) if len(text) <= 30 else None
    if match is None:
        raise ValueError(f"{text[:30]!r} is not a duration; write 90, 1:30, 1.5h or 2d")
    days, hours, minutes = (int(part or 0) for part in match.groups())
    return _bounded(days * 1440 + hours * 60 + minutes, text)


def _minutes_of(hours: str, decimals: str, text: str) -> int:
    parts, rest = divmod(int(f"{hours or 0}{decimals}") * 60, int("1" + "0" * len(decimals)))
    if rest:
        raise ValueError(f"{text!r} is no whole number of minutes; write hours and minutes, 1:20")
    return parts
