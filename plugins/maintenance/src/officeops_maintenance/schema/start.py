"""The first tables: equipment, its categories, downtime and tickets."""

from __future__ import annotations

from typing import Final

from officeops import Migration

MIGRATION: Final = Migration(
    "0001_start",
    """
CREATE TABLE maintenance_equipment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    category_id INTEGER REFERENCES maintenance_equipment_category(id),
    make TEXT,
    model TEXT,
    serial TEXT,
    lot TEXT,
    udi TEXT,
    location_id INTEGER REFERENCES core_location(id),
    vendor_id INTEGER,
    criticality TEXT NOT NULL DEFAULT 'medium',
    parent_id INTEGER REFERENCES maintenance_equipment(id),
    acquired_on TEXT,
    cost INTEGER,
    warranty_until TEXT,
    note TEXT,
    status TEXT NOT NULL DEFAULT 'in_service',
    reason TEXT,
    out_since TEXT,
    out_by TEXT,
    lent_to TEXT,
    due_back_on TEXT,
    retired_on TEXT
) STRICT;
CREATE INDEX maintenance_equipment_category_id ON maintenance_equipment(category_id) WHERE category_id IS NOT NULL;
CREATE INDEX maintenance_equipment_location_id ON maintenance_equipment(location_id) WHERE location_id IS NOT NULL;
CREATE INDEX maintenance_equipment_vendor_id ON maintenance_equipment(vendor_id) WHERE vendor_id IS NOT NULL;
CREATE INDEX maintenance_equipment_parent_id ON maintenance_equipment(parent_id) WHERE parent_id IS NOT NULL;
CREATE TABLE maintenance_equipment_category (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    sort TEXT NOT NULL DEFAULT 'clinical',
    release_checklist_id INTEGER REFERENCES core_checklist(id),
    release_second_sign INTEGER NOT NULL DEFAULT 0,
    note TEXT
) STRICT;
CREATE INDEX maintenance_equipment_category_release_checklist_id ON maintenance_equipment_category(release_checklist_id) WHERE release_checklist_id IS NOT NULL;
CREATE TABLE maintenance_downtime (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    equipment_id INTEGER NOT NULL REFERENCES maintenance_equipment(id),
    started_at TEXT NOT NULL,
    ended_at TEXT,
    reason TEXT NOT NULL,
    planned INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX maintenance_downtime_equipment_id_started_at ON maintenance_downtime(equipment_id, started_at);
CREATE TABLE maintenance_ticket (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    title TEXT NOT NULL,
    equipment_id INTEGER REFERENCES maintenance_equipment(id),
    location_id INTEGER REFERENCES core_location(id),
    details TEXT,
    kind TEXT NOT NULL DEFAULT 'repair',
    priority TEXT NOT NULL DEFAULT 'normal',
    unsafe INTEGER NOT NULL DEFAULT 0,
    reported_at TEXT NOT NULL,
    reported_by TEXT NOT NULL,
    assignee TEXT,
    vendor_id INTEGER,
    state TEXT NOT NULL DEFAULT 'new',
    waiting_for TEXT,
    cause TEXT,
    resolution TEXT,
    cost INTEGER,
    labor INTEGER,
    duplicate_of_id INTEGER REFERENCES maintenance_ticket(id),
    reopened_because TEXT,
    resolved_by TEXT,
    resolved_at TEXT,
    verified_by TEXT,
    closed_by TEXT,
    closed_at TEXT
) STRICT;
CREATE INDEX maintenance_ticket_location_id ON maintenance_ticket(location_id) WHERE location_id IS NOT NULL;
CREATE INDEX maintenance_ticket_vendor_id ON maintenance_ticket(vendor_id) WHERE vendor_id IS NOT NULL;
CREATE INDEX maintenance_ticket_duplicate_of_id ON maintenance_ticket(duplicate_of_id) WHERE duplicate_of_id IS NOT NULL;
CREATE INDEX maintenance_ticket_equipment_id_state ON maintenance_ticket(equipment_id, state);
""",
)
