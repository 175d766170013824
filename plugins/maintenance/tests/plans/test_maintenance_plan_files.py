"""Plans and their tasks in files: a task names its plan, and another office has the same past."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.testing import Cli

NOUNS = ("equipment-category", "equipment", "plan", "task")
SHOWN = ("title", "due_on", "state", "done_by", "reason", "occurrence", "plan")


@pytest.fixture
def files(cli: Cli, office: object, tmp_path: Path) -> dict[str, str]:
    """The files of an office with a plan of one unit and one of a category, each with a past."""
    assert office
    cli("equipment-category", "add", "--name", "AED")
    for name in ("AED 1", "AED 2"):
        cli("equipment", "add", "--name", name, "--category", "AED")
    weekly = ("--first-on", "2026-02-09", "--unit", "week")
    cli("plan", "add", "--title", "Look", "--category", "AED", *weekly)
    cli("plan", "add", "--title", "Battery", "--equipment", "EQ-2", *weekly)
    cli("task", "complete", "T-1")
    cli("task", "skip", "T-2", "--reason", "Closed")
    [battery, *_] = cli("task", "list", "--where", "plan=maintenance.plan:2", "--json").json
    cli("task", "complete", str(battery["key"]))
    files = {noun: str(tmp_path / f"{noun}.csv") for noun in NOUNS}
    for noun, file in files.items():
        assert cli(noun, "export", file).code == 0
    return files


def dates(cli: Cli, *where: str) -> list[tuple[object, ...]]:
    rows = cli(*where, "task", "list", "--json").json
    return sorted(tuple(str(row[name]) for name in SHOWN) for row in rows)


def test_another_office_has_the_same_tasks_of_the_same_plans(
    cli: Cli, files: dict[str, str], tmp_path: Path
) -> None:
    other = ("--db", str(tmp_path / "other.db"))
    cli(*other, "init", "--name", "Other")
    for noun, file in files.items():
        back = cli(*other, noun, "import", file)
        assert back.code == 0, back.err
    assert dates(cli, *other) == dates(cli)
    plans = [cli(*where, "plan", "list", "--json").json for where in ((), other)]
    assert plans[0] == plans[1]
    assert plans[1][0]["last_done"]
    again = cli(*other, "task", "import", files["task"])
    assert (again.code, "0 added, 0 changed" in again.err) == (0, True)


def test_a_task_without_its_plan_is_refused_and_named(
    cli: Cli, files: dict[str, str], tmp_path: Path
) -> None:
    other = ("--db", str(tmp_path / "other.db"))
    cli(*other, "init", "--name", "Other")
    for noun in NOUNS[:2]:
        cli(*other, noun, "import", files[noun])
    refused = cli(*other, "task", "import", files["task"])
    assert refused.code == 1
    assert "plan:PL-1" in refused.err
    assert "import the plans first" in refused.err
    assert cli(*other, "task", "list", "--json").json == []


def test_a_plan_of_the_same_number_that_is_another_one_takes_nothing_over(
    cli: Cli, files: dict[str, str], tmp_path: Path
) -> None:
    other = ("--db", str(tmp_path / "other.db"))
    cli(*other, "init", "--name", "Other")
    cli(*other, "equipment", "add", "--name", "Lamp")
    daily = ("--first-on", "2026-02-09", "--unit", "day", "--equipment", "EQ-1")
    cli(*other, "plan", "add", "--title", "Other", *daily)
    cli(*other, "task", "import", files["task"], "--skip-bad")
    states = {row["state"] for row in cli(*other, "task", "list", "--json").json}
    assert states == {"open"}
