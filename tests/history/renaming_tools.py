"""A third-party plugin in its first version and in later ones, whose migrations rename and drop what was written."""

from __future__ import annotations

COLUMNS = (
    "id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT"
)

#: The steps that every version has.
FIRST = f"""
STEPS = [Migration("0001_start", '''
CREATE TABLE lockers_key (
    {COLUMNS},
    tag TEXT NOT NULL,
    holder TEXT,
    note TEXT,
    code TEXT CHECK (code GLOB 'v[1-9]*.????????.*'),
    code_index TEXT
) STRICT;
CREATE INDEX lockers_key_code_index ON lockers_key(code_index) WHERE code_index IS NOT NULL;
CREATE TABLE lockers_loan (
    {COLUMNS},
    what TEXT NOT NULL,
    key_id INTEGER REFERENCES lockers_key(id)
) STRICT;
CREATE INDEX lockers_loan_key_id ON lockers_loan(key_id) WHERE key_id IS NOT NULL
''')]
"""

HOOKS = """
@hookimpl
def records(): return KINDS
@hookimpl
def migrations(): return STEPS
"""

KEY = """
class Key(Record, key="lockers.key"):
    tag: str = field(unique=True, search=True)
    holder: str | None = field(default=None, guard="lockers.holders")
    note: str | None = field(default=None)
    code: str | None = field(default=None, sealed=True, lookup=True)
    retention = Retention(years=1)
"""

BADGE = """
class Badge(Record, key="lockers.badge"):
    tag: str = field(unique=True, search=True)
    owner: str | None = field(default=None, guard="lockers.holders")
    note: str | None = field(default=None)
    pin: str | None = field(default=None, sealed=True, lookup=True)
    retention = Retention(years=1)
"""


def loan(target: str, name: str) -> str:
    return f"""
class Loan(Record, key="lockers.loan"):
    what: str = field()
    {name}: int | None = ref("{target}", default=None)
"""


#: As the office was begun with it.
ONE = FIRST + KEY + loan("lockers.key", "key_id") + "KINDS = [Key, Loan]\n" + HOOKS

#: The record, three of its fields, and a reference to it have other names.
RENAMED = (
    FIRST
    + """
STEPS += [
    Migration("0002_badge", rename_record("lockers.key", "lockers.badge")),
    Migration("0003_owner", rename_field("lockers.badge", "holder", "owner")),
    Migration("0004_pin", rename_field("lockers.badge", "code", "pin")),
    Migration("0005_loan", rename_field("lockers.loan", "key_id", "badge_id")),
]
"""
    + BADGE
    + loan("lockers.badge", "badge_id")
    + "KINDS = [Badge, Loan]\n"
    + HOOKS
)

#: A column and a sealed one are dropped, as `officeops plugins migration` writes it.
DROPPED = (
    FIRST
    + """
STEPS += [Migration("0002_drop", '''
PRAGMA defer_foreign_keys = ON;
CREATE TABLE lockers_key_kept AS SELECT * FROM lockers_key;
UPDATE sqlite_sequence SET name = 'lockers_key_kept' WHERE name = 'lockers_key';
DROP TABLE lockers_key;
CREATE TABLE lockers_key (COLUMNS, tag TEXT NOT NULL, holder TEXT) STRICT;
INSERT INTO lockers_key (id, version, archived_at, tag, holder)
SELECT id, version, archived_at, tag, holder FROM lockers_key_kept;
DELETE FROM sqlite_sequence WHERE name = 'lockers_key';
UPDATE sqlite_sequence SET name = 'lockers_key' WHERE name = 'lockers_key_kept';
DROP TABLE lockers_key_kept
''')]
""".replace("COLUMNS", COLUMNS)
    + KEY.replace("    note: str | None = field(default=None)\n", "").replace(
        "    code: str | None = field(default=None, sealed=True, lookup=True)\n", ""
    )
    + loan("lockers.key", "key_id")
    + "KINDS = [Key, Loan]\n"
    + HOOKS
)

#: The loans are gone with their table.
WITHOUT_LOANS = (
    FIRST
    + 'STEPS += [Migration("0002_loans", "DROP TABLE lockers_loan")]\n'
    + KEY
    + "KINDS = [Key]\n"
    + HOOKS
)

#: The record got its new name, and another kind of record the name that it had.
REUSED = RENAMED.replace(
    "KINDS = [Badge, Loan]",
    f"""STEPS += [Migration("0006_key", '''
CREATE TABLE lockers_key ({COLUMNS}, opens TEXT NOT NULL) STRICT
''')]
class Key(Record, key="lockers.key"):
    opens: str = field()
KINDS = [Badge, Loan, Key]""",
)
