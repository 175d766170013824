"""The migrations of the tables of time worked, oldest first."""

from __future__ import annotations

from officeops import Migration

MIGRATIONS: list[Migration] = []
MIGRATIONS.append(
    Migration(
        "worked_0001_start",
        """
CREATE TABLE hr_time_entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    day TEXT NOT NULL,
    how TEXT NOT NULL DEFAULT 'entered',
    starts_at INTEGER,
    ends_at INTEGER,
    unpaid INTEGER NOT NULL DEFAULT 0,
    note TEXT,
    late_reason TEXT,
    corrections INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX hr_time_entry_person_id_day ON hr_time_entry(person_id, day);
CREATE TABLE hr_timesheet (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    week TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open',
    user_id INTEGER REFERENCES core_user(id),
    approved_by TEXT,
    approved_at TEXT,
    locked_by TEXT,
    locked_at TEXT,
    why_returned TEXT,
    why_unlocked TEXT
) STRICT;
CREATE INDEX hr_timesheet_person_id ON hr_timesheet(person_id);
CREATE TABLE hr_paid_time (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    handed_over TEXT NOT NULL,
    week TEXT NOT NULL,
    rate TEXT NOT NULL,
    minutes INTEGER NOT NULL
) STRICT;
CREATE INDEX hr_paid_time_person_id_week ON hr_paid_time(person_id, week);
CREATE INDEX hr_paid_time_handed_over ON hr_paid_time(handed_over);
""",
    ),
)
