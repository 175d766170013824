"""The tables of sterilizers: their loads, spore tests and failures."""

from __future__ import annotations

from typing import Final

from officeops import Migration

MIGRATION: Final = Migration(
    "0013_sterilizers",
    """
ALTER TABLE maintenance_equipment ADD COLUMN spore_procedure TEXT;
CREATE TABLE maintenance_sterilizer_load (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    equipment_id INTEGER NOT NULL REFERENCES maintenance_equipment(id),
    number TEXT,
    run_at TEXT NOT NULL,
    contents TEXT NOT NULL,
    program TEXT,
    pack_lots TEXT,
    implant INTEGER NOT NULL DEFAULT 0,
    mechanical TEXT,
    chemical TEXT,
    run_by TEXT NOT NULL,
    note TEXT,
    state TEXT NOT NULL DEFAULT 'run',
    before_result TEXT,
    released_by TEXT,
    released_at TEXT,
    reason TEXT,
    recall TEXT,
    recall_by TEXT,
    recall_on TEXT,
    recall_reason TEXT
) STRICT;
CREATE INDEX maintenance_sterilizer_load_equipment_id_run_at ON maintenance_sterilizer_load(equipment_id, run_at);
CREATE TABLE maintenance_spore_test (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    equipment_id INTEGER NOT NULL REFERENCES maintenance_equipment(id),
    run_at TEXT NOT NULL,
    load_id INTEGER REFERENCES maintenance_sterilizer_load(id),
    empty_chamber INTEGER NOT NULL DEFAULT 0,
    indicator_lot TEXT,
    indicator_expires_on TEXT,
    reader TEXT NOT NULL DEFAULT 'office',
    lab_id INTEGER,
    incubated_at TEXT,
    run_by TEXT NOT NULL,
    note TEXT,
    state TEXT NOT NULL DEFAULT 'sent',
    test_vial TEXT,
    control_vial TEXT,
    mechanical TEXT,
    chemical TEXT,
    read_at TEXT,
    result_by TEXT,
    reason TEXT
) STRICT;
CREATE INDEX maintenance_spore_test_load_id ON maintenance_spore_test(load_id) WHERE load_id IS NOT NULL;
CREATE INDEX maintenance_spore_test_lab_id ON maintenance_spore_test(lab_id) WHERE lab_id IS NOT NULL;
CREATE INDEX maintenance_spore_test_equipment_id_run_at ON maintenance_spore_test(equipment_id, run_at);
CREATE TABLE maintenance_sterilizer_failure (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    equipment_id INTEGER NOT NULL REFERENCES maintenance_equipment(id),
    test_id INTEGER NOT NULL REFERENCES maintenance_spore_test(id),
    failed_at TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    procedure TEXT NOT NULL,
    repeats INTEGER NOT NULL,
    after_repair INTEGER NOT NULL,
    empty_chamber INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'locked',
    findings TEXT,
    reviewed_by TEXT,
    reviewed_at TEXT,
    cause TEXT,
    repaired_by TEXT,
    repaired_at TEXT,
    closed_by TEXT,
    closed_at TEXT
) STRICT;
CREATE INDEX maintenance_sterilizer_failure_equipment_id ON maintenance_sterilizer_failure(equipment_id);
CREATE INDEX maintenance_sterilizer_failure_test_id ON maintenance_sterilizer_failure(test_id);
""",
)
