"""The directory of vendors that other plugins read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import folded
from officeops.services import VendorFacts, VendorStatus
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from officeops import Office


# An archived vendor is one that the office buys nothing from.
_VENDORS = """
SELECT t.id, t.name, CASE WHEN t.archived_at IS NULL THEN t.status ELSE 'inactive' END,
    t.hold_reason, t.lead_days, t.minimum_order, t.free_freight, t.order_method, {account},
    {phone}, t.email, {address}, {fax}, {contact}, {after_hours}
FROM vendors_vendor t
"""
# An archived vendor is still named on its orders, so its rows count, which went with it.
_FIRST = "(SELECT c.{column} FROM {table} c WHERE c.vendor_id = t.id AND {live}{more} LIMIT 1)"
_LIVE = "(c.archived_at IS NULL OR c.archived_at = t.archived_at)"
_ACCOUNTS = (
    "SELECT vendor_id, location_id, number FROM vendors_account "
    "WHERE archived_at IS NULL AND location_id IS NOT NULL ORDER BY id DESC"
)


#: The history has what a vendor was called before; the merged ones are still there, archived.
_FORMER_NAMES = """
SELECT v.id, was.name, v.name FROM (
    SELECT record_id AS id, json_extract(before, '$.name') AS name FROM core_change
    WHERE record = 'vendors_vendor' AND before IS NOT NULL
    UNION SELECT d.other, g.name FROM core_duplicate d JOIN vendors_vendor g ON g.id = d.about_id
    WHERE d.about_key = 'vendors.vendor' AND d.answer = 'merged' AND d.archived_at IS NULL
) was JOIN vendors_vendor v ON v.id = was.id WHERE was.name IS NOT NULL
"""


def _first(
    table: str,
    column: str,
    more: str,
) -> str:
    return _FIRST.format(column=column, table=table, live=_LIVE, more=more)


_SQL = _VENDORS.format(
    account=_first("vendors_account", "number", " ORDER BY c.location_id IS NOT NULL, c.id"),
    phone=_first("vendors_phone", "number", " ORDER BY c.kind IN ('fax', 'after_hours'), c.id"),
    address=_first(
        "vendors_address", "address", " ORDER BY c.kind IN ('billing', 'remit_to'), c.id"
    ),
    fax=_first("vendors_phone", "number", " AND c.kind = 'fax' ORDER BY c.id"),
    contact=_first("vendors_contact", "name", " AND c.call_for LIKE '%order%' ORDER BY c.id"),
    after_hours=_first("vendors_phone", "number", " AND c.kind = 'after_hours' ORDER BY c.id"),
)


class Directory:
    """The provider of `officeops.services.VendorDirectory`."""

    def vendors(self, office: Office) -> dict[int, VendorFacts]:
        """Return every vendor by id, archived ones as inactive."""
        vendors = {}
        accounts = _accounts(office)
        for vendor_id, *facts in office.rows(_SQL):
            vendors[vendor_id] = VendorFacts(*[vendor_id, *facts, accounts.get(vendor_id, ())])
        return vendors

    def former_names(self, office: Office) -> dict[int, list[str]]:
        """Return the names that vendors had, also those that were merged into them, by their id."""
        names: dict[int, list[str]] = {}
        # The names alone: the history is otherwise for people who may read it.
        with office.lifted():
            rows = office.rows(_FORMER_NAMES)
        for vendor_id, was, now in rows:
            known = names.setdefault(vendor_id, [])
            if folded(was) not in {folded(name) for name in (now, *known)}:
                known.append(was)
        return names

    def vendor(self, office: Office, vendor_id: int) -> VendorFacts | None:
        """Return one vendor, None if there is none with that id."""
        for number, *facts in office.rows(f"{_SQL} WHERE t.id = ?", vendor_id):
            return VendorFacts(*[number, *facts, _accounts(office).get(number, ())])
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


def _accounts(office: Office) -> dict[int, tuple[tuple[int, str], ...]]:
    """Map each vendor to its account numbers of single locations."""
    accounts: dict[int, tuple[tuple[int, str], ...]] = {}
    for vendor, location, number in office.rows(_ACCOUNTS):
        accounts[vendor] = (*accounts.get(vendor, ()), (location, number))
    return accounts
