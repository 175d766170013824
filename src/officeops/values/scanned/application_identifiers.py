"""Application identifiers of GS1: how long the value behind each may be, and of which characters.

From the GS1 General Specifications, section 3.2, release 25. `biip` has them as a file, and is not
used: importing it takes as long as two commands, and it reads a lot without its separator together
with what follows, in silence.
"""

from __future__ import annotations

from typing import Final

from officeops.model.immutable import Value
from officeops.values.text import Pattern

#: The identifiers by their first digits. A value is of digits (`n`) or of any character (`x`), as
#: many as the number behind it says, or from the first number to the second.
_FORMATS: Final = """
00 n18 | 01 n14 | 02 n14 | 03 n14 | 10 x1-20 | 11 n6 | 12 n6 | 13 n6 | 15 n6 | 16 n6 | 17 n6 | 20 n2
21 x1-20 | 22 x1-20 | 235 x1-28 | 240 x1-30 | 241 x1-30 | 242 n1-6 | 243 x1-20 | 250 x1-30
251 x1-30 | 253 x13-30 | 254 x1-20 | 255 n13-25 | 30 n1-8 | 31 n6 | 32 n6 | 33 n6 | 34 n6 | 35 n6
36 n6 | 37 n1-8 | 390 n1-15 | 391 n4-18 | 392 n1-15 | 393 n4-18 | 394 n4 | 395 n6 | 400 x1-30
401 x1-30 | 402 n17 | 403 x1-30 | 41 n13 | 420 x1-20 | 421 x4-12 | 422 n3 | 423 n3-15 | 424 n3
425 n3-15 | 426 n3 | 427 x1-3 | 4300 x1-35 | 4301 x1-35 | 4302 x1-70 | 4303 x1-70 | 4304 x1-70
4305 x1-70 | 4306 x1-70 | 4307 x2 | 4308 x1-30 | 4309 n20 | 4310 x1-35 | 4311 x1-35 | 4312 x1-70
4313 x1-70 | 4314 x1-70 | 4315 x1-70 | 4316 x1-70 | 4317 x2 | 4318 x1-20 | 4319 x1-30 | 4320 x1-35
4321 n1 | 4322 n1 | 4323 n1 | 4324 n10 | 4325 n10 | 4326 n6 | 433 x6-7 | 7001 n13 | 7002 x1-30
7003 n10 | 7004 n1-4 | 7005 x1-12 | 7006 n6 | 7007 n6-12 | 7008 x1-3 | 7009 x1-10 | 7010 x1-2
7011 n6-10 | 7020 x1-20 | 7021 x1-20 | 7022 x1-20 | 7023 x1-30 | 703 x4-30 | 7040 x4 | 7041 x1-4
71 x1-20 | 723 x3-30 | 7240 x1-20 | 7241 n2 | 7242 x1-25 | 7250 n8 | 7251 n12 | 7252 n1 | 7253 x1-40
7254 x1-40 | 7255 x1-10 | 7256 x1-90 | 7257 x1-70 | 7258 x3 | 7259 x1-40 | 8001 n14 | 8002 x1-20
8003 x14-30 | 8004 x1-30 | 8005 n6 | 8006 n18 | 8007 x1-34 | 8008 n8-12 | 8009 x1-50 | 8010 x1-30
8011 n1-12 | 8012 x1-20 | 8013 x1-25 | 8014 x1-25 | 8017 n18 | 8018 n18 | 8019 n1-10 | 8020 x1-25
8026 n18 | 8030 x1-90 | 8040 n15 | 8041 n15 | 8042 n32 | 8043 n18-20 | 8110 x1-70 | 8111 n4 | 8112 x1-70
8200 x1-70
90 x1-30 | 91 x1-90 | 92 x1-90 | 93 x1-90 | 94 x1-90 | 95 x1-90 | 96 x1-90 | 97 x1-90 | 98 x1-90
99 x1-90
"""
#: The digits of an identifier by its first two, where they are not two.
_THREE: Final = frozenset({"23", "24", "25", "40", "41", "42", "71"})
_FOUR: Final = frozenset(
    {"31", "32", "33", "34", "35", "36", "39", "43", "70", "72", "80", "81", "82"}
)
#: The characters of a value (GS1 General Specifications, figure 7.11-1).
_DIGITS = Pattern(r"[0-9]*")
_CHARACTERS = Pattern(r"[!-\"%-?A-Z_a-z]*")


class Identifier(Value):
    """An application identifier, and the values it takes: their lengths, and whether of digits."""

    digits: str
    least: int
    most: int
    is_number: bool

    @property
    def is_fixed(self) -> bool:
        """Whether all its values are of one length, so that no separator need follow."""
        return self.least == self.most

    def takes(self, value: str) -> bool:
        """Whether a text may be its value."""
        characters = _DIGITS if self.is_number else _CHARACTERS
        return self.least <= len(value) <= self.most and bool(characters.fullmatch(value))


def identifier_at(text: str) -> Identifier | None:
    """Return the identifier that a text begins with, if any."""
    first = text[:2]
    length = 3 if first in _THREE else 4 if first in _FOUR else 2
    digits = text[:length]
    if len(digits) < length or not (digits.isascii() and digits.isdigit()):
        return None
    for size in range(
        length,
        1,
        -1,
    ):
        if format_ := _formats().get(digits[:size]):
            return Identifier(digits, *format_)
    return None


_read: dict[str, tuple[int, int, bool]] = {}


def _formats() -> dict[str, tuple[int, int, bool]]:
    if not _read:
        for entry in _FORMATS.replace("\n", "|").split("|"):
            if entry.strip():
                digits, format_ = entry.split()
                least, _, most = format_[1:].partition("-")
                _read[digits] = int(least), int(most or least), format_[0] == "n"
    return _read
