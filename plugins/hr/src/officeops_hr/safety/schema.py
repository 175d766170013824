"""The migrations of the tables of safety, oldest first."""

from __future__ import annotations

from officeops import Migration

MIGRATIONS: list[Migration] = []
MIGRATIONS.append(
    Migration(
        "safety_0001_start",
        """
CREATE TABLE hr_incident (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    what TEXT NOT NULL,
    kind TEXT NOT NULL DEFAULT 'near_miss',
    happened_at TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open',
    location_id INTEGER REFERENCES core_location(id),
    department TEXT,
    doing TEXT,
    device TEXT,
    brand TEXT,
    cause TEXT,
    changed_since TEXT,
    closed_on TEXT,
    reporter_id INTEGER REFERENCES core_user(id)
) STRICT;
CREATE TABLE hr_injury_case (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    incident_id INTEGER NOT NULL REFERENCES hr_incident(id),
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    outcome TEXT,
    evaluated_on TEXT,
    opinion_on TEXT,
    recordable INTEGER,
    privacy_case INTEGER NOT NULL DEFAULT 0,
    injury_type TEXT NOT NULL DEFAULT 'injury',
    days_away INTEGER,
    days_restricted INTEGER,
    health TEXT CHECK (health GLOB 'v[1-9]*.????????.*'),
    outcome_at TEXT
) STRICT;
CREATE TABLE hr_deadline (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    topic TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'US',
    about TEXT NOT NULL,
    event TEXT NOT NULL,
    title TEXT NOT NULL,
    after INTEGER NOT NULL,
    unit TEXT NOT NULL DEFAULT 'day',
    counted_from TEXT NOT NULL DEFAULT 'happened',
    owner TEXT NOT NULL DEFAULT 'hr',
    severity TEXT NOT NULL DEFAULT 'legal',
    from_employees INTEGER,
    source TEXT,
    checked_on TEXT,
    confirmed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE hr_vaccine_offer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    offered_on TEXT NOT NULL,
    answer TEXT,
    answered_on TEXT,
    remark TEXT CHECK (remark GLOB 'v[1-9]*.????????.*')
) STRICT;
""",
    ),
)
