"""The migrations of the tables of supervision, oldest first."""

from __future__ import annotations

from officeops import Migration

MIGRATIONS: list[Migration] = []
MIGRATIONS.append(
    Migration(
        "supervision_0001_start",
        """
CREATE TABLE hr_one_to_one (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    topic TEXT NOT NULL,
    sharing TEXT NOT NULL DEFAULT 'private',
    text TEXT CHECK (text GLOB 'v[1-9]*.????????.*'),
    held_on TEXT NOT NULL,
    follow_up_on TEXT,
    followed_up_on TEXT,
    writer_id INTEGER REFERENCES core_user(id)
) STRICT;
CREATE TABLE hr_goal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    title TEXT NOT NULL,
    measure TEXT,
    due_on TEXT NOT NULL,
    progress INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'open',
    remark TEXT,
    ended_on TEXT
) STRICT;
CREATE TABLE hr_review (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    form TEXT NOT NULL DEFAULT 'yearly',
    period_from TEXT NOT NULL,
    period_to TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'draft',
    self_text TEXT CHECK (self_text GLOB 'v[1-9]*.????????.*'),
    text TEXT CHECK (text GLOB 'v[1-9]*.????????.*'),
    shared_by TEXT,
    shared_at TEXT,
    comment TEXT CHECK (comment GLOB 'v[1-9]*.????????.*'),
    signed_by TEXT,
    signed_at TEXT,
    signed_on TEXT,
    why_unsigned TEXT,
    writer_id INTEGER REFERENCES core_user(id)
) STRICT;
CREATE TABLE hr_recognition (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    text TEXT NOT NULL,
    given_on TEXT NOT NULL,
    given_by TEXT NOT NULL
) STRICT;
CREATE TABLE hr_discipline (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    step TEXT NOT NULL DEFAULT 'talk',
    happened_on TEXT NOT NULL,
    what_happened TEXT NOT NULL CHECK (what_happened GLOB 'v[1-9]*.????????.*'),
    expected TEXT CHECK (expected GLOB 'v[1-9]*.????????.*'),
    witnesses TEXT CHECK (witnesses GLOB 'v[1-9]*.????????.*'),
    follow_up_on TEXT,
    followed_up_on TEXT,
    outcome TEXT CHECK (outcome GLOB 'v[1-9]*.????????.*'),
    expires_on TEXT,
    state TEXT NOT NULL DEFAULT 'draft',
    delivered_by TEXT,
    delivered_on TEXT,
    statement TEXT CHECK (statement GLOB 'v[1-9]*.????????.*'),
    signed_by TEXT,
    signed_at TEXT,
    signed_on TEXT,
    why_unsigned TEXT,
    why_withdrawn TEXT,
    writer_id INTEGER REFERENCES core_user(id)
) STRICT;
""",
    ),
)
MIGRATIONS.append(
    Migration(
        "supervision_0002_questions",
        """
ALTER TABLE hr_review ADD COLUMN answers TEXT;
CREATE TABLE hr_review_question (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    question TEXT NOT NULL,
    form TEXT,
    rated INTEGER NOT NULL DEFAULT 1,
    sort_order INTEGER NOT NULL DEFAULT 50
) STRICT;
""",
    ),
)
MIGRATIONS.append(
    Migration(
        "supervision_0003_shared_on",
        """
ALTER TABLE hr_review ADD COLUMN shared_on TEXT;
""",
    ),
)
