"""The migrations of the schedule's tables, oldest first."""

from __future__ import annotations

from officeops import Migration

# Each step is as it was released; a later one changes its tables.
MIGRATIONS: list[Migration] = []
MIGRATIONS.append(
    Migration(
        "roster_0001_start",
        """
CREATE TABLE hr_shift_pattern (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    weekday TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    unpaid INTEGER NOT NULL DEFAULT 0,
    role_id INTEGER NOT NULL REFERENCES hr_job_role(id),
    location_id INTEGER NOT NULL REFERENCES core_location(id),
    cycle INTEGER NOT NULL DEFAULT 1,
    week INTEGER NOT NULL DEFAULT 1,
    first_day TEXT,
    last_day TEXT,
    when_closed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX hr_shift_pattern_person_id ON hr_shift_pattern(person_id);
CREATE TABLE hr_shift (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    day TEXT NOT NULL,
    person_id INTEGER REFERENCES hr_person(id),
    role_id INTEGER NOT NULL REFERENCES hr_job_role(id),
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    unpaid INTEGER NOT NULL DEFAULT 0,
    location_id INTEGER NOT NULL REFERENCES core_location(id),
    kind TEXT NOT NULL DEFAULT 'work',
    trainee INTEGER NOT NULL DEFAULT 0,
    dropped INTEGER NOT NULL DEFAULT 0,
    origin TEXT NOT NULL DEFAULT 'hand',
    pattern_id INTEGER REFERENCES hr_shift_pattern(id),
    despite TEXT
) STRICT;
CREATE INDEX hr_shift_person_id ON hr_shift(person_id) WHERE person_id IS NOT NULL;
CREATE INDEX hr_shift_pattern_id ON hr_shift(pattern_id) WHERE pattern_id IS NOT NULL;
CREATE INDEX hr_shift_day_location_id ON hr_shift(day, location_id);
CREATE TABLE hr_coverage_rule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    kind TEXT NOT NULL DEFAULT 'fixed',
    people INTEGER NOT NULL DEFAULT 1,
    role_id INTEGER REFERENCES hr_job_role(id),
    other_role_id INTEGER REFERENCES hr_job_role(id),
    per INTEGER NOT NULL DEFAULT 1,
    credential_type_id INTEGER REFERENCES hr_credential_type(id),
    weekdays TEXT,
    starts_at INTEGER NOT NULL DEFAULT 0,
    ends_at INTEGER NOT NULL DEFAULT 0,
    location_id INTEGER REFERENCES core_location(id),
    first_day TEXT,
    last_day TEXT,
    trainees INTEGER NOT NULL DEFAULT 0,
    severity TEXT NOT NULL DEFAULT 'routine',
    blocks INTEGER NOT NULL DEFAULT 0,
    sort_order INTEGER NOT NULL DEFAULT 50
) STRICT;
CREATE TABLE hr_roster_revision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    location_id INTEGER NOT NULL REFERENCES core_location(id),
    monday TEXT NOT NULL,
    number INTEGER NOT NULL,
    published_at TEXT NOT NULL,
    published_by TEXT NOT NULL,
    despite TEXT
) STRICT;
CREATE TABLE hr_published_shift (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    revision_id INTEGER NOT NULL REFERENCES hr_roster_revision(id),
    shift_number INTEGER NOT NULL,
    day TEXT NOT NULL,
    person_id INTEGER REFERENCES hr_person(id),
    name TEXT,
    role_id INTEGER NOT NULL REFERENCES hr_job_role(id),
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    unpaid INTEGER NOT NULL DEFAULT 0,
    kind TEXT NOT NULL DEFAULT 'work',
    trainee INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX hr_published_shift_revision_id ON hr_published_shift(revision_id);
CREATE INDEX hr_published_shift_person_id ON hr_published_shift(person_id) WHERE person_id IS NOT NULL;
""",
    ),
)
# The absence knows its leave, and never why.
MIGRATIONS.append(
    Migration(
        "roster_0002_absence",
        """
CREATE TABLE hr_call_out (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    called_at TEXT NOT NULL,
    taken_by TEXT NOT NULL,
    leave_id INTEGER REFERENCES hr_leave_request(id)
) STRICT;
CREATE INDEX hr_call_out_person_id ON hr_call_out(person_id);
CREATE TABLE hr_cover_ask (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    shift_id INTEGER NOT NULL REFERENCES hr_shift(id),
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    asked_at TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    how TEXT NOT NULL DEFAULT 'phone',
    answer TEXT NOT NULL
) STRICT;
CREATE INDEX hr_cover_ask_shift_id ON hr_cover_ask(shift_id);
ALTER TABLE hr_shift ADD COLUMN call_out_id INTEGER REFERENCES hr_call_out(id);
CREATE INDEX hr_shift_call_out_id ON hr_shift(call_out_id) WHERE call_out_id IS NOT NULL;
""",
    )
)
# Rows of people who have seen it: everybody else has not.
MIGRATIONS.append(
    Migration(
        "roster_0003_notices",
        """
CREATE TABLE hr_roster_notice (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    revision_id INTEGER NOT NULL REFERENCES hr_roster_revision(id),
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    told_at TEXT NOT NULL,
    how TEXT NOT NULL DEFAULT 'login',
    told_by TEXT NOT NULL
) STRICT;
""",
    )
)
# Of published shifts: nobody trades a plan that nobody has seen.
MIGRATIONS.append(
    Migration(
        "roster_0004_offers",
        """
CREATE TABLE hr_shift_offer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    shift_id INTEGER NOT NULL REFERENCES hr_published_shift(id),
    kind TEXT NOT NULL DEFAULT 'give',
    person_id INTEGER REFERENCES hr_person(id),
    name TEXT,
    wanted_id INTEGER REFERENCES hr_published_shift(id),
    taker_id INTEGER REFERENCES hr_person(id),
    taker TEXT,
    state TEXT NOT NULL DEFAULT 'offered',
    why_not TEXT,
    decided_by TEXT,
    decided_at TEXT
) STRICT;
""",
    )
)
MIGRATIONS.append(
    Migration(
        "roster_0005_availability",
        """
CREATE TABLE hr_availability (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    person_id INTEGER NOT NULL REFERENCES hr_person(id),
    kind TEXT NOT NULL DEFAULT 'cannot',
    weekday TEXT,
    starts_at INTEGER NOT NULL DEFAULT 0,
    ends_at INTEGER NOT NULL DEFAULT 0,
    first_day TEXT,
    last_day TEXT,
    note TEXT
) STRICT;
CREATE INDEX hr_availability_person_id ON hr_availability(person_id);
CREATE TABLE hr_hours_rule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    minutes INTEGER,
    number INTEGER,
    state TEXT,
    applies_to TEXT,
    source TEXT,
    as_of TEXT,
    confirmed INTEGER NOT NULL DEFAULT 0,
    sort_order INTEGER NOT NULL DEFAULT 50
) STRICT;
""",
    )
)
# An age and no date: rules know no person.
MIGRATIONS.append(
    Migration(
        "roster_0006_minors",
        "ALTER TABLE hr_hours_rule ADD COLUMN below_age INTEGER;",
    )
)
# Of the pay: weeks before a rule counted stay paid as they are.
MIGRATIONS.append(
    Migration(
        "roster_0007_paid_from",
        "ALTER TABLE hr_hours_rule ADD COLUMN starts_on TEXT;",
    )
)
# Before, a line in a machine's settings: no history, no export, another one on the next machine.
MIGRATIONS.append(
    Migration(
        "roster_0008_shift_templates",
        """
CREATE TABLE hr_shift_template (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    digit INTEGER NOT NULL,
    name TEXT NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    unpaid INTEGER NOT NULL DEFAULT 0,
    location_id INTEGER REFERENCES core_location(id)
) STRICT;
""",
    )
)
# Rooms are beside the place: the locations of the core know none below another.
MIGRATIONS.append(
    Migration(
        "roster_0009_rooms",
        """
ALTER TABLE hr_shift ADD COLUMN room_id INTEGER REFERENCES core_location(id);
ALTER TABLE hr_shift_pattern ADD COLUMN room_id INTEGER REFERENCES core_location(id);
ALTER TABLE hr_published_shift ADD COLUMN room_id INTEGER REFERENCES core_location(id);
ALTER TABLE hr_coverage_rule ADD COLUMN room_id INTEGER REFERENCES core_location(id);
""",
    )
)
