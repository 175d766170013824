"""Drafts of sheets: kept as typed, a person's own, sealed where they must be, gone with the booking."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.access.access_tools import open_as

from officeops import Already, Refused
from officeops.access.actions import admit, remove
from officeops.commands import book_sheet, sheet_entries
from officeops.core.draft_purge import purge_drafts
from officeops.model.errors import Forbidden, NotFound
from officeops.office.sheets.drafts import KeptRow, SheetDrafts, draft_notes

if TYPE_CHECKING:
    from types import ModuleType

    from officeops.office.office import Office
    from officeops.office.sheets.entries import SheetEntries
    from officeops.testing import OfficeFactory

PLUGIN = (Path(__file__).parent / "sheet_tools.py").read_text()
ADA = KeptRow({"amount": "100", "why": "sick child"}, "")


@pytest.fixture
def office(office_factory: OfficeFactory) -> Office:
    return office_factory(files={"bonus": PLUGIN})


@pytest.fixture
def bonus(office: Office) -> ModuleType:
    """The module of the plugin."""
    return sys.modules[office.records["bonus.bonus"].__module__]


def filled(office: Office, bonus: ModuleType, **amounts: str) -> SheetEntries:
    """Return a sheet with amounts typed and kept."""
    entries = sheet_entries(
        office, bonus.BonusSheet(), [(name, {"amount": text}) for name, text in amounts.items()]
    )
    entries.kept(SheetDrafts(office, entries.sheet).keep(entries.request, entries.to_keep()))
    return entries


def test_rows_are_kept_as_typed_row_by_row_and_outside_the_history(
    office: Office, bonus: ModuleType
) -> None:
    drafts = SheetDrafts(office, bonus.BonusSheet())
    before = (
        office.rows("SELECT count(*), max(id) FROM core_change"),
        office.value("SELECT count(*) FROM core_action"),
    )
    assert drafts.keep("one", {"Ada": ADA}) == "one"
    # The same person in another window: the draft and its id are shared.
    other = KeptRow({"amount": "12x"}, "")
    assert drafts.keep("two", {"Ben": other}) == "one"
    draft = drafts.own()
    assert draft
    assert (draft.request, draft.lost) == ("one", 0)
    assert draft.rows == {"Ada": ADA, "Ben": other}
    drafts.keep("one", {"Ada": None, "Ben": None})
    assert drafts.own() is None
    after = (
        office.rows("SELECT count(*), max(id) FROM core_change"),
        office.value("SELECT count(*) FROM core_action"),
    )
    assert before == after


def test_a_sealed_cell_is_nowhere_in_the_file_and_opens_in_its_place_alone(
    office: Office, bonus: ModuleType
) -> None:
    drafts = SheetDrafts(office, bonus.BonusSheet())
    drafts.keep("one", {"Ada": ADA, "Ben": KeptRow({"amount": "1"}, "")})
    stored = office.value("SELECT entries FROM core_draft")
    assert "sick" not in stored
    assert "100" in stored
    with office.store.exclusive("test") as db:
        db.execute("UPDATE core_draft SET entries = replace(entries, 'Ada', 'Cleo')")
    moved = drafts.own()
    assert moved
    assert (moved.lost, moved.rows["Cleo"].texts) == (1, {"amount": "100"})
    # Another row that is kept leaves the cell that does not open as it is.
    drafts.keep("one", {"Ben": None})
    with office.store.exclusive("test") as db:
        db.execute("UPDATE core_draft SET entries = replace(entries, 'Cleo', 'Ada')")
    back = drafts.own()
    assert back
    assert back.rows == {"Ada": ADA}


def test_others_learn_who_typed_how_much_and_nothing_else(
    office: Office, bonus: ModuleType
) -> None:
    admit(office, "clara", ["clerk"])
    admit(office, "vic", ["read-only"])
    clerk, viewer = open_as(office, "clara"), open_as(office, "vic")
    sheet = bonus.BonusSheet()
    SheetDrafts(clerk, sheet).keep("one", {"Ada": ADA})
    assert SheetDrafts(office, sheet).own() is None
    [note] = SheetDrafts(office, sheet).others()
    assert (note.person, note.rows, note.subject) == ("clara", 1, "")
    assert SheetDrafts(clerk, sheet).others() == []
    for statement in ("SELECT entries FROM core_draft", "SELECT person FROM core_draft"):
        with pytest.raises((sqlite3.Error, Forbidden)):
            viewer.rows(statement)
    with pytest.raises(Forbidden):
        SheetDrafts(viewer, sheet).keep("two", {"Ben": ADA})
    # Each has their own: two people on one sheet.
    SheetDrafts(office, sheet).keep("three", {"Ben": ADA})
    mine, theirs = SheetDrafts(office, sheet).own(), SheetDrafts(clerk, sheet).own()
    assert mine
    assert theirs
    assert (set(mine.rows), set(theirs.rows)) == ({"Ben"}, {"Ada"})
    clerk.close()
    viewer.close()


def test_the_booking_takes_the_draft_with_it_and_is_carried_out_once(
    office: Office, bonus: ModuleType
) -> None:
    refused = filled(office, bonus, Ada="13")
    with pytest.raises(Refused):
        book_sheet(office, refused)
    assert SheetDrafts(office, refused.sheet).own()
    entries = filled(office, bonus, Ada="100", Ben="50")
    assert book_sheet(office, entries) == "2 planned."
    assert SheetDrafts(office, entries.sheet).own() is None
    assert {one.person: one.amount for one in office.all(bonus.Bonus)} == {"Ada": 100, "Ben": 50}
    # The answer was lost, and the person books again what is still on the screen.
    entries.read(office)
    for row in entries.rows:
        if row.id in entries:
            entries.confirm(row)
    with pytest.raises(Already):
        book_sheet(office, entries)


def test_a_request_of_the_command_line_leaves_the_draft(office: Office, bonus: ModuleType) -> None:
    filled(office, bonus, Eve="7")
    entries = sheet_entries(office, bonus.BonusSheet(), [("ada", {"amount": "100"})])
    assert book_sheet(office, entries, "r1") == "1 planned."
    draft = SheetDrafts(office, entries.sheet).own()
    assert draft
    assert set(draft.rows) == {"Eve"}


def test_what_is_not_in_order_is_named_by_row_and_column(office: Office, bonus: ModuleType) -> None:
    sheet = bonus.BonusSheet()
    with pytest.raises(Refused) as unknown:
        sheet_entries(office, sheet, [("Zoe", {"amount": "1"}), ("Ada", {"size": "1"})])
    assert len(unknown.value.problems) == 2
    entries = sheet_entries(
        office, sheet, [("Ada", {"amount": "many"}), ("Ben", {"amount": "501"})]
    )
    with pytest.raises(Refused) as refused:
        book_sheet(office, entries)
    codes = {problem.code for problem in refused.value.problems}
    assert codes == {"not-a-number", "out-of-range"}
    for fact in ("Ada", "Ben", "amount", "501"):
        assert fact in str(refused.value)


def test_a_row_that_changed_is_booked_after_it_was_agreed_to(
    office: Office, bonus: ModuleType
) -> None:
    entries = filled(office, bonus, Ada="100")
    with office.acting("test"):
        ada = office.add(bonus.Bonus(person="Ada", amount=20))
    with pytest.raises(Refused) as refused:
        book_sheet(office, entries)
    assert [problem.code for problem in refused.value.problems] == ["changed-since"]
    entries.read(office)
    [row] = [row for row in entries.rows if entries.is_changed(row)]
    assert entries.to_look_over() == [row]
    entries.confirm(row)
    with office.acting("test"):
        office.archive(ada)
    with pytest.raises(Refused) as again:
        book_sheet(office, entries)
    assert [problem.code for problem in again.value.problems] == ["changed-since"]
    entries.read(office)
    entries.confirm(entries.rows[0])
    assert book_sheet(office, entries) == "1 planned."


def test_a_draft_goes_with_its_person(office: Office, bonus: ModuleType) -> None:
    clara = admit(office, "clara", ["clerk"])
    SheetDrafts(office, bonus.BonusSheet()).keep("mine", {"Ben": ADA})
    with open_as(office, "clara") as clerk:
        SheetDrafts(clerk, bonus.BonusSheet()).keep("one", {"Ada": ADA})
        with pytest.raises(Forbidden):
            SheetDrafts(clerk, bonus.BonusSheet()).discard_others()
    said = office.do(remove, clara)
    with pytest.raises(NotFound):
        SheetDrafts(office, bonus.BonusSheet()).discard_others()
    assert office.value("SELECT count(*) FROM core_action WHERE verb = 'core.draft.discard'") == 0
    assert "1 draft" in str(said)
    assert [note.person for note in draft_notes(office, bonus.BonusSheet.key)] == [office.login]


def test_old_drafts_are_destroyed_by_a_purge_that_says_whose(
    office: Office, bonus: ModuleType
) -> None:
    sheet = bonus.BonusSheet()
    SheetDrafts(office, sheet).keep("one", {"Ada": ADA})
    assert purge_drafts(office, 1) == []
    with office.store.exclusive("test") as db:
        db.execute("UPDATE core_draft SET typed_at = '2020-01-02T03:04:05.000Z'")
    [old] = purge_drafts(office, 30, dry_run=True)
    assert (old.person, old.sheet, old.rows) == (office.login, sheet.key, 1)
    assert SheetDrafts(office, sheet).own()
    assert purge_drafts(office, 30, request="r1") == [old]
    assert SheetDrafts(office, sheet).own() is None
    verb, outcome = office.rows("SELECT verb, outcome FROM core_action ORDER BY id DESC")[0]
    assert verb == "core.purge"
    assert office.login in outcome
    with pytest.raises(Already):
        purge_drafts(office, 30, request="r1")
