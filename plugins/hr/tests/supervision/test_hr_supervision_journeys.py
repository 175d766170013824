"""Two things that people do between patients, at 80x24, with their keys counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops import Task
from officeops.tui.testing import Terminal
from officeops_hr.safety.incident import Incident
from officeops_hr.supervision.one_to_one import OneToOne

if TYPE_CHECKING:
    from officeops.office.office import Office


@pytest.mark.usefixtures("crew")
def test_a_note_of_a_talk_takes_five_keys_beside_its_text(office: Office) -> None:
    keys = ["n", "tab", "tab", "tab", "ctrl+s"]
    texts = ["ben", "Rooming times", "", "Slow on Mondays"]
    with Terminal(office) as terminal:
        terminal.press(":").type("one-to-one").press("enter")
        for key, text in zip(keys, [*texts, ""], strict=True):
            terminal.press(key).type(text)
        assert "Rooming times" in terminal.text
    note = office.get(OneToOne, 1)
    assert (note.topic, note.sharing) == ("Rooming times", "private")
    assert office.open(note, "text") == "Slow on Mondays"


@pytest.mark.usefixtures("crew")
def test_an_incident_is_reported_in_three_keys_beside_its_line(office: Office) -> None:
    with Terminal(office) as terminal:
        terminal.press(":").type("incident").press("enter")
        terminal.press("n").type("Needlestick, room 3").press("tab").type("sharps")
        terminal.press("ctrl+s")
        assert "officeops first-hour" in terminal.text
        # The card is on its page, before anything else of it.
        terminal.press("enter")
        assert "Needlestick or cut: the first hour" in terminal.text
        assert "Wash the wound" in terminal.text
    assert office.get(Incident, 1).kind == "sharps"
    assert office.first(Task, "occurrence = 'hr.incident:1:clinic'") is not None
