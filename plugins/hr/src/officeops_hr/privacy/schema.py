"""The migrations of the tables of privacy, oldest first."""

from __future__ import annotations

from officeops import Migration

MIGRATIONS: list[Migration] = []
MIGRATIONS.append(
    Migration(
        "privacy_0001_start",
        """
CREATE TABLE hr_breach (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    what TEXT NOT NULL,
    discovered_on TEXT NOT NULL,
    happened_on TEXT,
    persons INTEGER,
    state TEXT NOT NULL DEFAULT 'open',
    medium TEXT,
    nature TEXT,
    recipient TEXT,
    acquired TEXT,
    mitigated TEXT,
    associate TEXT,
    reason TEXT,
    assessed_on TEXT,
    assessed_by TEXT,
    closed_on TEXT
) STRICT;
CREATE TABLE hr_risk_analysis (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    done_on TEXT NOT NULL,
    done_by TEXT NOT NULL,
    covers TEXT,
    method TEXT,
    result TEXT
) STRICT;
CREATE TABLE hr_privacy_risk (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    risk TEXT NOT NULL,
    likelihood TEXT NOT NULL DEFAULT 'medium',
    impact TEXT NOT NULL DEFAULT 'medium',
    measure TEXT,
    owner TEXT NOT NULL DEFAULT 'manager',
    due_on TEXT,
    analysis_id INTEGER REFERENCES hr_risk_analysis(id),
    state TEXT NOT NULL DEFAULT 'open',
    remark TEXT,
    ended_on TEXT
) STRICT;
CREATE TABLE hr_access_review (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    reviewed_on TEXT NOT NULL,
    confirmed_by TEXT NOT NULL,
    entries INTEGER NOT NULL,
    differences TEXT,
    remark TEXT,
    access TEXT NOT NULL
) STRICT;
""",
    ),
)
