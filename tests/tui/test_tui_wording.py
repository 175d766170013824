"""The sentences of the screens, word for word: no other test of the screens asserts a whole one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

PLUGIN = (Path(__file__).parent / "tui_tools.py").read_text()


@pytest.fixture
def tools(office_factory: OfficeFactory) -> Office:
    office = office_factory(files={"tools": PLUGIN})
    with office.acting("test"):
        for name in ("Clamp", "Pin"):
            office.add(office.record("tool")(name=name, pieces=3))
    return office


@pytest.fixture
def terminal(tools: Office) -> Iterator[Terminal]:
    with Terminal(tools) as opened:
        yield opened


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        (["escape"], "This is the first screen; q leaves officeops."),
        (["ctrl+c"], "q leaves officeops; Esc goes back."),
        (["s"], "Snooze: nothing is due on this line."),
        (["1"], "There are no cabinets yet; n adds one."),
        (["2", "]", "/", *"none", "enter"], "Nothing matches this filter; / changes it."),
        (["2", "V"], "Save view: there is nothing to save; filter or sort the list first."),
        (["2", "x"], "Archive tool Clamp?  y = yes, any other key = no"),
        (["2", "x", "enter"], "Nothing was done."),
        (["2", "x", "y"], "Clamp is archived; z shows archived ones, X brings it back."),
        (["2", "z"], "Archived ones are shown too."),
        (["2", "i", "y"], "Clamp was looked over."),
        (["2", "n", *"Drill", "ctrl+s"], "Tool Drill is added."),
        (["2", "n", *"Drill", "escape"], "Leave and lose name?  y = yes, any other key = no"),
        (["2", "e", "ctrl+s"], "Nothing was changed; Esc goes back."),
        (["2", "e", "ctrl+u", *"Vice", "ctrl+s"], "Tool Vice is saved."),
        (["2", "n", "ctrl+s"], "Name is needed"),
    ],
)
def test_the_prompt_line_says_it_in_a_sentence(
    terminal: Terminal, keys: list[str], sentence: str
) -> None:
    terminal.press(*keys)
    assert terminal.prompt == sentence


def test_a_question_without_room_for_its_keys_is_whole_and_the_keys_are_below_it(
    terminal: Terminal,
) -> None:
    terminal.press("2", "n", *"Left-handed pruning shears of 21 cm", "ctrl+s", "u")
    assert "…" not in terminal.prompt
    assert terminal.prompt.startswith("Undo ")
    assert terminal.prompt.endswith("?")
    assert terminal.keys == "y yes  any other key no"
    terminal.press("y")
    assert terminal.prompt.startswith("Undone: ")
