"""The directory of vendors that other plugins read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.services import VendorFacts

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
