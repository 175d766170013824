"""What opening an office does when declarations or migrations have moved on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from tests.history.history_tools import raw
from tests.resting import alter_trigger

from officeops.history.verify import verify
from officeops.model.declarations import Query
from officeops.model.errors import Broken, Refused
from officeops.store.table_versions import Moved

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.testing import Cli, OfficeFactory

KEYS = """
class Key(Record, key="keys.key"):
    tag: str = field({search})

MIGRATIONS = [Migration("0001", "CREATE TABLE keys_key (id INTEGER PRIMARY KEY AUTOINCREMENT, "
    "version INTEGER NOT NULL DEFAULT 1, archived_at TEXT, tag TEXT NOT NULL) STRICT;")]
{more}
@hookimpl
def records(): return [Key]
@hookimpl
def migrations(): return MIGRATIONS
"""


def add_key(office_factory: OfficeFactory, tag: str) -> tuple[int, int]:
    """Add a key in a fresh office object; return how many keys and how many history rows of keys there are."""
    office = office_factory("keys")
    record = office.records["keys.key"]
    with office.acting("test"):
        office.add(record(tag=tag))
    keys = office.value("SELECT count(*) FROM keys_key")
    written = office.value("SELECT count(*) FROM core_change WHERE record = 'keys_key'")
    office.close()
    return keys, written


def test_a_field_that_becomes_searched_is_found_in_records_that_were_there(
    write: Callable[..., Path], office_factory: OfficeFactory
) -> None:
    write("keys", KEYS.format(search="", more=""))
    add_key(office_factory, "front door")
    write("keys", KEYS.format(search="search=True", more=""))
    add_key(office_factory, "drug cabinet")
    office = office_factory("keys")
    record = office.records["keys.key"]
    for word in ("door", "cabinet"):
        assert len(office.select(record, [record.meta.fields[0]], Query(word))) == 1


def test_a_record_left_out_for_its_noun_has_its_history_once_it_is_renamed(
    write: Callable[..., Path], office_factory: OfficeFactory, officeops_home: Path
) -> None:
    write(
        "keys",
        KEYS.format(search="", more="")
        .replace('key="keys.key"', 'key="keys.item"')
        .replace("keys_key", "keys_item"),
    )
    office_factory("inventory", "keys").close()
    (officeops_home / "config/officeops/officeops.toml").write_text(
        '[nouns]\n"keys.item" = "office-key"\n'
    )
    office = office_factory("inventory", "keys")
    with office.acting("test"):
        office.add(office.records["keys.item"](tag="door"))
    assert office.value("SELECT count(*) FROM core_change WHERE record = 'keys_item'") == 1


def test_a_migration_that_rebuilds_a_table_leaves_it_with_its_history_and_its_search(
    write: Callable[..., Path], office_factory: OfficeFactory
) -> None:
    write("keys", KEYS.format(search="search=True", more=""))
    add_key(office_factory, "front door")
    rebuild = """
def rebuild(db):
    db["keys_key"].transform(column_order=["id", "tag"], strict=True)
    db.execute("UPDATE keys_key SET tag = 'back gate'")
MIGRATIONS.append(Migration("0002", rebuild))
"""
    write("keys", KEYS.format(search="search=True", more=rebuild))
    assert add_key(office_factory, "cabinet") == (2, 3)
    office = office_factory("keys")
    record = office.records["keys.key"]
    found = {
        word: len(office.select(record, [], Query(word))) for word in ("door", "gate", "cabinet")
    }
    assert found == {"door": 0, "gate": 1, "cabinet": 1}
    assert verify(office) == []


def test_a_plugin_whose_table_no_migration_makes_is_refused_and_the_office_works(
    write: Callable[..., Path], office_factory: OfficeFactory
) -> None:
    write("keys", KEYS.format(search="", more="MIGRATIONS.clear()"))
    office = office_factory("keys", "vendors")
    [trouble] = office.plugins.troubles
    assert str(trouble).startswith(
        "keys: migrations: no migration makes its table keys_key; for its author, `officeops"
    )
    assert "keys.key" not in office.records
    assert "vendors.vendor" in office.records


def test_a_migration_that_changes_rows_is_on_record(
    write: Callable[..., Path], office_factory: OfficeFactory
) -> None:
    write("keys", KEYS.format(search="", more=""))
    add_key(office_factory, "door")
    more = 'MIGRATIONS.append(Migration("0002", "UPDATE keys_key SET tag = upper(tag);"))'
    write("keys", KEYS.format(search="", more=more))
    office = office_factory("keys")
    assert office.rows("SELECT tag FROM keys_key") == [("DOOR",)]
    change = "SELECT a.verb, a.actor, c.before, c.after FROM core_change c JOIN core_action a ON a.id = c.action_id ORDER BY c.id DESC"
    assert office.rows(change)[0] == (
        "core.migrate.keys",
        "tester",
        '{"tag":"door"}',
        '{"tag":"DOOR"}',
    )


def test_a_plugin_whose_migration_fails_is_refused_and_the_others_go_on(
    write: Callable[..., Path], office_factory: OfficeFactory
) -> None:
    write("keys", KEYS.format(search="", more=""))
    write("bad", "@hookimpl\ndef migrations(): return [Migration('0001_start', 'CREATE TABLE (')]")
    office = office_factory("keys", "bad")
    assert "keys.key" in office.records
    [trouble] = office.plugins.troubles
    assert (trouble.plugin, trouble.where) == ("bad", "migrations")
    assert "0001_start of bad failed" in trouble.why


def test_half_a_migration_is_not_kept(
    write: Callable[..., Path], office_factory: OfficeFactory
) -> None:
    write(
        "bad",
        "@hookimpl\ndef migrations(): return [Migration('0001', 'CREATE TABLE bad_one (id INTEGER); CREATE TABLE (')]",
    )
    office = office_factory("bad")
    assert not office.value("SELECT count(*) FROM sqlite_master WHERE name = 'bad_one'")


def test_a_bulk_action_that_ends_without_its_history_keeps_nothing(
    office_factory: OfficeFactory,
) -> None:
    office = office_factory("vendors")
    vendor = office.records["vendors.vendor"]

    def bulk() -> None:
        with office.acting("test"):
            office.store.defer()
            office.add_many(vendor, [{"name": "Ajax"}])

    with pytest.raises(Broken, match="without writing its history"):
        bulk()
    assert office.value("SELECT count(*) FROM vendors_vendor") == 0
    with office.acting("test"):
        office.add(vendor(name="Ajax"))
    assert office.value("SELECT count(*) FROM core_change WHERE record = 'vendors_vendor'") == 1


def test_what_a_bulk_action_adds_it_cannot_change(office_factory: OfficeFactory) -> None:
    office = office_factory("vendors")
    vendor = office.records["vendors.vendor"]

    def bulk() -> None:
        with office.acting("test"):
            office.store.defer()
            office.edit(office.add(vendor(name="Ajax")), name="Bjax")

    with pytest.raises(Broken, match="cannot be changed in it"):
        bulk()
    with pytest.raises(Refused, match="is needed"), office.acting("test"):
        office.add(vendor(name=""))


# -- what is no office ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["today", "item list", "history verify", "backup", "item add --sku A --name B"]
)
@pytest.mark.parametrize("what", ["is empty", "is not an office's file"])
def test_a_file_that_is_no_office_is_not_made_one(cli: Cli, words: str, what: str) -> None:
    cli.path.touch()
    if what != "is empty":
        with closing(sqlite3.connect(cli.path)) as db:
            db.execute("CREATE TABLE t (a)")
    before = cli.path.read_bytes()
    done = cli(*words.split())
    assert done.code == 1
    assert f"{what}. Bring the latest backup back with `officeops backup restore`" in done.err
    assert cli.path.read_bytes() == before


def test_an_office_is_begun_in_an_empty_file_and_not_in_another_programs(cli: Cli) -> None:
    cli.path.touch()
    assert cli("init", "--name", "Ours").code == 0
    other = cli.path.with_name("other.db")
    with closing(sqlite3.connect(other)) as db:
        db.execute("CREATE TABLE t (a)")
    done = cli("--db", str(other), "init", "--name", "Ours")
    assert (done.code, "is not an office's file" in done.err) == (1, True)
    with closing(sqlite3.connect(other)) as db:
        assert db.execute("SELECT name FROM sqlite_master").fetchall() == [("t",)]


# -- what was altered before an upgrade -----------------------------------------------------------------

REBUILD = """
def rebuild(db):
    db["keys_key"].transform(column_order=["id", "tag"], strict=True)
    {change}
MIGRATIONS.append(Migration("0002", rebuild))
"""
TOUCH = """db.execute("UPDATE keys_key SET tag = upper(tag)")"""
ALTERED = {
    "another value": (
        "UPDATE keys_key SET tag = 'forged' WHERE id = 2",
        "keys.key #2 is not as recorded: tag altered",
    ),
    "text that is none": (
        "UPDATE keys_key SET tag = CAST(x'ff' AS TEXT) WHERE id = 2",
        "text that cannot be read",
    ),
    "gone": ("DELETE FROM keys_key WHERE id = 2", "keys.key #2 is gone"),
    "put in": (
        "INSERT INTO keys_key (tag) VALUES ('forged')",
        "keys.key #3 is there, but the history does not know it",
    ),
}


@pytest.mark.parametrize("how", ALTERED)
@pytest.mark.parametrize("change", ["", TOUCH], ids=["kept", "changed"])
def test_an_upgrade_goes_on_and_does_not_pass_an_alteration_off_as_its_own(
    write: Callable[..., Path], office_factory: OfficeFactory, how: str, change: str
) -> None:
    write("keys", KEYS.format(search="", more=""))
    for tag in ("front", "back"):
        add_key(office_factory, tag)
    sql, told = ALTERED[how]
    with raw(office_factory.home / "office.db") as db:
        db.execute(sql)
    write("keys", KEYS.format(search="", more=REBUILD.format(change=change)))
    office = office_factory("keys")
    assert office.value("SELECT tag FROM keys_key WHERE id = 1") == ("FRONT" if change else "front")
    findings = [(each.record_id, each.message) for each in verify(office)]
    assert {number for number, _ in findings} == {3 if how == "put in" else 2}
    if not change:
        assert told in findings[0][1]


def test_a_column_that_an_upgrade_took_away_is_on_record(
    write: Callable[..., Path], office_factory: OfficeFactory
) -> None:
    made = KEYS.replace("tag TEXT NOT NULL)", "tag TEXT NOT NULL, room TEXT)")
    field = "field({search})\n    room: str | None = field(default=None)"
    write("keys", made.replace("field({search})", field).format(search="", more=""))
    office = office_factory("keys")
    with office.acting("test"):
        office.add(office.records["keys.key"](tag="door", room="Lab"))
    office.close()
    gone = 'MIGRATIONS.append(Migration("0002", lambda db: db["keys_key"].transform(drop={"room"}, strict=True)))'
    write("keys", made.format(search="", more="").replace("\n@hookimpl", f"{gone}\n@hookimpl", 1))
    office = office_factory("keys")
    change = "SELECT before, after FROM core_change ORDER BY id DESC LIMIT 1"
    assert office.rows(change) == [('{"room":"Lab"}', '{"room":null}')]
    assert verify(office) == []


def test_triggers_that_change_without_a_migration_are_on_record_for_when_the_plugin_is_off(
    write: Callable[..., Path], office_factory: OfficeFactory
) -> None:
    for search in ("", "search=True"):
        write("keys", KEYS.format(search=search, more=""))
        add_key(office_factory, f"front {search}")
    office = office_factory("vendors")
    assert verify(office) == []
    assert office.value("SELECT count(*) FROM core_action WHERE verb = 'core.migrate.keys'") == 2
    with raw(office_factory.home / "office.db", quiet=False) as db:
        alter_trigger(db, "keys_key_search_add")
    [missing] = verify(office)
    assert (missing.code, "keys_key_search_add" in str(missing)) == ("trigger-missing", True)


# -- sessions that are open across an upgrade -----------------------------------------------------------

WIDER = 'MIGRATIONS.append(Migration("0002", "ALTER TABLE keys_key ADD COLUMN room TEXT;"))'
VALUES = 'MIGRATIONS.append(Migration("0002", "UPDATE keys_key SET tag = upper(tag);"))'


@pytest.mark.parametrize("more", [WIDER, VALUES], ids=["wider", "only values"])
@pytest.mark.parametrize("how", ["itself", "by a new twin", "by an old twin"])
def test_a_session_that_is_open_across_an_upgrade_writes_nothing_more(
    write: Callable[..., Path], office_factory: OfficeFactory, more: str, how: str
) -> None:
    write("keys", KEYS.format(search="", more=""))
    add_key(office_factory, "door")
    session = office_factory("keys")
    key = session.records["keys.key"]
    old = session.twin()
    write("keys", KEYS.format(search="", more=more))
    newer = office_factory("keys")
    there = newer.rows("SELECT * FROM keys_key")

    def hang() -> None:
        office = {
            "itself": lambda: session,
            "by an old twin": lambda: old,
            "by a new twin": session.twin,
        }[how]()
        with office.acting("test"):
            office.add(key(tag="after"))

    with closing(old), pytest.raises(Moved, match="Close officeops and open it again"):
        hang()
    assert newer.rows("SELECT * FROM keys_key") == there
    assert [each.where for each in session.plugins.troubles] == []
