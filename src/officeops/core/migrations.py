"""The steps that made the core's tables."""

from __future__ import annotations

from officeops.store.migration import Migration, drop_field

MIGRATIONS: list[Migration] = [
    Migration(
        "0001_start",
        """
CREATE TABLE core_action (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    request TEXT,
    actor TEXT NOT NULL,
    at TEXT NOT NULL,
    verb TEXT NOT NULL,
    arguments TEXT,
    outcome TEXT,
    first_change INTEGER NOT NULL,
    destroyed BLOB,
    link BLOB,
    key_id TEXT
) STRICT;
CREATE UNIQUE INDEX core_action_request ON core_action(request) WHERE request IS NOT NULL;
CREATE TABLE core_change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    action_id INTEGER NOT NULL REFERENCES core_action(id),
    record TEXT NOT NULL,
    record_id INTEGER NOT NULL,
    before TEXT,
    after TEXT,
    destroyed BLOB
) STRICT;
CREATE INDEX core_change_record ON core_change(record, record_id);
CREATE TABLE core_layout (
    name TEXT PRIMARY KEY,
    columns TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE core_installed (
    record TEXT PRIMARY KEY,
    signature TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE core_office (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    site_code TEXT NOT NULL DEFAULT 'main',
    time_zone TEXT,
    currency TEXT NOT NULL DEFAULT 'USD',
    date_order TEXT NOT NULL DEFAULT 'mdy',
    closed_weekdays TEXT NOT NULL DEFAULT 'Sat Sun'
) STRICT;
CREATE TABLE core_location (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    kind TEXT NOT NULL DEFAULT 'room',
    count_order INTEGER NOT NULL DEFAULT 0,
    note TEXT
) STRICT;
CREATE UNIQUE INDEX core_location_name ON core_location(name) WHERE archived_at IS NULL;
CREATE TABLE core_closed_day (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    day TEXT NOT NULL,
    what TEXT NOT NULL DEFAULT 'Closed'
) STRICT;
CREATE UNIQUE INDEX core_closed_day_day ON core_closed_day(day) WHERE archived_at IS NULL;
CREATE TABLE core_due_note (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    due_key TEXT NOT NULL,
    person TEXT NOT NULL,
    seen_at TEXT,
    snoozed_until TEXT
) STRICT;
CREATE UNIQUE INDEX core_due_note_due_key_person ON core_due_note(due_key, person) WHERE archived_at IS NULL;
CREATE TABLE core_retention_rule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    record TEXT NOT NULL,
    years INTEGER NOT NULL,
    source TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX core_retention_rule_record ON core_retention_rule(record) WHERE archived_at IS NULL;
CREATE TABLE core_legal_hold (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    record TEXT NOT NULL,
    number INTEGER,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    since TEXT NOT NULL,
    released_by TEXT,
    released_because TEXT
) STRICT;
CREATE TABLE core_destruction (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    record TEXT NOT NULL,
    number INTEGER NOT NULL,
    day TEXT NOT NULL,
    rule TEXT NOT NULL,
    changes INTEGER NOT NULL
) STRICT;
""",
    ),
]

MIGRATIONS.append(
    Migration(
        "0002_user",
        """
CREATE TABLE core_user (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    login TEXT NOT NULL,
    full_name TEXT
) STRICT;
CREATE UNIQUE INDEX core_user_login ON core_user(login) WHERE archived_at IS NULL;
CREATE TABLE core_membership (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    user_id INTEGER NOT NULL REFERENCES core_user(id),
    role TEXT NOT NULL
) STRICT;
CREATE INDEX core_membership_user_id ON core_membership(user_id);
CREATE UNIQUE INDEX core_membership_user_id_role ON core_membership(user_id, role) WHERE archived_at IS NULL;
CREATE TABLE core_ssh_key (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    user_id INTEGER NOT NULL REFERENCES core_user(id),
    fingerprint TEXT NOT NULL,
    public TEXT NOT NULL,
    comment TEXT
) STRICT;
CREATE INDEX core_ssh_key_user_id ON core_ssh_key(user_id);
CREATE UNIQUE INDEX core_ssh_key_fingerprint ON core_ssh_key(fingerprint) WHERE archived_at IS NULL;
CREATE TABLE core_role (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    note TEXT
) STRICT;
CREATE UNIQUE INDEX core_role_name ON core_role(name) WHERE archived_at IS NULL;
CREATE TABLE core_grant (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    role TEXT NOT NULL,
    pattern TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX core_grant_role_pattern ON core_grant(role, pattern) WHERE archived_at IS NULL;
""",
    ),
)

# The rule by which the inventory found its default place until then: the location called Main, else
# the first counted.
MIGRATIONS.append(
    Migration(
        "0003_default_location",
        """
ALTER TABLE core_office ADD COLUMN default_location_id INTEGER REFERENCES core_location(id);
UPDATE core_office SET default_location_id = (
    SELECT id FROM core_location WHERE archived_at IS NULL
    ORDER BY name = 'Main' COLLATE NOCASE DESC, count_order, id LIMIT 1
);
""",
    ),
)
MIGRATIONS.append(
    Migration(
        "0004_office_address",
        """
ALTER TABLE core_office ADD COLUMN address TEXT;
ALTER TABLE core_office ADD COLUMN phone TEXT;
""",
    ),
)

# The folded form decides uniqueness now, and triggers keep it (`store.folded_triggers`). The
# index of notes stays: it looks them up, one for each due item.
MIGRATIONS.append(
    Migration(
        "0005_same",
        """
DROP INDEX core_location_name;
DROP INDEX core_closed_day_day;
DROP INDEX core_retention_rule_record;
DROP INDEX core_user_login;
DROP INDEX core_membership_user_id_role;
DROP INDEX core_ssh_key_fingerprint;
DROP INDEX core_role_name;
DROP INDEX core_grant_role_pattern;
""",
    ),
)
MIGRATIONS.append(
    Migration(
        "0006_former_name",
        """
CREATE TABLE core_former_name (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    record TEXT NOT NULL,
    field_name TEXT NOT NULL DEFAULT '',
    now TEXT NOT NULL,
    action INTEGER NOT NULL,
    change INTEGER NOT NULL
) STRICT;
""",
    ),
)

# `hr` was a role of every office until the plugin that needs it came to declare it. An office that
# gave it to somebody keeps it, as a role of its own.
MIGRATIONS.append(
    Migration(
        "0007_role_in_use",
        """
INSERT INTO core_role (name, note)
SELECT 'hr', 'Staff, with pay and papers; looks at the rest.'
WHERE EXISTS (SELECT 1 FROM core_membership WHERE role = 'hr');
INSERT INTO core_grant (role, pattern)
SELECT r.name, p.pattern FROM core_role r, (
    SELECT 1 AS place, 'read' AS pattern UNION ALL SELECT 2, 'hr.*' UNION ALL SELECT 3, 'core.due.*'
    UNION ALL SELECT 4, 'core.undo' UNION ALL SELECT 5, 'core.redo'
) p
WHERE r.name = 'hr' ORDER BY p.place;
""",
    ),
)
MIGRATIONS.append(
    Migration(
        "0008_former_choice",
        "ALTER TABLE core_former_name ADD COLUMN choice TEXT NOT NULL DEFAULT ''",
    ),
)
MIGRATIONS.append(
    Migration(
        "0009_event",
        """
CREATE TABLE core_event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    about_key TEXT NOT NULL,
    about_id INTEGER NOT NULL,
    was TEXT NOT NULL,
    now TEXT NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    verb TEXT NOT NULL
) STRICT;
CREATE INDEX core_event_about ON core_event(about_key, about_id);
""",
    ),
)

# Until then every open day had the same hours, and a setting named the weekdays without any.
MIGRATIONS.append(
    Migration(
        "0010_opening_hours",
        """
CREATE TABLE core_opening_hours (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    weekday TEXT NOT NULL,
    opens INTEGER NOT NULL,
    closes INTEGER NOT NULL,
    location_id INTEGER REFERENCES core_location(id)
) STRICT;
CREATE INDEX core_opening_hours_location_id ON core_opening_hours(location_id) WHERE location_id IS NOT NULL;
ALTER TABLE core_closed_day ADD COLUMN location_id INTEGER REFERENCES core_location(id);
CREATE INDEX core_closed_day_location_id ON core_closed_day(location_id) WHERE location_id IS NOT NULL;
ALTER TABLE core_location ADD COLUMN time_zone TEXT;
INSERT INTO core_opening_hours (weekday, opens, closes)
SELECT d.column2, 480, 1020 FROM (
    SELECT closed_weekdays FROM core_office WHERE archived_at IS NULL ORDER BY id LIMIT 1
) f, (VALUES (1, 'monday'), (2, 'tuesday'), (3, 'wednesday'), (4, 'thursday'), (5, 'friday'),
    (6, 'saturday'), (7, 'sunday')) d
WHERE instr(' ' || lower(replace(f.closed_weekdays, ',', ' ')), ' ' || substr(d.column2, 1, 3)) = 0
ORDER BY d.column1;
""",
    ),
)
MIGRATIONS.append(
    Migration("0011_closed_weekdays", drop_field("core.office", "closed_weekdays")),
)

# Until then all triggers were in the schema, whose text SQLite reads at every start.
MIGRATIONS.append(
    Migration(
        "0012_trigger",
        """
CREATE TABLE core_trigger (
    record TEXT NOT NULL,
    name TEXT NOT NULL,
    sql TEXT NOT NULL,
    PRIMARY KEY (record, name)
) STRICT, WITHOUT ROWID;
""",
    ),
)

# The bytes of files are no record's: an attachment has their digest, and so has its history.
MIGRATIONS.append(
    Migration(
        "0013_attachment",
        """
CREATE TABLE core_blob (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;
CREATE TABLE core_attachment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    about_key TEXT NOT NULL,
    about_id INTEGER NOT NULL,
    name TEXT,
    sealed_name TEXT CHECK (sealed_name GLOB 'v[1-9]*.????????.*'),
    type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX core_attachment_about ON core_attachment(about_key, about_id);
CREATE TABLE core_note (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    about_key TEXT NOT NULL,
    about_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    follow_up_on TEXT,
    owner TEXT,
    done_on TEXT
) STRICT;
CREATE INDEX core_note_about ON core_note(about_key, about_id);
CREATE TABLE core_tag (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    about_key TEXT NOT NULL,
    about_id INTEGER NOT NULL,
    word TEXT NOT NULL
) STRICT;
CREATE INDEX core_tag_about ON core_tag(about_key, about_id);
""",
    ),
)

# Drafts are no record: they are in no history, and no list or export has them.
MIGRATIONS.append(
    Migration(
        "0014_draft",
        """
CREATE TABLE core_draft (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person TEXT NOT NULL,
    sheet TEXT NOT NULL,
    subject TEXT NOT NULL,
    request TEXT NOT NULL,
    typed_at TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    entries TEXT NOT NULL,
    UNIQUE (person, sheet, subject)
) STRICT;
""",
    ),
)
MIGRATIONS.append(
    Migration(
        "0015_task",
        """
CREATE TABLE core_task (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    title TEXT NOT NULL,
    due_on TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open',
    owner TEXT NOT NULL DEFAULT 'manager',
    severity TEXT NOT NULL DEFAULT 'routine',
    note TEXT,
    about_key TEXT,
    about_id INTEGER,
    slot TEXT,
    window_from TEXT,
    window_to TEXT,
    second_sign INTEGER NOT NULL DEFAULT 0,
    done_at TEXT,
    done_by TEXT,
    signed_at TEXT,
    signed_by TEXT,
    reason TEXT,
    plan_key TEXT,
    plan_id INTEGER,
    nominal_on TEXT,
    occurrence TEXT
) STRICT;
CREATE INDEX core_task_plan_key_plan_id_nominal_on ON core_task(plan_key, plan_id, nominal_on);
CREATE INDEX core_task_state_second_sign_due_on ON core_task(state, second_sign, due_on);
CREATE INDEX core_task_about ON core_task(about_key, about_id);
""",
    ),
)
MIGRATIONS.append(
    Migration(
        "0016_checklist",
        """
CREATE TABLE core_checklist (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    note TEXT
) STRICT;
CREATE TABLE core_checklist_item (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    checklist_id INTEGER NOT NULL REFERENCES core_checklist(id),
    text TEXT NOT NULL,
    type TEXT NOT NULL DEFAULT 'pass_fail',
    position INTEGER NOT NULL DEFAULT 0,
    choices TEXT,
    failing TEXT,
    unit TEXT,
    low INTEGER,
    high INTEGER,
    required INTEGER NOT NULL DEFAULT 1,
    on_fail TEXT,
    blocks INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX core_checklist_item_checklist_id ON core_checklist_item(checklist_id);
CREATE TABLE core_answer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    task_id INTEGER NOT NULL REFERENCES core_task(id),
    item_id INTEGER NOT NULL REFERENCES core_checklist_item(id),
    text TEXT NOT NULL,
    value TEXT NOT NULL,
    failed INTEGER NOT NULL,
    type TEXT NOT NULL,
    number INTEGER,
    unit TEXT,
    low INTEGER,
    high INTEGER,
    blocks INTEGER NOT NULL DEFAULT 0,
    opened_key TEXT,
    opened_id INTEGER,
    about_key TEXT,
    about_id INTEGER
) STRICT;
CREATE INDEX core_answer_task_id ON core_answer(task_id);
CREATE INDEX core_answer_item_id ON core_answer(item_id);
CREATE INDEX core_answer_about ON core_answer(about_key, about_id);
ALTER TABLE core_task ADD COLUMN checklist_id INTEGER REFERENCES core_checklist(id);
CREATE INDEX core_task_checklist_id ON core_task(checklist_id) WHERE checklist_id IS NOT NULL;
""",
    ),
)
MIGRATIONS.append(
    Migration(
        "0017_dataset_load",
        """
CREATE TABLE core_dataset_load (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    dataset TEXT NOT NULL,
    file TEXT NOT NULL,
    digest TEXT NOT NULL,
    size INTEGER NOT NULL,
    row_count INTEGER NOT NULL,
    as_of TEXT NOT NULL,
    loaded_at TEXT NOT NULL
) STRICT;
""",
    ),
)
MIGRATIONS.append(
    Migration(
        "0018_duplicate",
        """
CREATE TABLE core_duplicate (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    about_key TEXT NOT NULL,
    about_id INTEGER NOT NULL,
    other INTEGER NOT NULL,
    answer TEXT NOT NULL
) STRICT;
CREATE INDEX core_duplicate_about ON core_duplicate(about_key, about_id);
""",
    ),
)
MIGRATIONS.append(
    Migration(
        "0019_requirement",
        """
CREATE TABLE core_requirement (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    question TEXT NOT NULL,
    wording TEXT NOT NULL,
    confirmed_on TEXT NOT NULL,
    confirmed_by TEXT NOT NULL,
    not_ours TEXT,
    binder TEXT
) STRICT;
""",
    ),
)
MIGRATIONS.append(
    Migration(
        "0020_practice_document",
        """
CREATE TABLE core_document_type (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    required INTEGER NOT NULL DEFAULT 0,
    leads TEXT NOT NULL DEFAULT '90 60 30',
    grace_days INTEGER NOT NULL DEFAULT 0,
    works_in_grace INTEGER NOT NULL DEFAULT 0,
    continues INTEGER NOT NULL DEFAULT 0,
    must_verify INTEGER NOT NULL DEFAULT 0,
    source TEXT
) STRICT;
CREATE TABLE core_practice_document (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    name TEXT NOT NULL,
    type_id INTEGER REFERENCES core_document_type(id),
    owner TEXT NOT NULL DEFAULT 'manager',
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
    replaces_id INTEGER REFERENCES core_practice_document(id)
) STRICT;
CREATE INDEX core_practice_document_type_id ON core_practice_document(type_id) WHERE type_id IS NOT NULL;
CREATE INDEX core_practice_document_replaces_id ON core_practice_document(replaces_id) WHERE replaces_id IS NOT NULL;
CREATE INDEX core_practice_document_expires_on ON core_practice_document(expires_on);
""",
    ),
)

# PINs are no record: no history, list or export has them, and drafts do not either.
MIGRATIONS.append(
    Migration(
        "0021_shared_login",
        """
ALTER TABLE core_user ADD COLUMN place_id INTEGER REFERENCES core_location(id);
CREATE TABLE core_pin (
    login TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    tries INTEGER NOT NULL,
    until TEXT
) STRICT;
""",
    ),
)
MIGRATIONS.append(
    Migration(
        "0022_document_proof",
        "ALTER TABLE core_document_type ADD COLUMN proof TEXT",
    ),
)
MIGRATIONS.append(
    Migration(
        "0023_temperature_scale",
        "ALTER TABLE core_office ADD COLUMN temperature TEXT NOT NULL DEFAULT 'F'",
    ),
)

# A merge notes which plugins were off, and later who has followed it.
MIGRATIONS.append(
    Migration(
        "0024_followed_merge",
        """
ALTER TABLE core_duplicate ADD COLUMN plugins TEXT;
ALTER TABLE core_duplicate ADD COLUMN follows INTEGER;
""",
    ),
)

# The days of log-ins are no record, since nobody asks who changed them. The row of nobody has the day
# from which on they are kept: a key that was used before that is not one that never was.
MIGRATIONS.append(
    Migration(
        "0025_access_until",
        """
ALTER TABLE core_user ADD COLUMN until TEXT;
ALTER TABLE core_user ADD COLUMN away_from TEXT;
ALTER TABLE core_user ADD COLUMN back_on TEXT;
ALTER TABLE core_membership ADD COLUMN until TEXT;
ALTER TABLE core_ssh_key ADD COLUMN added_on TEXT;
ALTER TABLE core_ssh_key ADD COLUMN until TEXT;
CREATE TABLE core_login (
    login TEXT NOT NULL,
    key TEXT NOT NULL,
    day TEXT NOT NULL,
    PRIMARY KEY (login, key)
) STRICT, WITHOUT ROWID;
INSERT INTO core_login VALUES ('', '', date('now'));
CREATE TABLE core_shown (
    day TEXT NOT NULL,
    actor TEXT NOT NULL,
    field TEXT NOT NULL,
    record_id INTEGER NOT NULL,
    PRIMARY KEY (day, actor, field, record_id)
) STRICT, WITHOUT ROWID;
""",
    ),
)

# Half of Christmas Eve: blank columns are the whole day, as before.
MIGRATIONS.append(
    Migration(
        "0026_closed_part",
        """
ALTER TABLE core_closed_day ADD COLUMN starts_at INTEGER;
ALTER TABLE core_closed_day ADD COLUMN ends_at INTEGER;
""",
    ),
)

# Whether an action is undone is asked of its number, however long the history is.
MIGRATIONS.append(
    Migration(
        "0027_taken_back",
        """
CREATE INDEX core_action_taken_back
    ON core_action(iif(json_valid(arguments), json_extract(arguments, '$.of'), NULL))
    WHERE verb IN ('core.undo', 'core.redo');
""",
    ),
)
