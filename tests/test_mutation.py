"""The mutation run: it makes faults, sees which tests find them, and keeps no reason for what is no fault."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.mutation.equivalent import kept, stale
from tests.mutation.mutants import mutants
from tests.mutation.runner import Runner
from tests.mutation.targets import TARGETS

ROOT = Path(__file__).parents[1]
SOURCE = '''"""A module."""

LIMIT: Final = 3
SQL: Final = "SELECT a FROM t WHERE b <= 7 AND c IN ('x', 'y') ORDER BY 1 DESC"


def fits(size: int = 9, *, hard: bool = False) -> bool:
    """Whether size <= 3 AND all is well."""
    if hard and size < LIMIT:
        settle(size)
    return not hard
'''


def test_faults_are_made_in_the_code_and_in_the_sql() -> None:
    made = [(each.line, each.before, each.after) for each in mutants(SOURCE.encode())]
    assert made == [
        (3, "3", "4"),
        (4, " <= ", " < "),
        (4, "7", "8"),
        (4, "AND", "OR"),
        (4, "'x', ", ""),
        (4, " DESC", ""),
        (9, "hard and size < LIMIT", "not (hard and size < LIMIT)"),
        (9, "and", "or"),
        (9, "<", "<="),
        (10, "settle(size)", "pass"),
        (11, "not ", ""),
    ]
    changed = mutants(SOURCE.encode())[1].of(SOURCE.encode()).decode()
    assert changed == SOURCE.replace("b <= 7", "b < 7")


def test_only_the_functions_named_are_changed() -> None:
    assert {each.line for each in mutants(SOURCE.encode(), ["fits"])} == {9, 10, 11}


def test_a_fault_is_named_by_its_line_and_which_of_several_it_is() -> None:
    names = [each.key for each in mutants(b"x = 1 + 1\n")]
    assert names == ["x = 1 + 1 :: 1 -> 2", "x = 1 + 1 :: + -> -", "x = 1 + 1 :: 1 -> 2 (2)"]


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.module)
def test_every_target_has_faults_and_tests_and_its_list_is_up_to_date(target: object) -> None:
    [chosen] = [each for each in TARGETS if each is target]
    assert all((ROOT / test).exists() for test in chosen.tests)
    assert Runner.mutants(chosen)
    assert all(len(reason) > 20 for reason in kept(chosen.module).values())
    assert not stale(chosen)


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.mutation", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_sample_is_found_by_the_tests() -> None:
    ran = run("--only", "usable", "--sample", "4", "--seed", "7")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("4 mutants, 4 found")


def test_what_no_test_finds_is_named_and_ends_with_1(tmp_path: Path) -> None:
    nothing = tmp_path / "test_nothing.py"
    nothing.write_text(
        "def test_nothing() -> None:\n    import officeops_inventory.declared.usable\n"
    )
    ran = run("--only", "usable", "--sample", "2", "--tests", str(nothing))
    assert ran.returncode == 1
    assert ran.stdout.count("SURVIVED officeops_inventory.declared.usable:") == 2
    assert "0 found" in ran.stdout.splitlines()[-1]
