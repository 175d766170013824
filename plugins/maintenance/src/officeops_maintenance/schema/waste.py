"""The tables of waste pickups and what they took."""

from __future__ import annotations

from typing import Final

from officeops import Migration

MIGRATION: Final = Migration(
    "0014_waste",
    """
CREATE TABLE maintenance_waste_pickup (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    manifest TEXT NOT NULL,
    picked_on TEXT NOT NULL,
    vendor_id INTEGER,
    signer TEXT NOT NULL,
    trained_on TEXT,
    signed_copy_id INTEGER REFERENCES core_attachment(id),
    returned_on TEXT,
    visit_id INTEGER REFERENCES maintenance_visit(id),
    note TEXT
) STRICT;
CREATE INDEX maintenance_waste_pickup_vendor_id ON maintenance_waste_pickup(vendor_id) WHERE vendor_id IS NOT NULL;
CREATE INDEX maintenance_waste_pickup_signed_copy_id ON maintenance_waste_pickup(signed_copy_id) WHERE signed_copy_id IS NOT NULL;
CREATE INDEX maintenance_waste_pickup_visit_id ON maintenance_waste_pickup(visit_id) WHERE visit_id IS NOT NULL;
CREATE TABLE maintenance_waste_container (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    pickup_id INTEGER NOT NULL REFERENCES maintenance_waste_pickup(id),
    kind TEXT NOT NULL DEFAULT 'regulated medical',
    containers INTEGER NOT NULL,
    weight INTEGER,
    unit TEXT NOT NULL DEFAULT 'lb'
) STRICT;
CREATE INDEX maintenance_waste_container_pickup_id ON maintenance_waste_container(pickup_id);
""",
)
