"""The author's page on entry sheets: its roster runs, as a command and on the screen."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops import EntrySheet
from officeops.model.exit_codes import DONE
from officeops.office.office import open_office
from officeops.testing import check_plugin, write_plugin
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office
    from officeops.testing import Cli

PAGE = (Path(__file__).parents[2] / "docs/how-to/type-many-rows.md").read_text()
MONDAY = "2026-03-02"


@pytest.fixture
def roster(cli: Cli, officeops_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """The office of the page, after all of its commands."""
    monkeypatch.setenv("OFFICEOPS_TODAY", MONDAY)
    found = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert found
    file = write_plugin(officeops_home, "rota", found[1])
    lines = re.findall(r"^    officeops (.*)$", PAGE, re.MULTILINE)
    ran = [cli(*shlex.split(line)) for line in lines]
    assert [one.code for one in ran] == [DONE] * len(lines), ran
    assert len(cli("duty", "list", "--json").json) == 9
    assert cli("undo").code == DONE
    check_plugin(str(file))
    office = open_office(cli.path)
    yield office
    office.close()


def test_a_week_is_typed_by_letters_with_totals_below(roster: Office) -> None:
    with Terminal(roster) as terminal:
        terminal.press(":").type("week").press("enter").type("eee").press("enter")
        terminal.burst(*"ll", "right", "right", "e", "left", "backspace")
        assert terminal.line("J. Ortiz").split() == ["J.", "Ortiz", "earl", "earl", "earl"]
        assert terminal.current.split() == ["M.", "Chen", "late", "late", "[", "]"]
        assert terminal.line("at least").split()[-7:] == ["2", "2", "1", "0", "0", "0", "0"]
        terminal.press("d", "d", "y")
        assert MONDAY in terminal.prompt
        assert len(list(roster.all(roster.record("duty")))) == 5
        # Days that do not fit scroll beside the names.
        terminal.resize(50, 24).press(":").type("week").press("enter")
        assert "sun" not in terminal.lines[1]
        terminal.press(*["right"] * 6)
        assert "Sun" in terminal.lines[1]
        assert terminal.current.startswith("J. Ortiz")


def test_every_part_of_a_sheet_is_on_the_page() -> None:
    for name in vars(EntrySheet):
        if not name.startswith("_") and name not in {"title", "why_not_reviewed", "summary"}:
            assert f"`{name}" in PAGE, name
