"""Vendors as orders need them: kept in sight while an order is open, and not archived when one is approved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Problem
from officeops.values import wording
from officeops_inventory.model import Order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office, Record

#: Of many open orders, how many are named.
_NAMED: Final = 3
_OPEN: Final = """
SELECT id, status FROM inventory_order
WHERE vendor_id = ? AND archived_at IS NULL AND status IN ('draft', 'approved', 'sent', 'partly_received') ORDER BY id
"""


def kept_vendor(office: Office, record: Record) -> Iterable[Problem]:
    """Keep a vendor in sight while an order to it is open: what is still to come would come from nobody."""
    if record.meta.key != Order.meta.by_name["vendor_id"].target:
        return
    if rows := office.rows(_OPEN, record.id):
        named = [f"PO-{number} {status.replace('_', ' ')}" for number, status in rows[:_NAMED]]
        named += [f"{len(rows) - _NAMED} more"] if len(rows) > _NAMED else []
        verb = "is" if len(rows) == 1 else "are"
        yield Problem(
            f"{wording.count(len(rows), 'order')} to it {verb} open ({', '.join(named)}); close or cancel first"
        )


def vendor_archived(office: Office, order: Order) -> str | None:
    """Return why nothing more is ordered from an order's vendor where that is archived, with what to do."""
    vendors = office.target(Order.meta.by_name["vendor_id"])
    if vendors is None:
        return None
    vendor = office.get(vendors, order.vendor_id)
    if vendor.archived_at is None:
        return None
    name = office.name(vendor)
    return (
        f"{name} is archived; bring it back (vendor unarchive) or give the order to another vendor"
    )
