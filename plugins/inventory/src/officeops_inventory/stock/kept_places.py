"""Locations in use: the reasons not to archive one.

Stock at an archived location would count as usable, and nobody could take it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Location, Problem
from officeops.values.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office, Record

_STOCKED: Final = (
    "SELECT count(DISTINCT item_id) FROM inventory_stock WHERE location_id = ? AND quantity <> 0"
)
_LEVELS: Final = """
SELECT count(*) FROM inventory_level v
JOIN inventory_item i ON i.id = v.item_id AND i.archived_at IS NULL
WHERE v.location_id = ? AND v.archived_at IS NULL
"""


def kept_place(office: Office, record: Record) -> Iterable[Problem]:
    """Yield the reasons not to archive a location: stock there, or stock levels of items."""
    # The hook is called for every record that someone archives.
    if record.meta.key != Location.meta.key:
        return
    items = int(office.value(_STOCKED, record.id))
    if items:
        stock = f"there is stock of {count(items, 'item')}"
        yield Problem(f"{stock}; carry it elsewhere or count it away first", code="in-use")
    levels = int(office.value(_LEVELS, record.id))
    if levels:
        verb = "is" if levels == 1 else "are"
        yield Problem(
            f"{count(levels, 'stock level')} {verb} kept there; archive them first", code="in-use"
        )
