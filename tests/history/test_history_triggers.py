"""Nothing is written without a name on it, and nothing written is lost: triggers keep history and ledgers."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.history.history_tools import raw
from tests.resting import alter_trigger

from officeops.history.undo import undo
from officeops.history.verify import verify
from officeops.model.errors import Broken, OutsideAction, Refused
from officeops.office.crud import add_record, archive_record, edit_record, unarchive_record
from officeops.store.row_format import Layouts
from officeops_inventory.model import Count, Item, Move
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import Cli


def actions(office: Office) -> list[tuple[int, str, str]]:
    """Every recorded action: id, actor, verb."""
    return office.rows("SELECT id, actor, verb FROM core_action ORDER BY id")


def changes(office: Office, action_id: int) -> list[tuple[str, int, object, object]]:
    """What an action changed: table, id, before and after."""
    rows = office.rows(
        "SELECT record, record_id, before, after FROM core_change WHERE action_id = ? ORDER BY id",
        action_id,
    )
    read = Layouts(office.store.db).read
    return [(table, id_, *map(read, sides)) for table, id_, *sides in rows]


def test_each_write_is_one_action_with_its_changes(office: Office) -> None:
    start = len(actions(office))
    vendor = add_record(office, Vendor, {"name": "Acme", "code": "A1"})
    edit_record(office, vendor, {"name": "Acme Inc", "code": "A1", "website": "555"})
    archive_record(office, vendor)
    unarchive_record(office, vendor)
    done = actions(office)[start:]
    assert [(actor, verb) for _, actor, verb in done] == [
        ("tester", f"vendors.vendor.{verb}") for verb in ("add", "edit", "archive", "unarchive")
    ]
    added, edited, archived, back = (changes(office, id_) for id_, _, _ in done)
    assert [(table, id_, before) for table, id_, before, _ in added] == [
        ("vendors_vendor", 1, None)
    ]
    assert isinstance(added[0][3], dict)
    assert {name: added[0][3][name] for name in ("name", "code", "website")} == {
        "name": "Acme",
        "code": "A1",
        "website": None,
    }
    assert edited == [
        (
            "vendors_vendor",
            1,
            {"name": "Acme", "website": None},
            {"name": "Acme Inc", "website": "555"},
        )
    ]
    assert archived[0][2] == {"archived_at": None}
    assert back[0][3] == {"archived_at": None}


def test_an_edit_that_changes_nothing_leaves_no_change(office: Office) -> None:
    vendor = add_record(office, Vendor, {"name": "Acme"})
    before = office.value("SELECT count(*) FROM core_change")
    edit_record(office, vendor, {"name": "Acme"})
    assert office.value("SELECT count(*) FROM core_change") == before
    assert vendor.version == 1


def test_a_refused_action_leaves_nothing_behind(office: Office) -> None:
    add_record(office, Vendor, {"name": "Acme", "code": "A1"})
    before = actions(office), office.value("SELECT count(*) FROM core_change")
    with pytest.raises(Refused):
        _add_two(office)
    assert (actions(office), office.value("SELECT count(*) FROM core_change")) == before
    assert office.first(Vendor, "name = 'Fine'") is None


def _add_two(office: Office) -> None:
    with office.acting("test.two"):
        office.add(Vendor(name="Fine"))
        office.add(Vendor(name="Clash", code="A1"))


def test_an_import_is_one_action_and_each_row_a_change(office: Office, cli: Cli) -> None:
    cli("vendor", "import", "-", typed="code,name\n1,A\n2,B\n3,C\n")
    last = actions(office)[-1]
    assert last[2] == "vendors.vendor.import"
    assert [change[1] for change in changes(office, last[0])] == [1, 2, 3]


WRITES = [
    "INSERT INTO vendors_vendor (name) VALUES ('Intruder')",
    "UPDATE vendors_vendor SET name = 'Intruder'",
    "DELETE FROM vendors_vendor",
]


@pytest.mark.parametrize("sql", WRITES)
def test_a_write_from_outside_fails_closed(office: Office, sql: str) -> None:
    add_record(office, Vendor, {"name": "Acme"})
    raw = sqlite3.connect(office.path)
    with pytest.raises(sqlite3.OperationalError, match=r"no such function: officeops_"):
        raw.execute(sql)
    raw.close()
    assert [vendor.name for vendor in office.all(Vendor)] == ["Acme"]


@pytest.mark.parametrize("sql", WRITES)
def test_a_write_of_ours_without_an_action_fails_closed(office: Office, sql: str) -> None:
    add_record(office, Vendor, {"name": "Acme"})
    with pytest.raises(OutsideAction, match="writes belong in an action"):
        office.store.db.execute(sql)
    with (
        pytest.raises(sqlite3.OperationalError, match="raised exception"),
        office.store.db.writable(),
    ):
        office.store.db.execute(sql)
    assert [vendor.name for vendor in office.all(Vendor)] == ["Acme"]


WITHOUT: dict[str, Callable[[Office, Vendor], object]] = {
    "add": lambda office, _: add_record(office, Vendor, {"name": "Bolt"}),
    "many": lambda office, _: _add_many(office),
    "edit": lambda office, vendor: edit_record(office, vendor, {"name": "Intruder"}),
    "archive": archive_record,
    "undo": lambda office, _: undo(office),
}


def _add_many(office: Office) -> None:
    with office.acting("test.many"):
        office.add_many(Vendor, [{"name": "Bolt"}, {"name": "Crane"}])


@pytest.mark.parametrize("how", ["gone", "altered"])
@pytest.mark.parametrize("what", WITHOUT)
def test_a_write_whose_history_is_not_kept_fails_closed(
    office: Office, cli: Cli, what: str, how: str
) -> None:
    vendor = edit_record(
        office, add_record(office, Vendor, {"name": "Acme"}), {"name": "Ajax", "website": None}
    )
    with raw(Path(office.path), quiet=False) as db:
        for name in ("vendors_vendor_history_add", "vendors_vendor_history_edit"):
            is_altered = how == "altered"
            alter_trigger(db, name, "BEGIN" if is_altered else "", "WHEN NEW.id = 7 BEGIN")
    office.store.db.arming.forget()
    before = actions(office)
    with pytest.raises(
        Broken, match="history of vendors_vendor is missing or was altered, so nothing was written"
    ):
        WITHOUT[what](office, vendor)
    assert actions(office) == before
    assert [each.name for each in office.all(Vendor)] == ["Ajax"]
    assert cli("selfcheck", "--fix").code in {0, 1}
    WITHOUT[what](office, office.get(Vendor, 1))
    assert len(actions(office)) == len(before) + 2, "the repair and the write"
    assert verify(office) == []


def test_after_an_action_the_door_is_shut_again(office: Office) -> None:
    add_record(office, Vendor, {"name": "Acme"})
    with pytest.raises(RuntimeError), office.acting("test.fails"):
        raise RuntimeError
    with pytest.raises(OutsideAction):
        office.store.db.execute(WRITES[0])


@pytest.mark.parametrize("record", [Move])
@pytest.mark.parametrize("sql", ["UPDATE {} SET day = '2001-01-01'", "DELETE FROM {}"])
def test_a_ledger_is_never_rewritten_even_inside_an_action(
    office: Office, cli: Cli, record: type[Move], sql: str
) -> None:
    cli("item", "add", "--sku", "A", "--name", "Gloves")
    cli("item", "receive", "A", "--quantity", "5")
    item = office.find(Item, "A")
    with office.acting("test.count"):
        office.add(Count(item_id=item.id, location_id=1, day=office.today, expected=5, counted=5))
    with (
        pytest.raises(sqlite3.IntegrityError, match=f"^LEDGER {record.meta.table}"),
        office.acting("test.rewrite"),
    ):
        office.store.db.execute(sql.format(record.meta.table))
    with pytest.raises(Refused, match="cannot be changed"), office.acting("test.edit"):
        office.edit(next(office.all(record)), day=office.today)


def test_ledgers_have_no_verb_to_change_them(cli: Cli) -> None:
    for noun in ("move", "count-entry", "stock"):
        for verb in ("add", "edit", "archive", "unarchive"):
            assert cli(noun, verb, "--help").code == 2


def test_history_itself_has_no_verb_to_change_it(cli: Cli) -> None:
    assert cli("history", "edit").code == 2


def test_sql_that_changes_nothing_leaves_no_entry_and_its_action_is_undone(office: Office) -> None:
    acme = add_record(office, Vendor, {"name": "Acme", "note": "n"})
    changes = "SELECT count(*) FROM core_change WHERE record = 'vendors_vendor'"
    with office.acting("test.raw"):
        office.store.db.execute("UPDATE vendors_vendor SET note = 'n'")
    assert office.value(changes) == 1
    with office.acting("test.raw"):
        office.store.db.execute("UPDATE vendors_vendor SET note = 'm'")
        office.store.db.execute("UPDATE vendors_vendor SET note = 'm'")
    undo(office)
    assert office.get(Vendor, acme.id).note == "n"


def test_a_record_keeps_its_number(office: Office) -> None:
    add_record(office, Vendor, {"name": "Acme"})
    with pytest.raises(sqlite3.IntegrityError, match="KEPT vendors_vendor"), office.acting("x"):
        office.store.db.execute("UPDATE vendors_vendor SET id = 500")
    with pytest.raises(OutsideAction), office.acting("test.raw"):
        office.store.db.blobopen("vendors_vendor", "name", 1)


def test_a_savepoint_that_was_gone_back_to_accuses_nobody(office: Office) -> None:
    with office.acting("test.raw"):
        office.store.db.execute("SAVEPOINT point")
        office.add(Vendor(name="Acme"))
        office.store.db.execute("ROLLBACK TO point")
        office.add(Vendor(name="Bolt"))
    assert [each.name for each in office.all(Vendor)] == ["Bolt"]
