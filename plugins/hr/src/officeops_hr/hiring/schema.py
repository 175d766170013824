"""The migrations of the tables of hiring, oldest first."""

from __future__ import annotations

from officeops import Migration

MIGRATIONS: list[Migration] = []
MIGRATIONS.append(
    Migration(
        "hiring_0001_start",
        """
CREATE TABLE hr_opening (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    title TEXT NOT NULL,
    role_id INTEGER NOT NULL REFERENCES hr_job_role(id),
    state TEXT NOT NULL DEFAULT 'draft',
    wanted INTEGER NOT NULL DEFAULT 1,
    weekly INTEGER,
    department TEXT,
    manager_id INTEGER REFERENCES hr_person(id),
    location_id INTEGER REFERENCES core_location(id),
    pay_from INTEGER,
    pay_to INTEGER,
    pay_per TEXT NOT NULL DEFAULT 'hour',
    needs TEXT,
    reason TEXT,
    posted_at TEXT,
    opened_on TEXT,
    closed_on TEXT,
    why_closed TEXT
) STRICT;
CREATE TABLE hr_candidate (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    opening_id INTEGER NOT NULL REFERENCES hr_opening(id),
    stage TEXT NOT NULL DEFAULT 'applied',
    email TEXT,
    phone TEXT,
    source TEXT,
    applied_on TEXT NOT NULL,
    former_names TEXT,
    npi TEXT,
    reason_id INTEGER REFERENCES hr_decline_reason(id),
    decided_on TEXT,
    person_id INTEGER REFERENCES hr_person(id),
    keep_agreed_until TEXT,
    note TEXT
) STRICT;
CREATE INDEX hr_candidate_opening_id ON hr_candidate(opening_id);
CREATE INDEX hr_candidate_person_id ON hr_candidate(person_id) WHERE person_id IS NOT NULL;
CREATE TABLE hr_interview_kit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    role_id INTEGER REFERENCES hr_job_role(id),
    note TEXT
) STRICT;
CREATE TABLE hr_kit_question (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    kit_id INTEGER NOT NULL REFERENCES hr_interview_kit(id),
    competency TEXT NOT NULL,
    question TEXT,
    weight INTEGER NOT NULL DEFAULT 1,
    low TEXT,
    middle TEXT,
    high TEXT
) STRICT;
CREATE INDEX hr_kit_question_kit_id ON hr_kit_question(kit_id);
CREATE TABLE hr_decline_reason (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    said_by TEXT NOT NULL DEFAULT 'office'
) STRICT;
CREATE TABLE hr_off_limits_topic (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    topic TEXT NOT NULL,
    words TEXT NOT NULL,
    instead TEXT,
    source TEXT,
    from_employees INTEGER,
    confirmed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE hr_interview (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    candidate_id INTEGER NOT NULL REFERENCES hr_candidate(id),
    at TEXT NOT NULL,
    kit_id INTEGER NOT NULL REFERENCES hr_interview_kit(id),
    way TEXT NOT NULL DEFAULT 'in_person',
    place TEXT
) STRICT;
CREATE INDEX hr_interview_candidate_id ON hr_interview(candidate_id);
CREATE TABLE hr_scorecard (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    interview_id INTEGER NOT NULL REFERENCES hr_interview(id),
    interviewer_id INTEGER NOT NULL REFERENCES hr_person(id),
    given_at TEXT,
    entered_by_id INTEGER REFERENCES core_user(id)
) STRICT;
CREATE INDEX hr_scorecard_interview_id ON hr_scorecard(interview_id);
CREATE INDEX hr_scorecard_interviewer_id ON hr_scorecard(interviewer_id);
CREATE TABLE hr_interview_score (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    scorecard_id INTEGER NOT NULL REFERENCES hr_scorecard(id),
    competency TEXT NOT NULL,
    weight INTEGER NOT NULL,
    score INTEGER,
    evidence TEXT NOT NULL
) STRICT;
CREATE INDEX hr_interview_score_scorecard_id ON hr_interview_score(scorecard_id);
CREATE TABLE hr_assessment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    candidate_id INTEGER NOT NULL REFERENCES hr_candidate(id),
    test TEXT NOT NULL,
    taken_on TEXT NOT NULL,
    most INTEGER NOT NULL DEFAULT 100,
    reached INTEGER,
    pass_mark INTEGER,
    seen_by TEXT
) STRICT;
CREATE INDEX hr_assessment_candidate_id ON hr_assessment(candidate_id);
CREATE TABLE hr_offer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    candidate_id INTEGER NOT NULL REFERENCES hr_candidate(id),
    made_on TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    answer_by TEXT,
    pay TEXT CHECK (pay GLOB 'v[1-9]*.????????.*'),
    per TEXT NOT NULL DEFAULT 'hour',
    conditions TEXT,
    answer TEXT,
    answered_on TEXT
) STRICT;
CREATE INDEX hr_offer_candidate_id ON hr_offer(candidate_id);
""",
    ),
)
