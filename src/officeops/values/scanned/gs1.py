"""Element strings of GS1: a row of identifiers, each with its value.

Without brackets a separator ends a value of variable length that something follows. Where a scanner
or a terminal lost it, the code may be read in several ways, and all of them are given.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from officeops.model.errors import Reason, Refused
from officeops.values.scanned.application_identifiers import identifier_at
from officeops.values.scanned.check_digits import gs1_check_digit, has_gs1_check
from officeops.values.scanned.dates import six_digit_day
from officeops.values.scanned.refusal import SEPARATOR, refused
from officeops.values.scanned.scanned_code import ScannedCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    #: The identifiers of a code, in order, each with its value.
    Elements = list[tuple[str, str]]

#: An identifier in brackets, as labels print it.
_BRACKETED: Final = r"\(([0-9]{2,4})\)"
#: The identifiers that are looked for where a separator may be lost: those of goods in an office.
#: All others begin inside too many lot numbers.
_GUESSED: Final = frozenset({"10", "11", "13", "15", "17", "21", "30", "37", "240", "250", "7003"})
#: Separators that may be lost from one code, and the readings of it that are looked at.
_LOST: Final = 3
_READINGS: Final = 8
#: Identifiers whose values end with a check digit.
_CHECKED: Final = frozenset({"00", "01", "02", "03"})
_DATES: Final = frozenset({"11", "12", "13", "15", "16", "17"})


def bracketed(code: str, today: date) -> ScannedCode:
    """Read `(01)…(17)…(10)…`. Raises Refused, naming the code."""
    parts = re.split(_BRACKETED, code)
    if parts[0].strip():
        raise _malformed(code, f"{parts[0]!r} before its first bracket is no identifier")
    elements: Elements = []
    for digits, text in zip(
        parts[1::2],
        parts[2::2],
        strict=True,
    ):
        value = text.strip().strip(SEPARATOR)
        identifier = identifier_at(digits)
        if identifier is None or identifier.digits != digits:
            raise _malformed(code, f"({digits}) is no identifier of GS1")
        if not identifier.takes(value):
            raise _malformed(code, f"({digits}) has a value of the wrong length or characters")
        elements.append((digits, value))
    return answer(
        code,
        elements,
        today,
    )


def element_string(code: str, today: date) -> list[ScannedCode]:
    """Read the elements of a code without brackets, in each way that it may be read.

    Raises Refused, naming the code, where it can be read in none.
    """
    if SEPARATOR in code:
        return [
            answer(
                code,
                _separated(code),
                today,
            )
        ]
    answers: list[ScannedCode] = []
    fault: Refused | None = None
    for elements in islice(_unseparated(code, _LOST), _READINGS):
        try:
            reading = answer(
                code,
                elements,
                today,
            )
        except Refused as error:
            # The first reading is the plainest one; its fault is the code's.
            fault = fault or error
        else:
            if reading not in answers:
                answers.append(reading)
    if not answers:
        raise fault or _malformed(code, "nothing says where its values end")
    return answers


def _separated(code: str) -> Elements:
    """Read a code with separators: each value of variable length ends at one."""
    elements: Elements = []
    for part in code.split(SEPARATOR):
        rest = part
        while rest:
            identifier = identifier_at(rest)
            if identifier is None:
                raise _malformed(code, f"{rest[:4]!r} begins no identifier of GS1")
            start = len(identifier.digits)
            end = start + identifier.most
            value = rest[start:end]
            if not identifier.takes(value):
                raise _malformed(
                    code, f"({identifier.digits}) has a value of the wrong length or characters"
                )
            elements.append((identifier.digits, value))
            rest = rest[end:]
    return elements


def _unseparated(
    text: str,
    lost: int,
    seen: frozenset[str] = frozenset(),
) -> Iterator[Elements]:
    """Yield the readings of a code without separators, the one with the fewest lost first."""
    if not text:
        yield []
        return
    identifier = identifier_at(text)
    if identifier is None or identifier.digits in seen:
        return
    digits, start = identifier.digits, len(identifier.digits)
    for end in _ends(
        text,
        start + identifier.least,
        start + identifier.most,
        lost,
    ):
        value = text[start:end]
        if identifier.takes(value) and _fits(digits, value):
            left = lost - (not identifier.is_fixed and end < len(text))
            for others in _unseparated(
                text[end:],
                left,
                seen | {digits},
            ):
                yield [(digits, value), *others]


def _ends(
    text: str,
    least: int,
    most: int,
    lost: int,
) -> Iterator[int]:
    """Yield where a value may end: at the code's end, or before an identifier that is guessed."""
    if least == most:
        yield least
        return
    if least <= len(text) <= most:
        yield len(text)
    if not lost:
        return
    for end in range(least, min(most, len(text) - 1) + 1):
        following = identifier_at(text[end:])
        if following is not None and following.digits in _GUESSED:
            yield end


def _fits(digits: str, value: str) -> bool:
    """Whether a value may be meant: a guess at a lost separator is none where its date is no date."""
    return digits not in _DATES or ("01" <= value[2:4] <= "12" and value[4:6] <= "31")


def answer(
    code: str,
    elements: Sequence[tuple[str, str]],
    today: date,
) -> ScannedCode:
    """Return what elements say. Raises Refused, naming the code."""
    values: dict[str, str] = {}
    for digits, value in elements:
        if values.setdefault(digits, value) != value:
            raise _malformed(code, f"it gives ({digits}) twice, {values[digits]} and {value}")
        if digits in _CHECKED and not has_gs1_check(value):
            raise wrong_check_digit(code, value)
    expiry = values.get("17") or values.get("7003", "")[:6]
    made = values.get("11")
    # (02) is what a container holds, and (37) how many; (30) counts the goods of one package.
    quantity = values.get("30") or values.get("37")
    return ScannedCode(
        "gtin",
        item=values.get("01") or values.get("02"),
        lot=values.get("10"),
        expires_on=six_digit_day(
            code,
            expiry,
            today,
        )
        if expiry
        else None,
        serial=values.get("21"),
        quantity=int(quantity) if quantity else None,
        made_on=six_digit_day(
            code,
            made,
            today,
        )
        if made
        else None,
    )


def wrong_check_digit(code: str, digits: str) -> Refused:
    """Make the refusal of a number whose last digit is not its check digit."""
    right = gs1_check_digit(digits[:-1])
    why = f"the last digit of {digits} is {digits[-1]}, and its check digit is {right}"
    return refused(code, Reason(why, code="wrong-check-digit"))


def _malformed(code: str, why: str) -> Refused:
    return refused(code, Reason(why, code="malformed"))
