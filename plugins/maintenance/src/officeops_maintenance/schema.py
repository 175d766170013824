"""The migrations of maintenance's tables, oldest first."""

from __future__ import annotations

from officeops import Migration

MIGRATIONS: list[Migration] = []

MIGRATIONS.append(
    Migration(
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
    ),
)

MIGRATIONS.append(
    Migration(
        "0002_call_back",
        """
ALTER TABLE maintenance_ticket ADD COLUMN call_back_within INTEGER;
ALTER TABLE maintenance_ticket ADD COLUMN escalated_at TEXT;
""",
    ),
)

MIGRATIONS.append(
    Migration(
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
    ),
)

MIGRATIONS.append(
    Migration(
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
    ),
)

MIGRATIONS.append(
    Migration("0005_asset_tag", "ALTER TABLE maintenance_equipment ADD COLUMN tag TEXT;")
)

MIGRATIONS.append(
    Migration(
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
    ),
)

MIGRATIONS.append(
    Migration(
        "0007_recalls",
        """
CREATE TABLE maintenance_recall (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    number TEXT NOT NULL,
    classification TEXT,
    firm TEXT,
    product TEXT NOT NULL,
    codes TEXT,
    reason TEXT,
    started_on TEXT,
    reported_on TEXT
) STRICT;
CREATE TABLE maintenance_recall_candidate (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    recall_id INTEGER NOT NULL REFERENCES maintenance_recall(id),
    equipment_id INTEGER NOT NULL REFERENCES maintenance_equipment(id),
    matched TEXT NOT NULL,
    decision TEXT NOT NULL DEFAULT 'open',
    because TEXT,
    decided_by TEXT,
    decided_at TEXT
) STRICT;
CREATE INDEX maintenance_recall_candidate_recall_id ON maintenance_recall_candidate(recall_id);
CREATE INDEX maintenance_recall_candidate_equipment_id ON maintenance_recall_candidate(equipment_id);
""",
    ),
)

MIGRATIONS.append(
    Migration(
        "0008_borrowed",
        """
ALTER TABLE maintenance_equipment ADD COLUMN borrowed_from_id INTEGER;
ALTER TABLE maintenance_equipment ADD COLUMN return_by TEXT;
CREATE INDEX maintenance_equipment_borrowed_from_id ON maintenance_equipment(borrowed_from_id) WHERE borrowed_from_id IS NOT NULL;
""",
    ),
)
