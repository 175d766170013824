"""The migrations of the tables of papers, oldest first."""

from __future__ import annotations

from officeops import Migration

MIGRATIONS: list[Migration] = []
MIGRATIONS.append(
    Migration(
        "papers_0001_start",
        """
CREATE TABLE hr_paper_type (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    paper_class TEXT NOT NULL DEFAULT 'personnel',
    required INTEGER NOT NULL DEFAULT 0,
    good_for INTEGER,
    keep_from TEXT NOT NULL DEFAULT 'left',
    keep_months INTEGER,
    or_from TEXT,
    or_months INTEGER,
    source TEXT,
    confirmed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE hr_required_paper (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    type_id INTEGER NOT NULL REFERENCES hr_paper_type(id),
    role_id INTEGER NOT NULL REFERENCES hr_job_role(id)
) STRICT;
CREATE INDEX hr_required_paper_type_id ON hr_required_paper(type_id);
CREATE INDEX hr_required_paper_role_id ON hr_required_paper(role_id);
CREATE TABLE hr_paper (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    type_id INTEGER NOT NULL REFERENCES hr_paper_type(id),
    dated_on TEXT NOT NULL,
    remark TEXT CHECK (remark GLOB 'v[1-9]*.????????.*')
) STRICT;
CREATE INDEX hr_paper_person_id ON hr_paper(person_id);
CREATE INDEX hr_paper_type_id ON hr_paper(type_id);
CREATE TABLE hr_medical_paper (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    type_id INTEGER NOT NULL REFERENCES hr_paper_type(id),
    dated_on TEXT NOT NULL,
    remark TEXT CHECK (remark GLOB 'v[1-9]*.????????.*')
) STRICT;
CREATE INDEX hr_medical_paper_person_id ON hr_medical_paper(person_id);
CREATE INDEX hr_medical_paper_type_id ON hr_medical_paper(type_id);
CREATE TABLE hr_check_paper (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    type_id INTEGER NOT NULL REFERENCES hr_paper_type(id),
    dated_on TEXT NOT NULL,
    remark TEXT CHECK (remark GLOB 'v[1-9]*.????????.*')
) STRICT;
CREATE INDEX hr_check_paper_person_id ON hr_check_paper(person_id);
CREATE INDEX hr_check_paper_type_id ON hr_check_paper(type_id);
""",
    ),
)
MIGRATIONS.append(
    Migration(
        "papers_0002_packet",
        """
ALTER TABLE hr_paper_type ADD COLUMN in_packet INTEGER NOT NULL DEFAULT 0;
""",
    ),
)
