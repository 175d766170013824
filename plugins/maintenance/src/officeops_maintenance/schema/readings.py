"""The tables of temperature logs, excursions and loggers."""

from __future__ import annotations

from typing import Final

from officeops import Migration

MIGRATION: Final = Migration(
    "0004_monitored_unit",
    """
CREATE TABLE maintenance_monitored_unit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    sort TEXT NOT NULL DEFAULT 'refrigerator',
    equipment_id INTEGER REFERENCES maintenance_equipment(id),
    location_id INTEGER REFERENCES core_location(id),
    low INTEGER,
    high INTEGER,
    shows_range INTEGER NOT NULL DEFAULT 1,
    twice INTEGER NOT NULL DEFAULT 0,
    first_on TEXT NOT NULL,
    call TEXT,
    logger_serial TEXT,
    owner TEXT NOT NULL DEFAULT 'staff',
    limits_confirmed_by TEXT
) STRICT;
CREATE INDEX maintenance_monitored_unit_equipment_id ON maintenance_monitored_unit(equipment_id) WHERE equipment_id IS NOT NULL;
CREATE INDEX maintenance_monitored_unit_location_id ON maintenance_monitored_unit(location_id) WHERE location_id IS NOT NULL;
CREATE TABLE maintenance_temperature_reading (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    unit_id INTEGER NOT NULL REFERENCES maintenance_monitored_unit(id),
    day TEXT NOT NULL,
    slot TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    current INTEGER NOT NULL,
    lowest INTEGER,
    highest INTEGER,
    verdict TEXT NOT NULL DEFAULT 'ok',
    read_by TEXT NOT NULL,
    note TEXT,
    excursion_id INTEGER REFERENCES maintenance_excursion(id)
) STRICT;
CREATE INDEX maintenance_temperature_reading_excursion_id ON maintenance_temperature_reading(excursion_id) WHERE excursion_id IS NOT NULL;
CREATE INDEX maintenance_temperature_reading_unit_id_day ON maintenance_temperature_reading(unit_id, day);
CREATE TABLE maintenance_excursion (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    unit_id INTEGER NOT NULL REFERENCES maintenance_monitored_unit(id),
    started_at TEXT NOT NULL,
    ended_at TEXT,
    verdict TEXT NOT NULL,
    lowest INTEGER,
    highest INTEGER,
    low INTEGER,
    high INTEGER,
    location_id INTEGER REFERENCES core_location(id),
    opened_by TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open',
    are_lots_held INTEGER NOT NULL DEFAULT 0,
    case_number TEXT,
    called TEXT,
    advice TEXT,
    called_by TEXT,
    called_at TEXT,
    cause TEXT,
    action_taken TEXT,
    closed_by TEXT,
    closed_at TEXT
) STRICT;
CREATE INDEX maintenance_excursion_unit_id ON maintenance_excursion(unit_id);
CREATE INDEX maintenance_excursion_location_id ON maintenance_excursion(location_id) WHERE location_id IS NOT NULL;
CREATE TABLE maintenance_held_lot (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    excursion_id INTEGER NOT NULL REFERENCES maintenance_excursion(id),
    name TEXT NOT NULL,
    holds TEXT,
    decision TEXT NOT NULL DEFAULT 'held',
    reason TEXT,
    decided_by TEXT,
    decided_at TEXT
) STRICT;
CREATE INDEX maintenance_held_lot_excursion_id ON maintenance_held_lot(excursion_id);
CREATE TABLE maintenance_gap_reason (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    unit_id INTEGER NOT NULL REFERENCES maintenance_monitored_unit(id),
    first_on TEXT NOT NULL,
    first_slot TEXT NOT NULL,
    last_on TEXT NOT NULL,
    last_slot TEXT NOT NULL,
    missed INTEGER NOT NULL,
    reason TEXT NOT NULL,
    explained_by TEXT NOT NULL
) STRICT;
CREATE INDEX maintenance_gap_reason_unit_id ON maintenance_gap_reason(unit_id);
CREATE TABLE maintenance_logger_reading (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    unit_id INTEGER NOT NULL REFERENCES maintenance_monitored_unit(id),
    taken_at TEXT NOT NULL,
    day TEXT NOT NULL,
    temperature INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX maintenance_logger_reading_unit_id_taken_at_temperature ON maintenance_logger_reading(unit_id, taken_at, temperature) WHERE archived_at IS NULL;
CREATE TABLE maintenance_logger_report (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    unit_id INTEGER NOT NULL REFERENCES maintenance_monitored_unit(id),
    name TEXT NOT NULL,
    first_at TEXT NOT NULL,
    last_at TEXT NOT NULL,
    readings INTEGER NOT NULL,
    out_of_range INTEGER NOT NULL,
    lowest INTEGER NOT NULL,
    highest INTEGER NOT NULL,
    device TEXT,
    excursion_id INTEGER REFERENCES maintenance_excursion(id)
) STRICT;
CREATE INDEX maintenance_logger_report_unit_id ON maintenance_logger_report(unit_id);
CREATE INDEX maintenance_logger_report_excursion_id ON maintenance_logger_report(excursion_id) WHERE excursion_id IS NOT NULL;
""",
)
