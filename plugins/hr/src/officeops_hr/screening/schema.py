"""The migrations of the screening's tables, oldest first."""

from __future__ import annotations

from officeops import Migration

MIGRATIONS: list[Migration] = []
MIGRATIONS.append(
    Migration(
        "screening_0001_start",
        """
CREATE TABLE hr_screening_run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    list_key TEXT NOT NULL,
    file TEXT NOT NULL,
    digest TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    as_of TEXT NOT NULL,
    run_at TEXT NOT NULL,
    subjects INTEGER NOT NULL,
    hits INTEGER NOT NULL
) STRICT;
CREATE TABLE hr_screening_result (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    run_id INTEGER NOT NULL REFERENCES hr_screening_run(id),
    about_key TEXT NOT NULL,
    about_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    names TEXT NOT NULL,
    best TEXT NOT NULL,
    others INTEGER NOT NULL DEFAULT 0,
    knows_birth INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX hr_screening_result_run_id ON hr_screening_result(run_id);
CREATE INDEX hr_screening_result_about ON hr_screening_result(about_key, about_id);
CREATE TABLE hr_screening_hit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    about_key TEXT NOT NULL,
    about_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    tier TEXT NOT NULL,
    decision TEXT NOT NULL DEFAULT 'open',
    score INTEGER NOT NULL,
    list_key TEXT NOT NULL,
    listed_name TEXT NOT NULL,
    excluded_on TEXT,
    exclusion_type TEXT,
    place TEXT,
    entry_digest TEXT NOT NULL,
    run_id INTEGER NOT NULL REFERENCES hr_screening_run(id),
    because TEXT,
    decided_by TEXT,
    decided_at TEXT
) STRICT;
CREATE INDEX hr_screening_hit_run_id ON hr_screening_hit(run_id);
CREATE INDEX hr_screening_hit_about ON hr_screening_hit(about_key, about_id);
""",
    ),
)
