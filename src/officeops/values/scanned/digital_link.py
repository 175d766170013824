"""Digital Links of GS1: an item's number, lot and serial number in a web address.

(GS1 Digital Link Standard: URI Syntax.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.errors import Reason
from officeops.values.scanned.application_identifiers import identifier_at
from officeops.values.scanned.gs1 import answer
from officeops.values.scanned.item_numbers import GTIN_DIGITS
from officeops.values.scanned.refusal import refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops.values.scanned.scanned_code import ScannedCode

_ITEM: Final = "01"
#: Words that an older version of the standard allowed in place of identifiers.
_WORDS: Final = {"gtin": "01", "lot": "10", "ser": "21", "exp": "17", "expdt": "17"}


def digital_link(code: str, today: date) -> ScannedCode:
    """Read a web address. Raises Refused, naming the code, for one without an item's number."""
    from urllib.parse import parse_qsl, unquote, urlsplit

    try:
        address = urlsplit(code)
    except ValueError:
        raise refused(code, Reason("it is no web address", code="malformed")) from None
    segments = [unquote(segment) for segment in address.path.split("/") if segment]
    # Without an item's number it is any page of the web.
    elements = [*_of_path(segments)]
    if elements:
        for key, value in parse_qsl(address.query, separator="&"):
            elements += _element(key, value)
    for digits, value in elements:
        identifier = identifier_at(digits)
        if identifier is None or not identifier.takes(value):
            why = f"({digits}) has a value of the wrong length or characters"
            raise refused(code, Reason(why, code="malformed"))
    if not elements:
        raise refused(code, Reason("the web address has no number of an item", code="malformed"))
    return answer(
        code,
        elements,
        today,
    )


def _of_path(segments: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the elements of a path, from the item's number on; before it is the site's own path."""
    places = [
        place
        for place, segment in enumerate(segments[:-1])
        if _WORDS.get(segment, segment) == _ITEM and segments[place + 1].isdecimal()
    ]
    if places:
        rest = segments[places[0] :]
        for key, value in zip(
            rest[::2],
            rest[1::2],
            strict=False,
        ):
            yield from _element(key, value)


def _element(key: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield an element of an address; other words in it say nothing of the goods."""
    digits = _WORDS.get(key, key)
    identifier = identifier_at(digits)
    if identifier is not None and identifier.digits == digits:
        yield digits, value.zfill(GTIN_DIGITS) if digits == _ITEM else value
