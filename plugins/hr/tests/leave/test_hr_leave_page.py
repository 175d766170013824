"""The page on leave: its lines run, in their order, and name every rule of a policy."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops.model.exit_codes import DONE
from officeops_hr.leave.rules.terms import CARRIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.testing import Cli

PAGE = (Path(__file__).parents[4] / "docs/how-to/keep-leave.md").read_text()


@pytest.mark.officeops("hr")
def test_the_lines_of_the_page_do_as_it_says(
    cli: Cli,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    freeze_today: Callable[[str], None],
) -> None:
    freeze_today("2026-11-30")
    monkeypatch.chdir(tmp_path)
    said = {}
    for line in re.findall(r"^    officeops (.*)$", PAGE, re.MULTILINE):
        if "close-year" in line:
            freeze_today("2027-01-01")
        ran = said[line] = cli(*shlex.split(line))
        assert ran.code == DONE, (line, ran.err)
    assert b"SUMMARY:Ana Alvarez off" in (tmp_path / "leave.ics").read_bytes()
    assert "40:00 carried" not in said["leave year-end PTO --until 2027-01-01"].out
    states = [row["state"] for row in cli("leave-request", "list", "--json").json]
    assert sorted(states) == ["amended", "approved", "approved", "denied"]


def test_every_carry_over_is_on_the_page() -> None:
    assert all(f"`{word}`" in PAGE or f"--carry {word}`" in PAGE for word in CARRIES)
