"""Logs of spreadsheets come in by their own headers, and an office's own export as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from plugins.maintenance.tests.sterilizer.conftest import CLEAN, GREW

from officeops.history.undo import undo
from officeops_maintenance.sterilizer import failure_steps
from officeops_maintenance.sterilizer.spore_test import SporeTest

if TYPE_CHECKING:
    from plugins.maintenance.tests.sterilizer.conftest import Practice

    from officeops.testing import Cli, OfficeFactory

LOADS = """Date,Autoclave,Cycle number,Load contents,Operator,Mechanical,Chemical,Released by
2026-01-05 9:00,Autoclave 1,101,4 exam sets,mia,pass,pass,mia
2026-01-05 11:00,Autoclave 1,102,2 sets,mia,pass,fail,
"""
TESTS = """Test date,Sterilizer,Lot number,Test result
2026-01-05 8:00,Autoclave 1,22A,Negative
2026-01-12 8:00,Autoclave 1,22A,FAIL
"""


def test_a_log_of_a_spreadsheet_comes_in_by_its_headers(dental: Practice, cli: Cli) -> None:
    cli("sterilizer-load", "import", "-", typed=LOADS)
    rows = cli("sterilizer-load", "list", "--sort", "id", "--json").json
    assert [(row["number"], row["state"], row["run_by"]) for row in rows] == [
        ("101", "released", "mia"),
        ("102", "run", "mia"),
    ]
    assert cli("sterilizer-load", "import", "-", "--json", typed=LOADS).json["unchanged"] == 2
    assert dental.status == "in_service"


def test_a_list_releases_no_load_of_today_that_did_not_pass(dental: Practice, cli: Cli) -> None:
    dental.hours = 9
    moment = dental.moment()
    head = "Date,Autoclave,Contents,Mechanical,Chemical,Implant,Released by\n"
    rows = ("fail,pass,no", "pass,,no", "pass,pass,yes", "pass,pass,no")
    lines = [f"{moment},Autoclave 1,set {place},{row},mia" for place, row in enumerate(rows)]
    ran = cli("sterilizer-load", "import", "-", typed=head + "\n".join(lines))
    states = [row["state"] for row in cli("sterilizer-load", "list", "--sort", "id", "--json").json]
    assert states == ["run", "run", "run", "released"]
    for why in ("its mechanical indicator failed", "nobody read its chemical", "has an implant"):
        assert why in ran.err


@pytest.mark.parametrize(
    ("further", "status"), [("", "quarantined"), ("2026-01-13 8:00,Autoclave 1,22A,-\n", "in_service")]
)  # fmt: skip
def test_an_imported_positive_locks_unless_the_list_says_how_it_ended(
    dental: Practice, cli: Cli, further: str, status: str
) -> None:
    cli("sterilizer-load", "import", "-", typed=LOADS)
    ran = cli("spore-test", "import", "-", typed=TESTS + further)
    assert dental.status == status
    assert ("DO NOT USE Autoclave 1" in ran.err) == (status == "quarantined")


def test_a_word_that_is_no_result_is_named(dental: Practice, cli: Cli) -> None:
    ran = cli("spore-test", "import", "-", typed=TESTS.replace("FAIL", "maybe"))
    assert ran.code == 1
    assert "'maybe' is no result" in ran.err
    assert dental.status == "in_service"


def test_an_export_comes_back_as_it_was(
    dental: Practice, cli: Cli, office_factory: OfficeFactory
) -> None:
    dental.load(implant=True)
    dental.test(GREW)
    dental.test(CLEAN)
    cli("sterilizer-failure", "decide-recall", "SF-1", "--decision", "recall", "--decided-by", "H")
    nouns = ("equipment", "sterilizer-load", "spore-test")
    files = {noun: cli(noun, "export", "-").out for noun in nouns}
    with office_factory("maintenance", "vendors", file="other.db") as other:
        there = str(other.path)
    for noun, text in files.items():
        assert cli("--db", there, noun, "import", "-", typed=text).code == 0
    for noun in nouns:
        assert cli("--db", there, noun, "export", "-").out == files[noun]


def test_a_positive_test_that_was_taken_back_comes_back_with_its_lock_alone(
    dental: Practice, cli: Cli
) -> None:
    cli("spore-test", "import", "-", typed=TESTS)
    assert dental.status == "quarantined"
    cli("undo")
    assert "enter it again" in cli("spore-test", "unarchive", "BI-2").err
    assert dental.status == "in_service"
    assert cli("redo").code == 0
    assert dental.status == "quarantined"


def test_it_does_not_come_back_beside_a_failure_that_was_released_without_it(
    dental: Practice, cli: Cli
) -> None:
    office, test = dental.office, SporeTest(equipment_id=dental.unit.id, run_at=dental.later())
    test.state, test.test_vial = "positive", "growth"
    with office.acting("test.list"):
        listed = office.add(test)
    undo(office)
    dental.test(GREW)
    dental.later()
    office.do(failure_steps.review, dental.failure, findings="Overloaded")
    dental.test(CLEAN, empty_chamber=True)
    assert cli("sterilizer-failure", "release", dental.failure.human_key).code == 0
    assert dental.status == "in_service"
    assert "enter it again" in cli("spore-test", "unarchive", listed.human_key).err
