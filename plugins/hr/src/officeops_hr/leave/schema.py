"""The migrations of leave's tables, oldest first."""

from __future__ import annotations

from officeops import Migration

MIGRATIONS: list[Migration] = []
MIGRATIONS.append(
    Migration(
        "leave_0001_start",
        """
CREATE TABLE hr_leave_policy (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    kind TEXT NOT NULL DEFAULT 'pto',
    accrues TEXT NOT NULL DEFAULT 'by_period',
    every TEXT NOT NULL DEFAULT 'month',
    upfront INTEGER NOT NULL DEFAULT 0,
    pay_period_from TEXT,
    worked_for_one INTEGER,
    year_from TEXT NOT NULL DEFAULT 'january',
    cap INTEGER,
    yearly_cap INTEGER,
    carry TEXT NOT NULL DEFAULT 'all',
    carry_most INTEGER,
    carry_days INTEGER,
    ahead INTEGER NOT NULL DEFAULT 0,
    waiting_days INTEGER NOT NULL DEFAULT 0,
    notice_days INTEGER NOT NULL DEFAULT 0,
    paid_out INTEGER NOT NULL DEFAULT 0,
    source TEXT,
    checked_on TEXT,
    employees_from INTEGER,
    confirmed_on TEXT,
    confirmed_by TEXT,
    note TEXT
) STRICT;
CREATE TABLE hr_leave_step (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    policy_id INTEGER NOT NULL REFERENCES hr_leave_policy(id),
    after_months INTEGER NOT NULL DEFAULT 0,
    yearly INTEGER NOT NULL
) STRICT;
CREATE INDEX hr_leave_step_policy_id ON hr_leave_step(policy_id);
CREATE TABLE hr_leave_enrollment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    policy_id INTEGER NOT NULL REFERENCES hr_leave_policy(id),
    starts_on TEXT,
    ends_on TEXT,
    percent INTEGER NOT NULL DEFAULT 100,
    service_from TEXT
) STRICT;
CREATE INDEX hr_leave_enrollment_person_id ON hr_leave_enrollment(person_id);
CREATE TABLE hr_hours_worked (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    ends_on TEXT NOT NULL,
    worked INTEGER NOT NULL
) STRICT;
CREATE INDEX hr_hours_worked_person_id ON hr_hours_worked(person_id);
CREATE TABLE hr_leave_grant (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    policy_id INTEGER NOT NULL REFERENCES hr_leave_policy(id),
    name TEXT NOT NULL,
    expires_on TEXT
) STRICT;
CREATE INDEX hr_leave_grant_person_id ON hr_leave_grant(person_id);
CREATE TABLE hr_leave_entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    policy_id INTEGER NOT NULL REFERENCES hr_leave_policy(id),
    grant_id INTEGER REFERENCES hr_leave_grant(id),
    minutes INTEGER NOT NULL,
    kind TEXT NOT NULL DEFAULT 'adjust',
    day TEXT NOT NULL,
    source TEXT,
    attempt INTEGER NOT NULL DEFAULT 0,
    group_id INTEGER REFERENCES hr_leave_entry(id),
    reverses_id INTEGER REFERENCES hr_leave_entry(id),
    about_key TEXT,
    about_id INTEGER,
    note TEXT
) STRICT;
CREATE INDEX hr_leave_entry_grant_id ON hr_leave_entry(grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX hr_leave_entry_group_id ON hr_leave_entry(group_id) WHERE group_id IS NOT NULL;
CREATE INDEX hr_leave_entry_reverses_id ON hr_leave_entry(reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX hr_leave_entry_about_id ON hr_leave_entry(about_id);
CREATE INDEX hr_leave_entry_person_id_policy_id_day ON hr_leave_entry(person_id, policy_id, day);
CREATE UNIQUE INDEX hr_leave_entry_source_attempt ON hr_leave_entry(source, attempt) WHERE source IS NOT NULL;
CREATE TABLE hr_leave_request (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    policy_id INTEGER NOT NULL REFERENCES hr_leave_policy(id),
    first_day TEXT NOT NULL,
    last_day TEXT,
    part TEXT NOT NULL DEFAULT 'days',
    hours INTEGER,
    state TEXT NOT NULL DEFAULT 'draft',
    amends_id INTEGER REFERENCES hr_leave_request(id),
    user_id INTEGER REFERENCES core_user(id),
    why_not TEXT,
    decided_by TEXT,
    decided_at TEXT
) STRICT;
CREATE INDEX hr_leave_request_amends_id ON hr_leave_request(amends_id) WHERE amends_id IS NOT NULL;
CREATE INDEX hr_leave_request_person_id_first_day ON hr_leave_request(person_id, first_day);
CREATE TABLE hr_leave_reason (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    request_id INTEGER NOT NULL REFERENCES hr_leave_request(id),
    text TEXT NOT NULL CHECK (text GLOB 'v[1-9]*.????????.*')
) STRICT;
CREATE INDEX hr_leave_reason_request_id ON hr_leave_reason(request_id);
CREATE TABLE hr_leave_blackout (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    first_day TEXT NOT NULL,
    last_day TEXT,
    reason TEXT NOT NULL,
    role_id INTEGER REFERENCES hr_job_role(id),
    strict TEXT NOT NULL DEFAULT 'warns'
) STRICT;
CREATE TABLE hr_leave_entry_balance (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL,
    policy_id INTEGER NOT NULL,
    grant_id INTEGER,
    minutes INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX hr_leave_entry_balance_person_id_policy_id_grant_id ON hr_leave_entry_balance(person_id, policy_id, ifnull(grant_id, 0));
""",
    ),
)
MIGRATIONS.append(
    Migration(
        "leave_0002_note",
        """
ALTER TABLE hr_leave_request ADD COLUMN note TEXT;
""",
    ),
)
MIGRATIONS.append(
    Migration(
        "leave_0003_opened_on",
        """
ALTER TABLE hr_leave_enrollment ADD COLUMN opened_on TEXT;
""",
    ),
)
