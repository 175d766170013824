"""Scans: barcodes that a scanner types. A scanner is a keyboard that types fast.

A scan is a symbology prefix (`]C1`, `]d2`, `]E0`: ISO/IEC 15424) and the text after it, or six and
more letters and digits, four of them digits. Without a prefix other characters belong to it where
its beginning says that it is GS1, HIBC or a web address. Enter or Tab ends it. Everything else that
comes in a burst is keys.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from officeops.model.immutable import Value
from officeops.values.scanned.check_digits import HIBC_CHARACTERS
from officeops.values.scanned.refusal import SEPARATOR, shown
from officeops.values.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from officeops.values.scanned.scanned_code import ScannedCode

#: Seconds from a code's first character to its end; after a prefix, from each character to the
#: next.
WITHIN: Final = 0.1
#: Seconds that a key, if it came alone and is no digit and no capital, is held back. Codes rarely
#: begin with one, and people move with them.
ALONE: Final = 0.04
#: The fewest characters, and digits among them, of a code without a prefix.
CHARACTERS: Final = 6
DIGITS: Final = 4
#: Characters of a prefix: the bracket, a letter for the symbology, a modifier.
PREFIX: Final = 3
#: Characters after which each may come as late as after a prefix: nobody types so many at once.
SURE: Final = 12
#: The beginnings of codes without a prefix that have more than letters and digits: an item or a date
#: in GS1, one in brackets, HIBC, and a web address.
_GS1: Final = Pattern(r"01\d{14}.*|1[17]\d{6}.*", re.DOTALL)
_BRACKETS: Final = Pattern(r"\((?:\d(?:\d.*)?)?", re.DOTALL)
_HIBC: Final = Pattern(r"\*?(?:\+(?:[A-Z0-9$].*)?)?")
_LINK: Final = "http"
#: The end of a scan: a scanner's Enter or Tab.
END: Final = "\r"


class Pressed(Value):
    """A key as a scanner may press it: its character, and when it arrived, in seconds.

    The character is `END` for Enter or Tab.
    """

    character: str
    at: float


class Scan(Value):
    """A scanned code: the text, its prefix or none, and how many keys it was, its end included."""

    code: str
    prefix: str
    keys: int

    @property
    def shown(self) -> str:
        """The code as a screen can show it."""
        return shown(self.code)

    def readings(self, today: date) -> list[ScannedCode]:
        """Return what it may mean. Raises Refused, naming the code, where it means nothing."""
        from officeops.values.scanned.readings import scan_readings

        return scan_readings(f"{self.prefix}{self.code}", today)


def scan_at_head(pressed: Sequence[Pressed]) -> Scan | float | None:
    """Return the scan that the keys begin with.

    None means that the first key is a plain key; a number is the time, in seconds, until which the
    keys may still become a scan. `pressed` is not empty, and in the order of arrival.
    """
    has_prefix = pressed[0].character == "]"
    return _prefixed(pressed) if has_prefix else _bare(pressed)


def _bare(pressed: Sequence[Pressed]) -> Scan | float | None:
    first = pressed[0].character
    limit = pressed[0].at + WITHIN
    code = ""
    for key in pressed:
        if key.at > limit:
            return None
        if key.character == END:
            return Scan(code, "", len(code) + 1) if _is_code(code) else None
        if not _goes_on(code, key.character):
            return None
        code += key.character
        if len(code) > SURE:
            limit = key.at + WITHIN
    # Holding `j` back longer would be felt when moving.
    is_alone = len(pressed) == 1 and not (first.isdecimal() or first.isupper())
    return pressed[0].at + ALONE if is_alone else limit


def _goes_on(code: str, character: str) -> bool:
    """Whether a character may follow the beginning of a code without a prefix."""
    if _is_plain(character):
        return True
    longer = code + character
    if _HIBC.fullmatch(longer):
        return character in HIBC_CHARACTERS
    is_open = _GS1.fullmatch(longer) or _BRACKETS.fullmatch(longer) or code.startswith(_LINK)
    is_shown = len(character) == 1 and character.isprintable()
    return bool(is_open) and (character == SEPARATOR or is_shown)


def _prefixed(pressed: Sequence[Pressed]) -> Scan | float | None:
    first = pressed[0]
    limit = first.at + WITHIN
    for place, key in enumerate(pressed):
        if key.at > limit:
            return None
        if key.character == END:
            text = _text(pressed[:place])
            return Scan(text[PREFIX:], text[:PREFIX], place + 1) if place > PREFIX else None
        if not _fits(place, key.character):
            return None
        if place >= PREFIX:
            limit = key.at + WITHIN
    return first.at + ALONE if len(pressed) == 1 else limit


def _text(pressed: Sequence[Pressed]) -> str:
    return "".join(key.character for key in pressed)


def _is_code(text: str) -> bool:
    digits = sum(character.isdecimal() for character in text)
    return len(text) >= CHARACTERS and digits >= DIGITS


def _is_plain(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _fits(place: int, character: str) -> bool:
    """Whether a character may be at a place of a code with a prefix."""
    if place == 0:
        return True
    if place < PREFIX:
        is_modifier = place == PREFIX - 1
        return _is_plain(character) and (is_modifier or character.isalpha())
    if character == SEPARATOR:
        return True
    return len(character) == 1 and character.isprintable()
