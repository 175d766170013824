"""The directory of vendors that other plugins read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.services import VendorFacts, VendorStatus
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from officeops import Office


# An archived vendor is one that the office buys nothing from.
_VENDORS = """
SELECT id, name, CASE WHEN archived_at IS NULL THEN status ELSE 'inactive' END, hold_reason,
    lead_days, minimum_order, free_freight, order_method, account_number, phone, email, address
FROM vendors_vendor
"""


class Directory:
    """The provider of `officeops.services.VendorDirectory`."""

    def vendors(self, office: Office) -> dict[int, VendorFacts]:
        """Return every vendor by id, archived ones as inactive."""
        vendors = {}
        for vendor_id, *facts in office.rows(_VENDORS):
            vendors[vendor_id] = VendorFacts(vendor_id, *facts)
        return vendors

    def vendor(self, office: Office, vendor_id: int) -> VendorFacts | None:
        """Return one vendor, None if there is none with that id."""
        for number, *facts in office.rows(f"{_VENDORS} WHERE id = ?", vendor_id):
            return VendorFacts(number, *facts)
        return None

    def find(self, office: Office, text: str) -> VendorFacts:
        """Find a vendor as people name it."""
        vendor = self.vendor(office, office.find(Vendor, text).id)
        assert vendor is not None  # noqa: S101 - it was found a moment ago, in this transaction
        return vendor

    def status(self, office: Office, vendor_id: int) -> VendorStatus:
        """Return whether work may be given to a vendor."""
        vendor = self.vendor(office, vendor_id)
        # Gone for good: a purge leaves references behind.
        if vendor is None:
            return VendorStatus(is_good=False, why=f"there is no vendor #{vendor_id}")
        if vendor.status == "active":
            return VendorStatus(is_good=True)
        why = f"{vendor.name} is {vendor.status.replace('_', ' ')}"
        return VendorStatus(
            is_good=False, why=f"{why}: {vendor.hold_reason}" if vendor.hold_reason else why
        )
