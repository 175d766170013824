"""Vendors in use: not archived while an order is open, and no order to an archived one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Problem, Reason
from officeops.values import wording
from officeops_inventory.model import Order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office, Record

#: The most open orders that a message names.
_NAMED: Final = 3
_OPEN: Final = """
SELECT id, status FROM inventory_order
WHERE vendor_id = ? AND archived_at IS NULL
    AND status IN ('draft', 'approved', 'sent', 'partly_received')
ORDER BY id
"""


def kept_vendor(office: Office, record: Record) -> Iterable[Problem]:
    """Yield the reason not to archive a vendor: open orders, whose goods are still to come."""
    if record.meta.key != Order.meta.by_name["vendor_id"].target:
        return
    rows = office.rows(_OPEN, record.id)
    if not rows:
        return
    names = [f"PO-{order_id} {status.replace('_', ' ')}" for order_id, status in rows[:_NAMED]]
    if len(rows) > _NAMED:
        names.append(f"{len(rows) - _NAMED} more")
    orders = wording.count(len(rows), "order")
    verb = "is" if len(rows) == 1 else "are"
    yield Problem(
        f"{orders} to it {verb} open ({', '.join(names)}); close or cancel first", code="in-use"
    )


def vendor_archived(office: Office, order: Order) -> str | None:
    """Return why nothing is ordered from an archived vendor, with the cure; else None."""
    vendors = office.target(Order.meta.by_name["vendor_id"])
    if vendors is None:
        return None
    vendor = office.get(vendors, order.vendor_id)
    if vendor.archived_at is None:
        return None
    cure = "bring it back (vendor unarchive) or give the order to another vendor"
    return Reason(f"{office.name(vendor)} is archived; {cure}", code="archived")
