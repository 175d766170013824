"""Sterilizers on an 80x24 terminal: a load in a few keys, and a positive test up to its release."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from plugins.maintenance.tests.key_count import Counted
from tests.access.access_tools import open_as
from tests.access.shared_tools import DESK, PINS, add_desk

from officeops.tui.testing import Terminal
from officeops_maintenance.sterilizer.load import Load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.maintenance.tests.sterilizer.conftest import Practice

    from officeops.office.office import Office

CONTENTS = "4 exam sets"
#: Beside its contents, from the open sheet to released.
MOST_FOR_A_LOAD = 8
#: From the line of Today to the sterilizer in service, beside the words of the findings.
MOST_TO_RELEASE = 40


@pytest.fixture
def screen(office: Office, dental: Practice) -> Iterator[Terminal]:
    dental.load(number="512")
    dental.sent()
    with Terminal(office) as opened:
        yield opened


def test_a_load_takes_eight_keys_beside_its_contents(screen: Terminal, office: Office) -> None:
    screen.press(":").type("sterilization").press("enter")
    keys = Counted(screen)
    # The number of the cycle is offered.
    keys.press("enter")
    keys.type(CONTENTS)
    keys.press("enter")
    keys.type("pp")
    keys.press("ctrl+s")
    keys.type("dy")
    assert keys.keys - len(CONTENTS) <= MOST_FOR_A_LOAD
    load = list(office.all(Load))[-1]
    assert (load.number, load.contents, load.state) == ("513", CONTENTS, "released")
    assert load.released_by == office.actor


def test_a_failed_indicator_is_seen_before_it_is_booked(screen: Terminal, office: Office) -> None:
    screen.press(":").type("sterilization").press("enter")
    screen.press("enter").type("Wet").press("enter").type("pf")
    assert "NO" in screen.line("Autoclave 1")
    screen.press("ctrl+s")
    assert "FAILED" in screen.line("Autoclave 1")
    screen.type("dy")
    assert list(office.all(Load))[-1].state == "run"


def test_from_a_positive_test_to_the_release(screen: Terminal, dental: Practice) -> None:
    keys = Counted(screen)
    # Each line of Today leads to its next step.
    keys.press("d")
    keys.type("g")
    keys.press("enter", "ctrl+s")
    assert "DO NOT USE Autoclave 1" in screen.text
    assert dental.status == "quarantined"
    keys.press("home", "d")
    screen.type("Overloaded")
    keys.press("ctrl+s", "home", "d", "ctrl+s")
    assert "read BI-2" in screen.text
    keys.press("home", "d")
    keys.type("n")
    keys.press("enter")
    keys.type("g")
    keys.press("enter")
    keys.type("p")
    keys.press("enter")
    keys.type("p")
    keys.press("enter", "ctrl+s")
    assert "release it" in screen.text
    keys.press("home", "d", "ctrl+s")
    assert dental.status == "in_service"
    assert keys.keys <= MOST_TO_RELEASE
    assert "decide on the" in screen.text


def test_at_a_shared_screen_the_person_who_signs_has_the_initials(
    office: Office, dental: Practice
) -> None:
    kinds = ("equipment.view", "sterilizer-load.view", "sterilization.*")
    add_desk(office, *[f"maintenance.{kind}" for kind in kinds])
    assert dental.unit.human_key == "EQ-1"
    with open_as(office, DESK) as desk, Terminal(desk) as terminal:
        terminal.press(":").type("sterilization").press("enter")
        terminal.type("513").press("enter").type("Sets").press("enter").type("pp")
        terminal.press("ctrl+s").type("dy")
        terminal.type("ann").press("enter").type(PINS["ann"]).press("enter")
    [load] = office.all(Load)
    assert (load.run_by, load.released_by) == ("ann", "ann")


def test_at_a_shared_screen_a_load_is_released_with_the_pin_of_a_person(
    office: Office, dental: Practice
) -> None:
    kinds = ("equipment.view", "sterilizer-load.*", "spore-test.view", "sterilizer-failure.view")
    add_desk(office, *[f"maintenance.{kind}" for kind in kinds])
    dental.load(number="513", mechanical=None)
    with open_as(office, DESK) as desk, Terminal(desk) as terminal:
        terminal.press(":").type("sterilizer-load").press("enter", "Y")
        terminal.type("pass").press("ctrl+s")
        assert next(office.all(Load)).state == "run"
        terminal.type("ann").press("enter").type(PINS["ann"]).press("enter")
    [load] = office.all(Load)
    assert (load.state, load.released_by) == ("released", "ann")
