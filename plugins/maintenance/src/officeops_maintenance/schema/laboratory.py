"""The tables of lab tests, their kits, the lots of controls, and the controls that people ran."""

from __future__ import annotations

from typing import Final

from officeops import Migration

MIGRATION: Final = Migration(
    "0012_laboratory",
    """
CREATE TABLE maintenance_lab_test (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    kit TEXT,
    complexity TEXT,
    cpt TEXT,
    performers TEXT,
    item_id INTEGER,
    controls TEXT,
    new_lot INTEGER NOT NULL DEFAULT 0,
    new_shipment INTEGER NOT NULL DEFAULT 0,
    new_operator INTEGER NOT NULL DEFAULT 0,
    every_days INTEGER,
    open_days INTEGER,
    until_expiry INTEGER NOT NULL DEFAULT 0,
    insert_version TEXT,
    source TEXT,
    checked_on TEXT,
    confirmed_on TEXT,
    confirmed_by TEXT,
    note TEXT
) STRICT;
CREATE TABLE maintenance_lab_kit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    test_id INTEGER NOT NULL REFERENCES maintenance_lab_test(id),
    number TEXT NOT NULL,
    expires_on TEXT,
    received_on TEXT NOT NULL,
    insert_version TEXT,
    opened_on TEXT,
    finished_on TEXT,
    finished_why TEXT,
    holds TEXT,
    note TEXT
) STRICT;
CREATE INDEX maintenance_lab_kit_test_id_number ON maintenance_lab_kit(test_id, number);
CREATE TABLE maintenance_control_lot (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    test_id INTEGER NOT NULL REFERENCES maintenance_lab_test(id),
    level TEXT NOT NULL,
    number TEXT NOT NULL,
    expires_on TEXT NOT NULL,
    low INTEGER,
    high INTEGER,
    finished_on TEXT
) STRICT;
CREATE INDEX maintenance_control_lot_test_id ON maintenance_control_lot(test_id);
CREATE TABLE maintenance_lab_control (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    kit_id INTEGER NOT NULL REFERENCES maintenance_lab_kit(id),
    day TEXT NOT NULL,
    run_at TEXT NOT NULL,
    level TEXT NOT NULL,
    control_lot_id INTEGER NOT NULL REFERENCES maintenance_control_lot(id),
    result TEXT NOT NULL,
    expected TEXT NOT NULL,
    outcome TEXT NOT NULL,
    run_by TEXT NOT NULL,
    note TEXT,
    ticket_id INTEGER REFERENCES maintenance_ticket(id),
    void_because TEXT
) STRICT;
CREATE INDEX maintenance_lab_control_kit_id_level ON maintenance_lab_control(kit_id, level);
""",
)
