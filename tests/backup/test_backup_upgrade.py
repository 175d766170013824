"""An upgrade is preceded by a copy, an old program refuses what it does not know, and open sessions are told."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops import __version__
from officeops.model.errors import Broken
from officeops.store import safety
from officeops.store.safety import copies, copy_before_upgrade
from officeops.store.table_versions import Moved

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

KEYS = """
class Key(Record, key="keys.key"):
    tag: str = field()
{fields}
MIGRATIONS = [Migration("0001", "CREATE TABLE keys_key (id INTEGER PRIMARY KEY AUTOINCREMENT, "
    "version INTEGER NOT NULL DEFAULT 1, archived_at TEXT, tag TEXT NOT NULL) STRICT;")]
{more}
@hookimpl
def records(): return [Key]
@hookimpl
def migrations(): return MIGRATIONS
"""
OLD = KEYS.format(fields="", more="")
NEW = KEYS.format(
    fields="    room: str | None = field(default=None)",
    more='MIGRATIONS.append(Migration("0002", "ALTER TABLE keys_key ADD COLUMN room TEXT;"))',
)


def hang(office: Office, tag: str) -> None:
    """Add a key."""
    with office.acting("test"):
        office.add(office.records["keys.key"](tag=tag))


def tags(path: str) -> list[str]:
    """The keys of a file, read without officeops."""
    raw = sqlite3.connect(path)
    found = [row[0] for row in raw.execute("SELECT tag FROM keys_key")]
    raw.close()
    return found


def test_before_an_upgrade_the_office_is_copied(
    write: Callable[..., Path], office_factory: OfficeFactory
) -> None:
    write("keys", OLD)
    first = office_factory("keys")
    assert copies(first.path) == [], "a new office has nothing to lose"
    hang(first, "door")
    write("keys", NEW)
    second = office_factory("keys")
    [(number, copy)] = copies(second.path)
    assert number == 1
    assert tags(copy) == ["door"]
    raw = sqlite3.connect(copy)
    assert "room" not in [row[1] for row in raw.execute("PRAGMA table_info(keys_key)")]
    raw.close()
    assert Path(copy).stat().st_mode & 0o777 == 0o600
    assert (
        second.value("SELECT count(*) FROM pragma_table_info('keys_key') WHERE name = 'room'") == 1
    )
    assert len(copies(office_factory("keys").path)) == 1, "nothing was pending any more"


def test_a_copy_before_an_upgrade_can_be_restored(
    write: Callable[..., Path], office_factory: OfficeFactory, cli: Cli
) -> None:
    write("keys", OLD)
    hang(office_factory("keys"), "door")
    write("keys", NEW)
    [(_, copy)] = copies(office_factory("keys").path)
    target = str(office_factory.home / "back.db")
    done = cli("backup", "restore", copy, "--to", target, env={"OFFICEOPS_PLUGINS": "keys"})
    assert "has no manifest, so only SQLite's own check was made" in done.err
    assert tags(target) == ["door"]


def test_the_last_three_copies_stay_and_none_is_made_twice(
    write: Callable[..., Path], office_factory: OfficeFactory
) -> None:
    write("keys", OLD)
    office = office_factory("keys")
    made = []
    for number in range(5):
        hang(office, str(number))
        made.append(copy_before_upgrade(office.store.db, office.path))
        assert copy_before_upgrade(office.store.db, office.path) == made[-1]
    assert [copy for _, copy in copies(office.path)] == made[-3:]
    assert [number for number, _ in copies(office.path)] == [3, 4, 5]


def test_a_migration_that_always_fails_does_not_copy_at_every_start(
    write: Callable[..., Path], office_factory: OfficeFactory
) -> None:
    office_factory("vendors")
    write("bad", "@hookimpl\ndef migrations(): return [Migration('0001_start', 'CREATE TABLE (')]")
    for _ in range(3):
        office = office_factory("vendors", "bad")
    assert len(copies(office.path)) == 1


def test_without_room_for_the_copy_nothing_is_upgraded(
    write: Callable[..., Path], office_factory: OfficeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("keys", OLD)
    path = office_factory("keys").path
    write("keys", NEW)

    def full(_: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(safety, "sync", full)
    with pytest.raises(Broken, match=r"No space left on device\. Nothing was changed"):
        office_factory("keys")
    assert copies(path) == []
    assert not [name for name in os.listdir(office_factory.home) if name.endswith(".part")]
    raw = sqlite3.connect(path)
    assert "room" not in [row[1] for row in raw.execute("PRAGMA table_info(keys_key)")]
    raw.close()


def test_an_old_program_refuses_a_newer_office(
    office: Office, office_factory: OfficeFactory, cli: Cli
) -> None:
    raw = sqlite3.connect(office.path)
    raw.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('core', '9999_future', 'then')"
    )
    raw.execute("UPDATE core_installed SET signature = '9.8.7' WHERE record = 'version:core'")
    raw.commit()
    raw.close()
    with pytest.raises(Broken) as refused:
        office_factory()
    told = str(refused.value)
    assert "upgraded by officeops 9.8.7" in told
    assert f"this is officeops {__version__}" in told
    assert "Update officeops" in told
    done = cli("item", "list")
    assert (done.code, "9.8.7" in done.err) == (1, True)


def test_an_old_plugin_is_refused_and_the_others_go_on(
    write: Callable[..., Path], office_factory: OfficeFactory
) -> None:
    write("keys", NEW)
    office_factory("keys", "vendors")
    write("keys", OLD)
    office = office_factory("keys", "vendors")
    assert "vendors.vendor" in office.records
    assert "keys.key" not in office.records
    [trouble] = office.plugins.troubles
    assert (trouble.plugin, trouble.where) == ("keys", "migrations")
    assert "update the plugin" in trouble.why


def test_an_open_session_is_told_of_an_upgrade_at_its_next_write(
    write: Callable[..., Path], office_factory: OfficeFactory
) -> None:
    write("keys", OLD)
    session = office_factory("keys")
    hang(session, "before")
    write("keys", NEW)
    office_factory("keys")
    with pytest.raises(Moved, match="Close officeops and open it again"):
        hang(session, "after")
    assert tags(session.path) == ["before"]


def test_an_upgrade_of_a_plugin_a_session_does_not_have_is_nothing_to_it(
    write: Callable[..., Path], office_factory: OfficeFactory
) -> None:
    session = office_factory("vendors")
    write("keys", OLD)
    office_factory("vendors", "keys")
    vendor = session.records["vendors.vendor"]
    for name in ("Ajax", "Bolt"):
        with session.acting("test"):
            session.add(vendor(name=name))
    assert session.value("SELECT count(*) FROM vendors_vendor") == 2


@pytest.mark.usefixtures("shipped")
def test_the_version_that_upgraded_is_kept(office: Office) -> None:
    kept = dict(
        office.rows("SELECT record, signature FROM core_installed WHERE record LIKE 'version:%'")
    )
    assert kept == {
        "version:core": __version__,
        "version:hr": __version__,
        "version:inventory": __version__,
        "version:maintenance": __version__,
        "version:vendors": __version__,
    }
