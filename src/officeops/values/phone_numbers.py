"""Phone numbers: read in any spelling, kept as people dial them, and compared by their digits.

phonenumberslite knows the numbers of the world. It is large (50 ms), so it is imported only when a
number is typed or looked for, never to list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber as Parsed

#: Numbers without a country are of North America; others are written with a plus.
REGION: Final = "US"
_NORTH_AMERICA: Final = 1
#: The fewest digits that tell a caller: a number without its area.
FEWEST_DIGITS: Final = 7
#: The letters of a text that is a number and nothing else.
_PLAIN: Final = frozenset("0123456789 ()+-./\u2010\u2011\u2012\u2013\u00a0;=,#")
_EXTENSION: Final = ("extension", "ext", "x")


def phone_text(text: str) -> str:
    """Return a number as people dial it: `(202) 555-0111 ext. 4`, `+49 30 901820`.

    A text that says more than a number, a number without its area and a number in letters stay as
    they are.
    """
    if not _is_plain(text):
        return text
    number = _whole(text)
    if number is None:
        return text
    from phonenumbers import PhoneNumberFormat, format_number

    is_near = number.country_code == _NORTH_AMERICA
    form = PhoneNumberFormat.NATIONAL if is_near else PhoneNumberFormat.INTERNATIONAL
    return format_number(number, form)


def phone_digits(text: str) -> str:
    """Return the digits of the numbers in a text, each with its country's, without an extension.

    `(202) 555-0111 ext. 4` is `12025550111`. Of a text in which no whole number is read, all digits
    remain.
    """
    number = _whole(text)
    if number is not None:
        return _dialed(number)
    from phonenumbers import Leniency, PhoneNumberMatcher

    matches = PhoneNumberMatcher(text, REGION, leniency=Leniency.POSSIBLE)
    found = [_dialed(match.number) for match in matches if _is_whole(match.number)]
    return " ".join(found) or "".join(str(int(letter)) for letter in text if letter.isdecimal())


def is_called(wanted: str, known: str) -> bool:
    """Whether the digits of a caller are those of a number, or the end of them.

    Both are as `phone_digits` returns them. A number may lack its area, or its country.
    """
    for number in known.split():
        shorter = min(len(wanted), len(number))
        if shorter >= FEWEST_DIGITS and wanted[-shorter:] == number[-shorter:]:
            return True
    return False


def _is_plain(text: str) -> bool:
    """Whether a text is a number and nothing else: digits, marks and an extension."""
    bare = text.casefold()
    for word in _EXTENSION:
        head, found, tail = bare.rpartition(word)
        if found:
            bare = head + tail
            break
    return set(bare) <= _PLAIN


def _whole(text: str) -> Parsed | None:
    """Read a text as one number with its area; None where it is none."""
    if sum(letter.isalnum() for letter in text) < FEWEST_DIGITS:
        return None
    from phonenumbers import NumberParseException, parse

    try:
        number = parse(text, REGION)
    except NumberParseException:
        return None
    return number if _is_whole(number) else None


def _is_whole(number: Parsed) -> bool:
    from phonenumbers import ValidationResult, is_possible_number_with_reason

    return is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE


def _dialed(number: Parsed) -> str:
    from phonenumbers import PhoneNumberFormat, format_number

    return format_number(number, PhoneNumberFormat.E164).removeprefix("+")
