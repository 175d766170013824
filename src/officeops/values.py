"""Values: read from what people and files write, shown to people, and written plainly for scripts.

This is the one boundary between text and values. What cannot be read raises ValueError with a
sentence that says what was found and what is taken.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.fields import Field

Reader = "Callable[[Any], Any]"

#: Decimal places of currencies that do not have two (ISO 4217).
PLACES: Final = dict.fromkeys(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split(), 0
) | dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3)
MONTHS: Final = tuple("january february march april may june july august september october november december".split())
#: A price is kept in this many parts of a minor unit.
PRICE_PARTS: Final = 100
#: SQLite's largest integer.
LARGEST: Final = 2**63 - 1
#: The longest text a field takes, in characters.
LONGEST_LINE: Final = 1_000
#: The longest written number, amount or duration, in characters; nothing looks at more of a text than that.
LONGEST_NUMBER: Final = 60
LONGEST_TEXT: Final = 100_000


class Conventions(Value):
    """How this office writes money and dates. `date_order` is mdy or dmy, for 03/04/2026."""

    currency: str = "USD"
    date_order: str = "mdy"
    today: date = date.min

    @property
    def places(self) -> int:
        """Decimal places of the currency."""
        return PLACES.get(self.currency, 2)


class Pattern:
    """A regular expression compiled when it is first used; compiling all of them at import would be a tenth of start-up."""

    def __init__(self, source: str, flags: int = 0) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, method: str) -> Any:  # noqa: ANN401 - a method of re.Pattern
        compiled = re.compile(self._source, self._flags)
        self.__dict__.update(fullmatch=compiled.fullmatch, match=compiled.match, sub=compiled.sub)
        return getattr(compiled, method)


# -- reading ----------------------------------------------------------------------------------------


def reader(field: Field, ways: Conventions) -> Callable[[Any], Any]:  # noqa: PLR0911 - one way out for each kind
    """Return a function that reads one field's values: text, or what a spreadsheet or JSON cell holds.

    Blank is None. References are not read here: `Office.find` resolves them.
    """
    kind = field.kind
    if kind in {"text", "file", "reference"}:
        return line
    if kind == "long_text":
        return paragraph
    if kind == "choice":
        return _choice_reader(field.choices)
    if kind == "date":
        return lambda value: read_date(value, ways)
    if kind == "money":
        return _within(lambda value: read_money(value, ways.places, ways.currency), field.minimum, field.maximum)
    if kind == "price":
        return _within(lambda value: read_money(value, ways.places + 2, ways.currency), field.minimum, field.maximum)
    if kind in {"number", "quantity"}:
        return _within(read_whole, field.minimum, field.maximum)
    return {"yes_no": read_yes_no, "duration": read_duration, "instant": read_instant}[kind]


def line(value: object) -> str | None:
    """Read one line of text: edge and repeated white space goes, control characters are refused."""
    text = _tidied(_text(value))
    if len(text) > LONGEST_LINE:
        raise ValueError(f"is {len(text):,} characters long; {LONGEST_LINE:,} is the most")
    return text or None


def paragraph(value: object) -> str | None:
    """Read text that may have several lines."""
    lines = _text(value).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    text = "\n".join(map(_tidied, lines)).strip("\n")
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"is {len(text):,} characters long; {LONGEST_TEXT:,} is the most")
    return text or None


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and value.bit_length() > 1000:
        raise ValueError("is a number of hundreds of digits")
    return value.isoformat() if isinstance(value, date) else str(value)


def _tidied(text: str) -> str:
    """Return a line without edge and repeated white space, and tidy."""
    if text.isascii() and text.isprintable():
        text = text.strip(" ")
        return " ".join(text.split()) if "  " in text else text
    # Python takes the four ASCII separators for white space; here they are control characters like the rest.
    words = text.split() if text.isprintable() or not any(each in text for each in "\x1c\x1d\x1e\x1f") else [text]
    return " ".join(_tidy(" ".join(words)).split())


def _tidy(text: str) -> str:
    """Compose accents, drop soft hyphens, and refuse what could drive a terminal or hide in a name."""
    from unicodedata import category, normalize

    text = normalize("NFC", text.replace("\u00ad", "").replace("\ufeff", ""))
    if text.isprintable():
        return text
    for character in text:
        # Zero-width joiners belong to several scripts; the rest of Cc, Cf and Cs only hides or commands.
        if category(character) in {"Cc", "Cf", "Cs"} and character not in "\u200c\u200d":
            raise ValueError(f"has the character U+{ord(character):04X}, which cannot be shown; take it out")
    return text


def _choice_reader(choices: tuple[str, ...]) -> Callable[[Any], str | None]:
    known = {word.casefold(): word for word in choices}
    known |= {word.casefold().replace("_", " "): word for word in choices}

    def read(value: object) -> str | None:
        text = line(value)
        if text is None:
            return None
        try:
            return known[text.casefold()]
        except KeyError:
            raise ValueError(f"{text!r} is none of {', '.join(choices)}") from None

    return read


def _within(read: Callable[[Any], int | None], minimum: int | None, maximum: int | None) -> Callable[[Any], int | None]:
    low = -LARGEST if minimum is None else minimum
    high = LARGEST if maximum is None else maximum

    def within(value: object) -> int | None:
        number = read(value)
        if number is None or low <= number <= high:
            return number
        raise ValueError(f"{_brief(value)!r} is too {'small' if number < low else 'large'}")

    return within


def _brief(value: object) -> str:
    """Return the beginning of what was given; Python itself refuses to write out a number of more than 4,300 digits."""
    if isinstance(value, int) and value.bit_length() > 1000:
        return f"{'-' if value < 0 else ''}{'9' * 20}…"
    return str(value).strip()[:30]


_NUMBER = Pattern(r"([+-]?)(\d{1,3}(?:[,. '\u00a0\u202f]\d{3})+|\d+)(?:([.,])(\d*))?")


def read_whole(value: object) -> int | None:
    """Read a whole number; `1,000` and `12.0` are, `1.5` is not, `1.000` could be either and is refused."""
    if isinstance(value, bool):
        raise ValueError("is yes or no, not a number")  # noqa: TRY004 - what cannot be read is a ValueError, whatever it is
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        if value.is_integer():
            return int(value)
        raise ValueError(f"{value} is not a whole number; count in the smallest unit")
    text = _text(value).strip()
    if not text:
        return None
    if text.isascii() and len(text) < 19 and (text.isdecimal() or (text[0] in "+-" and text[1:].isdecimal())):
        return int(text)
    whole, fraction = _digits(text)
    if fraction.strip("0"):
        raise ValueError(f"{text!r} is not a whole number; count in the smallest unit")
    return _bounded(whole, text)


def _bounded(number: int, text: str) -> int:
    if abs(number) > LARGEST:
        raise ValueError(f"{text[:30]!r} is too large")
    return number


def _digits(text: str) -> tuple[int, str]:
    """Split a written number into its whole part and its decimals. Raises where a separator could be either."""
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
    """Read money into minor units (cents). Another currency than the office's, and less than is kept, are refused."""
    if isinstance(value, bool):
        raise ValueError("is yes or no, not money")  # noqa: TRY004 - as above
    if isinstance(value, int):
        return _bounded(value * 10**places, _brief(value))
    if isinstance(value, float):
        value = f"{value:.6f}".rstrip("0").rstrip(".")
    text = _text(value).strip()
    if not text:
        return None
    if len(text) > LONGEST_NUMBER:
        raise ValueError(f"{text[:30]!r} is not a number")
    if text.startswith("(") and text.endswith(")") and text[1:2] not in {"-", "+", "("}:
        text = "-" + text[1:-1]  # as accounts write what is owed
    sign = -1 if text.startswith("-") else 1
    bare = _CURRENCY.sub("", text[1:].strip() if sign < 0 else text)
    _same_currency(text, bare, currency)
    if sign < 0 and bare.startswith(("-", "+", "(")):
        raise ValueError(f"{text[:30]!r} is not a number")
    whole, fraction = _money_digits(bare)
    if fraction[places:].strip("0"):
        raise ValueError(f"{text!r} is finer than is kept; give the price of a whole pack and its pack size")
    minor = abs(whole) * 10**places + int(fraction[:places].ljust(places, "0") or 0)
    return _bounded(minor * sign * (-1 if whole < 0 or bare.startswith(("-", "(")) else 1), text)


def _same_currency(text: str, bare: str, currency: str) -> None:
    named = text.replace(bare, "", 1).strip("+- ") if bare else ""
    if named and currency and currency not in _SIGNS.get(named, {named}):
        raise ValueError(f"{text[:30]!r} is not in {currency}, the office's currency")


def _money_digits(bare: str) -> tuple[int, str]:
    # One dot with three decimals is a price per piece (0.125), never a thousand: in money a dot is the point.
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
    text = _text(value).strip().casefold()
    if not text:
        return None
    if text in _YES or text == "1.0":
        return True
    if text in _NO or text == "0.0":
        return False
    raise ValueError(f"{text[:30]!r} is neither yes nor no")


_DURATION = Pattern(
    r"(?:(\d+)\s*d(?:ays?)?)?\s*(?:(\d+)\s*h(?:ours?)?)?\s*(?:(\d+)\s*m(?:in(?:utes?)?)?)?", re.IGNORECASE
)


def read_duration(value: object) -> int | None:
    """Read a duration into minutes: `90`, `1:30`, `1h30m`, `2d` (of 24 hours)."""
    text = _text(int(value) if isinstance(value, float) and value.is_integer() else value).strip()
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


_NUMERIC_DATE = Pattern(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:[ T].*)?")
_WORD_DATE = Pattern(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})|([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})")
_LATER = Pattern(r"([+-]\d{1,4})\s*([dwmy]?)")


def read_date(value: object, ways: Conventions) -> date | None:
    """Read a date: ISO first, then 1/31/2026 or 31.1.2026 as the office writes them, 31 Jan 2026, `today`, `+30d`."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = _text(value).strip()
    if not text:
        return None
    try:
        if len(text) == 10 and text[4] == text[7] == "-":
            return date.fromisoformat(text)
        found = _written_date(text, ways)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise ValueError(f"{text[:30]!r} is not a date; write 2026-01-31")
    return found


def _written_date(text: str, ways: Conventions) -> date | None:
    if match := _NUMERIC_DATE.fullmatch(text):
        return _numeric_date(match[1], match[3], match[4], match[2], ways)
    if match := _WORD_DATE.fullmatch(text):
        day, name, year = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
        return date(int(year), _month(name.lower()), int(day))
    return _relative_date(text.lower(), ways.today)


def _month(name: str) -> int:
    """Return the month that a word begins to spell, or 0."""
    return next((n for n, month in enumerate(MONTHS, 1) if month.startswith(name)), 0)


def _numeric_date(first: str, second: str, third: str, mark: str, ways: Conventions) -> date:
    if len(first) == 4:
        return date(int(first), int(second), int(third))
    if len(third) not in {2, 4}:
        raise ValueError(f"{third!r} is not a year")
    year = int(third) + (2000 if len(third) == 2 else 0)
    # A dot is the German and Swiss way, always day first; a number over 12 can only be the day.
    day_first = mark == "." or int(first) > 12 or (ways.date_order == "dmy" and int(second) <= 12)
    day, month = (first, second) if day_first else (second, first)
    return date(year, int(month), int(day))


def _relative_date(text: str, today: date) -> date | None:
    named = {"today": 0, "tomorrow": 1, "yesterday": -1}
    if text in named:
        return today + timedelta(days=named[text])
    match = _LATER.fullmatch(text)
    if not match:
        return None
    count, unit = int(match[1]), match[2] or "d"
    if unit in "dw":
        return today + timedelta(days=count * (7 if unit == "w" else 1))
    months = today.year * 12 + today.month - 1 + count * (12 if unit == "y" else 1)
    return _clamped(months // 12, months % 12 + 1, today.day)


def _clamped(year: int, month: int, day: int) -> date:
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day, last))


def read_instant(value: object) -> datetime | None:
    """Read an instant: ISO 8601 with its offset; without one it is UTC."""
    from datetime import UTC

    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    text = _text(value).strip()
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"{text[:30]!r} is not an instant; write 2026-01-31T14:30+01:00") from None
    return moment


# -- showing ----------------------------------------------------------------------------------------


def plain(field: Field, value: Any, ways: Conventions) -> str | int | bool | None:  # noqa: ANN401 - any field's value
    """Return a value for JSON and CSV: money a decimal string, dates ISO, numbers numbers."""
    if value is None:
        return None
    if field.kind == "money":
        return money_text(value, ways.places)
    if field.kind == "price":
        return price_text(value, ways.places)
    if field.kind == "yes_no":
        return bool(value)
    return value.isoformat() if isinstance(value, date) else value


def show(field: Field, value: Any, ways: Conventions) -> str:  # noqa: ANN401 - any field's value
    """Return a value for people. Nothing in it can drive a terminal."""
    if value is None:
        return ""
    kind = field.kind
    if kind == "money":
        return money_text(value, ways.places)
    if kind == "price":
        return price_text(value, ways.places)
    if kind == "yes_no":
        return "yes" if value else "no"
    if kind == "duration":
        return f"{'-' if value < 0 else ''}{abs(value) // 60}:{abs(value) % 60:02}"
    return safe(value if isinstance(value, str) else str(value))


def money_text(minor: int, places: int) -> str:
    """Return minor units as a decimal string: 1234 is 12.34."""
    if not places:
        return str(minor)
    sign, digits = ("-" if minor < 0 else ""), str(abs(minor)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def price_text(price: int, places: int) -> str:
    """Return a price as a decimal string, with the currency's decimals and those of a fraction if it has one."""
    whole, fraction = money_text(price, places + 2).split(".")
    fraction = fraction[:places] + fraction[places:].rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def amount(price: int, count: int) -> int:
    """Return what so many cost, in minor units, a half rounded up."""
    return (price * count * 2 + PRICE_PARTS) // (PRICE_PARTS * 2)


_UNSAFE = Pattern("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")


def safe(text: str) -> str:
    """Return text with every control character made visible, for the terminal."""
    if text.isprintable():
        return text
    return str(_UNSAFE.sub(lambda m: " " if m[0] in "\n\t" else "\ufffd", text))
