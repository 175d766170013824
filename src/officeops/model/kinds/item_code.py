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
    if len(text) > _LONGEST_NUMBER or text[:1] in ("]", "("):
        return _item_of(text)
    return line(text)


def _item_of(text: str) -> str | None:
    """Return the item's number of a code that says more; any other code as it is."""
    from datetime import UTC, datetime

    from officeops.model.errors import Refused
    from officeops.values.scanned.readings import scan_readings

    try:
        found = scan_readings(text, datetime.now(UTC).date())
    except Refused as error:
        if text[:1] in ("]", "("):
            raise ValueError(error.problems[0].reason()) from None
        return line(text)
    items = {reading.item for reading in found}
    says_more = text[0] == "]" or any(reading.says_more for reading in found)
    return items.pop() if says_more and len(items) == 1 else line(text)
