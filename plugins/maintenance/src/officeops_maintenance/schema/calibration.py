"""The tables of calibrations, their points and their reference standards."""

from __future__ import annotations

from typing import Final

from officeops import Migration

MIGRATION: Final = Migration(
    "0011_calibration",
    """
CREATE TABLE maintenance_calibration (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    equipment_id INTEGER NOT NULL REFERENCES maintenance_equipment(id),
    done_on TEXT NOT NULL,
    vendor_id INTEGER,
    technician TEXT,
    number TEXT,
    found TEXT,
    standard_id INTEGER REFERENCES maintenance_reference_standard(id),
    standard_why TEXT,
    standard_due_on TEXT,
    task_id INTEGER REFERENCES core_task(id),
    state TEXT NOT NULL DEFAULT 'open',
    reason TEXT,
    decided_by TEXT,
    decided_at TEXT,
    ticket_id INTEGER REFERENCES maintenance_ticket(id),
    review TEXT,
    reviewed_by TEXT,
    reviewed_at TEXT,
    note TEXT
) STRICT;
CREATE INDEX maintenance_calibration_vendor_id ON maintenance_calibration(vendor_id) WHERE vendor_id IS NOT NULL;
CREATE INDEX maintenance_calibration_standard_id ON maintenance_calibration(standard_id) WHERE standard_id IS NOT NULL;
CREATE INDEX maintenance_calibration_task_id ON maintenance_calibration(task_id) WHERE task_id IS NOT NULL;
CREATE INDEX maintenance_calibration_ticket_id ON maintenance_calibration(ticket_id) WHERE ticket_id IS NOT NULL;
CREATE INDEX maintenance_calibration_equipment_id_done_on ON maintenance_calibration(equipment_id, done_on);
CREATE TABLE maintenance_calibration_point (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    calibration_id INTEGER NOT NULL REFERENCES maintenance_calibration(id),
    point INTEGER NOT NULL,
    as_found INTEGER,
    as_left INTEGER,
    tolerance INTEGER NOT NULL,
    unit TEXT
) STRICT;
CREATE INDEX maintenance_calibration_point_calibration_id ON maintenance_calibration_point(calibration_id);
CREATE TABLE maintenance_reference_standard (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    equipment_id INTEGER REFERENCES maintenance_equipment(id),
    note TEXT,
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
    replaces_id INTEGER REFERENCES maintenance_reference_standard(id)
) STRICT;
CREATE INDEX maintenance_reference_standard_equipment_id ON maintenance_reference_standard(equipment_id) WHERE equipment_id IS NOT NULL;
CREATE INDEX maintenance_reference_standard_replaces_id ON maintenance_reference_standard(replaces_id) WHERE replaces_id IS NOT NULL;
CREATE INDEX maintenance_reference_standard_expires_on ON maintenance_reference_standard(expires_on);
ALTER TABLE maintenance_equipment_category ADD COLUMN needs_certificate INTEGER NOT NULL DEFAULT 0;
ALTER TABLE maintenance_plan ADD COLUMN needs_certificate INTEGER NOT NULL DEFAULT 0;
""",
)
