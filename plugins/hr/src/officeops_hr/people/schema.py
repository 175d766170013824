"""The migrations of the people's tables, oldest first."""

from __future__ import annotations

from officeops import Migration

MIGRATIONS: list[Migration] = []
MIGRATIONS.append(
    Migration(
        "people_0001_start",
        """
CREATE TABLE hr_person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    legal_name TEXT,
    family_name TEXT,
    number TEXT,
    user_id INTEGER REFERENCES core_user(id),
    email TEXT,
    languages TEXT,
    address TEXT,
    birthday TEXT,
    birthday_shown INTEGER NOT NULL DEFAULT 0,
    ssn TEXT CHECK (ssn GLOB 'v[1-9]*.????????.*'),
    ssn_last_four TEXT CHECK (ssn_last_four GLOB 'v[1-9]*.????????.*'),
    born_on TEXT CHECK (born_on GLOB 'v[1-9]*.????????.*'),
    bank_account TEXT CHECK (bank_account GLOB 'v[1-9]*.????????.*'),
    note TEXT,
    ssn_index TEXT
) STRICT;
CREATE INDEX hr_person_user_id ON hr_person(user_id) WHERE user_id IS NOT NULL;
CREATE UNIQUE INDEX hr_person_ssn_index ON hr_person(ssn_index) WHERE archived_at IS NULL AND ssn_index IS NOT NULL;
CREATE TABLE hr_job_role (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL DEFAULT 'clinical',
    sort_order INTEGER NOT NULL DEFAULT 50
) STRICT;
CREATE TABLE hr_employment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    hired_on TEXT NOT NULL,
    last_day TEXT,
    leave_from TEXT,
    leave_until TEXT,
    reason TEXT,
    rehire INTEGER,
    note TEXT
) STRICT;
CREATE INDEX hr_employment_person_id ON hr_employment(person_id);
CREATE TABLE hr_position (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    role_id INTEGER NOT NULL REFERENCES hr_job_role(id),
    starts_on TEXT,
    title TEXT,
    department TEXT,
    manager_id INTEGER REFERENCES hr_person(id),
    location_id INTEGER REFERENCES core_location(id),
    exempt INTEGER NOT NULL DEFAULT 0,
    weekly INTEGER,
    reason TEXT
) STRICT;
CREATE INDEX hr_position_person_id ON hr_position(person_id);
CREATE INDEX hr_position_role_id ON hr_position(role_id);
CREATE INDEX hr_position_manager_id ON hr_position(manager_id) WHERE manager_id IS NOT NULL;
CREATE INDEX hr_position_location_id ON hr_position(location_id) WHERE location_id IS NOT NULL;
CREATE TABLE hr_pay (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    starts_on TEXT,
    basis TEXT NOT NULL DEFAULT 'hourly',
    amount TEXT NOT NULL CHECK (amount GLOB 'v[1-9]*.????????.*'),
    per TEXT NOT NULL DEFAULT 'hour',
    reason TEXT
) STRICT;
CREATE INDEX hr_pay_person_id ON hr_pay(person_id);
CREATE TABLE hr_benefit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    plan TEXT NOT NULL,
    tier TEXT,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    waived INTEGER NOT NULL DEFAULT 0,
    employee_cost TEXT CHECK (employee_cost GLOB 'v[1-9]*.????????.*'),
    employer_cost TEXT CHECK (employer_cost GLOB 'v[1-9]*.????????.*')
) STRICT;
CREATE INDEX hr_benefit_person_id ON hr_benefit(person_id);
CREATE TABLE hr_work_pattern (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    starts_on TEXT,
    monday INTEGER NOT NULL DEFAULT 0,
    tuesday INTEGER NOT NULL DEFAULT 0,
    wednesday INTEGER NOT NULL DEFAULT 0,
    thursday INTEGER NOT NULL DEFAULT 0,
    friday INTEGER NOT NULL DEFAULT 0,
    saturday INTEGER NOT NULL DEFAULT 0,
    sunday INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX hr_work_pattern_person_id ON hr_work_pattern(person_id);
CREATE TABLE hr_phone (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    kind TEXT NOT NULL DEFAULT 'mobile',
    number TEXT NOT NULL,
    note TEXT,
    digits TEXT
) STRICT;
CREATE INDEX hr_phone_person_id ON hr_phone(person_id);
CREATE TABLE hr_emergency_contact (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    name TEXT NOT NULL,
    relation TEXT,
    phone TEXT,
    other_phone TEXT,
    note TEXT
) STRICT;
CREATE INDEX hr_emergency_contact_person_id ON hr_emergency_contact(person_id);
CREATE TABLE hr_former_name (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    name TEXT NOT NULL,
    until TEXT
) STRICT;
CREATE INDEX hr_former_name_person_id ON hr_former_name(person_id);
CREATE TABLE hr_person_role (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    role_id INTEGER NOT NULL REFERENCES hr_job_role(id)
) STRICT;
CREATE INDEX hr_person_role_person_id ON hr_person_role(person_id);
CREATE INDEX hr_person_role_role_id ON hr_person_role(role_id);
""",
    ),
)
MIGRATIONS.append(
    Migration(
        "people_0002_npi",
        """
ALTER TABLE hr_person ADD COLUMN npi TEXT;
""",
    ),
)
MIGRATIONS.append(
    Migration(
        "people_0003_barred",
        """
ALTER TABLE hr_person ADD COLUMN barred_on TEXT;
""",
    ),
)
MIGRATIONS.append(
    Migration(
        "people_0004_other_names",
        """
ALTER TABLE hr_job_role ADD COLUMN other_names TEXT;
""",
    ),
)
# The day of the 18th birthday alone, and only of minors: the date of birth stays sealed.
MIGRATIONS.append(
    Migration(
        "people_0005_minors",
        """
ALTER TABLE hr_person ADD COLUMN adult_on TEXT;
""",
    ),
)
# A typing error is no former name, and its row says why.
MIGRATIONS.append(
    Migration(
        "people_0006_typed_wrong",
        """
ALTER TABLE hr_former_name ADD COLUMN typed_wrong TEXT;
""",
    ),
)
