"""Tasks on the screens: due in Today, completed by a key, with a question for each item of a checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.core.checklist_records import Answer, Checklist, ChecklistItem
from officeops.core.task_record import Task
from officeops.office.crud import add_record
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from officeops.office.office import Office


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
def test_a_task_is_completed_from_today(tasked: Office) -> None:
    with Terminal(tasked) as terminal:
        assert "T-1" in terminal.press("a").type("complete").press("enter").prompt
        assert tasked.get(Task, 1).state == "open"
        terminal.press("y")
        assert "1 due" in terminal.text
        terminal.press("a").type("complete").press("enter")
        assert "Vaccine fridge" in terminal.text
        assert "answer" not in terminal.text
        terminal.type("pass").press("down").type("47").press("ctrl+s")
    assert {answer.value for answer in tasked.all(Answer)} == {"pass", "47"}
    assert [tasked.get(Task, number).state for number in (1, 2)] == ["done", "done"]
