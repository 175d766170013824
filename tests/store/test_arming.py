"""Triggers rest until a table is written: every road to a table arms them, and none gets past."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.history.verify import verify
from officeops.office.crud import add_record
from officeops.office.office import open_office
from officeops.store import blobs
from officeops.store.arming import guards
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

IN_SCHEMA = "SELECT name, sql FROM main.sqlite_master WHERE type = 'trigger' ORDER BY name"
MADE = "SELECT count(*) FROM temp.sqlite_master WHERE type = 'trigger'"
ROWS = "SELECT count(*) FROM vendors_vendor"
CHANGES = "SELECT count(*) FROM core_change WHERE record = 'vendors_vendor'"
#: Ways to write the statement that renames every vendor.
SPELLINGS = [
    "UPDATE vendors_vendor SET note = ?",
    "update VENDORS_VENDOR set note = ?",
    'UPDATE "vendors_vendor" SET note = ?',
    "UPDATE [vendors_vendor] SET note = ?",
    "UPDATE `vendors_vendor` SET note = ?",
    "UPDATE main.vendors_vendor SET note = ?",
    "/* first */ -- and\n UPDATE/**/vendors_vendor/**/SET note = ?",
    "UPDATE OR REPLACE vendors_vendor SET note = ?",
    "WITH new AS (SELECT ? AS note) UPDATE vendors_vendor SET note = (SELECT note FROM new)",
    "UPDATE vendors_vendor SET note = n.note FROM (SELECT ? AS note) n",
    (
        "INSERT INTO vendors_vendor (id, name, note) SELECT id, name, ? FROM vendors_vendor WHERE 1 "
        "ON CONFLICT (id) DO UPDATE SET note = excluded.note"
    ),
]


def test_the_schema_has_guards_alone_and_reading_arms_nothing(office: Office) -> None:
    tables = {record.meta.table for record in office.records.values()}
    allowed: set[tuple[str, str]] = set()
    for table in tables:
        allowed.update(guards(table))
    allowed.update(blobs.triggers())
    in_schema = set(office.rows(IN_SCHEMA))
    assert in_schema <= allowed
    assert len(in_schema) >= 3 * 20
    with closing(open_office(office.path, only=["vendors", "inventory"])) as other:
        other.value(ROWS)
        assert other.value(MADE) == 0
        add_record(other, Vendor, {"name": "Acme"})
        made = other.value(MADE)
        add_record(other, Vendor, {"name": "Bolt"})
        assert other.value(MADE) == made > 10


@pytest.mark.parametrize("sql", SPELLINGS)
def test_every_spelling_of_a_write_is_on_record(office: Office, sql: str) -> None:
    add_record(office, Vendor, {"name": "Acme"})
    with closing(open_office(office.path, only=["vendors", "inventory"])) as other:
        with other.acting("test.raw"):
            other.store.db.execute(sql, ("n",))
        assert other.value("SELECT note FROM vendors_vendor") == "n"
        assert other.value(CHANGES) == 2
        assert verify(other) == []


def test_many_rows_of_a_generator_are_all_written(office: Office) -> None:
    rows = ((name,) for name in ("Acme", "Bolt", "Crane"))
    with office.acting("test.raw"):
        office.store.db.executemany("INSERT INTO vendors_vendor (name) VALUES (?)", rows)
    assert [office.value(ROWS), office.value(CHANGES)] == [3, 3]
    assert verify(office) == []


def test_a_program_without_officeops_writes_to_no_guarded_table(office: Office) -> None:
    guarded = office.rows("SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'")
    with closing(sqlite3.connect(office.path)) as db:
        for (table,) in guarded:
            with pytest.raises(sqlite3.OperationalError, match=r"officeops_(writing|destroying)"):
                db.execute(f"DELETE FROM {table}")


def test_a_write_that_arms_nothing_is_refused(office: Office) -> None:
    """What would get past the statement's own look is stopped by the guard."""
    add_record(office, Vendor, {"name": "Acme"})
    db = office.store.db
    db.arming.forget()
    with pytest.raises(sqlite3.OperationalError), office.acting("test.raw"):
        db.unlooked("UPDATE vendors_vendor SET note = 'n'")
    assert office.value(CHANGES) == 1


CUPS = """
class Cup(Record, key="cups.cup"):
    size: int = field(maximum={maximum})

@hookimpl
def records():
    return [Cup]

@hookimpl
def migrations():
    return [Migration("0001", "CREATE TABLE cups_cup (id INTEGER PRIMARY KEY AUTOINCREMENT, "
        "version INTEGER NOT NULL DEFAULT 1, archived_at TEXT, size INTEGER NOT NULL) STRICT")]
"""


def test_an_open_session_takes_the_triggers_of_an_upgrade_without_steps(
    write: Callable[..., Path], office_factory: OfficeFactory
) -> None:
    write("cups", CUPS.format(maximum=9))
    session = office_factory("cups")
    insert = "INSERT INTO cups_cup (size) VALUES (?)"
    with session.acting("test.raw"):
        session.store.db.execute(insert, (8,))
    write("cups", CUPS.format(maximum=3))
    newer = office_factory("cups")
    with pytest.raises(sqlite3.IntegrityError, match="UNFIT"), session.acting("test.raw"):
        session.store.db.execute(insert, (8,))
    with session.acting("test.raw"):
        session.store.db.execute(insert, (2,))
    assert verify(newer) == []


NUMBERS = count()
STEPS = st.lists(
    st.sampled_from(["add", "edit", "many", "savepoint", "back", "release", "fail"]), max_size=12
)


@tried(60)
@example(actions=[["savepoint", "add", "back", "add"]])
@example(actions=[["savepoint", "add", "back", "release", "savepoint", "add", "back", "add"]])
@example(actions=[["add", "fail"], ["add"]])
@given(actions=st.lists(STEPS, min_size=1, max_size=4))
def test_what_is_kept_is_on_record_whatever_was_taken_back(
    actions: list[list[str]], office_factory: OfficeFactory
) -> None:
    """Savepoints and failed actions take armed triggers away with what they take back."""
    with closing(office_factory("vendors", file=f"{next(NUMBERS)}.db")) as office:
        for steps in actions:
            with suppress(ZeroDivisionError), office.acting("test.raw"):
                run(office, steps)
        assert office.value(ROWS) == office.value(CHANGES + " AND before IS NULL")
        assert verify(office) == []


def run(office: Office, steps: list[str]) -> None:
    """Take steps inside an action: rows by SQL, savepoints, and a failure."""
    db, depth = office.store.db, 0
    for step in steps:
        if step == "add":
            db.execute(
                "INSERT INTO vendors_vendor (name) SELECT 'V' || (1 + count(*)) FROM vendors_vendor"
            )
        elif step == "edit":
            db.execute("UPDATE vendors_vendor SET note = ifnull(note, '') || 'n'")
        elif step == "many":
            db.executemany("UPDATE vendors_vendor SET website = ?", [("5550100",), ("5550101",)])
        elif step == "savepoint":
            db.execute("SAVEPOINT point")
            depth += 1
        elif step == "back" and depth:
            db.execute("ROLLBACK TO point")
        elif step == "release" and depth:
            db.execute("RELEASE point")
            depth -= 1
        elif step == "fail":
            raise ZeroDivisionError
    for _ in range(depth):
        db.execute("RELEASE point")
