"""A walk-through: printed, typed in afterwards by keys or words, booked once; and the week's work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from plugins.maintenance.tests.plans.plan_tools import DAY, TODAY, do, on, planned, tasks, units
from pypdf import PdfReader

from officeops import Checklist, ChecklistItem, Task
from officeops.core.purged_drafts import PurgedDrafts
from officeops.history.undo import undo
from officeops.model.exit_codes import DONE, REFUSED
from officeops.office.crud import add_record
from officeops.office.sheets.drafts import SheetDrafts
from officeops.office.sheets.entries import SheetEntries
from officeops.tui.testing import Terminal
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.plans.visit import Visit
from officeops_maintenance.plans.walk_through import WalkThrough
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.slot import slot_now
from officeops_maintenance.readings.temperature_sheet import TemperatureSheet
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli
    from officeops_maintenance.plans.plan import Plan


@pytest.fixture
def eyewash(office: Office, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """A plan whose task has three questions."""
    on(monkeypatch, office, TODAY)
    units(office, "Eyewash")
    add_record(office, Checklist, {"name": "Eyewash"})
    questions: list[dict[str, Any]] = [
        {"text": "Runs clear", "on_fail": "maintenance.ticket"},
        {"text": "Path clear"},
        {"text": "Water", "type": "reading", "unit": "°F", "low": 6000, "high": 10_000},
    ]
    for place, facts in enumerate(questions):
        add_record(office, ChecklistItem, {"checklist_id": 1, "position": place, **facts})
    return planned(office, title="Run it", equipment_id=1, checklist_id=1, owner="luis")


def test_the_sheet_is_printed_and_typed_in_afterwards(
    office: Office, cli: Cli, eyewash: Plan, tmp_path: Path
) -> None:
    asked = cli("walk-through", "--json").json
    assert [row["question"] for row in asked] == ["Runs clear", "Path clear", "Water"]
    assert asked[2]["limits"] == "60 to 100 °F"
    page = tmp_path / "walk.pdf"
    assert cli("walk-through", "--output", str(page)).code == DONE
    assert "Initials" in PdfReader(page).pages[0].extract_text()
    # Part of the answers completes nothing.
    assert cli("walk-through", "T-1:Runs=p").code == REFUSED
    assert cli("walk-through", "T-9=p").code == REFUSED
    answers = ("T-1=p", "T-1:Runs=f", "T-1:Water=75")
    assert cli("walk-through", *answers, "--when", f"{TODAY} 9:00").code == DONE
    task = office.get(Task, tasks(office, eyewash)[0].id)
    assert (task.state, f"{task.done_at:%d %H:%M}") == ("done", "02 09:00")
    assert [ticket.equipment_id for ticket in office.all(Ticket)] == [1]
    assert cli("undo").code == DONE
    assert list(office.all(Ticket)) == []
    assert office.get(Task, task.id).state == "open"


def test_by_keys_at_80x24(office: Office, eyewash: Plan) -> None:
    with Terminal(office) as terminal:
        terminal.type(":walk-through").press("enter")
        assert "Runs clear" in terminal.text
        # Seven keys for three answers, and three to look them over and book.
        terminal.type("f").press("enter").type("p").press("enter").type("75").press("enter")
        assert "fails" in terminal.text
        terminal.press("ctrl+s", "d", "y")
        assert "1 task done: T-1." in terminal.text
    assert office.get(Task, tasks(office, eyewash)[0].id).state == "done"


@pytest.mark.usefixtures("eyewash")
def test_whose_walk_and_where(office: Office, cli: Cli) -> None:
    planned(office, title="Log", first_on=TODAY - DAY, unit="day", owner="dana")
    assert {row["owner"] for row in cli("walk-through", "--for", "luis", "--json").json} == {"luis"}
    assert len(cli("walk-through", "--plan", "PL-2", "--json").json) == 2
    main = add_record(office, office.record("core.location"), {"name": "Annex"})
    assert cli("walk-through", "--location", "Annex", "--json").json == []
    with office.acting("test.move"):
        office.edit(office.find(Equipment, "Eyewash"), location_id=main.id)
    assert len(cli("walk-through", "--location", "Annex", "--json").json) == 3


@pytest.mark.usefixtures("eyewash")
def test_the_week_has_what_is_late_and_who_is_expected(office: Office, cli: Cli) -> None:
    planned(office, title="Log", first_on=TODAY - DAY, unit="day", owner="dana", days_late=0)
    given = {"purpose": "Look at the ECG", "expected_on": TODAY + DAY}
    add_record(office, Visit, given)
    week = cli("planned-work", "--json").json
    assert [row["state"] for row in week[:2]] == ["missed, 1 day late", ""]
    assert "Look at the ECG" in {row["what"] for row in week}
    assert {row["owner"] for row in cli("planned-work", "--for", "luis", "--json").json} == {"luis"}
    assert [row["day"] for row in cli("planned-work", "--for", "luis", "--json").json] == [
        str(TODAY)
    ]
    for command in ("planned-work", "walk-through"):
        nobody = cli(command, "--for", "luiss")
        assert (nobody.code, "'luiss'" in nobody.err) == (1, True)


@pytest.mark.usefixtures("eyewash")
def test_a_calendar_has_the_tasks_of_a_person(office: Office, cli: Cli) -> None:
    import icalendar

    planned(office, title="Log; long, and with a comma", owner="dana")
    ran = cli("task", "export", "-", "--format", "ics", "--where", "owner=luis due_on<=+10d")
    calendar = icalendar.Calendar.from_ical(ran.out)
    entries = calendar.walk("VEVENT")
    assert [str(entry["summary"]) for entry in entries] == ["Run it: EQ-1 Eyewash"] * 2
    assert {entry.decoded("dtstart") for entry in entries} == {TODAY, TODAY + 7 * DAY}
    assert str(entries[0]["uid"]).startswith("T-")
    assert cli("task", "import", "-", "--format", "ics", typed=ran.out).code == REFUSED


def test_a_vendor_who_came_is_said_in_a_few_keys(office: Office) -> None:
    add_record(office, office.record("vendors.vendor"), {"name": "Bright"})
    plan = planned(office, title="Cleaning", vendor_id=1, unit="day", first_on=TODAY)
    with Terminal(office) as terminal:
        terminal.type(":task").press("enter").type(":came").press("enter")
        terminal.type("Floors").press("ctrl+s")
        assert "they came" in terminal.text
    assert [visit.done for visit in office.all(Visit)] == ["Floors"]
    assert do(office, tasks(office, plan)[1], "not-came", reason="snow")


def test_a_purge_takes_what_was_typed_of_its_record_alone(office: Office, eyewash: Plan) -> None:
    task = tasks(office, eyewash)[0]
    add_record(office, MonitoredUnit, {"name": "Fridge"})
    for sheet, texts in (
        (WalkThrough(office.today), {"answer": "p"}),
        (TemperatureSheet(slot_now(office)), {"current": "40"}),
    ):
        entries = SheetEntries(sheet)
        entries.read(office)
        entries.put(entries.rows[0], texts)
        SheetDrafts(office, sheet).keep(sheet.key, entries.to_keep())
    for key, number, destroyed in (
        ("maintenance.ticket", 1, 0),
        (Task.meta.key, task.id, 1),
        (MonitoredUnit.meta.key, 1, 1),
    ):
        with office.acting("test.purge"), office.lifted():
            assert PurgedDrafts(office, [(key, number)]).destroy() == destroyed, key


def test_the_week_is_a_screen_with_how_early_or_late_each_is(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, office, TODAY)
    plan = planned(office, title="Test it", days_early=3, days_late=9)
    late = tasks(office, plan)[0]
    vendor = add_record(office, office.record("vendors.vendor"), {"name": "Bright"})
    add_record(office, Visit, {"purpose": "ECG", "vendor_id": vendor.id, "expected_on": TODAY})
    with office.acting("test.setup"):
        office.edit(late, due_on=TODAY - 2 * DAY)
    with Terminal(office) as terminal:
        terminal.type(":planned-work").press("enter")
        assert "2 days late" in terminal.text
        assert "Bright" in terminal.text
        terminal.press("]")
        assert "early from 2026-03-06" in terminal.text
        terminal.press("[").press("d").press("y")
        # The screen writes by the clock of the machine.
        assert "T-1 is now done" in terminal.text
    undo(office)
    assert "done, 2 days late" in do(office, late, "complete")
    assert "done, 7 days early" in do(office, tasks(office, plan)[1], "complete")


def test_the_page_of_a_walk_leaves_out_what_asks_nothing_and_says_how_to_answer(
    cli: Cli, eyewash: Plan, tmp_path: Path
) -> None:
    assert eyewash.id
    cli("task", "add", "--title", "Notice for Sam Wick", "--due-on", "today", "--owner", "luis")
    page = tmp_path / "walk.pdf"
    cli("walk-through", "--output", str(page))
    printed = PdfReader(page).pages[0].extract_text()
    assert "Sam Wick" not in printed
    assert "pass or fail" in printed
    assert "60 to 100" in printed
    assert "Sam Wick" in cli("walk-through", "--for", "luis").out
