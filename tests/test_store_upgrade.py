"""What opening an office does when declarations or migrations have moved on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.errors import Broken, Refused
from officeops.query import Query
from officeops.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.testing import OfficeFactory

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
        KEYS.format(search="", more="").replace('key="keys.key"', 'key="keys.item"').replace("keys_key", "keys_item"),
    )
    office_factory("inventory", "keys").close()
    (officeops_home / "config/officeops/officeops.toml").write_text('[nouns]\n"keys.item" = "office-key"\n')
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
    found = {word: len(office.select(record, [], Query(word))) for word in ("door", "gate", "cabinet")}
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


def test_a_migration_that_changes_rows_is_on_record(write: Callable[..., Path], office_factory: OfficeFactory) -> None:
    write("keys", KEYS.format(search="", more=""))
    add_key(office_factory, "door")
    more = 'MIGRATIONS.append(Migration("0002", "UPDATE keys_key SET tag = upper(tag);"))'
    write("keys", KEYS.format(search="", more=more))
    office = office_factory("keys")
    assert office.rows("SELECT tag FROM keys_key") == [("DOOR",)]
    change = "SELECT a.verb, a.actor, c.before, c.after FROM core_change c JOIN core_action a ON a.id = c.action_id ORDER BY c.id DESC"
    assert office.rows(change)[0] == ("core.migrate.keys", "tester", '{"tag":"door"}', '{"tag":"DOOR"}')


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


def test_half_a_migration_is_not_kept(write: Callable[..., Path], office_factory: OfficeFactory) -> None:
    write(
        "bad",
        "@hookimpl\ndef migrations(): return [Migration('0001', 'CREATE TABLE bad_one (id INTEGER); CREATE TABLE (')]",
    )
    office = office_factory("bad")
    assert not office.value("SELECT count(*) FROM sqlite_master WHERE name = 'bad_one'")


def test_a_bulk_action_that_ends_without_its_history_keeps_nothing(office_factory: OfficeFactory) -> None:
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
