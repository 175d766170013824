"""The page on credentials: its lines run, in their order, and do as it says."""

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

PAGE = (Path(__file__).parents[4] / "docs/how-to/keep-credentials.md").read_text()


@pytest.mark.officeops("hr")
def test_the_lines_of_the_page_do_as_it_says(
    cli: Cli,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    freeze_today: Callable[[str], None],
) -> None:
    freeze_today("2026-11-30")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "card.pdf").write_bytes(b"%PDF-1.4 a card")
    said = {}
    for line in re.findall(r"^    officeops (.*)$", PAGE, re.MULTILINE):
        ran = said[line] = cli(*shlex.split(line))
        assert ran.code == DONE, (line, ran.err)
    assert "RN license of P-2 Rae Roe is missing" in said["today"].out
    assert "2028-12-31" in said["credential list"].out
    assert "Key 12" in said["person references P-1"].out
    assert "18.50" in said["person education P-2"].out
