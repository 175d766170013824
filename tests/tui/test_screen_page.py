"""The author's page on screens: its board runs, and its test passes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from officeops.authoring.check import problems
from officeops.model.exit_codes import DONE
from officeops.testing import write_plugin
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from officeops.testing import Cli, OfficeFactory

PAGE = (Path(__file__).parents[2] / "docs/how-to/bring-a-screen.md").read_text()
PLUGIN, TEST = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(autouse=True)
def guests(cli: Cli, officeops_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The plugin of the page, which is on."""
    file = write_plugin(officeops_home, "guests", PLUGIN)
    assert cli("plugins", "migration", "guests").code == DONE
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "guests")
    return file


def test_the_test_of_the_page_passes(office_factory: OfficeFactory, guests: Path) -> None:
    namespace: dict[str, Any] = {"__file__": str(guests.parent / "tests" / "test_board.py")}
    exec(TEST, namespace)  # noqa: S102 - the example of the page
    namespace["test_a_guest_comes_and_leaves"](office_factory)
    assert problems(str(guests)) == []


def test_a_marker_that_names_no_installed_plugin_fails_the_test_at_once(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "guets")
    with pytest.raises(pytest.fail.Exception, match=r"plugin guets is to be on, .*office_factory"):
        request.getfixturevalue("office")


def test_the_commands_of_the_page_run(cli: Cli, office_factory: OfficeFactory) -> None:
    for line in re.findall(r"^    officeops (.*)$", PAGE, re.MULTILINE)[1:]:
        assert cli(*shlex.split(line)).code == DONE, line
    with Terminal(office_factory("guests")) as terminal:
        terminal.press(*":board", "enter")
        assert terminal.current.split()[:2] == ["R.", "Lowe"]
        assert terminal.current.endswith("09:15     service")
        terminal.press("enter")
        assert terminal.crumbs.endswith("Guest G-1")


def test_a_person_without_the_right_opens_the_board_and_changes_nothing(
    cli: Cli, office_factory: OfficeFactory
) -> None:
    cli("access", "add", "vic", "--role", "read-only")
    cli("guest", "add", "--name", "R. Lowe")
    with Terminal(office_factory("guests", login="vic")) as terminal:
        terminal.press(*":board", "enter")
        assert "leave" not in terminal.keys
        terminal.press("d")
        assert "may not" in terminal.prompt
        terminal.press("n")
        assert "may not" in terminal.prompt
        assert terminal.current.startswith("R. Lowe")
