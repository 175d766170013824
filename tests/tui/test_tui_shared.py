"""Two people at one screen: each entry asks whose it is, and nothing of it stays."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

import pytest
from tests.access.access_tools import open_as, user
from tests.access.shared_tools import DESK, PINS, add_desk, with_desk
from tests.tui.test_sheet_screen import PLUGIN as SHEET
from tests.tui.test_sheet_screen import shown

from officeops.access.actions import remove
from officeops.access.shared_actions import issue_code
from officeops.history.log import changes
from officeops.history.log_filter import Asked
from officeops.model.sealed_value import Sealed
from officeops.office.sheets.drafts import SheetDrafts
from officeops.tui.testing import Terminal
from officeops.tui.widgets.line_edit import LineEdit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory


@pytest.fixture
def owner(office_factory: OfficeFactory) -> Office:
    """The office as its file's owner has it."""
    return with_desk(office_factory)


@pytest.fixture
def screen(owner: Office) -> Iterator[Terminal]:
    """The list of locations at the front desk's screen."""
    with open_as(owner, DESK) as desk, Terminal(desk) as terminal:
        yield terminal.press(":").type("location").press("enter")


def sign(screen: Terminal, name: str, pin: str) -> Terminal:
    """Answer whose entry it is."""
    return screen.type(name).press("enter").type(pin).press("enter")


def names(owner: Office) -> list[str]:
    """List the names of the locations."""
    return [str(place) for place in owner.all(owner.record("location"))]


def test_the_screen_says_where_it_is_shared(screen: Terminal) -> None:
    assert "Front desk, shared" in screen.lines[0]


def test_two_people_and_nothing_remembered(owner: Office, screen: Terminal) -> None:
    screen.press("n").type("Lab").press("ctrl+s")
    assert "Whose entry is it?" in screen.lines[0]
    # Nobody is offered before a letter, and dots are all that shows of a PIN.
    assert "ann" not in screen.text
    screen.type("an")
    assert "Ann Lee" in screen.text
    assert "Bob Lee" not in screen.text
    screen.press("enter").type(PINS["ann"])
    assert "•" * len(PINS["ann"]) in screen.text
    assert PINS["ann"] not in screen.text
    screen.press("enter")
    assert "Location Lab is added." in screen.text
    screen.press("n").type("Store").press("ctrl+s")
    assert "Ann" not in screen.text
    sign(screen, "lee", PINS["ann"])  # the first of three Lees
    assert "is added" in screen.text
    screen.press("n").type("Attic").press("ctrl+s")
    screen.type("l").press("down", "enter")
    assert "PIN of bob" in screen.text
    screen.type(PINS["bob"]).press("enter")
    who = [(entry.actor, entry.place) for entry in changes(owner, Asked(limit=3))]
    assert who == [("bob", "Front desk"), ("ann", "Front desk"), ("ann", "Front desk")]
    screen.press("!")
    assert not [pin for pin in PINS.values() if pin in screen.text]
    screen.press("escape", "home", "enter")
    assert "Bob Lee, at Front desk (shared key front-desk)  add" in screen.text


def test_no_pin_outlives_its_question(screen: Terminal) -> None:
    sign(screen.press("n").type("Lab").press("ctrl+s"), "ann", PINS["ann"])
    screen.press("n").type("Store").press("ctrl+s")
    sign(screen, "bob", PINS["ann"])
    screen.type("bob").press("enter").type(PINS["bob"]).press("escape", "escape", "y")
    gc.collect()
    kept = [thing for thing in gc.get_objects() if isinstance(thing, LineEdit)]
    assert not {line.text for line in kept} & set(PINS.values())
    typed = [thing for thing in gc.get_objects() if isinstance(thing, Sealed)]
    assert not {value.typed for value in typed if value.is_typed} & set(PINS.values())


def test_escape_loses_nothing_of_the_form(owner: Office, screen: Terminal) -> None:
    screen.press("n").type("Lab").press("ctrl+s").type("ann").press("escape")
    assert "Nobody signed" in screen.text
    assert "*Name                Lab" in screen.text
    screen.press("ctrl+s").type("ann").press("enter").type("13").press("escape")
    assert "*Name                Lab" in screen.text
    assert "Lab" not in names(owner)
    sign(screen.press("ctrl+s"), "bob", PINS["bob"])
    assert "Lab" in names(owner)


def test_a_wrong_pin_asks_again_and_a_lock_says_until_when(owner: Office, screen: Terminal) -> None:
    screen.press("n").type("Lab").press("ctrl+s")
    sign(screen, "nobody", "2468")
    assert "do not go together" in screen.text
    # Enter alone: the name was the wrong one.
    sign(screen.press("enter"), "ann", "2468")
    for _ in range(4):
        assert "do not go together" in screen.text
        screen.type("2468").press("enter")
    screen.type(PINS["ann"]).press("enter")
    assert "ann typed a wrong PIN too often" in screen.text
    screen.press("escape")
    assert "*Name                Lab" in screen.text
    assert "Lab" not in names(owner)


def test_a_burst_signs_as_slow_keys_do(owner: Office, screen: Terminal) -> None:
    screen.press("n").burst(*"Lab", "ctrl+s", *"ann", "enter", *PINS["ann"], "enter")
    assert "Location Lab is added." in screen.text
    assert changes(owner, Asked(limit=1))[0].actor == "ann"


def test_undo_asks_whose_it_is_too(owner: Office, screen: Terminal) -> None:
    sign(screen.press("n").type("Lab").press("ctrl+s"), "ann", PINS["ann"])
    screen.press("u")
    assert 'Undo "add location Lab"' in screen.text
    assert "by ann?" in screen.text
    sign(screen.press("y"), "bob", PINS["bob"])
    assert "bob may not undo other" in screen.text
    sign(screen.press("u", "y"), "ann", PINS["ann"])
    assert "Lab" not in names(owner)
    sign(screen.press("U", "y"), "ann", PINS["ann"])
    assert "Lab" in names(owner)
    sign(screen.press("home").press(*":lose", "enter", "y"), "cal", PINS["cal"])
    assert {entry.place for entry in changes(owner, Asked(limit=3))} == {"Front desk"}


def test_a_sheet_is_the_desks_until_a_person_books_it(office_factory: OfficeFactory) -> None:
    office = add_desk(office_factory(files={"bonus": SHEET}), "bonus.*")
    sheet = sys.modules[office.records["bonus.bonus"].__module__].BonusSheet()
    with open_as(office, DESK) as desk:
        with Terminal(desk) as screen:
            shown(screen, desk, sheet).type("12").press("enter").type("7").press("enter")
        draft = SheetDrafts(desk, sheet).own()
        assert draft
        assert list(draft.rows) == ["Ada", "Ben"]
        with Terminal(desk) as screen:
            shown(screen, desk, sheet).press("d", "d", "y")
            sign(screen.press("escape").press("d", "y"), "bob", PINS["bob"])
            assert "Whose entry" not in screen.text
        assert SheetDrafts(desk, sheet).own() is None
    last = changes(office, Asked(limit=1))[0]
    assert (last.actor, last.action, last.place) == ("bob", "bonus.plan", "Front desk")


def test_a_pin_is_set_at_the_desk_with_a_starting_code(owner: Office, screen: Terminal) -> None:
    code = issue_code(owner, user(owner, "ann")).typed
    screen.press(":").type("pin").press("enter").type("1234").press("enter")
    assert "people try first" in screen.text
    screen.type("975318642").press("enter").type("975318643").press("enter")
    assert "differ" in screen.text
    screen.type("975318642").press("enter").type("975318642").press("enter")
    sign(screen, "ann", code)
    assert "PIN of ann is set" in screen.text
    sign(screen.press("n").type("Lab").press("ctrl+s"), "ann", "975318642")
    assert "Location Lab is added." in screen.text
    for pin in ("975318642", code):
        assert pin not in screen.press("!").text


def test_after_a_wrong_pin_the_right_one_signs_and_is_never_shown(
    owner: Office, screen: Terminal
) -> None:
    sign(screen.press("n").type("Lab").press("ctrl+s"), "bob", "2468")
    screen.type(PINS["bob"])
    assert PINS["bob"] not in screen.text
    screen.press("enter")
    assert "Lab" in names(owner)


def test_who_left_signs_no_more(owner: Office, screen: Terminal) -> None:
    screen.press("n").type("Lab").press("ctrl+s").type("ann").press("enter")
    owner.do(remove, owner.find(owner.record("user"), "ann"))
    screen.type(PINS["ann"]).press("enter")
    assert "do not go together" in screen.text
    assert "Lab" not in names(owner)
