"""Which of several exit codes counts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops.model.exit_codes import (
    DONE,
    DUE,
    INCOMPLETE,
    MEANINGS,
    PARTLY,
    REFUSED,
    leading,
    marked,
    unmarked,
)

if TYPE_CHECKING:
    from officeops.testing import Cli

ROOT = Path(__file__).parents[2]


def test_the_worst_for_a_script_counts() -> None:
    assert leading([]) == DONE
    assert leading([DONE, DUE]) == DUE
    assert leading([DUE, PARTLY]) == PARTLY
    assert leading([DUE, PARTLY, INCOMPLETE]) == INCOMPLETE
    assert leading([INCOMPLETE, REFUSED, PARTLY]) == REFUSED


@pytest.mark.parametrize("page", ["README.md", "docs/reference/codes.md"])
def test_the_tables_of_the_docs_say_what_the_codes_mean(page: str) -> None:
    rows = [line for line in (ROOT / page).read_text().splitlines() if line.startswith("| ")]
    table = {
        row.split("|")[1].strip(): row.split("|")[2].strip() for row in rows if row[2].isdigit()
    }
    assert {code: table[code] for code in table if code.isdigit()} == {
        str(code): said for code, said in MEANINGS.items()
    }
    assert "128 + n" in table


def test_help_says_what_the_codes_mean(cli: Cli) -> None:
    said = " ".join(cli("--help").out.split())
    for code, meaning in MEANINGS.items():
        assert f"{code} {meaning}" in said


def test_an_outcome_keeps_the_code_it_ended_with() -> None:
    assert unmarked(marked("3 added", PARTLY)) == ("3 added", PARTLY)
    assert unmarked(marked("3 added", DONE)) == ("3 added", DONE)
    assert marked("3 added", DONE) == "3 added"
