"""The tables of plans, counters and visits."""

from __future__ import annotations

from typing import Final

from officeops import Migration

MIGRATION: Final = Migration(
    "0003_plans",
    """
CREATE TABLE maintenance_plan (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    title TEXT NOT NULL,
    equipment_id INTEGER REFERENCES maintenance_equipment(id),
    category_id INTEGER REFERENCES maintenance_equipment_category(id),
    location_id INTEGER REFERENCES core_location(id),
    sort TEXT NOT NULL DEFAULT 'service',
    vendor_id INTEGER,
    first_on TEXT NOT NULL,
    mode TEXT NOT NULL DEFAULT 'fixed',
    every INTEGER NOT NULL DEFAULT 1,
    unit TEXT NOT NULL DEFAULT 'month',
    weekdays TEXT,
    nth INTEGER NOT NULL DEFAULT 1,
    closed_days TEXT NOT NULL DEFAULT 'keep',
    days_early INTEGER,
    days_late INTEGER,
    slots TEXT,
    until TEXT,
    counter TEXT,
    use_every INTEGER,
    while_out TEXT NOT NULL DEFAULT 'pause',
    leads TEXT,
    basis TEXT NOT NULL DEFAULT 'house',
    basis_note TEXT,
    source TEXT,
    checked_on TEXT,
    owner TEXT NOT NULL DEFAULT 'manager',
    severity TEXT NOT NULL DEFAULT 'routine',
    checklist_id INTEGER REFERENCES core_checklist(id),
    second_sign INTEGER NOT NULL DEFAULT 0,
    paused_until TEXT,
    pause_reason TEXT,
    note TEXT,
    template TEXT,
    confirmed_on TEXT,
    confirmed_by TEXT
) STRICT;
CREATE INDEX maintenance_plan_equipment_id ON maintenance_plan(equipment_id) WHERE equipment_id IS NOT NULL;
CREATE INDEX maintenance_plan_category_id ON maintenance_plan(category_id) WHERE category_id IS NOT NULL;
CREATE INDEX maintenance_plan_location_id ON maintenance_plan(location_id) WHERE location_id IS NOT NULL;
CREATE INDEX maintenance_plan_vendor_id ON maintenance_plan(vendor_id) WHERE vendor_id IS NOT NULL;
CREATE INDEX maintenance_plan_checklist_id ON maintenance_plan(checklist_id) WHERE checklist_id IS NOT NULL;
CREATE TABLE maintenance_meter_reading (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    equipment_id INTEGER NOT NULL REFERENCES maintenance_equipment(id),
    counter TEXT NOT NULL DEFAULT 'hours',
    value INTEGER NOT NULL,
    read_at TEXT NOT NULL,
    is_new INTEGER NOT NULL DEFAULT 0,
    note TEXT
) STRICT;
CREATE INDEX maintenance_meter_reading_equipment_id_counter_read_at ON maintenance_meter_reading(equipment_id, counter, read_at);
CREATE TABLE maintenance_visit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    purpose TEXT NOT NULL,
    vendor_id INTEGER,
    expected_on TEXT NOT NULL,
    equipment_id INTEGER REFERENCES maintenance_equipment(id),
    location_id INTEGER REFERENCES core_location(id),
    task_id INTEGER REFERENCES core_task(id),
    state TEXT NOT NULL DEFAULT 'expected',
    came_at TEXT,
    done TEXT,
    used TEXT,
    reason TEXT,
    noted_by TEXT,
    note TEXT
) STRICT;
CREATE INDEX maintenance_visit_vendor_id ON maintenance_visit(vendor_id) WHERE vendor_id IS NOT NULL;
CREATE INDEX maintenance_visit_equipment_id ON maintenance_visit(equipment_id) WHERE equipment_id IS NOT NULL;
CREATE INDEX maintenance_visit_location_id ON maintenance_visit(location_id) WHERE location_id IS NOT NULL;
CREATE INDEX maintenance_visit_task_id ON maintenance_visit(task_id) WHERE task_id IS NOT NULL;
""",
)
