"""A merge on the screen, at 80x24: the form, what it would do, and a y."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops import Location, Note
from officeops.model.about import Subject
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory


@pytest.fixture
def places(office_factory: OfficeFactory) -> Office:
    """An office with two records of one room, and a note on the second."""
    office = office_factory()
    with office.acting("test"):
        office.add(Location(name="Lab"))
        twin = office.add(Location(name="Lab room"))
        about = Subject("core.location", twin.id)
        office.add(Note(about=about, text="The door sticks"))
    return office


def test_the_question_says_what_follows_and_y_merges(places: Office) -> None:
    gone = places.find(Location, "Lab room")
    with Terminal(places) as terminal:
        terminal.press(":").type("location Lab room").press("enter")
        terminal.press(":").type("merge").press("enter")
        terminal.type("Lab").press("ctrl+s")
        assert "1 record follows" in terminal.prompt
        assert places.get(Location, gone.id).archived_at is None
        terminal.press("y")
    kept = places.find(Location, "Lab room")
    assert (kept.name, places.get(Location, gone.id).archived_at is None) == ("Lab", False)
    [note] = places.all(Note)
    assert note.about.id == kept.id
