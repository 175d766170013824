"""The morning's page and the inspections on the screens: opened by name, confirmed by a key and a `y`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.core.requirement_record import Requirement
from officeops.core.task_record import Task
from officeops.office.crud import add_record
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from officeops.office.office import Office


@pytest.mark.officeops
def test_a_line_of_the_page_opens_its_record(office: Office) -> None:
    add_record(office, Task, {"title": "Call the landlord", "due_on": office.today})
    with Terminal(office) as terminal:
        terminal.press(":").type("huddle").press("enter")
        assert "Call the landlord (manager)" in terminal.text
        terminal.press("enter")
        assert "about no one record" in terminal.prompt
        terminal.press("end", "enter")
        assert "T-1" in terminal.text


@pytest.mark.officeops
def test_a_question_is_confirmed_on_the_screen(office: Office) -> None:
    with Terminal(office) as terminal:
        terminal.press(":").type("inspect").press("enter")
        assert "0 of 11 confirmed" in terminal.text
        terminal.press(":").type("inspect fire").press("enter")
        assert "Not confirmed; compared 2026-11-30" in terminal.text
        assert "11 gaps" in terminal.text
        terminal.press("down", "down", "Y")
        assert not list(office.all(Requirement))
        terminal.press("y")
        assert "10 gaps" in terminal.text
        terminal.press("u", "y")
        assert "11 gaps" in terminal.text
