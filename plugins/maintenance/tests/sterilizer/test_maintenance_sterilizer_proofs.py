"""What an inspector, the huddle and Today read of sterilizers, and who may do what with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from plugins.maintenance.tests.sterilizer.conftest import CLEAN, GREW
from tests.access.access_tools import open_as

from officeops.access.actions import admit
from officeops_maintenance.sterilizer.failure_steps import review

if TYPE_CHECKING:
    from plugins.maintenance.tests.sterilizer.conftest import Practice

    from officeops.testing import Cli

#: What a manager alone does; the decision on a recall has a permission of its own.
MANAGERS = ("sterilizer-failure.release", "sterilizer-failure.withdraw", "spore-test.withdraw")
RECALL = ("sterilizer-failure.decide-recall", "sterilizer-load.decide-recall")
STAFF = ("sterilizer-load.add", "sterilizer-load.release", "spore-test.add", "spore-test.read",
         "sterilization.record", "sterilizer-failure.review", "sterilizer-failure.repeat")  # fmt: skip


@pytest.mark.parametrize(("role", "may"), [("clerk", False), ("manager", True)])
def test_staff_book_and_a_manager_releases(dental: Practice, role: str, may: bool) -> None:  # noqa: FBT001
    admit(dental.office, "kim", [role])
    with open_as(dental.office, "kim") as kim:
        assert not [verb for verb in STAFF if kim.why_not(f"maintenance.{verb}")]
        assert all(kim.may(f"maintenance.{verb}") is may for verb in (*MANAGERS, *RECALL))


def proofs(cli: Cli) -> dict[str, str]:
    rows = cli("inspect", "infection", "--json").json
    return {row["kind"]: row["status"] for row in rows if row["status"] != "binder"}


def test_an_inspector_reads_tests_loads_and_failures(dental: Practice, cli: Cli) -> None:
    assert proofs(cli)["spore-tests"] == "not met"
    dental.hours = 6
    dental.load()
    assert proofs(cli) == {
        "spore-tests": "not met", "sterilizer-loads": "met", "positive-spore-tests": "met",
    }  # fmt: skip
    dental.test(GREW)
    assert proofs(cli)["positive-spore-tests"] == "not met"
    dental.later()
    dental.office.do(review, dental.failure, findings="Overloaded")
    dental.test(CLEAN)
    cli("sterilizer-failure", "release", "SF-1")
    assert proofs(cli)["positive-spore-tests"] == "not met", "nobody decided on the recall"
    cli("sterilizer-failure", "decide-recall", "SF-1", "--decision", "recall", "--decided-by", "H")
    assert set(proofs(cli).values()) == {"met"}


def test_the_huddle_names_the_loads_in_doubt(dental: Practice, cli: Cli) -> None:
    dental.load()
    dental.test(GREW)
    page = cli("huddle").out
    assert "1 load of EQ-1 Autoclave 1 since its last negative spore test (SF-1)" in page
    assert "quarantined: SF-1, positive spore test" in page


def test_today_asks_for_a_result_and_for_releases(dental: Practice, cli: Cli) -> None:
    dental.load(mechanical=None)
    dental.sent(reader="lab")
    today = {row["key"]: row["what"] for row in cli("today", "--json").json}
    assert (
        today["maintenance.sterilizer-loads"] == "1 load of sterilizers to release or reject: LD-1"
    )
    assert "enter the result from the laboratory" in today["maintenance.spore-test:1"]


def test_the_log_has_every_load_and_test_and_what_is_open(dental: Practice, cli: Cli) -> None:
    dental.load(implant=True, number="7")
    dental.sent(indicator_lot="22A")
    log = ("sterilization", "log", "EQ-1", "--from", "2000-01-01")
    assert cli(*log, "--check").code == 3
    lines = cli(*log, "--json").json
    assert [(line["key"], line["state"]) for line in lines] == [("LD-1", "run"), ("BI-1", "sent")]
    page = cli(*log).out
    assert "(IMPLANT)" in page
    assert "CDC 2003, dental settings" in page
    assert "1 load, 1 not released; 1 spore test, 0 positive" in page


def test_the_page_of_the_unit_says_what_locks_it(dental: Practice, cli: Cli) -> None:
    dental.test(GREW)
    page = cli("equipment", "show", "EQ-1").out
    assert "Locked by: SF-1: 0 of 1 negative test in a row" in page
    assert "Last spore test: BI-1" in page
