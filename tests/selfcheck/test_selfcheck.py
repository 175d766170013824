"""Selfcheck finds what is wrong with an office, its file and this machine, and says how to mend it."""

from __future__ import annotations

import json
import os
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.backup.backup_tools import made, settings_file, stocked
from tests.history.history_tools import raw

from officeops.history.verify import verify
from officeops.selfcheck import machine
from officeops.selfcheck.backups import backup_findings
from officeops.selfcheck.files import open_to_others
from officeops.selfcheck.machine import clock_findings, gate_holds, has_reset_bug
from officeops.selfcheck.run import findings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from officeops.office.office import Office
    from officeops.selfcheck.finding import Finding
    from officeops.testing import Cli

pytestmark = pytest.mark.officeops("vendors", "inventory")


def bad(found: Iterable[Finding]) -> list[tuple[str, str]]:
    """Area and sentence of what is a warning or a problem, without that of a test's backups."""
    return [
        (each.area, each.what)
        for each in found
        if each.severity in {"warning", "problem"} and each.area != "backup"
    ]


def outside(office: Office, sql: str) -> None:
    """Change the file behind officeops' back."""
    raw = sqlite3.connect(office.path)
    raw.executescript(sql)
    raw.close()


def test_a_new_office_is_in_order(cli: Cli, office: Office) -> None:
    stocked(cli)
    assert bad(findings(office, full=True)) == []
    done = cli("selfcheck")
    assert done.code == 0
    assert "Every save is on the disk" in done.out
    assert "There is no good backup" in done.out
    assert "→ Let cron run `officeops backup`" in done.out


def test_every_finding_that_is_bad_has_a_cure(cli: Cli, office: Office) -> None:
    stocked(cli)
    gone = "DELETE FROM core_trigger WHERE name = 'inventory_item_history_edit'"
    outside(office, f"{gone}; UPDATE inventory_stock SET quantity = 9")
    done = cli("selfcheck", "--json")
    assert done.code == 1
    rows = [row for row in done.json if row["severity"] in {"warning", "problem"}]
    assert len(rows) > 2
    assert all(row["cure"] for row in rows)


@pytest.mark.parametrize(
    ("version", "buggy"),
    [
        ("3.6.23", False), ("3.7.0", True), ("3.40.1", True), ("3.44.5", True), ("3.44.6", False), ("3.45.1", True),
        ("3.50.6", True), ("3.50.7", False), ("3.51.0", True), ("3.51.2", True), ("3.51.3", False), ("3.53.4", False), ("4.0.0", False),
    ],
)  # fmt: skip
def test_which_sqlite_can_corrupt_a_file(version: str, buggy: bool) -> None:  # noqa: FBT001 - a table of cases
    assert has_reset_bug(tuple(map(int, version.split(".")))) is buggy


def test_the_gate_is_seen_to_hold_and_to_be_open_again(office: Office) -> None:
    assert gate_holds(office)
    with office.acting("test"):
        pass


def test_a_gate_that_does_not_hold_is_a_problem_where_sqlite_has_the_bug(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "gate_holds", lambda _: False)
    monkeypatch.setattr(machine, "has_reset_bug", lambda _: True)
    assert ("sqlite", "problem") in [
        (each.area, each.severity) for each in machine.sqlite_findings(office)
    ]


def test_open_modes_are_found_and_fixed(cli: Cli, office: Office) -> None:
    stocked(cli)
    backup = made(office).path
    os.chmod(office.path, 0o644)
    os.chmod(backup, 0o640)
    os.chmod(os.path.dirname(backup), 0o777)  # noqa: S103 - what is to be found
    found = cli("selfcheck")
    assert found.code == 1
    assert f"{office.path} (644, should be 600)" in found.out
    assert f"{backup} (640, should be 600)" in found.out
    mended = cli("selfcheck", "--fix")
    assert mended.code == 0, mended.out
    assert f"{office.path}: mode 644 is now 600" in mended.err
    assert Path(office.path).stat().st_mode & 0o777 == 0o600
    assert Path(backup).parent.stat().st_mode & 0o777 == 0o700
    said = office.value("SELECT arguments FROM core_action WHERE verb = 'core.selfcheck.modes'")
    assert json.loads(said)["modes"] == {
        office.path: "644",
        backup: "640",
        os.path.dirname(backup): "777",
    }


def test_nothing_is_closed_through_a_link(cli: Cli, office: Office, tmp_path: Path) -> None:
    stocked(cli)
    folder = Path(made(office).path).parent
    (tmp_path / "anybodys").write_text("theirs")
    (tmp_path / "anybodys").chmod(0o644)
    (folder / "office-link.db").symlink_to(tmp_path / "anybodys")
    os.chmod(office.path, 0o644)
    assert cli("selfcheck", "--fix").code == 0
    assert (tmp_path / "anybodys").stat().st_mode & 0o777 == 0o644
    assert Path(office.path).stat().st_mode & 0o777 == 0o600


def test_an_office_behind_a_link_is_looked_at_where_it_lies(
    cli: Cli, office: Office, tmp_path: Path
) -> None:
    stocked(cli)
    (tmp_path / "link.db").symlink_to(office.path)
    os.chmod(office.path, 0o644)
    assert [path for path, *_ in open_to_others(str(tmp_path / "link.db"), "nowhere")] == [
        office.path
    ]


@pytest.mark.parametrize("damage", ["header", "tables", "nothing left"])
def test_of_a_file_that_cannot_be_opened_what_can_be_seen_is_told(
    cli: Cli, office: Office, damage: str
) -> None:
    stocked(cli)
    office.store.checkpoint("test")
    path = Path(office.path)
    office.close()
    with path.open("r+b") as file:
        file.seek({"header": 0, "tables": 100, "nothing left": 0}[damage])
        file.write(b"\xff" * 4000)
        if damage == "nothing left":
            file.truncate(10)
    path.chmod(0o644)
    ran = cli("selfcheck", "--json")
    assert ran.code == 1
    first, *rest = ran.json
    assert (first["area"], first["severity"]) == ("content", "problem")
    assert first["what"].startswith("The office cannot be opened: ")
    assert "`officeops backup restore`" in first["cure"]
    assert any("should be 600" in each["what"] for each in rest)
    assert "disk" in {each["area"] for each in rest}
    assert cli("selfcheck").code == 1


@pytest.mark.parametrize("how", ["short", "a folder", "a former one"])
def test_a_key_of_the_history_that_cannot_be_read_is_found(
    cli: Cli, office: Office, how: str
) -> None:
    stocked(cli)
    key = Path(f"{office.path}.key")
    if how == "a former one":
        former = Path(f"{key}.0123456789abcdef")
        former.write_bytes(key.read_bytes())
        former.chmod(0o600)
    else:
        key.unlink()
        key.mkdir() if how == "a folder" else key.write_text("abc")
    done = cli("selfcheck")
    assert done.code == 1
    word = {
        "short": "is not a key of the history",
        "a folder": "Is a directory",
        "a former one": "Rename it",
    }[how]
    line, *_ = [line for line in done.out.splitlines() if word in line]
    assert line.startswith("problem  history")


def test_a_history_under_a_key_that_is_not_here_is_a_problem(cli: Cli, office: Office) -> None:
    stocked(cli)
    with raw(Path(office.path)) as db:
        db.execute("UPDATE core_action SET key_id = 'deadbeefdeadbeef'")
    done = cli("selfcheck")
    assert done.code == 1
    assert "name the key deadbeefdeadbeef, which is not here" in done.out
    assert "has sealed nothing of this history" in done.out
    assert "→ `officeops history verify` tells more" in done.out


def test_a_trigger_taken_away_is_found_and_put_back_on_record(cli: Cli, office: Office) -> None:
    stocked(cli)
    outside(office, "DELETE FROM core_trigger WHERE name = 'inventory_item_history_edit'")
    assert any("inventory_item_history_edit" in what for _, what in bad(findings(office)))
    done = cli("selfcheck", "--fix")
    assert done.code == 0, done.out
    assert (
        office.value("SELECT verb FROM core_action ORDER BY id DESC") == "core.selfcheck.triggers"
    )
    assert verify(office) == []


def test_a_search_index_that_lost_a_word_is_found_and_built_anew(cli: Cli, office: Office) -> None:
    stocked(cli)
    outside(office, "DELETE FROM inventory_item_search_data WHERE id > 10")
    assert cli("selfcheck", "--full").code == 1
    assert cli("selfcheck", "--full", "--fix").code == 0
    assert len(cli("item", "list", "gloves", "--json").json) == 3


def test_a_search_index_that_is_behind_its_table_is_found(cli: Cli, office: Office) -> None:
    stocked(cli)
    outside(
        office, "INSERT INTO inventory_item_search (inventory_item_search) VALUES ('delete-all')"
    )
    assert any("search index" in what for _, what in bad(findings(office, full=True)))


def test_a_search_index_that_is_gone_is_found_at_once_and_made_again(
    cli: Cli, office: Office
) -> None:
    stocked(cli)
    outside(office, "DROP TABLE inventory_item_search")
    assert cli("item", "add", "--sku", "B", "--name", "Tape").code == 1
    plain = cli("selfcheck")
    assert plain.code == 1
    assert "search index of items is missing" in plain.out
    assert "`officeops selfcheck --fix`" in plain.out
    assert cli("selfcheck", "--full", "--fix").code == 0
    assert cli("item", "add", "--sku", "B", "--name", "Tape").code == 0
    assert len(cli("item", "list", "gloves", "--json").json) == 3


@pytest.mark.parametrize("table", ["core_change", "core_action", "inventory_item"])
def test_a_foreign_trigger_is_taken_away_and_its_words_are_kept(
    cli: Cli, office: Office, table: str
) -> None:
    stocked(cli)
    sql = f"CREATE TRIGGER \"a 'strange' one\" AFTER INSERT ON {table} BEGIN SELECT 1; END"
    outside(office, f"{sql};")
    assert cli("selfcheck").code == 1
    done = cli("selfcheck", "--fix")
    assert done.code == 0, done.out
    assert "trigger a 'strange' one" in done.err
    assert sql in done.err
    [(number, said)] = office.rows(
        "SELECT id, arguments FROM core_action WHERE verb = 'core.selfcheck.triggers'"
    )
    assert json.loads(said) == {"was": {"a 'strange' one": sql}, "missing": []}
    assert f"the removed triggers are in action {number} of the history" in done.err
    assert cli("selfcheck").code == 0


def test_an_altered_trigger_is_put_right_and_its_words_are_kept(cli: Cli, office: Office) -> None:
    stocked(cli)
    name = "inventory_item_history_edit"
    sql = office.value("SELECT sql FROM core_trigger WHERE name = ?", name).replace(
        "BEGIN", "WHEN NEW.id <> 1 BEGIN"
    )
    escaped = sql.replace("'", "''")
    outside(office, f"UPDATE core_trigger SET sql = '{escaped}' WHERE name = '{name}'")
    assert cli("selfcheck", "--fix").code == 0
    said = office.value("SELECT arguments FROM core_action WHERE verb = 'core.selfcheck.triggers'")
    assert json.loads(said)["was"] == {name: sql}


def test_references_that_lead_nowhere_are_found(cli: Cli, office: Office) -> None:
    stocked(cli)
    cli("vendor", "add", "--name", "Ajax")
    cli("order", "add", "--vendor", "Ajax")
    if not office.value("SELECT count(*) FROM inventory_order"):
        with office.acting("test"):
            office.add(office.records["inventory.order"](vendor_id=1))
    with office.acting("test"):
        office.store.destroying = True
        office.store.db.execute("DELETE FROM vendors_vendor")
    [what] = [what for area, what in bad(findings(office)) if area == "records"]
    assert "leads to no vendor" in what


def test_stock_that_is_not_the_sum_of_its_moves_is_found(cli: Cli, office: Office) -> None:
    stocked(cli)
    outside(office, "UPDATE inventory_stock SET quantity = 6 WHERE item_id = 2")
    assert any(
        "balance is 6, but its entries add up to 5" in what for _, what in bad(findings(office))
    )


def test_a_broken_page_is_found(cli: Cli, office: Office) -> None:
    stocked(cli, 30)
    root = office.value(
        "SELECT rootpage FROM sqlite_master WHERE name = 'inventory_move_item_id_location_id_day'"
    )
    assert office.store.checkpoint()
    path = office.path
    office.close()
    with Path(path).open("r+b") as file:
        file.seek(root * 4096 - 300)
        file.write(b"\xff" * 250)
    done = cli("selfcheck", "--full")
    assert done.code == 1
    assert "damaged" in done.out + done.err


def test_tables_that_are_not_the_declared_ones_are_found(office: Office) -> None:
    outside(
        office,
        "ALTER TABLE inventory_item ADD COLUMN colour TEXT; DROP INDEX inventory_move_item_id_location_id_day",
    )
    told = [what for area, what in bad(findings(office)) if area == "tables"]
    assert len(told) == 2


def test_a_clock_behind_the_history_is_found(cli: Cli, office: Office) -> None:
    stocked(cli)
    now = datetime.now(UTC)
    for moment, severity in (
        (now, "ok"),
        (now - timedelta(hours=2), "problem"),
        (now + timedelta(days=800), "warning"),
    ):
        assert [each.severity for each in clock_findings(office, moment)] == [severity]


def test_a_full_disk_and_a_grown_log_are_found(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = list(os.statvfs(office.path))
    full[4] = 10_000
    monkeypatch.setattr(os, "statvfs", lambda _: os.statvfs_result(full))
    monkeypatch.setattr(machine, "LARGE_LOG", -1)
    assert len(list(machine.disk_findings(office.path))) == 2


def test_old_backups_are_warned_of_and_those_that_never_left(
    cli: Cli, office: Office, officeops_home: Path
) -> None:
    stocked(cli)
    made(office)

    def told(hours: int) -> list[str]:
        found = backup_findings(office, datetime.now(UTC) + timedelta(hours=hours))
        return [each.code for each in found if each.severity == "warning"]

    assert told(25) == ["backup-same-disk"]
    assert told(27)[0] == "backup-old"
    settings_file(officeops_home, 'copy = "true {file}"\nwarn_hours = 1')
    assert "did not leave this machine; none has yet" in cli("selfcheck").out
    cli("backup")
    assert "good backup left this machine" in cli("selfcheck").out


def test_a_check_that_cannot_be_made_is_a_finding(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Office) -> None:
        raise RuntimeError("no luck")

    monkeypatch.setattr(machine, "disk_findings", broken)
    (failed,) = [found for found in findings(office) if found.code == "check-failed"]
    assert failed.area == "disk"
    assert "RuntimeError: no luck" in failed.what


def test_the_answer_for_scripts_is_one_array(cli: Cli) -> None:
    rows = json.loads(cli("selfcheck", "--json").out)
    assert {tuple(row) for row in rows} == {("area", "severity", "what", "cure", "code")}
    assert {row["severity"] for row in cli("selfcheck", "--quiet", "--json").json} == {"warning"}
    assert cli("selfcheck", "--csv").out.startswith("area,severity,what,cure")


def test_a_plugin_that_cannot_be_imported_is_one_sentence_with_one_stop(
    cli: Cli, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("labels", "import phone_labels")
    # Before the office is made: one with sealed fields keeps the words of faults to itself.
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "labels")
    ran = cli("selfcheck")
    assert "No module named 'phone_labels' (labels.py, line " in ran.out
    assert ".." not in ran.out
