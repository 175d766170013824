"""NPI: the National Provider Identifier, ten digits of which the last is a check digit.

Its check is the Luhn formula over the digits with `80840` before them (45 CFR 162.406, CMS).
"""

from __future__ import annotations

from typing import Final

_PREFIX: Final = "80840"
_DIGITS: Final = 10


def is_npi(text: str) -> bool:
    """Whether a text is an NPI: ten digits, the first 1 or 2, with the right check digit."""
    if len(text) != _DIGITS or not text.isascii() or not text.isdigit() or text[0] not in "12":
        return False
    return _luhn(_PREFIX + text) % 10 == 0


def _luhn(digits: str) -> int:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + place % 2)
        # Two digits of a product are added: 14 counts as 5.
        total += doubled - 9 if doubled > 9 else doubled
    return total
