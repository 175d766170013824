"""Known items: the items that the office has under the SKUs of a file, found all at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from officeops_inventory.model import Item

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

# `Office.alike` finds SKUs one by one, with a bound value for each; a file has thousands.
_KNOWN: Final = """
SELECT s.folded, s.id FROM inventory_item_same s
JOIN inventory_item i ON i.id = s.id AND i.archived_at IS NULL
WHERE s.identity = ? AND s.folded IN (SELECT value FROM json_each(?))
"""


def known_items(office: Office, skus: Iterable[str]) -> dict[str, int]:
    """Return the ids of the live items among folded SKUs, by SKU."""
    wanted = list(skus)
    if not wanted:
        return {}
    identities = Item.meta.identities
    identity = next(identity for identity in identities if identity.columns == ("sku",))
    return dict(office.rows(_KNOWN, identity.name, json.dumps(wanted)))
