"""The migrations of the vendors plugin's tables, oldest first."""

from __future__ import annotations

from officeops import Migration, drop_field, rename_choice
from officeops_vendors.moved_contacts import CHILDREN, move

MIGRATIONS: list[Migration] = [
    Migration(
        "0001_start",
        """
CREATE TABLE vendors_vendor (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    code TEXT,
    name TEXT NOT NULL,
    account_number TEXT,
    order_method TEXT NOT NULL DEFAULT 'phone',
    phone TEXT,
    email TEXT,
    website TEXT,
    lead_days INTEGER,
    minimum_order INTEGER,
    free_freight INTEGER,
    status TEXT NOT NULL DEFAULT 'active',
    hold_reason TEXT,
    note TEXT
) STRICT;
CREATE UNIQUE INDEX vendors_vendor_code ON vendors_vendor(code) WHERE archived_at IS NULL AND code IS NOT NULL;
CREATE TABLE vendors_document (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    vendor_id INTEGER NOT NULL REFERENCES vendors_vendor(id),
    kind TEXT NOT NULL,
    number TEXT,
    issued_on TEXT,
    expires_on TEXT,
    note TEXT,
    replaces_id INTEGER REFERENCES vendors_document(id)
) STRICT;
CREATE INDEX vendors_document_vendor_id ON vendors_document(vendor_id);
CREATE INDEX vendors_document_replaces_id ON vendors_document(replaces_id) WHERE replaces_id IS NOT NULL;
""",
    ),
]

MIGRATIONS.append(
    Migration("0002_vendor_address", "ALTER TABLE vendors_vendor ADD COLUMN address TEXT;")
)
# A code is compared by its folded form since this step, which triggers write to a table beside it.
MIGRATIONS.append(Migration("0003_same", "DROP INDEX vendors_vendor_code"))
MIGRATIONS.append(
    Migration("0004_license", rename_choice("vendors.document", "kind", "licence", "license"))
)
# What a vCard says beyond the fields of a vendor.
MIGRATIONS.append(Migration("0005_card", "ALTER TABLE vendors_vendor ADD COLUMN card TEXT;"))

# A document is an `officeops.ExpiringDocument` since this step.
MIGRATIONS.append(
    Migration(
        "0006_expiring_document",
        """
ALTER TABLE vendors_document ADD COLUMN issuer TEXT;
ALTER TABLE vendors_document ADD COLUMN notice_on TEXT;
ALTER TABLE vendors_document ADD COLUMN verified_on TEXT;
ALTER TABLE vendors_document ADD COLUMN verified_by TEXT;
ALTER TABLE vendors_document ADD COLUMN verified_source TEXT;
ALTER TABLE vendors_document ADD COLUMN renewal_filed_on TEXT;
ALTER TABLE vendors_document ADD COLUMN not_required_because TEXT;
ALTER TABLE vendors_document ADD COLUMN held_because TEXT;
CREATE INDEX vendors_document_expires_on ON vendors_document(expires_on);
""",
    )
)
# Until then a vendor had one phone, one address and one account number, as fields of its own.
MIGRATIONS += [
    Migration("0007_children", CHILDREN),
    Migration("0008_moved", move),
    Migration("0009_phone", drop_field("vendors.vendor", "phone")),
    Migration("0010_address", drop_field("vendors.vendor", "address")),
    Migration("0011_account_number", drop_field("vendors.vendor", "account_number")),
]
