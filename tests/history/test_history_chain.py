"""Every action is sealed with the history's key, and the office works on where that key is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from officeops.history.verify import verify
from officeops.model.errors import Broken
from officeops.office.crud import add_record
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory
from tests.history.key_tools import lose


def test_every_action_has_a_link_also_those_of_migrations(office: Office) -> None:
    add_record(office, Vendor, {"name": "Acme"})
    rows = office.rows("SELECT length(link), length(key_id), verb FROM core_action")
    assert len(rows) > 1
    assert {row[:2] for row in rows} == {(32, 16)}
    assert {row[2].partition(".")[0] for row in rows} == {"core", "vendors"}
    assert verify(office) == []


def test_the_key_lies_beside_the_file_for_its_owner_alone(office: Office) -> None:
    found = os.stat(f"{office.path}.key")
    assert (found.st_size, found.st_mode & 0o777) == (32, 0o600)


@pytest.mark.parametrize("said", ["environment", "settings"])
def test_the_key_lies_where_it_is_said_to_lie(
    said: str, officeops_home: Path, office_factory: OfficeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = officeops_home / "elsewhere.key"
    if said == "environment":
        monkeypatch.setenv("OFFICEOPS_KEY", str(key))
    else:
        folder = officeops_home / "config" / "officeops"
        folder.mkdir(parents=True)
        (folder / "officeops.toml").write_text(f'history_key = "{key}"\n')
    office = office_factory()
    assert key.exists()
    assert not os.path.exists(f"{office.path}.key")
    assert verify(office) == []


def test_without_its_key_the_office_works_on_and_the_break_is_told(
    office_factory: OfficeFactory,
) -> None:
    office = office_factory()
    add_record(office, Vendor, {"name": "Acme"})
    old = office.value("SELECT key_id FROM core_action")
    secret = lose(office)
    office = office_factory()
    add_record(office, Vendor, {"name": "Beta"})
    assert office.value("SELECT key_id FROM core_action ORDER BY id DESC") != old
    [finding] = verify(office)
    assert (finding.kind, finding.action) == ("key", 1)
    assert f"{office.path}.key.{old}" in finding.message
    with open(f"{office.path}.key.{old}", "wb") as file:
        file.write(secret)
    assert verify(office) == []


def test_a_session_takes_up_the_key_another_had_to_make(office_factory: OfficeFactory) -> None:
    early = office_factory()
    add_record(early, Vendor, {"name": "Acme"})
    secret, old = lose(early), early.value("SELECT key_id FROM core_action")
    add_record(office_factory(), Vendor, {"name": "Beta"})
    add_record(early, Vendor, {"name": "Gamma"})
    with open(f"{early.path}.key.{old}", "wb") as file:
        file.write(secret)
    assert verify(early) == []


def test_what_is_no_key_is_refused_with_the_cure(office_factory: OfficeFactory) -> None:
    office = office_factory()
    lose(office)
    with open(f"{office.path}.key", "wb") as file:
        file.write(b"short")
    fresh = office_factory()
    with pytest.raises(
        Broken, match=r"is not a key of the history: a key has 32 bytes\. Put the right one"
    ):
        add_record(fresh, Vendor, {"name": "Acme"})
    assert fresh.first(Vendor, "name = 'Acme'") is None


def test_another_office_on_the_same_key_has_another_chain(
    officeops_home: Path, office_factory: OfficeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFICEOPS_KEY", str(officeops_home / "shared.key"))
    offices = [office_factory(file=f"{name}.db") for name in "ab"]
    assert offices[0].value("SELECT key_id FROM core_action") == offices[1].value(
        "SELECT key_id FROM core_action"
    )
    assert [verify(office) for office in offices] == [[], []]


MORE = """
class Key(Record, key="keys.key"):
    tag: str = field()
    {field}

MIGRATIONS = [Migration("0001", "CREATE TABLE keys_key (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, "
    "archived_at TEXT, tag TEXT NOT NULL) STRICT; INSERT INTO keys_key (tag) VALUES ('front door'), ('back door');"), {more}]

@hookimpl
def records(): return [Key]
@hookimpl
def migrations(): return MIGRATIONS
"""
WIDER = """Migration("0002", "ALTER TABLE keys_key ADD COLUMN room TEXT NOT NULL DEFAULT 'hall'; UPDATE keys_key SET room = 'yard' WHERE id = 2; DELETE FROM keys_key WHERE id = 1;")"""


def test_what_a_migration_does_is_on_record_where_no_trigger_was(
    write: Callable[..., Path], office_factory: OfficeFactory
) -> None:
    write("keys", MORE.format(field="", more=""))
    office = office_factory("keys")
    assert verify(office) == []
    assert (
        office.value(
            "SELECT count(*) FROM core_change WHERE record = 'keys_key' AND before IS NULL"
        )
        == 2
    )
    write("keys", MORE.format(field="room: str = field(default='hall')", more=WIDER))
    office = office_factory("keys")
    assert verify(office) == []
    changes = office.rows(
        "SELECT record_id, before, after FROM core_change WHERE record = 'keys_key' ORDER BY id DESC"
    )
    assert changes[0] == (2, '{"room":null}', '{"room":"yard"}')
    assert (1, None) in {(record_id, after) for record_id, _, after in changes}


def test_an_import_is_sealed_as_a_whole(cli: Cli) -> None:
    rows = "".join(f"{n},Vendor {n}\n" for n in range(2500))  # more than one piece
    cli("vendor", "import", "-", typed=f"code,name\n{rows}")
    ran = cli("history", "verify")
    assert (ran.code, ran.out) == (0, "")
    assert "every record matches it" in ran.err


def test_sealing_does_not_import_openssl(office: Office) -> None:
    code = "import sys; from officeops.store.chain import seal; from officeops.store.key import Key; Key(b'x' * 32); sys.exit('hashlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert office
