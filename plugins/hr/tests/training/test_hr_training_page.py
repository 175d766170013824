"""The page on training, skills and policies: its lines run, in their order, and do as it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops.model.exit_codes import DONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.testing import Cli

PAGE = (Path(__file__).parents[4] / "docs/how-to/keep-training-and-policies.md").read_text()


@pytest.mark.officeops("hr")
def test_the_lines_of_the_page_do_as_it_says(
    cli: Cli,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    freeze_today: Callable[[str], None],
) -> None:
    freeze_today("2026-11-30")
    monkeypatch.chdir(tmp_path)
    for name in ("sheet.pdf", "needlestick.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.4 a paper")
    past = re.findall(r"^    (Employee,.*|Rae Roe,.*)$", PAGE, re.MULTILINE)
    (tmp_path / "past.csv").write_text("\n".join(past))
    said = {}
    for line in re.findall(r"^ {4,6}officeops (.*)$", PAGE, re.MULTILINE):
        ran = said[line] = cli(*shlex.split(line))
        assert ran.code == DONE, (line, ran.err)
    assert "P-2 Ben Cole needs training" in said["today"].out
    assert "Rae Roe" in said["training-session text TS-2"].out
    assert "2 trained, 1 absent" in said['training-session complete TS-2 --absent "Ana"'].err
    assert "1 " in said["training import past.csv"].err
    assert "Lab trainer" not in said["skill matrix"].out
    assert "Ana Alvarez, Ben Cole, Rae Roe" in said["skill cover"].out
    assert "Call the clinic: 202-555-0190." in said["policy find clinic"].out
    assert "Rae Roe" in said["policy unread"].out
    assert "Bloodborne pathogens: 3 of 3 people trained" in cli("inspect", "osha").out
