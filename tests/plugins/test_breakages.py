"""The ways in which plugins break are contained and named, on the command line and on the screen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.plugins.breakages import BREAKAGES

from officeops.model.exit_codes import DONE
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.testing import Cli, OfficeFactory

    Write = Callable[..., Path]

pytestmark = pytest.mark.usefixtures("shipped")

HEAD = """
from __future__ import annotations
from officeops import *
PLUGIN = Plugin("bad", "A plugin that breaks", api=2)
"""
#: Of these the code never ends, so that a short limit spares time; others keep the usual limits,
#: which a busy machine does not reach.
ENDLESS = {4, 6, 25}
SHORT = "[limits]\nguard = 0.3\naction = 0.6\ndue = 0.3\nsearch = 0.3\n"


@pytest.fixture
def _short(officeops_home: Path) -> None:
    file = officeops_home / "config" / "officeops" / "officeops.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(SHORT)


# The alarm may ring while Hypothesis counts garbage, which swallows it; the next one rings.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("number", BREAKAGES)
def test_a_breakage_is_contained_and_named(
    number: int,
    write: Write,
    cli: Cli,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    broken = BREAKAGES[number]
    if number in ENDLESS:
        request.getfixturevalue("_short")
    write("bad", broken.code)
    assert cli("location", "add", "--name", "Main").code == DONE
    if broken.command[:2] != ("plugins", "enable"):
        monkeypatch.setenv("OFFICEOPS_PLUGINS", "bad")
    for words in broken.before:
        assert cli(*words).code == DONE, words
    ran = cli(*broken.command)
    assert ran.code == broken.ends, ran
    assert broken.says in ran.out + ran.err, ran
    assert "officeops itself" not in ran.out + ran.err or "belongs to officeops" in ran.out
    if "--json" in broken.command:
        json.loads(ran.out)
    # Whatever failed, the office is in order.
    assert cli("location", "list", "--json").json[0]["name"] == "Main"


def test_help_lists_no_action_that_no_command_reaches(
    write: Write, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("bad", BREAKAGES[30].code)
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "bad")
    ran = cli("thing", "--help")
    assert "Change a thing." in ran.out
    assert "Actions:" not in ran.out
    # officeops' own verb runs, and says that it is not the action.
    ran = cli("thing", "edit", "A", "--name", "B")
    assert "the action bad.thing.edit of the plugin bad did not run" in ran.err
    assert "did not run" not in cli("thing", "list").err


#: Those that meet a person on the screen as well: the keys, and the words of the screen.
ON_SCREEN = {
    4: ((":", *"today", "enter"), "incomplete"),
    7: ((":", *"today", "enter"), "incomplete"),
    10: (
        (":", *"thing", "enter", ":", *"use", "enter", "y"),
        "The plugin bad failed in the action",
    ),
    11: ((":", *"thing", "enter", "enter"), "#1"),
    20: ((":", *"today", "enter"), "incomplete"),
    22: ((":", *"thing", "enter", ":", *"use", "enter", "y"), "The plugin bad tried to commit"),
    24: ((":", *"thing", "enter", ":", *"use", "enter", "y"), "name"),
    31: ((":", *"thing", "enter"), "bad"),
}


def test_the_screen_says_why_a_plugins_word_means_nothing(office_factory: OfficeFactory) -> None:
    with Terminal(office_factory(files={"bad": "raise ImportError('no lamp')"})) as terminal:
        terminal.press(":", *"bad", "enter")
        assert "The plugin bad is not in order: import: ImportError: no lamp" in terminal.prompt
        terminal.press(":", *"nothing", "enter")
        assert "There is nothing called 'nothing'" in terminal.prompt


@pytest.mark.usefixtures("_short")
def test_the_screen_names_code_that_cannot_be_stopped(office_factory: OfficeFactory) -> None:
    # What waits in C is stopped when that returns: a network without a limit never does.
    waits = HEAD + "@hookimpl\ndef due(office, until):\n    __import__('time').sleep(5)\n"
    with Terminal(office_factory("bad", files={"bad": waits})) as terminal:
        terminal.press("!")
        said = " ".join(terminal.text.split())
        assert "The plugin bad took longer than" in said
        assert "and does not stop. Other screens work" in said


@pytest.mark.parametrize("number", ON_SCREEN)
def test_the_screen_names_it_too(
    number: int,
    office_factory: OfficeFactory,
    request: pytest.FixtureRequest,
) -> None:
    if number in ENDLESS:
        request.getfixturevalue("_short")
    keys, says = ON_SCREEN[number]
    office = office_factory("bad", files={"bad": HEAD + BREAKAGES[number].code})
    with office.acting("test"):
        office.add(office.record("thing")(name="A"))
    with Terminal(office) as terminal:
        terminal.press(*keys)
        shown = "\n".join(terminal.lines)
        assert says in shown, shown
        assert "officeops itself" not in shown
