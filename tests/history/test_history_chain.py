"""Every action is sealed with the history's key, and the office works on where that key is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.history.history_tools import raw

from officeops.history.accept import accept, look
from officeops.history.verify import verify
from officeops.model.errors import Broken, Refused
from officeops.office.crud import add_record
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory


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


def lose(office: Office) -> bytes:
    """Take the key away, as a forgotten disk does."""
    with open(f"{office.path}.key", "rb") as file:
        secret = file.read()
    os.unlink(f"{office.path}.key")
    return secret


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


# -- a lost key, and what may be done under its name -------------------------------------------------------


def replaced(office_factory: OfficeFactory) -> tuple[Office, str, int]:
    """An office that lost its key and wrote three times with a new one; the lost key's name, and its last action."""
    office = office_factory()
    add_record(office, Vendor, {"name": "Acme"})
    [(old, last)] = office.rows("SELECT key_id, id FROM core_action ORDER BY id DESC LIMIT 1")
    lose(office)
    office = office_factory()
    for name in ("Beta", "Gamma", "Delta"):
        add_record(office, Vendor, {"name": name})
    return office, old, last


def told(office: Office) -> list[str]:
    return [str(each) for each in verify(office)]


def test_where_a_lost_key_ends_is_told(office_factory: OfficeFactory) -> None:
    office, old, last = replaced(office_factory)
    [sentence] = told(office)
    assert sentence.startswith(f"Actions 1 to {last} name the key {old}, which is not here")


@pytest.mark.parametrize("later", ["all", "all but the first", "the middle", "the first"])
def test_what_is_altered_under_the_name_of_a_lost_key_is_told(
    office_factory: OfficeFactory, later: str
) -> None:
    office, old, last = replaced(office_factory)
    before = told(office)
    which = {
        "all": f"id > {last}",
        "all but the first": f"id > {last + 1}",
        "the middle": f"id = {last + 2}",
        "the first": f"id = {last + 1}",
    }[later]
    with raw(Path(office.path)) as db:
        db.execute(f"UPDATE core_action SET key_id = ?, actor = 'boss' WHERE {which}", (old,))
    found = verify(office)
    assert [str(each) for each in found] != before
    assert {each.kind for each in found} == (
        {"key", "action"} if later in {"the first", "the middle"} else {"key"}
    )
    code = {"all": "key-unused", "the first": "key-first-unsaid"}.get(later, "key-back")
    assert code in {finding.code for finding in found}


def test_a_former_key_that_is_here_must_not_be_used_again(office_factory: OfficeFactory) -> None:
    office = office_factory()
    add_record(office, Vendor, {"name": "Acme"})
    old = office.value("SELECT key_id FROM core_action")
    os.rename(f"{office.path}.key", f"{office.path}.key.{old}")
    office = office_factory()
    add_record(office, Vendor, {"name": "Beta"})
    assert verify(office) == []
    new = office.value("SELECT key_id FROM core_action ORDER BY id DESC")
    os.rename(f"{office.path}.key", f"{office.path}.key.{new}")
    os.rename(f"{office.path}.key.{old}", f"{office.path}.key")
    office = office_factory()
    add_record(office, Vendor, {"name": "Gamma"})
    [finding] = verify(office)
    assert (finding.code, finding.facts["key"]) == ("key-back", old)


# -- accepting what was found ------------------------------------------------------------------------------


def test_a_lost_key_is_accepted_once_for_what_it_sealed_and_nothing_later(
    cli: Cli, office_factory: OfficeFactory
) -> None:
    office, old, last = replaced(office_factory)
    assert cli("backup").code == 5  # kept, but it is not good
    assert cli("history", "accept", "--because", "the disk died").code == 2, (
        "there is no terminal to ask on"
    )
    assert cli("history", "verify").code == 1
    assert cli("history", "accept", "--because", "the disk died", "--yes").code == 0
    ran = cli("history", "verify")
    assert ran.code == 0
    assert ran.out.startswith(f"Note: Actions 1 to {last} name the key {old}")
    assert "accepted by" in ran.out
    assert "because the disk died." in ran.out
    assert [each["accepted"] for each in cli("history", "verify", "--json").json] != [""]
    assert cli("selfcheck").code == 0
    for words in (["backup"], ["backup", "verify"], ["backup", "drill"]):
        assert cli(*words).code == 0, words
    assert office.value("SELECT count(*) FROM core_action WHERE verb = 'core.history.accept'") == 1
    assert cli("history", "accept", "--yes").err == "There is nothing to accept.\n"
    with raw(Path(office.path)) as db:
        db.execute("UPDATE core_action SET key_id = ? WHERE id = ?", (old, last + 1))
    assert any(f"Actions 1 to {last + 1} name the key {old}" in each for each in told(office))
    assert cli("backup").code == 5  # kept, but it is not good


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE core_action SET actor = 'boss' WHERE id = 2",
        "UPDATE core_change SET after = replace(after, 'Acme', 'Forged') WHERE record = 'vendors_vendor' AND record_id = 1",
    ],
)
def test_what_a_lost_key_sealed_may_not_change_once_it_is_accepted(
    office_factory: OfficeFactory, forged: str
) -> None:
    office, old, _ = replaced(office_factory)
    accept(office, look(office))
    assert verify(office) == []
    with raw(Path(office.path)) as db:
        assert db.execute(forged).rowcount == 1
        db.execute(
            "UPDATE vendors_vendor SET name = 'Forged' WHERE id = 1 AND ? LIKE '%Forged%'",
            (forged,),
        )
    [finding] = verify(office)
    assert (finding.code, finding.facts["key"]) == ("key-lost", old)


@pytest.mark.parametrize("forged", ["the acceptance", "its key", "one of one's own"])
def test_nothing_is_accepted_by_what_is_not_as_it_was_sealed(
    office_factory: OfficeFactory, forged: str
) -> None:
    office, _, _ = replaced(office_factory)
    if forged != "one of one's own":
        accept(office, look(office), "the disk died")
        assert verify(office) == []
    [arguments] = [str(list(each.mark)).replace("'", '"') for each in look(office).acceptable] or [
        ""
    ]
    with raw(Path(office.path)) as db:
        if forged == "the acceptance":
            db.execute("UPDATE core_action SET actor = 'boss' WHERE verb = 'core.history.accept'")
        elif forged == "its key":
            db.execute(
                "UPDATE core_action SET key_id = 'deadbeefdeadbeef' WHERE verb = 'core.history.accept'"
            )
        else:
            db.execute(
                "INSERT INTO core_action (actor, at, verb, arguments, first_change, link, key_id) SELECT 'ann', at, "
                "'core.history.accept', ?, first_change + 1, randomblob(32), key_id FROM core_action ORDER BY id DESC LIMIT 1",
                (f'{{"found": [{arguments}]}}',),
            )
    assert "key" in {each.kind for each in verify(office)}


def test_an_altered_record_is_put_on_record_as_it_is_by_who_accepts_it(
    cli: Cli, office: Office
) -> None:
    for name in ("Acme", "Beta", "Gamma"):
        add_record(office, Vendor, {"name": name})
    with raw(Path(office.path)) as db:
        db.execute("UPDATE vendors_vendor SET phone = '555' WHERE id = 1")
        db.execute("INSERT INTO vendors_vendor (name) VALUES ('Delta')")
        db.execute("DELETE FROM vendors_vendor WHERE id = 2")
    assert cli("backup").code == 5  # kept, but it is not good
    assert cli("history", "accept", "--because", "by the old script", "--yes").code == 0
    assert verify(office) == []
    rows = office.rows(
        "SELECT c.record_id, c.before, c.after FROM core_change c JOIN core_action a ON a.id = c.action_id "
        "WHERE a.verb = 'core.history.accept' ORDER BY c.record_id"
    )
    assert rows[0] == (1, '{"phone":null}', '{"phone":"555"}')
    assert [(number, before is None, after is None) for number, before, after in rows[1:]] == [
        (2, False, True),
        (4, True, False),
    ]
    assert '{"because": "by the old script"}' in {
        row[0] for row in office.rows("SELECT arguments FROM core_action")
    }
    assert cli("backup").code == 0
    with raw(Path(office.path)) as db:
        db.execute("UPDATE vendors_vendor SET phone = '556' WHERE id = 1")
    assert [each.record_id for each in verify(office)] == [1], "what is done later is found"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("UPDATE core_action SET actor = 'boss' WHERE id = {n}", "UPDATE core_action SET actor = 'you' WHERE id = {n}"),
        ("UPDATE core_action SET link = NULL WHERE id = {n}", "UPDATE core_action SET actor = 'you' WHERE id = {n}"),
        ("DELETE FROM core_action WHERE id = {n}", "DELETE FROM core_action WHERE id = {n} + 1"),
        (
            "UPDATE vendors_vendor SET phone = '1' WHERE id = 1; UPDATE core_change SET before = '{{\"phone\":\"2\"}}' WHERE before IS NOT NULL",
            "UPDATE core_change SET before = '{{\"phone\":\"3\"}}' WHERE before IS NOT NULL",
        ),
        ("UPDATE sqlite_sequence SET seq = seq + 5 WHERE name = 'core_action'", "UPDATE core_action SET actor = 'you' WHERE id = {n}"),
    ],
    ids=["altered", "unlinked", "missing", "a change", "cut off"],
)  # fmt: skip
def test_whatever_is_accepted_covers_nothing_later(office: Office, first: str, second: str) -> None:
    vendor = add_record(office, Vendor, {"name": "Acme"})
    with office.acting("test"):
        office.edit(vendor, phone="1")
    with office.acting("test"):
        office.edit(vendor, note="2")
    action = office.value("SELECT max(id) FROM core_action") - 1
    for step, sql in enumerate((first, second)):
        with raw(Path(office.path)) as db:
            db.executescript(sql.format(n=action))
        assert verify(office), step
        accept(office, look(office))
        assert told(office) == []
        add_record(office, Vendor, {"name": f"After {step}"})
        assert told(office) == []


def test_what_must_be_mended_is_not_accepted(cli: Cli, office: Office) -> None:
    add_record(office, Vendor, {"name": "Acme"})
    with raw(Path(office.path), quiet=False) as db:
        db.execute("DROP TRIGGER vendors_vendor_history_edit")
    ran = cli("history", "accept", "--yes")
    assert ran.code == 1
    assert (
        "To be repaired, not accepted: The trigger vendors_vendor_history_edit is missing"
        in ran.err
    )
    assert "selfcheck --fix" in ran.err
    assert office.value("SELECT count(*) FROM core_action WHERE verb = 'core.history.accept'") == 0


def test_only_what_was_shown_is_accepted(office: Office) -> None:
    add_record(office, Vendor, {"name": "Acme"})
    with raw(Path(office.path)) as db:
        db.execute("UPDATE vendors_vendor SET phone = '555'")
    shown = look(office)
    with raw(Path(office.path)) as db:
        db.execute("UPDATE vendors_vendor SET name = 'Forged'")
    with pytest.raises(Refused, match="something else is found by now"):
        accept(office, shown)
    assert verify(office)


# -- a key that cannot be read -----------------------------------------------------------------------------


def test_a_key_that_is_a_folder_or_cannot_be_made_is_told_with_its_cure(
    officeops_home: Path, office_factory: OfficeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office_factory()
    lose(office)
    os.mkdir(f"{office.path}.key")
    fresh = office_factory()
    with pytest.raises(
        Broken,
        match=r"The key of the history, .*key, cannot be read: Is a directory\. Put the right one",
    ):
        add_record(fresh, Vendor, {"name": "Acme"})
    monkeypatch.setenv("OFFICEOPS_KEY", str(officeops_home / "nowhere" / "key"))
    fresh = office_factory()
    with pytest.raises(
        Broken, match=r"A key of the history cannot be made at .*nowhere/key: No such file"
    ):
        add_record(fresh, Vendor, {"name": "Acme"})
