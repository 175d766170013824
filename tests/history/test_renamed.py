"""What was written before a plugin renamed or dropped a field or a record is undone, or refused with a reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.history import renaming_tools as version
from tests.history.history_tools import raw

from officeops.access.records import Membership, User
from officeops.history.log import changes
from officeops.history.log_filter import Asked
from officeops.history.undo import undo
from officeops.history.verify import verify
from officeops.model.declarations import Query
from officeops.model.errors import Refused
from officeops.office.crud import add_record, archive_record, edit_record
from officeops.office.office import Office

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.model.records import Record
    from officeops.testing import Cli

    Grow = Callable[..., Office]


def begin(grow: Grow) -> dict[str, int]:
    """Write with the first version; return the number of each action by what it did."""
    office = grow(version.ONE)
    actions: dict[str, int] = {}

    def done(what: str) -> None:
        actions[what] = int(office.value("SELECT max(id) FROM core_action"))

    kind, loans = office.records["lockers.key"], office.records["lockers.loan"]
    key = add_record(office, kind, {"tag": "A-1", "holder": "Ann", "note": "blue", "code": "111"})
    done("added")
    edit_record(office, key, {"holder": "Ben"})
    done("holder")
    edit_record(office, office.get(kind, key.id), {"note": "red"})
    done("note")
    edit_record(office, office.get(kind, key.id), {"code": "222"})
    done("code")
    add_record(office, loans, {"what": "First floor", "key_id": key.id})
    done("loan")
    other = add_record(office, kind, {"tag": "A-2", "code": "333"})
    archive_record(office, other)
    done("archived")
    return actions


def value(record: Record, field: str) -> object:
    """Return a field's value: of a plugin written by a test, the type check knows no fields."""
    return record.__dict__[field]


#: The guarded field is gone, and with it the only word that it was guarded.
GUARD_DROPPED = version.DROPPED.replace(
    '    holder: str | None = field(default=None, guard="lockers.holders")\n', ""
).replace("tag TEXT NOT NULL, holder TEXT)", "tag TEXT NOT NULL)")
GUARD_DROPPED = GUARD_DROPPED.replace("archived_at, tag, holder", "archived_at, tag")
LATER = {
    "renamed": version.RENAMED,
    "dropped": version.DROPPED,
    "without loans": version.WITHOUT_LOANS,
    "reused": version.REUSED,
}


@pytest.mark.parametrize("what", LATER)
def test_the_history_still_verifies(grow: Grow, what: str) -> None:
    begin(grow)
    office = grow(LATER[what])
    assert verify(office) == []
    assert office.plugins.troubles == []


def test_a_change_of_a_renamed_field_is_undone_by_its_new_name(grow: Grow) -> None:
    actions = begin(grow)
    office = grow(version.RENAMED)
    badge = office.records["lockers.badge"]
    undo(office, actions["holder"])
    undo(office, actions["note"])
    [one] = office.all(badge)
    assert (value(one, "owner"), value(one, "note")) == ("Ann", "blue")
    assert verify(office) == []


def test_a_sealed_value_opens_and_is_put_back_under_its_new_name(grow: Grow) -> None:
    actions = begin(grow)
    office = grow(version.RENAMED)
    badge = office.records["lockers.badge"]
    [one] = office.all(badge)
    assert office.open(one, "pin") == "222"
    undo(office, actions["code"])
    [one] = office.all(badge)
    assert office.open(one, "pin") == "111"
    found = office.select(badge, [], Query(where="pin=111"))
    assert [row[0] for row in found] == [one.id]
    assert verify(office) == []


def test_an_addition_is_undone_once_nothing_refers_to_it(grow: Grow) -> None:
    actions = begin(grow)
    office = grow(version.RENAMED)
    undo(office, actions["archived"])
    undo(office, actions["loan"])
    for what in ("code", "note", "holder", "added"):
        undo(office, actions[what])
    assert [value(one, "tag") for one in office.all(office.records["lockers.badge"])] == ["A-2"]


def test_an_undo_is_done_again_after_a_renaming(grow: Grow) -> None:
    from officeops.history.undo import redo

    actions = begin(grow)
    undo(grow(version.ONE), actions["holder"])
    office = grow(version.RENAMED)
    redo(office)
    [one] = office.all(office.records["lockers.badge"])
    assert value(one, "owner") == "Ben"


@pytest.mark.parametrize("what", ["note", "code"])
def test_a_change_of_a_dropped_field_is_refused_by_name(grow: Grow, what: str) -> None:
    actions = begin(grow)
    office = grow(version.DROPPED)
    with pytest.raises(Refused) as refused:
        undo(office, actions[what])
    assert what in {problem.field for problem in refused.value.problems}
    assert {problem.code for problem in refused.value.problems} == {"field-dropped"}
    assert "A-1" in refused.value.about
    undo(office, actions["holder"])
    assert office.value("SELECT holder FROM lockers_key WHERE id = 1") == "Ann"


def test_an_addition_is_undone_though_a_column_of_it_is_gone(grow: Grow) -> None:
    actions = begin(grow)
    office = grow(version.DROPPED)
    undo(office, actions["loan"])
    undo(office, actions["holder"])
    with pytest.raises(Refused):
        undo(office, actions["note"])
    key = office.records["lockers.key"]
    added = add_record(office, key, {"tag": "A-3"})
    undo(office)
    assert [one.id for one in office.all(key)] == [1]
    assert added.id == 3


def test_a_change_of_a_dropped_record_is_refused_by_name(grow: Grow) -> None:
    actions = begin(grow)
    office = grow(version.WITHOUT_LOANS)
    with pytest.raises(Refused) as refused:
        undo(office, actions["loan"])
    assert refused.value.about == "lockers_loan #1"
    assert "lockers" in str(refused.value.problems[0])
    [gone, _] = changes(office, Asked(after=0))[-2:]
    assert office.value("SELECT count(*) FROM core_change WHERE record = 'lockers_loan'") == 2
    assert gone.number >= actions["archived"]


def test_the_history_of_a_renamed_record_has_the_names_of_today(grow: Grow) -> None:
    begin(grow)
    office = grow(version.RENAMED)
    badge = office.records["lockers.badge"]
    entries = changes(office, Asked(record=badge, record_id=1))
    assert {entry.record for entry in entries} == {"badge"}
    assert len(entries) == 4
    assert "holder" not in json.loads(entries[-1].after or "{}")
    assert json.loads(entries[-1].after or "{}")["owner"] == "Ann"
    assert [json.loads(entry.after or "{}").get("owner") for entry in entries[::-1]][:2] == [
        "Ann",
        "Ben",
    ]


def test_a_name_given_to_another_record_keeps_both_histories_apart(grow: Grow) -> None:
    actions = begin(grow)
    office = grow(version.REUSED)
    key, badge = office.records["lockers.key"], office.records["lockers.badge"]
    new = add_record(office, key, {"opens": "Garden"})
    edit_record(office, new, {"opens": "Cellar"})
    assert len(changes(office, Asked(record=key, record_id=1))) == 2
    assert len(changes(office, Asked(record=badge, record_id=1))) == 4
    undo(office, actions["holder"])
    undo(office, int(office.value("SELECT max(id) FROM core_action")) - 1)
    assert office.value("SELECT opens FROM lockers_key") == "Garden"
    assert office.value("SELECT owner FROM lockers_badge WHERE id = 1") == "Ann"
    assert verify(office) == []


def test_an_alteration_before_the_upgrade_is_found_after_it(grow: Grow) -> None:
    begin(grow)
    office = grow(version.ONE)
    path = office.path
    office.close()
    with raw(Path(path)) as db:
        db.execute("UPDATE lockers_key SET holder = 'Mallory' WHERE id = 1")
    office = grow(version.RENAMED)
    [finding] = verify(office)
    assert (finding.code, finding.record, finding.record_id) == (
        "record-altered",
        "lockers.badge",
        1,
    )
    assert finding.facts["columns"] == ["owner"]


def test_a_table_dropped_outside_a_migration_is_still_found(grow: Grow) -> None:
    begin(grow)
    office = grow(version.ONE)
    path = office.path
    office.close()
    with raw(Path(path), quiet=False) as db:
        db.execute("DROP TABLE lockers_loan")
    office = grow(version.WITHOUT_LOANS.replace('"DROP TABLE lockers_loan"', '"SELECT 1"'))
    assert "table-gone" in {finding.code for finding in verify(office)}


@pytest.mark.parametrize("what", LATER)
def test_selfcheck_export_and_a_backup_of_before_are_in_order(
    grow: Grow, cli: Cli, what: str, tmp_path: Path
) -> None:
    on = {"OFFICEOPS_PLUGINS": "lockers"}
    begin(grow)
    folder = tmp_path / "backups"
    assert cli("backup", "--to", str(folder), env=on).code in {0, 5}
    office = grow(LATER[what])
    noun = "badge" if "lockers.badge" in office.records else "key"
    assert cli("history", "verify", env=on).code == 0
    checked = cli("selfcheck", "--full", "--json", env=on)
    assert not [row for row in checked.json if row["severity"] == "problem"], checked.out
    exported = tmp_path / "records.json"
    assert cli(noun, "export", str(exported), env=on).code == 0
    assert json.loads(exported.read_text())[0]["tag"] == "A-1"
    restored = cli("backup", "restore", "latest", "--from", str(folder), "--live", "--yes", env=on)
    assert restored.code == 0, restored.err
    assert cli("history", "verify", env=on).code == 0
    assert len(cli(noun, "list", "--json", env=on).json) == 1


@pytest.mark.parametrize(
    ("code", "hidden"), [(version.RENAMED, "owner"), (GUARD_DROPPED, "holder")]
)
def test_a_guarded_value_stays_hidden_in_the_history(grow: Grow, code: str, hidden: str) -> None:
    begin(grow)
    office = grow(code)
    with office.acting("test"):
        office.add(User(login="ann"))
        office.add(Membership(user_id=office.find(User, "ann").id, role="read-only"))
    record = office.records.get("lockers.badge") or office.records["lockers.key"]
    sides = [entry.after or "" for entry in changes(office, Asked(record=record))]
    assert any(hidden in side for side in sides)
    with Office(office.path, office.plugins, office.machine, user="ann") as hers:
        kind = hers.records[record.meta.key]
        entries = changes(hers, Asked(record=kind))
        seen = [f"{entry.before} {entry.after}" for entry in entries]
    # An edit of nothing but the hidden value is left out: that there was one tells of it.
    assert 0 < len(seen) < len(sides)
    assert not any(word in side for side in seen for word in (hidden, "holder", "Ann", "Ben"))


def test_a_unique_sealed_value_is_still_unique_after_its_field_is_renamed(grow: Grow) -> None:
    old = version.ONE.replace("sealed=True, lookup=True", "sealed=True, lookup=True, unique=True")
    old = old.replace("CREATE INDEX lockers_key_code", "CREATE UNIQUE INDEX lockers_key_code")
    old = old.replace(
        "WHERE code_index IS NOT NULL", "WHERE archived_at IS NULL AND code_index IS NOT NULL"
    )
    new = version.RENAMED.replace(
        "sealed=True, lookup=True", "sealed=True, lookup=True, unique=True"
    )
    new = new.replace("CREATE INDEX lockers_key_code", "CREATE UNIQUE INDEX lockers_key_code")
    new = new.replace(
        "WHERE code_index IS NOT NULL", "WHERE archived_at IS NULL AND code_index IS NOT NULL"
    )
    office = grow(old)
    add_record(office, office.records["lockers.key"], {"tag": "A-1", "code": "111"})
    office = grow(new)
    assert office.plugins.troubles == []
    badge = office.records["lockers.badge"]
    with pytest.raises(Refused):
        add_record(office, badge, {"tag": "A-2", "pin": "111"})
    add_record(office, badge, {"tag": "A-3", "pin": "222"})
