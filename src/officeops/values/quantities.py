"""Quantities: whole numbers, money, durations, yes and no, read from what people and files write.

What cannot be read, or could mean two things, raises ValueError with a sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from officeops.values.text import Pattern, as_text

if TYPE_CHECKING:
    from collections.abc import Callable

#: SQLite's largest integer.
LARGEST: Final = 2**63 - 1
#: The longest written number, amount or duration, in characters; nothing looks at more of a text
#: than that.
LONGEST_NUMBER: Final = 60


def allowed(minimum: int | None, maximum: int | None, shown: Callable[[int], str] = str) -> str:
    """Return a range in words: `0 to 5`, `1 or more`, `5 or less`; `shown` writes a limit."""
    if minimum is None and maximum is None:
        return "at most 19 digits"
    if maximum is None:
        return f"{shown(minimum or 0)} or more"
    return (
        f"{shown(maximum)} or less" if minimum is None else f"{shown(minimum)} to {shown(maximum)}"
    )


def within_limits(
    read: Callable[[Any], int | None],
    minimum: int | None,
    maximum: int | None,
    shown: Callable[[int], str] = str,
) -> Callable[[Any], int | None]:
    """Return a reader that refuses numbers outside the limits, and says both."""
    low = -LARGEST if minimum is None else minimum
    high = LARGEST if maximum is None else maximum

    def within(value: object) -> int | None:
        number = read(value)
        if number is None or low <= number <= high:
            return number
        size = "small" if number < low else "large"
        raise ValueError(
            f"{brief(value)!r} is too {size}; it must be {allowed(minimum, maximum, shown)}"
        )

    return within


def brief(value: object) -> str:
    """Return the beginning of a value; Python refuses to write a number of over 4,300 digits."""
    if isinstance(value, int) and value.bit_length() > 1000:
        return f"{'-' if value < 0 else ''}{'9' * 20}…"
    return str(value).strip()[:30]


#: A number with a word behind it: 3 cases, 12 boxes of 100, 5ea.
_WITH_WORDS = Pattern(r"[+-]?\d[\d,. '\u00a0\u202f]*(?:\s[^\W\d_]|[^\W\d_]{2}).*")
_NUMBER = Pattern(r"([+-]?)(\d{1,3}(?:[,. '\u00a0\u202f]\d{3})+|\d+)(?:([.,])(\d*))?")


def read_whole(value: object) -> int | None:
    """Read a whole number: `1,000` or `12.0`; `1.5` is none, and `1.000` is ambiguous."""
    if isinstance(value, bool):
        raise ValueError("is yes or no, not a number")  # noqa: TRY004 - what cannot be read is a ValueError, whatever it is
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        if value.is_integer():
            return int(value)
        raise ValueError(f"{value} is not a whole number; count in the smallest unit")
    text = as_text(value).strip()
    if not text:
        return None
    if (
        text.isascii()
        and len(text) < 19
        and (text.isdecimal() or (text[0] in "+-" and text[1:].isdecimal()))
    ):
        return int(text)
    if len(text) < 40 and _WITH_WORDS.fullmatch(text):
        raise ValueError(
            f"{text[:30]!r} has a word beside its number; write the number alone, in the smallest unit: "
            "3 boxes of 100 are 300"
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
    negative = bare.startswith("(") and bare.endswith(")")
    match = _NUMBER.fullmatch(bare[1:-1].strip() if negative else bare) if len(bare) < 40 else None
    if match is None:
        raise ValueError(f"{text[:30]!r} is not a number")
    sign, whole, point, fraction = match.groups()
    marks = {c for c in whole if not c.isdigit()}
    if len(marks) > 1 or (point and point in marks):
        raise ValueError(f"{text[:30]!r} is not a number")
    if marks == {"."} and not point and whole.count(".") == 1:
        raise ValueError(
            f"{text!r} may be {whole.replace('.', '')} or {whole.partition('.')[0]}; write it without the dot"
        )
    if point and len(fraction or "") == 3 and point == ",":
        raise ValueError(f"{text!r} may be a thousand or a fraction; write it without the comma")
    number = int("".join(c for c in whole if c.isdigit()))
    return (-number if sign == "-" or negative else number), fraction or ""


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
    if isinstance(value, int):
        return _bounded(value * 10**places, brief(value))
    if isinstance(value, float):
        value = f"{value:.6f}".rstrip("0").rstrip(".")
    text = as_text(value).strip()
    if not text:
        return None
    if len(text) > LONGEST_NUMBER:
        raise ValueError(f"{text[:30]!r} is not a number")
    if text.startswith("(") and text.endswith(")") and text[1:2] not in {"-", "+", "("}:
        text = "-" + text[1:-1]  # as accounts write a debt
    sign = -1 if text.startswith("-") else 1
    bare = _CURRENCY.sub("", text[1:].strip() if sign < 0 else text)
    if not bare:
        raise ValueError(f"{text[:30]!r} is not a number")
    _same_currency(text, bare, currency)
    if sign < 0 and bare.startswith(("-", "+", "(")):
        raise ValueError(f"{text[:30]!r} is not a number")
    whole, fraction = _money_digits(bare)
    if fraction[places:].strip("0"):
        raise ValueError(
            f"{text!r} is finer than is kept; give the price of a whole pack and its pack size"
        )
    minor = abs(whole) * 10**places + int(fraction[:places].ljust(places, "0") or 0)
    return _bounded(minor * sign * (-1 if whole < 0 or bare.startswith(("-", "(")) else 1), text)


def _same_currency(text: str, bare: str, currency: str) -> None:
    named = text.replace(bare, "", 1).strip("+- ") if bare else ""
    if named and currency and currency not in _SIGNS.get(named, {named}):
        raise ValueError(f"{text[:30]!r} is not in {currency}, the office's currency")


def _money_digits(bare: str) -> tuple[int, str]:
    # One dot with three decimals is a price per piece (0.125), never a thousand: in money a dot is
    # the point.
    if re.fullmatch(r"[+-]?\d+\.\d*|[+-]?\.\d+", bare) and len(bare) < 30:
        whole, _, fraction = bare.partition(".")
        return int(whole if whole not in {"", "+", "-"} else "0"), fraction
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


def read_duration(value: object) -> int | None:
    """Read a duration into minutes: `90`, `1:30`, `1h30m`, `2d` (of 24 hours)."""
    text = as_text(int(value) if isinstance(value, float) and value.is_integer() else value).strip()
    if not text:
        return None
    if text.isdecimal() and len(text) < 19:
        return int(text)
    hours, colon, minutes = text.partition(":")
    if (
        colon
        and hours.isdecimal()
        and minutes.isdecimal()
        and len(minutes) == 2
        and int(minutes) < 60
        and len(hours) < 18
    ):
        return _bounded(int(hours) * 60 + int(minutes), text)
    match = _DURATION.fullmatch(text) if len(text) <= 30 else None
    if not match:
        raise ValueError(f"{text[:30]!r} is not a duration; write 90, 1:30, 1h30m or 2d")
    days, hrs, mins = (int(part or 0) for part in match.groups())
    return _bounded(days * 1440 + hrs * 60 + mins, text)
