"""The exclusion check: everybody compared, each decision kept, nothing about it for others."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from officeops_hr.screening.lists import COLUMNS

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli
    from officeops_hr.people.person import Person

BEN = {"lastname": "STONE", "firstname": "BENJAMIN", "dob": "19800104", "excldate": "20150220"}
LEA = {"lastname": "STONE", "firstname": "LEA", "dob": "19500101"}
CYD = {"lastname": "STONE", "firstname": "CYD"}


def list_file(path: Path, *rows: dict[str, str]) -> None:
    """Write a list with these rows, each with the columns that matter."""
    lines = [",".join(COLUMNS).upper()]
    lines += [",".join(row.get(column, "") for column in COLUMNS) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


class Checks:
    """The crew, and what tests do with lists and hits."""

    def __init__(self, office: Office, cli: Cli, folder: Path) -> None:
        self.office, self.cli, self._file = office, cli, folder / "UPDATED.csv"

    def load(self, *rows: dict[str, str]) -> None:
        """Load a list with these rows."""
        list_file(self._file, *rows)
        self.cli("dataset", "load", "leie", str(self._file), "--fewer")

    def check(self) -> str:
        """Run the check, and return the sentence that it ends with."""
        ran = self.cli("check-exclusions")
        assert ran.code == 0, ran.err
        return ran.err

    def rows(self, noun: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = json.loads(self.cli(noun, "list", "--json").out)
        return rows

    def decisions(self) -> list[tuple[str, str, str]]:
        rows = self.rows("screening-hit")
        return [(row["name"], row["tier"], row["decision"]) for row in rows]


@pytest.fixture
def checks(
    office: Office,
    cli: Cli,
    crew: dict[str, Person],  # noqa: ARG001 - they are there
    tmp_path: Path,
) -> Checks:
    return Checks(office, cli, tmp_path)


def test_nobody_is_cleared_by_a_list_that_is_not_there(checks: Checks) -> None:
    ran = checks.cli("check-exclusions")
    assert ran.code == 1
    assert "officeops dataset load leie" in ran.err
    assert checks.rows("screening-run") == []


def test_everybody_has_a_result_also_who_is_clear(checks: Checks) -> None:
    checks.load(BEN, LEA)
    assert "5 names compared, 1 hit, 1 new" in checks.check()
    results = {row["name"]: (row["best"], row["others"]) for row in checks.rows("screening-result")}
    assert results["Ben Stone"] == ("B", 0)
    assert results["Lea Stone"] == ("clear", 1)
    assert results["Hana Stone"] == ("clear", 0)
    assert len(results) == 5
    (run,) = checks.rows("screening-run")
    assert (run["file"], run["row_count"], run["subjects"], run["hits"]) == ("UPDATED.csv", 2, 5, 1)
    assert len(run["digest"]) == 64


def test_a_decision_counts_in_later_runs_until_the_entry_changes(checks: Checks) -> None:
    checks.load(BEN)
    checks.check()
    checks.cli("screening-hit", "clear", "OH-1", "--because", "Another SSN, checked online")
    assert "1 hit, 0 new" in checks.check()
    assert checks.decisions() == [("Ben Stone", "B", "somebody_else")]
    checks.load(BEN | {"excldate": "20200101"})
    assert "1 hit, 1 new" in checks.check()


def test_a_surer_tier_asks_again(checks: Checks) -> None:
    checks.load(BEN | {"npi": "1234567893"})
    checks.check()
    checks.cli("screening-hit", "clear", "OH-1", "--because", "Another SSN")
    checks.cli("person", "edit", "Ben Stone", "--npi", "1234567893")
    assert "1 hit, 1 new" in checks.check()
    assert checks.decisions() == [("Ben Stone", "A", "open")]


def test_a_date_of_birth_that_differs_clears_an_open_hit_with_its_reason(checks: Checks) -> None:
    checks.cli("person", "edit", "Cyd Stone", "--born-on", "")
    checks.load(CYD | {"dob": "19700101"})
    checks.check()
    (hit,) = checks.rows("screening-hit")
    assert (hit["tier"], hit["decision"]) == ("C", "open")
    checks.cli("person", "edit", "Cyd Stone", "--born-on", "-", typed="1980-01-05\n")
    checks.check()
    (hit,) = checks.rows("screening-hit")
    assert hit["decision"] == "somebody_else"
    assert "differ" in hit["because"]


def test_who_is_excluded_may_not_work_and_the_manager_learns_no_more(checks: Checks) -> None:
    ready = ("person", "ready", "--on", "2026-03-02", "--json")
    checks.load(BEN)
    checks.check()
    assert "may not work" not in checks.cli(*ready, login="mia").out
    checks.cli("screening-hit", "confirm", "OH-1", "--because", "The SSN is his")
    ran = checks.cli(*ready, login="mia")
    assert ran.code == 3
    assert "may not work since 2026-03-02: ask HR" in ran.out
    assert "exclu" not in ran.out.lower()
    checks.cli("screening-hit", "clear", "OH-1", "--because", "The SSN was mistyped")
    assert "may not work" not in checks.cli(*ready, login="mia").out


def test_nobody_decides_about_themselves(checks: Checks) -> None:
    checks.load({"lastname": "STONE", "firstname": "HANA"})
    checks.check()
    line = ("screening-hit", "clear", "OH-1", "--because", "Not me")
    assert checks.cli(*line, login="hana").code != 0
    assert checks.cli(*line).code == 0


@pytest.mark.parametrize("login", ["mia", "ben"])
def test_a_hit_is_for_hr_alone(checks: Checks, login: str) -> None:
    roads = [
        ("screening-hit", "list"),
        ("screening-hit", "show", "OH-1"),
        ("screening-result", "list"),
        ("person", "show", "P-4"),
        ("search", "stone"),
        ("today",),
        ("me",),
        ("history",),
        ("undo",),
    ]
    checks.load(BEN)
    before = [checks.cli(*road, login=login).out for road in roads]
    checks.check()
    after = [checks.cli(*road, login=login).out for road in roads]
    assert after == before


def test_today_asks_for_the_month_and_for_decisions(checks: Checks) -> None:
    assert "Exclusion check" not in checks.cli("today").out
    checks.load(BEN)
    assert "Exclusion check of March 2026" in checks.cli("today").out
    checks.check()
    said = checks.cli("today").out
    assert "Exclusion check of March 2026" not in said
    assert "OH-1 Ben Stone may be on an exclusion list (tier B)" in said
    checks.cli("screening-hit", "clear", "OH-1", "--because", "Another SSN")
    assert "OH-1" not in checks.cli("today").out


def test_a_check_is_undone_whole(checks: Checks) -> None:
    checks.load(BEN)
    checks.check()
    checks.cli("undo")
    assert checks.rows("screening-hit") == []
    assert checks.rows("screening-result") == []
    assert "Exclusion check of March 2026" in checks.cli("today").out
    assert "1 hit, 1 new" in checks.check()


PAGE = (Path(__file__).parents[4] / "docs/how-to/check-exclusion-lists.md").read_text("utf-8")


@pytest.mark.officeops("hr", "vendors")
def test_the_lines_of_the_page_do_as_it_says(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    cli("person", "add", "--name", "Ben Stone", "--employment", "2024-03-01")
    cli("vendor", "add", "--name", "Acme Medical Supply")
    acme = {"busname": "ACME MEDICAL SUPPLY INC"}
    list_file(Path("UPDATED.csv"), BEN, acme)
    for line in re.findall(r"^    officeops (.*)$", PAGE, re.MULTILINE):
        ran = cli(*shlex.split(line))
        assert ran.code == 0, (line, ran.err)
    hits = json.loads(cli("screening-hit", "list", "--json").out)
    assert [hit["decision"] for hit in hits] == ["somebody_else", "excluded"]
