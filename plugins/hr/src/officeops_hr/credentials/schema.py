"""The migrations of the tables of credentials, oldest first."""

from __future__ import annotations

from officeops import Migration

MIGRATIONS: list[Migration] = []
MIGRATIONS.append(
    Migration(
        "credentials_0001_start",
        """
CREATE TABLE hr_credential_type (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    cycle INTEGER,
    ends TEXT NOT NULL DEFAULT 'exact',
    gates_work INTEGER NOT NULL DEFAULT 0,
    limits TEXT,
    primary_source TEXT,
    confirmed INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL,
    required INTEGER NOT NULL DEFAULT 0,
    source TEXT,
    leads TEXT NOT NULL DEFAULT '90 60 30',
    grace_days INTEGER NOT NULL DEFAULT 0,
    works_in_grace INTEGER NOT NULL DEFAULT 0,
    continues INTEGER NOT NULL DEFAULT 0,
    must_verify INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE hr_required_credential (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    type_id INTEGER NOT NULL REFERENCES hr_credential_type(id),
    role_id INTEGER NOT NULL REFERENCES hr_job_role(id),
    state TEXT
) STRICT;
CREATE INDEX hr_required_credential_type_id ON hr_required_credential(type_id);
CREATE INDEX hr_required_credential_role_id ON hr_required_credential(role_id);
CREATE TABLE hr_credential (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    type_id INTEGER NOT NULL REFERENCES hr_credential_type(id),
    state TEXT,
    location_id INTEGER REFERENCES core_location(id),
    note TEXT,
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
    replaces_id INTEGER REFERENCES hr_credential(id)
) STRICT;
CREATE INDEX hr_credential_person_id ON hr_credential(person_id);
CREATE INDEX hr_credential_type_id ON hr_credential(type_id);
CREATE INDEX hr_credential_location_id ON hr_credential(location_id) WHERE location_id IS NOT NULL;
CREATE INDEX hr_credential_replaces_id ON hr_credential(replaces_id) WHERE replaces_id IS NOT NULL;
CREATE INDEX hr_credential_expires_on ON hr_credential(expires_on);
""",
    ),
)
MIGRATIONS.append(
    Migration(
        "credentials_0002_access",
        """
CREATE TABLE hr_access_grant (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    name TEXT NOT NULL,
    sort TEXT NOT NULL DEFAULT 'system',
    detail TEXT,
    given_on TEXT NOT NULL,
    taken_back_on TEXT,
    taken_back_by TEXT
) STRICT;
CREATE INDEX hr_access_grant_person_id ON hr_access_grant(person_id);
""",
    ),
)
MIGRATIONS.append(
    Migration(
        "education_0001_start",
        """
CREATE TABLE hr_education_rule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    type_id INTEGER NOT NULL REFERENCES hr_credential_type(id),
    credits INTEGER NOT NULL,
    cycle TEXT NOT NULL DEFAULT 'credential',
    months INTEGER NOT NULL DEFAULT 24,
    carry_most INTEGER NOT NULL DEFAULT 0,
    source TEXT,
    confirmed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX hr_education_rule_type_id ON hr_education_rule(type_id);
CREATE TABLE hr_education_category (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    rule_id INTEGER NOT NULL REFERENCES hr_education_rule(id),
    category TEXT NOT NULL,
    least INTEGER NOT NULL DEFAULT 0,
    most INTEGER
) STRICT;
CREATE INDEX hr_education_category_rule_id ON hr_education_category(rule_id);
CREATE TABLE hr_education_entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    type_id INTEGER NOT NULL REFERENCES hr_credential_type(id),
    title TEXT NOT NULL,
    credits INTEGER NOT NULL,
    earned_on TEXT NOT NULL,
    category TEXT,
    provider TEXT,
    approval_number TEXT
) STRICT;
CREATE INDEX hr_education_entry_person_id ON hr_education_entry(person_id);
CREATE INDEX hr_education_entry_type_id ON hr_education_entry(type_id);
""",
    ),
)
MIGRATIONS.append(
    Migration(
        "credentials_0003_packet",
        """
ALTER TABLE hr_credential_type ADD COLUMN in_packet INTEGER NOT NULL DEFAULT 1;
UPDATE hr_credential_type SET in_packet = 0
    WHERE name IN ('NPDB query', 'Driver''s license', 'Car insurance', 'Notary commission');
""",
    ),
)
MIGRATIONS.append(
    Migration(
        "credentials_0004_proof",
        """
ALTER TABLE hr_credential_type ADD COLUMN proof TEXT;
UPDATE hr_credential_type SET proof = 'dea-registration' WHERE name = 'DEA registration';
UPDATE hr_credential_type SET proof = 'state-drug-registration'
    WHERE name = 'State controlled substances';
""",
    ),
)
MIGRATIONS.append(
    Migration(
        "credentials_0005_other_names",
        """
ALTER TABLE hr_credential_type ADD COLUMN other_names TEXT;
""",
    ),
)
