"""The page on leading people, incidents and privacy: its lines run, in their order."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops.model.exit_codes import DONE

if TYPE_CHECKING:
    from officeops.testing import Cli

PAGE = (Path(__file__).parents[4] / "docs/how-to/lead-people.md").read_text()


@pytest.mark.officeops("hr")
def test_the_lines_of_the_page_do_as_it_says(cli: Cli) -> None:
    said = {}
    for line in re.findall(r"^    officeops (.*)$", PAGE, re.MULTILINE):
        ran = said[line] = cli(*shlex.split(line))
        # An inspection ends with 3 while there are gaps.
        assert ran.code == (3 if line.startswith("inspect") else DONE), (line, ran.err)
    assert "Call the clinic" in said["first-hour sharps"].out
    assert "IC-1: Follow-up test at 6 weeks" in said["task list --view open"].out
    assert "IN-1" in said["report sharps-log"].out
    assert "on_paper" in cli("review", "list").out
    assert "BR-1: Report it to HHS: fewer than 500 people" in cli("task", "list").out
