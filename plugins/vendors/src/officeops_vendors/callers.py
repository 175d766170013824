"""Callers: the vendors that a phone number is of, in whatever spelling it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from officeops import Office

#: The numbers that end like the caller's, of vendors and of people there.
_ENDING_SO: Final = """
SELECT vendor_id, digits FROM vendors_phone WHERE archived_at IS NULL AND digits LIKE ?
UNION ALL
SELECT vendor_id, digits FROM vendors_contact WHERE archived_at IS NULL AND digits LIKE ?
"""


def vendors_called(office: Office, text: str) -> list[int]:
    """List the vendors that a typed number may be of; none for a text that is no number."""
    if any(letter.isalpha() for letter in text.casefold().replace("ext", "").replace("x", "")):
        return []
    from officeops.values import FEWEST_DIGITS, is_called, phone_digits

    if sum(letter.isdecimal() for letter in text) < FEWEST_DIGITS:
        return []
    wanted = phone_digits(text).partition(" ")[0]
    ending = f"%{wanted[-FEWEST_DIGITS:]}%"
    rows = office.rows(_ENDING_SO, ending, ending)
    called = [vendor for vendor, known in rows if is_called(wanted, known)]
    return list(dict.fromkeys(called))
