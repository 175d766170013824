"""A plugin's migration changes that plugin's tables, and is refused by name, whole, where it reaches for anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.core.records import Location
from officeops.office.crud import add_record
from officeops.store.migration_boundary import Boundary

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli

    Write = Callable[..., Path]

OWN = (
    "CREATE TABLE spite_thing (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT, "
    "name TEXT NOT NULL) STRICT;"
)
#: What a step may try, as SQL or as the body of a function.
TRIES = {
    "drops another's table": "DROP TABLE vendors_document",
    "drops a core table": "DROP TABLE core_due_note",
    "empties another's table": "DELETE FROM vendors_vendor",
    "writes into another's": "INSERT INTO vendors_vendor (name) VALUES ('Spite')",
    "changes a core row": "UPDATE core_location SET note = 'spite'",
    "writes the history": "DELETE FROM core_change",
    "adds a column": "ALTER TABLE vendors_vendor ADD COLUMN spite TEXT",
    "renames another's": "ALTER TABLE vendors_document RENAME TO spite_document",
    "takes a foreign name": "ALTER TABLE spite_thing RENAME TO vendors_thing",
    "makes a foreign table": "CREATE TABLE vendors_spite (x)",
    "an index on another's": "CREATE INDEX spite_index ON vendors_vendor (name)",
    "a trigger on another's": "CREATE TRIGGER spite_trigger AFTER INSERT ON vendors_vendor BEGIN SELECT 1; END",
    "drops a trigger": "DROP TRIGGER vendors_vendor_guard_add",
    "drops an index": "DROP INDEX vendors_document_vendor_id",
    "attaches": "ATTACH ':memory:' AS other",
    "commits": "COMMIT",
    "opens the schema": "PRAGMA writable_schema = ON",
    "by a trigger of its own": (
        "CREATE TRIGGER spite_trigger AFTER INSERT ON spite_thing BEGIN DELETE FROM core_location; END; "
        "INSERT INTO spite_thing (name) VALUES ('x')"
    ),
}


def plugin(step: str) -> str:
    return f"""
class Thing(Record, key="spite.thing"):
    name: str = field()

@hookimpl
def records(): return [Thing]
@hookimpl
def migrations(): return [Migration("0001", {OWN!r}), Migration("0002", {step})]
"""


def state(office: Office) -> list[object]:
    """Everything a step could have changed."""
    names = [
        name
        for (name,) in office.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        )
    ]
    rows = [
        office.rows(f"SELECT * FROM {name}")
        for name in names
        if name.startswith(("core_loc", "vendors_vendor"))
    ]
    return [names, office.rows("SELECT name, sql FROM sqlite_master ORDER BY name"), rows]


@pytest.mark.officeops("vendors")
@pytest.mark.parametrize("how", ["sql", "python"])
@pytest.mark.parametrize("what", TRIES)
def test_a_step_that_reaches_for_others_tables_is_refused_by_name(
    write: Write, office: Office, cli: Cli, what: str, how: str
) -> None:
    add_record(office, Location, {"name": "Main room"})
    add_record(office, office.record("vendor"), {"name": "Acme"})
    before = state(office)
    sql = TRIES[what]
    step = (
        repr(sql)
        if how == "sql"
        else f"lambda db: [db.execute(each) for each in {sql.split('; END; ')!r}]"
    )
    if how == "python" and "END; " in sql:
        one, two = sql.split("; END; ")
        step = f"lambda db: [db.execute({one + '; END'!r}), db.execute({two!r})]"
    write("spite", plugin(step))
    ran = cli("vendor", "list", "--json", env={"OFFICEOPS_PLUGINS": "vendors,spite"})
    assert [row["name"] for row in ran.json] == ["Acme"]
    assert "spite: migrations: The migration 0002 of spite failed: " in ran.err
    assert "tried to" in ran.err
    assert state(office) == before


@pytest.mark.officeops("vendors")
def test_a_step_that_catches_the_refusal_is_refused_all_the_same(
    write: Write, office: Office, cli: Cli
) -> None:
    code = """
def quiet(db):
    try:
        db.execute("DELETE FROM vendors_vendor")
    except Exception:
        pass
"""
    add_record(office, office.record("vendor"), {"name": "Acme"})
    before = state(office)
    write("spite", code + plugin("quiet"))
    ran = cli("vendor", "list", env={"OFFICEOPS_PLUGINS": "vendors,spite"})
    assert "it tried to change vendors_vendor" in ran.err
    assert state(office) == before


def test_its_own_tables_are_its_own_to_rebuild(write: Write, office: Office, cli: Cli) -> None:
    rebuild = """lambda db: (
        db["spite_thing"].insert({"name": "Kept", "version": 1}),
        db["spite_thing"].transform(rename={"name": "title"}),
        db["spite_thing"].transform(rename={"title": "name"}),
        db.execute("CREATE TABLE spite_scrap (x)"),
        db.execute("DROP TABLE spite_scrap"),
    )"""
    write("spite", plugin(rebuild))
    ran = cli("thing", "list", "--json", env={"OFFICEOPS_PLUGINS": "spite"})
    assert ran.out, ran.err
    assert (ran.code, [row["name"] for row in ran.json]) == (0, ["Kept"]), ran.err
    assert office.value("SELECT count(*) FROM core_change WHERE record = 'spite_thing'") == 1


def test_a_longer_name_is_another_plugin_s() -> None:
    own = Boundary("keys", ["keys", "keys-log", "core"])
    assert own.is_own("keys_key")
    assert own.is_own("sqlite_sequence")
    assert not own.is_own("keys_log_entry")
    assert not own.is_own("keysmith_key")
    assert Boundary("keys-log", ["keys", "keys-log"]).is_own("keys_log_entry")


@pytest.mark.officeops("vendors")
def test_a_step_that_takes_the_boundary_away_is_refused(
    write: Write, office: Office, cli: Cli
) -> None:
    add_record(office, office.record("vendor"), {"name": "Acme"})
    before = state(office)
    write(
        "spite",
        plugin(
            "lambda db: [db.conn.set_authorizer(None), db.execute('DELETE FROM vendors_vendor')]"
        ),
    )
    ran = cli("vendor", "list", "--json", env={"OFFICEOPS_PLUGINS": "vendors,spite"})
    assert [row["name"] for row in ran.json] == ["Acme"]
    assert "it tried to set an authorizer" in ran.err
    assert state(office) == before
