"""One letter means one thing: the registry, the menu of `a`, and other letters by the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.tui.test_tui_keys import PLUGIN

from officeops.model.errors import UsageProblem
from officeops.tui.terminal.keys import Key, lettered
from officeops.tui.terminal.meanings import LETTERS, MEANINGS, TAKEN, letters_of
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory


@pytest.fixture
def tools(office_factory: OfficeFactory) -> Office:
    """An office with the plugin of the journeys and one tool."""
    office = office_factory(files={"tools": PLUGIN})
    with office.acting("test"):
        office.add(office.record("tool")(name="Clamp"))
    return office


def test_every_meaning_has_a_letter_of_its_own_and_none_is_an_answer() -> None:
    assert len(set(LETTERS.values())) == len(MEANINGS)
    assert not set(LETTERS.values()) & set(TAKEN)


def test_a_key_that_names_a_letter_is_refused() -> None:
    with pytest.raises(ValueError, match="names a letter and no meaning"):
        lettered([Key(("k",), "kick", print)], LETTERS)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"receive": "v"}, "v would mean receive and seen"),
        ({"receive": "y"}, "'y' cannot be its letter"),
        ({"receive": "ab"}, "'ab' cannot be its letter"),
        ({"kick": "K"}, "there is no such meaning"),
    ],
)
def test_other_letters_are_refused_where_they_clash(changed: dict[str, str], why: str) -> None:
    with pytest.raises(UsageProblem, match=why):
        letters_of(changed, "officeops.toml: [letters]")
    assert letters_of({"receive": "v", "seen": "K"}, "")["seen"] == "K"


def test_another_letter_acts_and_is_in_the_key_line_help_and_menus(tools: Office) -> None:
    tools.machine.own.letters = {"use": "K"}
    with Terminal(tools) as terminal:
        terminal.press("2")
        assert "K lend" in terminal.keys
        assert terminal.press("a").line("  lend ").split()[1] == "K"
        assert terminal.press("escape", ":", *"lend").rest().line("  lend ").split()[1] == "K"
        assert terminal.press("escape", "i").prompt.startswith("i does nothing here")
        assert terminal.press("K").crumbs.endswith("Lend tool Clamp")
        terminal.press("escape", "?", "/", *"lend", "enter")
        assert terminal.line("K, :lend")


def test_the_menu_has_all_that_can_be_done_and_why_something_cannot(tools: Office) -> None:
    with Terminal(tools) as terminal:
        terminal.press("2", "a")
        assert terminal.line("  sharpen ")
        terminal.type("unar").rest()
        assert terminal.line(" unarchive ").split()[1:4] == ["X", "not", "now:"]
        assert not terminal.line("  sharpen ")
        terminal.press("escape", "a").type("sharp").rest()
        terminal.press("down", "enter", "y")
        assert "Clamp is sharp" in terminal.prompt
        terminal.press("a").type("unar").press("enter")
        assert "Unarchive: it is not archived" in terminal.prompt
        assert "Nothing here is called" in terminal.press("a").type("zzz").press("enter").prompt


def test_the_name_of_a_row_is_copied(tools: Office) -> None:
    with Terminal(tools) as terminal:
        assert terminal.press("2", "c").prompt == "Copied: Clamp"
        assert terminal.app.clipboard == "Clamp"
