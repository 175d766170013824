"""A finding is accepted once, for what it is now, and covers nothing later."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.history.history_tools import raw

from officeops.history.accept import accept, look
from officeops.history.verify import verify
from officeops.model.errors import Refused
from officeops.office.crud import add_record
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory
from tests.history.key_tools import replaced, told
from tests.resting import alter_trigger


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
        db.execute("UPDATE vendors_vendor SET website = '555' WHERE id = 1")
        db.execute("INSERT INTO vendors_vendor (name) VALUES ('Delta')")
        db.execute("DELETE FROM vendors_vendor WHERE id = 2")
    assert cli("backup").code == 5  # kept, but it is not good
    assert cli("history", "accept", "--because", "by the old script", "--yes").code == 0
    assert verify(office) == []
    rows = office.rows(
        "SELECT c.record_id, c.before, c.after FROM core_change c JOIN core_action a ON a.id = c.action_id "
        "WHERE a.verb = 'core.history.accept' ORDER BY c.record_id"
    )
    assert rows[0] == (1, '{"website":null}', '{"website":"555"}')
    assert [(number, before is None, after is None) for number, before, after in rows[1:]] == [
        (2, False, True),
        (4, True, False),
    ]
    assert '{"because": "by the old script"}' in {
        row[0] for row in office.rows("SELECT arguments FROM core_action")
    }
    assert cli("backup").code == 0
    with raw(Path(office.path)) as db:
        db.execute("UPDATE vendors_vendor SET website = '556' WHERE id = 1")
    assert [each.record_id for each in verify(office)] == [1], "what is done later is found"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("UPDATE core_action SET actor = 'boss' WHERE id = {n}", "UPDATE core_action SET actor = 'you' WHERE id = {n}"),
        ("UPDATE core_action SET link = NULL WHERE id = {n}", "UPDATE core_action SET actor = 'you' WHERE id = {n}"),
        ("DELETE FROM core_action WHERE id = {n}", "DELETE FROM core_action WHERE id = {n} + 1"),
        (
            "UPDATE vendors_vendor SET website = '1' WHERE id = 1; UPDATE core_change SET before = '{{\"website\":\"2\"}}' WHERE before IS NOT NULL",
            "UPDATE core_change SET before = '{{\"website\":\"3\"}}' WHERE before IS NOT NULL",
        ),
        ("UPDATE sqlite_sequence SET seq = seq + 5 WHERE name = 'core_action'", "UPDATE core_action SET actor = 'you' WHERE id = {n}"),
    ],
    ids=["altered", "unlinked", "missing", "a change", "cut off"],
)  # fmt: skip
def test_whatever_is_accepted_covers_nothing_later(office: Office, first: str, second: str) -> None:
    vendor = add_record(office, Vendor, {"name": "Acme"})
    with office.acting("test"):
        office.edit(vendor, website="1")
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
        alter_trigger(db, "vendors_vendor_history_edit")
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
        db.execute("UPDATE vendors_vendor SET website = '555'")
    shown = look(office)
    with raw(Path(office.path)) as db:
        db.execute("UPDATE vendors_vendor SET name = 'Forged'")
    with pytest.raises(Refused, match="something else is found by now"):
        accept(office, shown)
    assert verify(office)
