"""A trigger that is not ours is found, and those of a plugin that is off are known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.history.history_tools import raw
from tests.resting import alter_trigger

from officeops.history.verify import verify

if TYPE_CHECKING:
    from officeops.office.office import Office


@pytest.mark.parametrize("how", ["gone", "altered", "added", "added to the history"])
def test_a_trigger_that_is_not_ours_is_found(office: Office, how: str) -> None:
    name = "vendors_vendor_history_edit"
    with raw(Path(office.path), quiet=False) as db:
        if how in {"gone", "altered"}:
            alter_trigger(db, name, "BEGIN" if how == "altered" else "", "BEGIN SELECT 7;")
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
            f"CREATE TRIGGER evil BEFORE INSERT ON {table} BEGIN UPDATE vendors_vendor SET website = '666'; END"
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
@pytest.mark.parametrize("trigger", ["inventory_item_history_edit", "inventory_move_balance"])
def test_the_triggers_of_a_plugin_that_is_off_are_known_too(
    office: Office, how: str, trigger: str
) -> None:
    path, table = Path(office.path), trigger.rpartition("_history")[0] or "inventory_move"
    office.close()
    with raw(path, quiet=False) as db:
        if how == "added":
            trigger = f"{table}_history_more"
            db.execute(f"CREATE TRIGGER {trigger} AFTER UPDATE ON {table} BEGIN SELECT 1; END")
        else:
            alter_trigger(db, trigger, "BEGIN" if how == "altered" else "", "BEGIN SELECT 7;")
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
