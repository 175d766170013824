"""Places: why a location must not go out of sight. What is there would count as usable, and nobody could take it."""

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
SELECT count(*) FROM inventory_level v JOIN inventory_item i ON i.id = v.item_id AND i.archived_at IS NULL
WHERE v.location_id = ? AND v.archived_at IS NULL
"""


def kept_place(office: Office, record: Record) -> Iterable[Problem]:
    """Yield why a location must not be archived: it has stock, or items have levels there. Other records are let go."""
    if record.meta.key != Location.meta.key:
        return
    if items := int(office.value(_STOCKED, record.id)):
        yield Problem(
            f"there is stock of {count(items, 'item')}; carry it elsewhere or count it away first"
        )
    if levels := int(office.value(_LEVELS, record.id)):
        yield Problem(
            f"{count(levels, 'stock level')} {'is' if levels == 1 else 'are'} kept there; archive them first"
        )
