"""The page on hiring: its lines run, in their order, and do as it says."""

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

PAGE = (Path(__file__).parents[4] / "docs/how-to/hire-and-say-goodbye.md").read_text()


@pytest.mark.officeops("hr")
def test_the_lines_of_the_page_do_as_it_says(
    cli: Cli,
    freeze_today: Callable[[str], None],
) -> None:
    freeze_today("2026-11-30")
    said = {}
    for line in re.findall(r"^    officeops (.*)$", PAGE, re.MULTILINE):
        ran = said[line] = cli(*shlex.split(line))
        # Somebody who may not work yet is no failure of the command.
        assert ran.code in {DONE, 3}, (line, ran.err)
    assert "talk" in said["candidate scores C-1"].out.lower()
    assert "P-3" in said["candidate hire C-1"].err
    assert "Application or resume" in cli("person", "file", "P-3").out
    assert "onboarding: HIPAA basics" in said["person ready --on 2027-01-04"].out
