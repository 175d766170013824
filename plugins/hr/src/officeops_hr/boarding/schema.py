"""The migrations of the tables of first and last days, oldest first."""

from __future__ import annotations

from officeops import Migration

MIGRATIONS: list[Migration] = []
MIGRATIONS.append(
    Migration(
        "boarding_0001_start",
        """
CREATE TABLE hr_boarding_step (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    title TEXT NOT NULL,
    sort TEXT NOT NULL DEFAULT 'start',
    role_id INTEGER REFERENCES hr_job_role(id),
    role_kind TEXT,
    offset_days INTEGER NOT NULL DEFAULT 0,
    unit TEXT NOT NULL DEFAULT 'days',
    owner TEXT NOT NULL DEFAULT 'manager',
    severity TEXT NOT NULL DEFAULT 'routine',
    blocks_start INTEGER NOT NULL DEFAULT 0,
    note TEXT,
    source TEXT,
    from_employees INTEGER,
    confirmed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE hr_boarding (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    sort TEXT NOT NULL,
    day TEXT NOT NULL
) STRICT;
CREATE INDEX hr_boarding_person_id ON hr_boarding(person_id);
CREATE TABLE hr_final_pay_rule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    state TEXT NOT NULL,
    cause TEXT NOT NULL,
    kind TEXT NOT NULL,
    number INTEGER,
    or_payday TEXT,
    source TEXT,
    confirmed INTEGER NOT NULL DEFAULT 0
) STRICT;
""",
    ),
)
