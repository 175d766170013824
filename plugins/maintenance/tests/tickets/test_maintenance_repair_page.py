"""The page on repairs: its lines run, in their order, and its settings and states are the real ones."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops.model.exit_codes import DONE
from officeops_maintenance.config import MaintenanceSettings
from officeops_maintenance.tickets.life import SHORT

if TYPE_CHECKING:
    from officeops.testing import Cli

#: The settings of tickets begin with these words.
OURS = ("states", "call_back", "waiting", "reliability")
PAGE = (Path(__file__).parents[4] / "docs/how-to/repair-equipment.md").read_text()


@pytest.mark.officeops("maintenance", "vendors", "inventory")
def test_the_lines_of_the_page_do_as_it_says(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 a photo")
    cli("location", "add", "--name", "Main")
    for line in re.findall(r"^    officeops (.*)$", PAGE, re.MULTILINE):
        ran = cli(*shlex.split(line))
        assert ran.code == DONE, (line, ran.err)
    assert cli("ticket", "list", "--json").json[-1]["cost"] == "155.00"


def test_each_setting_and_state_is_on_the_page() -> None:
    named = set(re.findall(r"(\w+) = ", PAGE)) | set(re.findall(r"`(\w+)`", PAGE))
    ours = {key for key in MaintenanceSettings.keys if key.startswith(OURS)}
    assert ours - {"call_back_low"} <= named
    for word, states in SHORT.items():
        row = next(
            line for line in PAGE.splitlines() if line.startswith(f"| {word.replace('_', ' ')}")
        )
        assert all(state.replace("_", " ") in row for state in states)
