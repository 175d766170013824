"""Codes of items, as scanners and people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.kinds.text import Text
from officeops.values.text import as_text, line

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.model.kinds.facts import Facts
    from officeops.values.conventions import Conventions

#: The longest code that is an item's alone; a longer one may say its lot too.
_LONGEST_NUMBER = 14
#: Digits of a GTIN, whose last one is a check digit; numbers of other lengths are an office's own.
_GTIN_LENGTHS = frozenset({8, 12, 13, 14})
#: How codes of GS1 and HIBC begin, and no others.
_BEGINNINGS = ("]", "(", "+", "*+")


class ItemCode(Text):
    """The code of an item: GTIN, UPC, EAN, NDC, HIBC or an office's own.

    It is kept as people write it, and compared as a number: with or without leading zeros, check
    character and hyphens it is the same. Of a code that also says a lot or a date the item's number
    alone is kept.
    """

    name = "item_code"
    is_item_code = True
    noun = "code"

    def reader(
        self,
        facts: Facts,
        ways: Conventions,
        *,
        order: str = "",
    ) -> Callable[[Any], Any]:
        """Return a function that reads codes."""
        return _read


def _read(value: object) -> str | None:
    text = as_text(value).strip()
    digits = text.replace(" ", "")
    is_number = digits.isascii() and digits.isdigit() and len(digits) in _GTIN_LENGTHS
    if is_number or text.startswith(_BEGINNINGS):
        return _item_of(text, is_sure=True)
    return _item_of(text) if len(text) > _LONGEST_NUMBER else line(text)


def _item_of(text: str, *, is_sure: bool = False) -> str | None:
    """Return the item's number of a code that says more; any other code as it is.

    `is_sure` says that it is a code of a standard: a wrong one of those, which no scanner ever
    reads, raises ValueError.
    """
    from datetime import UTC, datetime

    from officeops.model.errors import Refused
    from officeops.values.scanned.item_numbers import hibc_number
    from officeops.values.scanned.readings import scan_readings

    try:
        found = scan_readings(text, datetime.now(UTC).date())
    except Refused as error:
        # People leave the check character of a HIBC code away.
        if is_sure and not hibc_number(text):
            reason = error.problems[0].reason()
            raise ValueError(reason.within(reason.rstrip("."))) from None
        return line(text)
    items = {reading.item for reading in found}
    says_more = text[0] == "]" or any(reading.says_more for reading in found)
    return items.pop() if says_more and len(items) == 1 else line(text)
