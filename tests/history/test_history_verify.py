"""`history verify` finds whatever was done to the file past officeops, and nothing where nothing was."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried
from tests.history.history_tools import DEEDS, WORDS, copy, do, opened, raw, template

from officeops.history.finding import Anchor
from officeops.history.verify import MOST, anchor, verify
from officeops.model.errors import UsageProblem
from officeops.store.triggers import install
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from officeops.history.finding import Finding
    from officeops.office.office import Office
    from officeops.testing import Cli


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new office, made once and copied for every example."""
    return template(tmp_path_factory.mktemp("fresh"))


EXAMPLES = tried(10)
COLUMNS = {
    "core_action": {
        "request": "'x'", "actor": "'x'", "at": "'2001-01-01T00:00:00.000Z'", "verb": "'x'", "arguments": "'{}'", "outcome": "'x'",
        "first_change": "first_change + 1", "link": "randomblob(32)", "key_id": "'0123456789abcdef'", "destroyed": "randomblob(32)",
    },
    "core_change": {
        "action_id": "1", "record": "'core_office'", "record_id": "record_id + 1", "before": "'{}'", "after": "'{\"name\":\"x\"}'",
        "destroyed": "randomblob(32)",
    },
}  # fmt: skip
Draw = "Callable[[st.SearchStrategy[Any]], Any]"


def some_id(db: sqlite3.Connection, draw: Callable[[Any], Any], table: str) -> int:
    ids = [row[0] for row in db.execute(f"SELECT id FROM {table}")]
    return int(draw(st.sampled_from(ids)))


def edit(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    table = draw(st.sampled_from(sorted(COLUMNS)))
    column = draw(st.sampled_from(sorted(COLUMNS[table])))
    new = COLUMNS[table][column]
    ids = [row[0] for row in db.execute(f"SELECT id FROM {table} WHERE {column} IS NOT {new}")]
    db.execute(f"UPDATE {table} SET {column} = {new} WHERE id = ?", (draw(st.sampled_from(ids)),))


def forget(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    """Set to NULL what was there."""
    table, column = draw(
        st.sampled_from(
            [
                ("core_action", "link"),
                ("core_action", "key_id"),
                ("core_change", "after"),
                ("core_action", "arguments"),
            ]
        )
    )
    if ids := [row[0] for row in db.execute(f"SELECT id FROM {table} WHERE {column} IS NOT NULL")]:
        db.execute(
            f"UPDATE {table} SET {column} = NULL WHERE id = ?", (draw(st.sampled_from(ids)),)
        )
    else:
        db.execute("UPDATE core_action SET link = NULL")


def delete_change(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    db.execute("DELETE FROM core_change WHERE id = ?", (some_id(db, draw, "core_change"),))


def delete_action(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    number = some_id(db, draw, "core_action")
    db.execute("DELETE FROM core_change WHERE action_id = ?", (number,))
    db.execute("DELETE FROM core_action WHERE id = ?", (number,))


def delete_and_close_the_gap(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    """Take an action out and number what follows anew, counters and all."""
    number = some_id(db, draw, "core_action")
    changes = db.execute(
        "SELECT count(*) FROM core_change WHERE action_id = ?", (number,)
    ).fetchone()[0]
    delete_action(db, lambda _: number)
    for row in db.execute(
        "SELECT id FROM core_action WHERE id > ? ORDER BY id", (number,)
    ).fetchall():
        db.execute(
            "UPDATE core_action SET id = id - 1, first_change = first_change - ? WHERE id = ?",
            (changes, *row),
        )
    for row in db.execute(
        "SELECT id FROM core_change WHERE action_id > ? ORDER BY id", (number,)
    ).fetchall():
        db.execute(
            "UPDATE core_change SET id = id - ?, action_id = action_id - 1 WHERE id = ?",
            (changes, *row),
        )
    if number > db.execute("SELECT max(id) FROM core_action").fetchone()[0]:
        db.execute(
            "INSERT INTO core_action (actor, at, verb, first_change) VALUES ('x', 'x', 'x', 1)"
        )
    count(db)


def count(db: sqlite3.Connection) -> None:
    """Set the counters to what is there, as one who knows them would."""
    for table in ("core_action", "core_change"):
        db.execute(
            f"UPDATE sqlite_sequence SET seq = (SELECT ifnull(max(id), 0) FROM {table}) WHERE name = ?",
            (table,),
        )


def swap_changes(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    rows = db.execute("SELECT id, record, record_id, before, after FROM core_change").fetchall()
    one, two = draw(st.lists(st.sampled_from(rows), min_size=2, max_size=2, unique=True))
    for (number, *_), (_, *content) in ((one, two), (two, one)):
        db.execute(
            "UPDATE core_change SET record = ?, record_id = ?, before = ?, after = ? WHERE id = ?",
            (*content, number),
        )


def swap_actions(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    rows = db.execute(
        "SELECT id, actor, at, verb, arguments, link, key_id FROM core_action"
    ).fetchall()
    one, two = draw(st.lists(st.sampled_from(rows), min_size=2, max_size=2, unique=True))
    for (number, *_), (_, *content) in ((one, two), (two, one)):
        db.execute(
            "UPDATE core_action SET actor = ?, at = ?, verb = ?, arguments = ?, link = ?, key_id = ? WHERE id = ?",
            (*content, number),
        )


def add_change(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    last = db.execute("SELECT max(id) FROM core_action").fetchone()[0]
    action = draw(st.sampled_from([last, last + 1]))
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute(
        "INSERT INTO core_change (action_id, record, record_id, after) VALUES (?, 'core_location', 99, '{}')",
        (action,),
    )


def add_action(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    keep = draw(st.sampled_from(["link, key_id", "randomblob(32), key_id", "NULL, NULL"]))
    last = "(SELECT 1 + max(id) FROM core_change)"
    db.execute(
        "INSERT INTO core_action (actor, at, verb, first_change, link, key_id) "
        f"SELECT 'boss', at, 'core.office.edit', {last}, {keep} FROM core_action ORDER BY id DESC LIMIT 1"
    )


def edit_record(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    column = draw(st.sampled_from(["name", "phone", "note", "archived_at", "lead_days"]))
    db.execute(
        f"UPDATE vendors_vendor SET {column} = '77' WHERE id = ?",
        (some_id(db, draw, "vendors_vendor"),),
    )


def delete_record(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    db.execute("DELETE FROM vendors_vendor WHERE id = ?", (some_id(db, draw, "vendors_vendor"),))


def add_record(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    db.execute("INSERT INTO vendors_vendor (name) VALUES (?)", (draw(WORDS),))


def renumber_record(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    db.execute(
        "UPDATE vendors_vendor SET id = id + 1000 WHERE id = ?",
        (some_id(db, draw, "vendors_vendor"),),
    )


MUTATIONS = [
    edit, forget, delete_change, delete_action, delete_and_close_the_gap, swap_changes, swap_actions, add_change, add_action, edit_record,
    delete_record, add_record, renumber_record,
]  # fmt: skip


def worked(folder: str, fresh: Path, deeds: list[tuple[Any, ...]]) -> Path:
    """An office in which people did these things, closed again, with nothing to be found."""
    path = copy(fresh, Path(folder) / "office.db")
    office = opened(path)
    for name in ("the first", "the second"):
        do(office, ("add", name))
    for deed in deeds:
        do(office, deed)
    assert verify(office) == []
    office.close()
    return path


def found(path: Path, *anchors: Anchor) -> list[Finding]:
    office = opened(path)
    try:
        return verify(office, anchors)
    finally:
        office.close()


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda each: each.__name__)
@given(deeds=st.lists(DEEDS, min_size=1, max_size=6), data=st.data())
@tried(4)
def test_every_single_thing_done_past_officeops_is_found(
    fresh: Path, mutation: Callable[..., None], deeds: list[tuple[Any, ...]], data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder:
        path = worked(folder, fresh, deeds)
        with raw(path) as db:
            mutation(db, data.draw)
        assert found(path)


@given(before=st.lists(DEEDS, max_size=4), after=st.lists(DEEDS, max_size=4))
@EXAMPLES
def test_an_end_cut_off_or_an_older_copy_is_found_by_an_anchor(
    fresh: Path, before: list[Any], after: list[Any]
) -> None:
    with TemporaryDirectory() as folder:
        path = worked(folder, fresh, before)
        older = copy(path, Path(folder) / "older.db")
        office = opened(path)
        early = anchor(office)
        for deed in [("nothing",), *after]:
            do(office, deed)
        late = anchor(office)
        assert early
        assert late
        assert verify(office, [early, late]) == []
        office.close()
        shutil.copyfile(older, path)
        assert found(path) == [], "a truncated chain holds by itself: only the anchor tells"
        assert {each.kind for each in found(path, early, late)} == {"anchor"}
        office = opened(path)
        for number in range(late.action - early.action + 1):
            do(office, ("add", f"written anew {number}"))
        office.close()
        assert {each.kind for each in found(path, late)} == {"anchor"}


def test_a_history_that_ends_too_soon_is_found_by_its_counters(office: Office) -> None:
    do(office, ("nothing",))
    with raw(Path(office.path)) as db:
        db.execute("DELETE FROM core_action WHERE id = (SELECT max(id) FROM core_action)")
    assert [each.kind for each in verify(office)] == ["end"]


@pytest.mark.parametrize("how", ["gone", "altered", "added", "added to the history"])
def test_a_trigger_that_is_not_ours_is_found(office: Office, how: str) -> None:
    name = "vendors_vendor_history_edit"
    with raw(Path(office.path), quiet=False) as db:
        if how in {"gone", "altered"}:
            [(sql,)] = db.execute(
                "SELECT sql FROM sqlite_master WHERE name = ?", (name,)
            ).fetchall()
            db.execute(f"DROP TRIGGER {name}")
        if how == "altered":
            db.execute(sql.replace("BEGIN", "BEGIN SELECT 7;", 1))
        if how == "added":
            db.execute("CREATE TRIGGER mine AFTER INSERT ON vendors_vendor BEGIN SELECT 1; END")
        if how == "added to the history":
            db.execute("CREATE TRIGGER mine AFTER INSERT ON core_change BEGIN SELECT 1; END")
    [finding] = verify(office)
    code = {"gone": "trigger-missing", "altered": "trigger-altered"}.get(how, "trigger-foreign")
    assert (finding.kind, finding.code) == ("trigger", code)
    assert finding.facts["trigger"] == ("mine" if "added" in how else name)


#: Where a trigger that is not ours would act when ours write.
ACTS = [
    "inventory_item_search_idx", "inventory_item_search_data", "vendors_vendor_search_config", "core_installed", "core_layout",
    "_sqlite_migrations", "elsewhere", "core_office",
]  # fmt: skip


@pytest.mark.parametrize("table", ACTS)
def test_a_foreign_trigger_is_found_on_whatever_it_stands(office: Office, table: str) -> None:
    with raw(Path(office.path), quiet=False) as db:
        db.execute("CREATE TABLE elsewhere (a)")
        assert verify(office) == [], "a table beside ours does nothing"
        db.execute(
            f"CREATE TRIGGER evil BEFORE INSERT ON {table} BEGIN UPDATE vendors_vendor SET phone = '666'; END"
        )
    [finding] = verify(office)
    assert (finding.kind, finding.record.replace(".", "_")) == ("trigger", table)
    assert (finding.code, finding.facts["trigger"]) == ("trigger-foreign", "evil")


def test_a_foreign_trigger_on_a_view_is_found(office: Office) -> None:
    with raw(Path(office.path), quiet=False) as db:
        db.execute("CREATE VIEW seen AS SELECT * FROM vendors_vendor")
        db.execute("CREATE TRIGGER evil INSTEAD OF INSERT ON seen BEGIN SELECT 1; END")
        db.execute("PRAGMA writable_schema = ON")
        hidden = "CAST(CAST(sql AS BLOB) || CAST(' -- ' AS BLOB) || x'ff' AS TEXT)"
        db.execute(f"UPDATE sqlite_master SET sql = {hidden} WHERE name = 'evil'")
    assert [(each.code, each.record) for each in verify(office)] == [("trigger-foreign", "seen")]


@pytest.mark.parametrize("how", ["gone", "altered", "added"])
@pytest.mark.parametrize("trigger", ["inventory_item_history_edit", "inventory_move_stock"])
def test_the_triggers_of_a_plugin_that_is_off_are_known_too(
    office: Office, how: str, trigger: str
) -> None:
    path, table = Path(office.path), trigger.rpartition("_history")[0] or "inventory_move"
    office.close()
    with raw(path, quiet=False) as db:
        [(sql,)] = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (trigger,)).fetchall()
        if how == "added":
            trigger = f"{table}_history_more"
            db.execute(f"CREATE TRIGGER {trigger} AFTER UPDATE ON {table} BEGIN SELECT 1; END")
        else:
            db.execute(f"DROP TRIGGER {trigger}")
        if how == "altered":
            db.execute(sql.replace("BEGIN", "BEGIN SELECT 7;", 1))
    from officeops.office.office import open_office

    with open_office(path, only=["vendors"]) as other:
        [finding] = verify(other)
    code = {"gone": "trigger-missing", "altered": "trigger-altered", "added": "trigger-foreign"}[
        how
    ]
    assert (finding.code, finding.facts["trigger"]) == (code, trigger)


def test_an_upgrade_that_recorded_no_triggers_says_nothing_of_a_plugin_that_is_off(
    office: Office,
) -> None:
    path = Path(office.path)
    office.close()
    with raw(path, quiet=False) as db:
        db.execute("UPDATE core_action SET arguments = NULL WHERE verb = 'core.migrate.inventory'")
        db.execute("CREATE TRIGGER evil AFTER UPDATE ON inventory_item BEGIN SELECT 1; END")
    from officeops.office.office import open_office

    with open_office(path, only=["vendors"]) as other:
        found = [(each.code, each.record) for each in verify(other) if each.kind == "trigger"]
    assert found == [("trigger-foreign", "inventory_item")]


@pytest.mark.parametrize("version", [-5, 0, 4, 2**40])
def test_a_version_that_no_saves_can_have_made_is_found(office: Office, version: int) -> None:
    do(office, ("add", "Acme"))
    do(office, ("edit", 0, "Acme Inc"))
    do(office, ("archive", 0))
    with raw(Path(office.path)) as db:
        db.execute("UPDATE vendors_vendor SET version = ?", (version,))
    [finding] = verify(office)
    assert (finding.code, finding.record, finding.record_id) == (
        "record-version",
        "vendors.vendor",
        1,
    )
    assert finding.facts["version"] == version


@pytest.mark.parametrize("columns", ["'x'", "CAST(x'ff' AS TEXT)", None])
def test_a_layout_that_is_altered_or_gone_is_found(office: Office, columns: str | None) -> None:
    do(office, ("add", "Acme"))
    [(name,)] = office.rows(
        "SELECT substr(after, 3, 16) FROM core_change WHERE record = 'vendors_vendor'"
    )
    with raw(Path(office.path)) as db:
        sql = (
            f"UPDATE core_layout SET columns = {columns}" if columns else "DELETE FROM core_layout"
        )
        db.execute(f"{sql} WHERE name = ?", (name,))
    told = f"The layout {name} is missing or was altered: 1 changes of vendors_vendor cannot be read without it."
    assert [str(each) for each in verify(office)] == [told]
    with office.store.exclusive("test") as db:
        install(db, [record.meta for record in office.records.values()])
    assert verify(office) == [], "a layout that is still declared can be made again"


def test_what_was_altered_and_then_overwritten_by_hand_is_found(office: Office) -> None:
    do(office, ("add", "Acme"))
    with raw(Path(office.path)) as db:
        db.execute("UPDATE vendors_vendor SET email = 'forged'")
    with office.acting("test.edit"):
        office.edit(next(office.all(Vendor)), email="mine@example.com")
    assert "found another email than the change before it had left" in " ".join(
        map(str, verify(office))
    )


def test_records_of_plugins_that_are_off_are_compared_too(office: Office) -> None:
    do(office, ("add", "Acme"))
    path = Path(office.path)
    office.close()
    with raw(path) as db:
        db.execute("UPDATE vendors_vendor SET name = 'forged'")
    from officeops.office.office import open_office

    with open_office(path, only=["inventory"]) as other:
        assert [(each.record, each.record_id) for each in verify(other)] == [("vendors_vendor", 1)]


def test_text_that_is_no_text_is_a_finding_and_no_crash(office: Office) -> None:
    do(office, ("add", "Acme"))
    with raw(Path(office.path)) as db:
        db.execute(
            "UPDATE core_change SET after = CAST(x'ff00fe' AS TEXT), record = CAST(x'ff' AS TEXT)"
        )
        db.execute(
            "UPDATE core_action SET actor = CAST(x'ff1b' AS TEXT), key_id = CAST(x'ff' AS TEXT) WHERE id = 2"
        )
    assert verify(office)


def test_one_value_that_is_no_text_hides_no_alteration_beside_it(office: Office) -> None:
    do(office, ("add", "Acme"))
    with raw(Path(office.path)) as db:
        db.execute(
            "UPDATE vendors_vendor SET account_number = CAST(x'ff' AS TEXT), phone = '999' WHERE id = 1"
        )
    [finding] = verify(office)
    assert (finding.code, finding.record, finding.record_id) == (
        "record-unreadable",
        "vendors.vendor",
        1,
    )


def test_a_column_that_was_taken_away_is_found(office: Office) -> None:
    do(office, ("add", "Acme"))
    do(office, ("edit", 0, "Acme Inc"))
    path = Path(office.path)
    office.close()
    with raw(path) as db:
        triggers = db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        db.execute("ALTER TABLE vendors_vendor DROP COLUMN phone")
    from officeops.office.office import open_office

    assert triggers == []
    with open_office(path, only=["inventory"]) as other:
        [finding] = [finding for finding in verify(other) if finding.kind == "record"]
    assert (finding.code, finding.record, finding.record_id) == (
        "record-altered",
        "vendors_vendor",
        1,
    )
    assert finding.facts["columns"] == ["phone"]


def test_of_very_many_findings_the_rest_is_told_as_one(office: Office) -> None:
    with raw(Path(office.path)) as db:
        db.executemany(
            "INSERT INTO vendors_vendor (name) VALUES (?)", [(f"V{n}",) for n in range(MOST + 5)]
        )
    told = verify(office)
    assert len(told) == MOST + 1
    assert told[-1].kind == "more"


# -- the command -----------------------------------------------------------------------------------------


def test_the_command_ends_with_1_where_anything_is_found(cli: Cli, office: Office) -> None:
    do(office, ("add", "Acme"))
    assert cli("history", "verify").code == 0
    assert cli("history", "verify", "--json").json == []
    with raw(cli.path) as db:
        db.execute("UPDATE vendors_vendor SET name = 'forged\x1b[2J' WHERE id = 1")
        db.execute("UPDATE core_action SET actor = 'boss\x1b[2J' WHERE verb = 'test.add'")
    ran = cli("history", "verify", "--json")
    assert ran.code == 1
    assert [(each["kind"], each["record"], each["record_id"]) for each in ran.json] == [
        ("action", "", None),
        ("record", "vendors.vendor", 1),
    ]
    ran = cli("history", "verify")
    assert ran.code == 1
    assert "\x1b" not in ran.out
    assert "vendors.vendor #1 is not as recorded: name altered outside the history" in ran.out


def test_an_anchor_is_a_line_or_json_and_both_are_read(
    cli: Cli, office: Office, tmp_path: Path
) -> None:
    do(office, ("add", "Acme"))
    line, plain = cli("history", "anchor").out, cli("history", "anchor", "--json").out
    assert json.loads(plain)["action"] == int(line.partition(":")[0])
    for text in (line, plain, f"[{plain}]", line + line):
        (tmp_path / "anchors").write_text(text)
        assert cli("history", "verify", "--anchor", str(tmp_path / "anchors")).code == 0
        assert cli("history", "verify", "--anchor", "-", typed=text).code == 0
    assert cli("history", "verify", "--anchor", line.split()[0]).code == 0
    assert cli("history", "verify", "--anchor", "999:" + "0" * 64).code == 1
    assert cli("history", "verify", "--anchor", "1:" + "0" * 64).code == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "1",
        "1:",
        "1:zz",
        "1:" + "0" * 63,
        "٣:" + "0" * 64,
        "{}",
        "[1]",
        '{"action": 1}',
        "\x00",
    ],
)
def test_what_is_no_anchor_is_wrong_usage(
    cli: Cli, office: Office, tmp_path: Path, text: str
) -> None:
    (tmp_path / "anchors").write_text(text)
    assert cli("history", "verify", "--anchor", str(tmp_path / "anchors")).code == 2
    assert cli("history", "verify", "--anchor", str(tmp_path / "none")).code == 2
    with pytest.raises(UsageProblem, match="is no anchor"):
        Anchor.read(text)
    assert office
