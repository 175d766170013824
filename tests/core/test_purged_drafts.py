"""A purge destroys what people typed of a record and did not book, and leaves the rest of their drafts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from officeops.core.purge import purge
from officeops.core.records import Location, RetentionRule
from officeops.model.errors import Refused
from officeops.office.crud import add_record, archive_record
from officeops.office.merge_action import merge_action
from officeops.office.sheets.drafts import KeptRow, SheetDrafts
from officeops.office.sheets.entries import SheetEntries
from officeops_inventory.counts.sheet import CountSheet
from officeops_inventory.model import Item
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

PLUGIN = (Path(__file__).parent.parent / "office" / "sheet_tools.py").read_text()


@pytest.fixture
def office(office_factory: OfficeFactory, freeze_today: Callable[[str], None]) -> Office:
    """An office that keeps vendors, items and bonuses for a year, and looks back from 2040."""
    opened = office_factory("vendors", "inventory", files={"bonus": PLUGIN})
    for key in ("vendors.vendor", "bonus.bonus", "inventory.item"):
        add_record(opened, RetentionRule, {"record": key, "years": 1, "source": "law"})
    freeze_today("2040-06-01")
    return opened


def drafts_of(office: Office) -> SheetDrafts:
    """The drafts of a sheet of bonuses, whose rows may be of anything."""
    module: Any = sys.modules[office.records["bonus.bonus"].__module__]
    return SheetDrafts(office, module.BonusSheet())


def doomed(office: Office, kind: type[Any], **values: object) -> int:
    """Add a record that is past its retention."""
    return int(archive_record(office, add_record(office, kind, values)).id)


def left(drafts: SheetDrafts) -> set[str]:
    draft = drafts.own()
    return set(draft.rows) if draft else set()


def counted(office: Office, place: Location, *items: Item) -> SheetEntries:
    """A count of some items at a place, three of each."""
    entries = SheetEntries(CountSheet(place))
    for item in items:
        entries.add(str(item.id))
    entries.read(office)
    for row in entries.rows:
        entries.put(row, {"counted": "3"})
    return entries


def test_rows_of_a_purged_record_go_and_others_stay(office: Office) -> None:
    gone, kept = doomed(office, Vendor, name="Zanzibar Ltd"), 4711
    drafts = drafts_of(office)
    of_others = ("vendors.vendor", kept)
    rows = {
        "of it": KeptRow({"amount": "1"}, "", (of_others, ("vendors.vendor", gone))),
        "of another": KeptRow({"amount": "2", "why": "called"}, "", (of_others,)),
        "names it": KeptRow({"amount": "see ZANZIBAR LTD, room 3"}, "", (of_others,)),
        "like it": KeptRow({"amount": "Zanzibar Ltds"}, "", (of_others,)),
        "Zanzibar Ltd": KeptRow({"amount": "3"}, "", (of_others,)),
        f"row {gone}": KeptRow({"amount": "4"}, ""),
        "row 99": KeptRow({"amount": "5"}, ""),
    }
    drafts.keep("one", rows)
    assert [fate.number for fate in purge(office)] == [gone]
    # A row that does not say whose it is stays only where nothing in it may be of the record.
    assert left(drafts) == {"of another", "like it", "row 99"}
    outcome = office.rows("SELECT verb, arguments FROM core_action ORDER BY id DESC LIMIT 1")
    assert "Zanzibar" not in str(outcome)
    office.store.checkpoint()
    assert b"ZANZIBAR" not in Path(office.path).read_bytes()


def test_rows_that_say_nothing_go_with_records_of_their_own_plugin(office: Office) -> None:
    drafts = drafts_of(office)
    drafts.keep("one", {"Ben": KeptRow({"amount": "5"}, "")})
    doomed(office, office.records["bonus.bonus"], person="Ada", amount=1)
    purge(office)
    assert drafts.own() is None


def test_a_count_says_of_which_items_its_rows_are(office: Office) -> None:
    place = add_record(office, Location, {"name": "Main"})
    gone = add_record(office, Item, {"sku": "A", "name": "Gauze"})
    stays = add_record(office, Item, {"sku": "B", "name": "Tape"})
    entries = counted(office, place, gone, stays)
    drafts = SheetDrafts(office, entries.sheet)
    drafts.keep("one", entries.to_keep())
    archive_record(office, gone)
    purge(office)
    assert left(drafts) == {str(stays.id)}


def test_a_place_is_not_merged_while_somebody_counts_it(office: Office) -> None:
    lab, closet = (add_record(office, Location, {"name": name}) for name in ("Lab", "Closet"))
    tape = add_record(office, Item, {"sku": "B", "name": "Tape"})
    drafts = SheetDrafts(office, CountSheet(lab))
    drafts.keep("one", counted(office, lab, tape).to_keep())
    with pytest.raises(Refused) as refused:
        office.do(merge_action(Location), lab, into=closet.id)
    assert f"{office.login} typed rows of it" in str(refused.value)
    office.do(merge_action(Location), closet, into=lab.id)
    assert left(drafts) == {str(tape.id)}
