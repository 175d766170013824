"""Tasks on the screens: due in Today, completed by a key, with a question for each item of a checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.core.care_tools import DAY, TODAY, caring, clock_of, planned

from officeops.access.actions import admit
from officeops.access.role_actions import make_role
from officeops.core.checklist_records import Answer, Checklist, ChecklistItem
from officeops.core.task_record import Task
from officeops.office.crud import add_record
from officeops.office.office import Office
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from officeops.testing import OfficeFactory


@pytest.fixture
def tasked(office: Office) -> Office:
    add_record(office, Checklist, {"name": "Opening"})
    for values in (
        {"text": "Lights in the hall", "position": 1},
        {"text": "Vaccine fridge", "type": "reading", "unit": "°F", "high": 4640, "position": 2},
        {"text": "Remark", "type": "text", "required": False, "position": 3},
    ):
        add_record(office, ChecklistItem, {"checklist_id": 1, **values})
    add_record(
        office, Task, {"title": "Call the landlord", "due_on": office.today, "owner": "dana"}
    )
    add_record(office, Task, {"title": "Open up", "due_on": office.today, "checklist_id": 1})
    return office


@pytest.mark.officeops
def test_today_shows_ones_own_items_alone(office: Office) -> None:
    make_role(office, "desk", ["read", "work"])
    admit(office, "dana", ["desk"])
    admit(office, "eve", ["desk"])
    for title, owner in (("Call the landlord", "dana"), ("Order stamps", "eve")):
        add_record(office, Task, {"title": title, "due_on": office.today, "owner": owner})
    with (
        Office(office.path, office.plugins, office.machine, user="dana") as desk,
        Terminal(desk) as terminal,
    ):
        assert "2 due" in terminal.text
        assert "Show what you see to alone" in terminal.press("?").text
        terminal.press("escape", "m")
        assert "Call the landlord" in terminal.text
        assert "Order stamps" not in terminal.text
        assert ", yours" in terminal.crumbs
        terminal.press("d").type("complete").press("enter", "y")
        assert "Nothing is yours today." in terminal.text
        assert "Order stamps" in terminal.press("m").text


@pytest.mark.officeops
def test_a_word_that_settles_nothing_is_told_and_the_screen_goes_on(tasked: Office) -> None:
    with Terminal(tasked) as terminal:
        terminal.press("d").type("abandon").press("enter")
        assert "Write complete or skip" in terminal.prompt
        assert "T-1" in terminal.press("d").type("complete").press("enter").prompt


@pytest.mark.officeops
def test_a_task_is_completed_from_today(tasked: Office) -> None:
    with Terminal(tasked) as terminal:
        assert "T-1" in terminal.press("d").type("complete").press("enter").prompt
        assert tasked.get(Task, 1).state == "open"
        terminal.press("y")
        assert "1 due" in terminal.text
        terminal.press("d").type("complete").press("enter")
        assert "Vaccine fridge" in terminal.text
        assert "answer" not in terminal.text
        terminal.type("pass").press("down").type("47").press("ctrl+s")
    assert {answer.value for answer in tasked.all(Answer)} == {"pass", "47"}
    assert [tasked.get(Task, number).state for number in (1, 2)] == ["done", "done"]


@pytest.mark.officeops
def test_words_find_a_task_by_its_title(tasked: Office) -> None:
    with Terminal(tasked) as terminal:
        terminal.type(":task").press("enter").type("/landlord").press("enter")
        assert "1 row" in terminal.text
        assert "Call the landlord" in terminal.text


@pytest.mark.parametrize(
    ("later", "words"), [(-3, "3 days early"), (0, "on its day"), (9, "9 days late")]
)
def test_the_form_says_when_a_floating_task_is_due_again(
    office_factory: OfficeFactory, monkeypatch: pytest.MonkeyPatch, later: int, words: str
) -> None:
    clock_of(monkeypatch)(TODAY)
    office = caring(office_factory)
    planned(office, mode="floating", anchor_on=TODAY - later * DAY, every=10, unit="day")
    said = f"Closed {words}; the next one is due on {TODAY + 10 * DAY}."
    with Terminal(office) as terminal:
        terminal.type(":task").press("enter")
        assert said in terminal.press("d").prompt
        assert said in terminal.press("n").type(":skip").press("enter").text
        terminal.press("escape", "d", "y")
    assert [task.due_on for task in office.all(Task, "state = 'open'")] == [TODAY + 10 * DAY]
