"""Scans: barcodes that a scanner types. A scanner is a keyboard that types fast.

A scan is a symbology prefix (`]C1`, `]d2`, `]E0`: ISO/IEC 15424) and the text after it, or six and
more letters and digits, four of them digits. Enter or Tab ends either. Everything else that comes
in a burst is keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.immutable import Value
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Seconds from a code's first character to its end; after a prefix, from each character to the
#: next.
WITHIN: Final = 0.1
#: Seconds that a small letter or a bracket, if it came alone, is held back. Codes rarely begin with
#: one, and people move with them.
ALONE: Final = 0.04
#: The fewest characters, and digits among them, of a code without a prefix.
CHARACTERS: Final = 6
DIGITS: Final = 4
#: Characters of a prefix: the bracket, a letter for the symbology, a modifier.
PREFIX: Final = 3
#: The end of a field of variable length in a GS1 code, and how people see it.
SEPARATOR: Final = "\x1d"
SHOWN_SEPARATOR: Final = "\u241d"
#: The identifier before a GTIN in a GS1 code, and the digits of a GTIN (GS1 General Specifications,
#: section 3.2).
GTIN_IDENTIFIER: Final = "01"
GTIN: Final = 14
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
        return safe(self.code.replace(SEPARATOR, SHOWN_SEPARATOR))

    def meanings(self) -> Iterator[str]:
        """Yield the texts to look up: the code, then the GTIN if it is a GS1 code with one."""
        yield self.code.replace(SEPARATOR, SHOWN_SEPARATOR)
        first_field = self.code.lstrip(SEPARATOR)
        gtin = first_field[len(GTIN_IDENTIFIER) :][:GTIN]
        is_whole = len(gtin) == GTIN and gtin.isdecimal()
        if first_field.startswith(GTIN_IDENTIFIER) and is_whole:
            yield gtin


def scan_at_head(pressed: Sequence[Pressed]) -> Scan | float | None:
    """Return the scan that the keys begin with.

    None means that the first key is a plain key; a number is the time, in seconds, until which the
    keys may still become a scan. `pressed` is not empty, and in the order of arrival.
    """
    has_prefix = pressed[0].character == "]"
    return _prefixed(pressed) if has_prefix else _bare(pressed)


def _bare(pressed: Sequence[Pressed]) -> Scan | float | None:
    first = pressed[0]
    for place, key in enumerate(pressed):
        if key.at > first.at + WITHIN:
            return None
        if key.character == END:
            code = _text(pressed[:place])
            return Scan(code, "", place + 1) if _is_code(code) else None
        if not _is_plain(key.character):
            return None
    # Holding `j` back longer would be felt when moving.
    is_alone = len(pressed) == 1 and first.character.islower()
    return first.at + (ALONE if is_alone else WITHIN)


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
