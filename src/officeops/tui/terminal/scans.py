"""Scans: telling a barcode scanner, which is a keyboard that types fast, from a person.

A scan is a symbology prefix (`]C1`, `]d2`, `]E0`: ISO/IEC 15424) and what follows, or six and more letters and digits,
four of them digits; Enter or Tab ends either. Everything else that comes in a burst is keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.immutable import Value
from officeops.values.convert import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Seconds from a code's first character to its end; after a prefix, from each character to the next.
WITHIN: Final = 0.1
#: Seconds that a small letter or a bracket, come alone, is held back. Codes rarely begin with one, and people
#: move with them.
ALONE: Final = 0.04
#: The least that a code without a prefix has.
CHARACTERS, DIGITS = 6, 4
#: Characters of a prefix: the bracket, a letter for the symbology, a modifier.
PREFIX: Final = 3
#: What ends a field of variable length in a GS1 code, and how people see it.
SEPARATOR, SHOWN_SEPARATOR = "\x1d", "\u241d"
#: Digits of a GTIN in a GS1 code, where it follows the identifier 01 (GS1 General Specifications, section 3.2).
GTIN: Final = 14


class Pressed(Value):
    """A key as a scanner may press it: its character, a carriage return for Enter or Tab, and when it arrived, in seconds."""

    character: str
    at: float


class Scan(Value):
    """What a scanner sent: the code, its prefix or none, and how many keys it was, its end included."""

    code: str
    prefix: str
    keys: int

    @property
    def shown(self) -> str:
        """The code as it can be shown."""
        return safe(self.code.replace(SEPARATOR, SHOWN_SEPARATOR))

    def meanings(self) -> Iterator[str]:
        """Yield what to look up: the code, and the item's number in it where it is a GS1 code that has one."""
        yield self.code.replace(SEPARATOR, SHOWN_SEPARATOR)
        number = self.code.lstrip(SEPARATOR)[2 : 2 + GTIN]
        if (
            self.code.lstrip(SEPARATOR).startswith("01")
            and len(number) == GTIN
            and number.isdecimal()
        ):
            yield number


def scan_at_head(pressed: Sequence[Pressed]) -> Scan | float | None:
    """Return the scan that the keys begin with; the second until which they may become one; None for a plain key.

    `pressed` is not empty, and in the order of arrival.
    """
    return _prefixed(pressed) if pressed[0].character == "]" else _bare(pressed)


def _bare(pressed: Sequence[Pressed]) -> Scan | float | None:
    first = pressed[0]
    for count, key in enumerate(pressed):
        character, at = key.character, key.at
        if at > first.at + WITHIN:
            return None
        if character == "\r":
            code = "".join(typed.character for typed in pressed[:count])
            return Scan(code, "", count + 1) if _is_code(code) else None
        if not _is_plain(character):
            return None
    return first.at + (ALONE if len(pressed) == 1 and first.character.islower() else WITHIN)


def _is_code(text: str) -> bool:
    return len(text) >= CHARACTERS and sum(character.isdecimal() for character in text) >= DIGITS


def _is_plain(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _prefixed(pressed: Sequence[Pressed]) -> Scan | float | None:
    limit = pressed[0].at + WITHIN
    for count, key in enumerate(pressed):
        character, at = key.character, key.at
        if at > limit:
            return None
        if character == "\r":
            text = "".join(typed.character for typed in pressed[:count])
            return Scan(text[PREFIX:], text[:PREFIX], count + 1) if count > PREFIX else None
        if not _fits(count, character):
            return None
        if count >= PREFIX:
            limit = at + WITHIN
    return pressed[0].at + ALONE if len(pressed) == 1 else limit


def _fits(place: int, character: str) -> bool:
    """Whether a character may be at a place of a code with a prefix."""
    if place == 0:
        return True
    if place < PREFIX:
        return _is_plain(character) and (place == PREFIX - 1 or character.isalpha())
    return character == SEPARATOR or (len(character) == 1 and character.isprintable())
