"""The move of a vendor's one phone, address and account number to rows of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite_utils import Database

CHILDREN: Final = """
CREATE TABLE vendors_phone (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    vendor_id INTEGER NOT NULL REFERENCES vendors_vendor(id),
    kind TEXT NOT NULL DEFAULT 'work',
    number TEXT NOT NULL,
    note TEXT,
    digits TEXT
) STRICT;
CREATE INDEX vendors_phone_vendor_id ON vendors_phone(vendor_id);
CREATE TABLE vendors_contact (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    vendor_id INTEGER NOT NULL REFERENCES vendors_vendor(id),
    name TEXT NOT NULL,
    role TEXT,
    call_for TEXT,
    phone TEXT,
    mobile TEXT,
    email TEXT,
    note TEXT,
    digits TEXT
) STRICT;
CREATE INDEX vendors_contact_vendor_id ON vendors_contact(vendor_id);
CREATE TABLE vendors_address (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    vendor_id INTEGER NOT NULL REFERENCES vendors_vendor(id),
    kind TEXT NOT NULL DEFAULT 'main',
    address TEXT NOT NULL
) STRICT;
CREATE INDEX vendors_address_vendor_id ON vendors_address(vendor_id);
CREATE TABLE vendors_account (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    vendor_id INTEGER NOT NULL REFERENCES vendors_vendor(id),
    number TEXT NOT NULL,
    location_id INTEGER REFERENCES core_location(id),
    note TEXT
) STRICT;
CREATE INDEX vendors_account_vendor_id ON vendors_account(vendor_id);
CREATE INDEX vendors_account_location_id ON vendors_account(location_id) WHERE location_id IS NOT NULL;
"""
# The rows of an archived vendor are archived at its own moment, so that they come back with it.
_ADDRESSES: Final = """
INSERT INTO vendors_address (archived_at, vendor_id, address)
SELECT archived_at, id, address FROM vendors_vendor WHERE address <> '' ORDER BY id
"""
_ACCOUNTS: Final = """
INSERT INTO vendors_account (archived_at, vendor_id, number)
SELECT archived_at, id, account_number FROM vendors_vendor WHERE account_number <> '' ORDER BY id
"""
_NUMBERS: Final = "SELECT archived_at, id, phone FROM vendors_vendor WHERE phone <> '' ORDER BY id"
_PHONE: Final = (
    "INSERT INTO vendors_phone (archived_at, vendor_id, number, digits) VALUES (?, ?, ?, ?)"
)


def move(db: Database) -> None:
    """Write a row for each phone, address and account number that a vendor has.

    A text that cannot be read as one number stays as it was typed.
    """
    rows = db.execute(_NUMBERS).fetchall()
    if rows:
        from officeops.values import phone_digits, phone_text

        for archived_at, vendor, text in rows:
            db.execute(_PHONE, (archived_at, vendor, phone_text(text), phone_digits(text) or None))
    db.execute(_ADDRESSES)
    db.execute(_ACCOUNTS)
