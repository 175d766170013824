"""Readings: everything that a scanned code may mean.

Most codes have one reading. A code that has several is never guessed: its reader looks which one the
office knows, or asks the person.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from officeops.model.errors import Reason, Refused
from officeops.model.text_folding import seems_blank
from officeops.values.scanned.check_digits import gs1_check_digit, has_gs1_check
from officeops.values.scanned.gs1 import bracketed, element_string, wrong_check_digit
from officeops.values.scanned.item_numbers import (
    GTIN_DIGITS,
    UPC_E_DIGITS,
    expanded_upc_e,
    gtin_of_ndc,
    item_number,
    ndc_packages,
)
from officeops.values.scanned.refusal import SEPARATOR, refused
from officeops.values.scanned.scanned_code import ScannedCode
from officeops.values.text import Pattern

if TYPE_CHECKING:
    from datetime import date

#: The longest text that is looked at: a QR code of GS1 holds no more of goods.
LONGEST: Final = 400
#: The prefix by which a scanner says what kind of code it read (ISO/IEC 15424).
_PREFIX = Pattern(r"\]([A-Za-z])([0-9A-Za-z])")
#: The prefixes of codes of GS1: GS1-128, DataBar, DataMatrix, QR and DotCode; of UPC and EAN; of
#: EAN-8 among them; and of ITF-14.
_OF_GS1: Final = frozenset({"C1", "e0", "e1", "e2", "d2", "Q3", "J1"})
_OF_EAN: Final = "E"
_EAN_8: Final = "E4"
#: What scanners and people put in place of a separator: a scanner in keyboard mode writes a word for
#: it, a terminal shows it as ^]. Values of GS1 have none of these characters.
_SEPARATORS: Final = re.compile(r"\u241d|\^\]|\{GS\}|[<\[]GS[>\]]|~d029|~1|\\x1d|\\u001d|\||\u00e8")
#: A code without prefix and brackets that can only be elements: an item's number first, or a date
#: with a lot or a serial number behind it.
_ITEM_FIRST = Pattern(r"0[12]\d{14}.+", re.DOTALL)
_DATE_FIRST = Pattern(r"1[17]\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?:1[0157]|21|30).+", re.DOTALL)
#: Digits of EAN-8 and UPC-E, UPC-A, EAN-13 and GTIN-14.
_LENGTHS: Final = frozenset({8, 12, 13, 14})
#: Digits of an NDC, and those of a UPC-E between its number system and its check digit.
_NDC_DIGITS: Final = 10
_UPC_E_BODY: Final = 6


def scanned_code(text: str, today: date) -> ScannedCode:
    """Read a code that has one meaning.

    Raises Refused, naming the code, for one that has none or several.
    """
    found = scan_readings(text, today)
    if len(found) > 1:
        raise several(text, found)
    return found[0]


def several(text: str, found: list[ScannedCode]) -> Refused:
    """Make the refusal of a code that may be read in several ways, each in words."""
    ways = "; or ".join(map(in_words, found))
    cure = "Type the parts by hand, or set the scanner to send separators"
    return refused(
        text, Reason(f"it may be read in {len(found)} ways: {ways}", code="ambiguous"), cure
    )


def in_words(code: ScannedCode) -> str:
    """Return what a code says, as a label would."""
    parts = [
        ("item", code.item),
        ("lot", code.lot),
        ("expires", code.expires_on),
        ("serial", code.serial),
        ("quantity", code.quantity),
        ("made", code.made_on),
    ]
    return ", ".join(f"{label} {value}" for label, value in parts if value is not None)


def scan_readings(text: str, today: date) -> list[ScannedCode]:
    """Return what a code may mean, at least one reading; `today` tells the centuries of its dates.

    Raises Refused, naming the code, its fault and the cure.
    """
    code = text.strip(" \r\n\t")
    if seems_blank(code):
        raise refused(text, Reason("it is blank", code="malformed"))
    if len(code) > LONGEST:
        why = f"it is {len(code):,} characters long, and {LONGEST} is the most"
        raise refused(code, Reason(why, code="too-long"))
    prefix = _PREFIX.match(code)
    if prefix and len(code) > len(prefix[0]):
        return _prefixed(
            code[len(prefix[0]) :],
            prefix[1] + prefix[2],
            today,
        )
    return _bare(code, today)


def is_unmistakable(text: str) -> bool:
    """Whether a text is a scanner's or a label's, and nothing that a person would type as a lot."""
    code = text.strip()
    is_hibc = code.startswith(("+", "*+"))
    return is_hibc or bool(_PREFIX.match(code)) or SEPARATOR in _plain(code) or _is_bracketed(code)


def _prefixed(
    code: str,
    kind: str,
    today: date,
) -> list[ScannedCode]:
    if kind in _OF_GS1:
        return _of_gs1(code, today)
    if kind == _EAN_8 and len(code) == 8:
        return [_gtin(code, code)]
    if kind[0] == _OF_EAN and code.isdecimal() and len(code) in _LENGTHS:
        return [_gtin(code, code)]
    # Our own labels have the prefix in their code, and a scanner may put its own before that.
    return scan_readings(code, today) if _PREFIX.match(code) else _bare(code, today)


def _bare(code: str, today: date) -> list[ScannedCode]:
    """Read a code of which nothing says the kind."""
    if code.startswith(("+", "*+")):
        from officeops.values.scanned.hibc import Hibc

        return [Hibc(code, today).read()]
    elements = _plain(code)
    is_said = SEPARATOR in elements or is_link(code) or _is_bracketed(code)
    if is_said or _ITEM_FIRST.fullmatch(elements):
        return _of_gs1(code, today)
    digits = code.replace(" ", "")
    if digits.isascii() and digits.isdigit():
        return _of_digits(
            code,
            digits,
            today,
        )
    if _DATE_FIRST.fullmatch(elements):
        return _of_gs1(code, today)
    if packages := ndc_packages(code):
        return [ScannedCode("gtin", item=gtin_of_ndc(package)) for package in packages]
    return [ScannedCode("own", item=item_number(code))]


def is_link(code: str) -> bool:
    """Whether a code is a web address."""
    return code[:8].lower().startswith(("http://", "https://"))


def _is_bracketed(code: str) -> bool:
    return len(code) > 4 and code[0] == "(" and code[1:3].isdecimal()


def _plain(code: str) -> str:
    """Return a code with its separators as GS1 has them, and none at its ends."""
    return _SEPARATORS.sub(SEPARATOR, code)


def _of_gs1(code: str, today: date) -> list[ScannedCode]:
    if is_link(code):
        from officeops.values.scanned.digital_link import digital_link

        return [digital_link(code, today)]
    elements = _plain(code)
    if elements.lstrip(SEPARATOR).startswith("("):
        return [bracketed(elements, today)]
    return element_string(elements, today)


def _of_digits(
    code: str,
    digits: str,
    today: date,
) -> list[ScannedCode]:
    """Read a number: a GTIN, a drug's NDC, an office's own, or a date and a lot of digits alone."""
    found: list[ScannedCode] = []
    if _DATE_FIRST.fullmatch(digits):
        with suppress(Refused):
            found += element_string(digits, today)
    if len(digits) == 16 and digits.startswith("01"):
        found.append(_gtin(code, digits[2:]))
    elif len(digits) in _LENGTHS:
        numbers = _standard(digits)
        if not (numbers or found):
            raise wrong_check_digit(code, digits)
        found += map(_of_number, numbers)
    else:
        found += map(_of_number, _nearly(digits))
    return found or [ScannedCode("own", item=item_number(digits))]


def _of_number(number: str) -> ScannedCode:
    is_gtin = len(number) == GTIN_DIGITS and has_gs1_check(number)
    return ScannedCode("gtin" if is_gtin else "own", item=number)


def _standard(digits: str) -> list[str]:
    """List the GTINs of a standard length: an EAN-8, a UPC-E, or either; none without a check.

    A UPC-E begins with a zero (GS1 General Specifications, section 5.2.2.4.3), and with a one in
    older goods.
    """
    numbers = [digits]
    if len(digits) == UPC_E_DIGITS and digits[0] in "01":
        numbers.append(expanded_upc_e(digits))
    return [number.zfill(GTIN_DIGITS) for number in numbers if has_gs1_check(number)]


def _nearly(digits: str) -> list[str]:
    """List the numbers that digits of another length may be, each once.

    First zeros may be missing, or the check digit of a UPC-A, a UPC-E or an EAN-8; ten and eleven
    digits may be an NDC; and it may be an office's own number.
    """
    numbers: list[str] = []
    if len(digits) == _UPC_E_BODY:
        numbers.append(_checked(expanded_upc_e(f"0{digits}0")[:-1]))
    if len(digits) == _UPC_E_BODY + 1:
        numbers.append(_checked(digits))
        if digits[0] in "01":
            numbers.append(_checked(expanded_upc_e(f"{digits}0")[:-1]))
    if len(digits) == _NDC_DIGITS:
        numbers.append(gtin_of_ndc(digits))
    if len(digits) == _NDC_DIGITS + 1:
        numbers.append(_checked(digits))
        numbers += map(gtin_of_ndc, ndc_packages(digits))
    return [*dict.fromkeys([item_number(digits), *numbers])]


def _checked(digits: str) -> str:
    return (digits + gs1_check_digit(digits)).zfill(GTIN_DIGITS)


def _gtin(code: str, digits: str) -> ScannedCode:
    if not has_gs1_check(digits):
        raise wrong_check_digit(code, digits)
    return ScannedCode("gtin", item=digits.zfill(GTIN_DIGITS))
