"""The migrations of the tables of training and policies, oldest first."""

from __future__ import annotations

from officeops import Migration

MIGRATIONS: list[Migration] = []
MIGRATIONS.append(
    Migration(
        "training_0001_start",
        """
CREATE TABLE hr_training_topic (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    required INTEGER NOT NULL DEFAULT 0,
    within_days INTEGER NOT NULL DEFAULT 30,
    every_months INTEGER,
    holds_until TEXT NOT NULL DEFAULT 'day',
    changed_on TEXT,
    gates_work INTEGER NOT NULL DEFAULT 0,
    proof TEXT,
    content TEXT,
    keep_months INTEGER NOT NULL DEFAULT 36,
    source TEXT,
    checked_on TEXT
) STRICT;
CREATE TABLE hr_required_training (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    topic_id INTEGER NOT NULL REFERENCES hr_training_topic(id),
    role_id INTEGER NOT NULL REFERENCES hr_job_role(id)
) STRICT;
CREATE TABLE hr_training_session (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    title TEXT NOT NULL,
    held_on TEXT NOT NULL,
    trainer TEXT,
    qualification TEXT,
    hours INTEGER,
    way TEXT NOT NULL DEFAULT 'class',
    content TEXT,
    keep_months INTEGER NOT NULL DEFAULT 36
) STRICT;
CREATE TABLE hr_training (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    topic_id INTEGER NOT NULL REFERENCES hr_training_topic(id),
    done_on TEXT NOT NULL,
    result TEXT NOT NULL DEFAULT 'trained',
    good_until TEXT,
    session_id INTEGER REFERENCES hr_training_session(id),
    trainer TEXT,
    hours INTEGER,
    score TEXT,
    remark TEXT
) STRICT;
CREATE INDEX hr_training_session_id ON hr_training(session_id) WHERE session_id IS NOT NULL;
CREATE INDEX hr_training_person_id_topic_id ON hr_training(person_id, topic_id);
CREATE TABLE hr_skill (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    area TEXT,
    wanted INTEGER NOT NULL DEFAULT 2,
    lapses_months INTEGER,
    source TEXT
) STRICT;
CREATE TABLE hr_competence (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    skill_id INTEGER NOT NULL REFERENCES hr_skill(id),
    level TEXT NOT NULL DEFAULT 'alone',
    observed_on TEXT NOT NULL,
    observer_id INTEGER REFERENCES hr_person(id),
    outside_observer TEXT,
    good_until TEXT,
    remark TEXT
) STRICT;
CREATE INDEX hr_competence_person_id_skill_id ON hr_competence(person_id, skill_id);
CREATE TABLE hr_policy (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    area TEXT,
    words TEXT,
    owner_id INTEGER REFERENCES hr_person(id),
    everybody INTEGER NOT NULL DEFAULT 1,
    within_days INTEGER NOT NULL DEFAULT 14,
    review_months INTEGER NOT NULL DEFAULT 12,
    reviewed_on TEXT,
    proof TEXT
) STRICT;
CREATE TABLE hr_policy_reader (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    policy_id INTEGER NOT NULL REFERENCES hr_policy(id),
    role_id INTEGER NOT NULL REFERENCES hr_job_role(id)
) STRICT;
CREATE TABLE hr_policy_version (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    policy_id INTEGER NOT NULL REFERENCES hr_policy(id),
    number INTEGER NOT NULL DEFAULT 0,
    effective_on TEXT NOT NULL,
    text TEXT,
    read_again INTEGER NOT NULL DEFAULT 1,
    change TEXT
) STRICT;
CREATE INDEX hr_policy_version_policy_id ON hr_policy_version(policy_id);
CREATE TABLE hr_acknowledgment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    policy_version_id INTEGER NOT NULL REFERENCES hr_policy_version(id),
    read_on TEXT NOT NULL,
    way TEXT NOT NULL DEFAULT 'paper',
    recorded_by TEXT
) STRICT;
CREATE INDEX hr_acknowledgment_person_id_policy_version_id ON hr_acknowledgment(person_id, policy_version_id);
""",
    ),
)
