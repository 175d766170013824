"""Check digits: those of GS1 numbers, and the check character of HIBC."""

from __future__ import annotations

from typing import Final

#: The characters of HIBC in the order of their values (ANSI/HIBC 2.6, appendix B).
HIBC_CHARACTERS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"


def gs1_check_digit(digits: str) -> str:
    """Return the check digit behind some digits: weights 3 and 1 from the right, modulo 10.

    (GS1 General Specifications, section 7.9.)
    """
    last = sum(map(int, digits[::-2]))
    others = sum(map(int, digits[-2::-2]))
    return str(-(3 * last + others) % 10)


def has_gs1_check(digits: str) -> bool:
    """Whether the last digit is the check digit of those before it."""
    return digits[-1] == gs1_check_digit(digits[:-1])


def hibc_check_character(text: str) -> str:
    """Return the check character behind a text of HIBC: the sum of values, modulo 43.

    Raises ValueError for a character that HIBC does not have.
    """
    return HIBC_CHARACTERS[sum(map(HIBC_CHARACTERS.index, text)) % len(HIBC_CHARACTERS)]


def has_hibc_check(text: str) -> bool:
    """Whether the last character is the check character of those before it."""
    is_hibc = len(text) > 1 and set(text) <= set(HIBC_CHARACTERS)
    return is_hibc and text[-1] == hibc_check_character(text[:-1])
