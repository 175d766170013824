"""What a role may do, its people may do over SSH: of the words that `tests/access/access_matrix.txt` gives a clerk, none is shut."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops.cli import run as run_line
from officeops.cli.context import Run
from officeops.testing import _streams, _text

if TYPE_CHECKING:
    from officeops.testing import Cli

MATRIX = Path(__file__).parents[1] / "access" / "access_matrix.txt"
#: Where the columns of the matrix begin.
WIDTH, COLUMN = 36, 11


def clerks() -> list[str]:
    """Return the commands that the matrix gives a clerk."""
    head, *lines = MATRIX.read_text().splitlines()
    at = WIDTH + COLUMN * head[WIDTH:].split().index("clerk")
    return [line[:WIDTH].strip() for line in lines if line[at : at + COLUMN].strip() == "yes"]


@pytest.mark.officeops("hr", "inventory", "maintenance", "vendors")
def test_a_clerks_words_run_over_ssh(cli: Cli) -> None:
    cli("init", "--name", "A")
    cli("access", "add", "cal", "--role", "clerk")
    found = clerks()
    assert {"today snooze", "today seen", "item use", "job reorder-draft"} <= set(found)
    shut, loaded = {}, Run(str(cli.path))
    for words in found:
        run = Run(str(cli.path))
        run.share(loaded)
        run.user, run.gated = "cal", True
        with _streams(b"") as (_, err):
            code = run_line([*words.split(), "--help"], run)
        run.close()
        if code:
            shut[words] = _text(err)
    assert shut == {}
