"""The steps that made the tables. `officeops plugins migration sterilizer` writes the next one."""

from __future__ import annotations

from officeops import Migration

MIGRATIONS: list[Migration] = []

MIGRATIONS.append(
    Migration(
        "0001_start",
        """
CREATE TABLE sterilizer_sterilizer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    serial TEXT,
    location_id INTEGER REFERENCES core_location(id)
) STRICT;
CREATE INDEX sterilizer_sterilizer_location_id ON sterilizer_sterilizer(location_id) WHERE location_id IS NOT NULL;
""",
    ),
)

MIGRATIONS.append(
    Migration(
        "0002_load",
        """
CREATE TABLE sterilizer_load (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    sterilizer_id INTEGER NOT NULL REFERENCES sterilizer_sterilizer(id),
    contents TEXT NOT NULL,
    started_at TEXT NOT NULL,
    degrees INTEGER NOT NULL,
    status TEXT NOT NULL DEFAULT 'running',
    indicator TEXT,
    unloaded_by TEXT,
    unloaded_at TEXT,
    released_by TEXT,
    why TEXT
) STRICT;
CREATE INDEX sterilizer_load_sterilizer_id ON sterilizer_load(sterilizer_id);
CREATE TABLE sterilizer_test_plan (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    title TEXT NOT NULL,
    sterilizer_id INTEGER NOT NULL REFERENCES sterilizer_sterilizer(id),
    first_on TEXT NOT NULL,
    unit TEXT NOT NULL DEFAULT 'week'
) STRICT;
CREATE INDEX sterilizer_test_plan_sterilizer_id ON sterilizer_test_plan(sterilizer_id);
CREATE TABLE sterilizer_certificate (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    title TEXT NOT NULL,
    sterilizer_id INTEGER NOT NULL REFERENCES sterilizer_sterilizer(id),
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
    replaces_id INTEGER REFERENCES sterilizer_certificate(id)
) STRICT;
CREATE INDEX sterilizer_certificate_sterilizer_id ON sterilizer_certificate(sterilizer_id);
CREATE INDEX sterilizer_certificate_replaces_id ON sterilizer_certificate(replaces_id) WHERE replaces_id IS NOT NULL;
CREATE INDEX sterilizer_certificate_expires_on ON sterilizer_certificate(expires_on);
CREATE TABLE sterilizer_incident (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    user_id INTEGER NOT NULL REFERENCES core_user(id),
    sterilizer_id INTEGER NOT NULL REFERENCES sterilizer_sterilizer(id),
    happened_on TEXT NOT NULL,
    injury TEXT CHECK (injury GLOB 'v[1-9]*.????????.*')
) STRICT;
CREATE INDEX sterilizer_incident_user_id ON sterilizer_incident(user_id);
CREATE INDEX sterilizer_incident_sterilizer_id ON sterilizer_incident(sterilizer_id);
""",
    ),
)
