"""The tables of service contracts."""

from __future__ import annotations

from typing import Final

from officeops import Migration

MIGRATION: Final = Migration(
    "0006_contracts",
    """
CREATE TABLE maintenance_contract (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    number TEXT,
    issuer TEXT,
    issued_on TEXT,
    expires_on TEXT,
    notice_on TEXT,
    verified_on TEXT,
    verified_by TEXT,
    verified_source TEXT,
    renewal_filed_on TEXT,
    not_required_because TEXT,
    held_because TEXT,
    replaces_id INTEGER REFERENCES maintenance_contract(id),
    name TEXT NOT NULL,
    sort TEXT NOT NULL DEFAULT 'service',
    vendor_id INTEGER,
    respond_within INTEGER,
    covers TEXT,
    cost INTEGER,
    note TEXT
) STRICT;
CREATE INDEX maintenance_contract_replaces_id ON maintenance_contract(replaces_id) WHERE replaces_id IS NOT NULL;
CREATE INDEX maintenance_contract_vendor_id ON maintenance_contract(vendor_id) WHERE vendor_id IS NOT NULL;
CREATE INDEX maintenance_contract_expires_on ON maintenance_contract(expires_on);
CREATE TABLE maintenance_covered_unit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    contract_id INTEGER NOT NULL REFERENCES maintenance_contract(id),
    equipment_id INTEGER NOT NULL REFERENCES maintenance_equipment(id),
    note TEXT
) STRICT;
CREATE INDEX maintenance_covered_unit_contract_id ON maintenance_covered_unit(contract_id);
CREATE INDEX maintenance_covered_unit_equipment_id ON maintenance_covered_unit(equipment_id);
""",
)
