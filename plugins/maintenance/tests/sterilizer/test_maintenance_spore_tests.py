"""A positive spore test locks the sterilizer; only the run of passes that its procedure demands frees it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from plugins.maintenance.tests.sterilizer.conftest import CLEAN, DEAD, GREW

from officeops.model.errors import Refused
from officeops_maintenance.sterilizer import failure_steps
from officeops_maintenance.sterilizer.load import Load
from officeops_maintenance.sterilizer.procedure import PROCEDURES, procedure
from officeops_maintenance.sterilizer.progress import progress_of
from officeops_maintenance.sterilizer.reading import read, result_of
from officeops_maintenance.sterilizer.spore_test import SporeTest

if TYPE_CHECKING:
    from plugins.maintenance.tests.sterilizer.conftest import Practice

    from officeops.testing import Cli

LOCKED = "locked by SF-1"


def test_both_procedures_are_shipped_with_source_and_day() -> None:
    for key in PROCEDURES:
        rules = procedure(key)
        assert rules.source
        assert rules.checked_on
    assert (procedure("cdc_2003").repeats, procedure("cdc_2008").repeats) == (1, 3)


def test_a_control_that_does_not_grow_makes_the_test_invalid_and_never_negative() -> None:
    assert result_of("no_growth", "growth") == "negative"
    assert result_of("no_growth", "no_growth") == "invalid"
    for control in ("growth", "no_growth", None):
        assert result_of("growth", control) == "positive"


def test_without_its_control_a_test_has_no_result(dental: Practice, cli: Cli) -> None:
    dental.sent()
    ran = cli("spore-test", "read", "BI-1", "--test-vial", "no_growth")
    assert ran.code == 1
    assert "control" in ran.err
    assert cli("spore-test", "list", "--json").json[0]["state"] == "sent"


def test_a_positive_locks_the_sterilizer_and_lists_the_loads_since_the_last_negative(
    dental: Practice, cli: Cli
) -> None:
    dental.load(contents="before")
    dental.test(CLEAN)
    dental.load(contents="implants", implant=True)
    dental.load(contents="sets")
    dental.sent()
    dental.load(contents="after the test, before its result")
    ran = cli("spore-test", "read", "BI-2", "--test-vial", "growth", "--control-vial", "growth")
    assert "DO NOT USE Autoclave 1" in ran.err
    assert "3 loads since the last negative test" in ran.err
    assert dental.status == "quarantined"
    doubted = cli("sterilizer-load", "list", "--view", "in-doubt", "--json").json
    assert {load["key"] for load in doubted} == {"LD-2", "LD-3", "LD-4"}
    late = cli("sterilizer-load", "add", "later", "--equipment", "EQ-1")
    assert late.code == 1
    assert LOCKED in late.err
    # One of before the lock may be booked late, and is in doubt with the others.
    dental.load(contents="on paper")
    assert cli("sterilizer-failure", "show", "SF-1", "--json").json["undecided"] == 4


@pytest.mark.parametrize("way", [("equipment", "return", "EQ-1"), ("sterilizer-failure", "release", "SF-1")])  # fmt: skip
def test_nobody_returns_a_locked_sterilizer(
    dental: Practice, cli: Cli, way: tuple[str, ...]
) -> None:
    dental.test(GREW)
    assert cli(*way).code == 1
    assert dental.status == "quarantined"


def review(practice: Practice) -> None:
    """Enter the review, an hour after the last test."""
    practice.later()
    practice.office.do(failure_steps.review, practice.failure, findings="Overloaded")


def repaired(practice: Practice) -> None:
    """Enter the repair, an hour after the last test."""
    practice.later()
    practice.office.do(failure_steps.repaired, practice.failure, cause="Gasket")


def test_by_2003_one_negative_repeat_after_the_review_releases_it(
    dental: Practice, cli: Cli
) -> None:
    dental.test(GREW)
    dental.test(CLEAN)
    assert "Review packaging" in cli("sterilizer-failure", "release", "SF-1").err
    early = dental.moment()
    review(dental)
    assert "0 of 1" in cli("sterilizer-failure", "release", "SF-1").err, "it ran before the review"
    ran = cli("sterilizer-failure", "repeat", "SF-1", "--run-at", early)
    assert "it would not count" in ran.err
    dental.test(CLEAN)
    assert "Autoclave 1 is in service" in cli("sterilizer-failure", "release", "SF-1").err
    assert dental.status == "in_service"


def test_by_2003_a_positive_repeat_asks_for_a_repair_and_three_empty_chambers(
    dental: Practice, cli: Cli
) -> None:
    dental.test(GREW)
    review(dental)
    dental.test(GREW)
    assert progress_of(dental.office, dental.failure) == ("repair", 0, 3)
    dental.test(CLEAN, empty_chamber=True)
    repaired(dental)
    assert progress_of(dental.office, dental.failure) == ("repeat", 0, 3)
    # Neither a test before the repair nor one in a full chamber counts.
    dental.test(CLEAN)
    assert progress_of(dental.office, dental.failure) == ("repeat", 0, 3)
    for passes in (1, 2, 3):
        assert cli("sterilizer-failure", "release", "SF-1").code == 1
        dental.test(CLEAN, empty_chamber=True)
        assert progress_of(dental.office, dental.failure)[1] == passes
    assert cli("sterilizer-failure", "release", "SF-1").code == 0
    assert dental.status == "in_service"


@pytest.mark.parametrize("breaking", [GREW, DEAD])
def test_by_2008_three_in_a_row_and_a_failed_one_starts_the_count_again(
    hospital: Practice, cli: Cli, breaking: dict[str, str]
) -> None:
    hospital.test(GREW)
    review(hospital)
    hospital.test(CLEAN)
    hospital.test(CLEAN)
    assert progress_of(hospital.office, hospital.failure) == ("repeat", 2, 3)
    hospital.test(breaking)
    assert progress_of(hospital.office, hospital.failure)[1] == 0
    assert cli("sterilizer-failure", "release", "SF-1").code == 1
    if breaking is GREW:
        repaired(hospital)
    for _ in range(3):
        assert hospital.status == "quarantined"
        hospital.test(CLEAN)
    assert cli("sterilizer-failure", "release", "SF-1").code == 0


def test_a_pass_needs_its_other_indicators_too(hospital: Practice) -> None:
    hospital.test(GREW)
    with pytest.raises(Refused, match="mechanical"):
        hospital.test({"test_vial": "no_growth", "control_vial": "growth"})
    hospital.test({**CLEAN, "chemical": "fail"})
    assert progress_of(hospital.office, hospital.failure)[1] == 0


def test_a_named_person_decides_on_each_load_and_today_asks_until_then(
    dental: Practice, cli: Cli
) -> None:
    for number in range(3):
        dental.load(contents=f"set {number}", implant=number == 0)
    dental.test(GREW)
    assert "decide on the recall of 3 loads, 1 with implants" in cli("today").out
    load = ("sterilizer-load", "decide-recall", "LD-1", "--decided-by", "Dr. Hahn")
    assert cli(*load, "--decision", "none").code == 1, "a decision against a recall has a reason"
    assert cli(*load, "--decision", "recall").code == 0
    assert "recall of 2 loads" in cli("today").out
    cli("sterilizer-failure", "decide-recall", "SF-1", "--decision", "implants_only",
        "--decided-by", "Dr. Hahn", "--reason", "Indicators passed")  # fmt: skip
    assert "recall" not in cli("today").out
    rows = cli("sterilizer-load", "list", "--sort", "id", "--json").json
    decided = [(row["recall"], row["recall_by"]) for row in rows]
    assert decided == [("recall", "Dr. Hahn"), *[("implants_only", "Dr. Hahn")] * 2]
    assert all(row["recall_on"] for row in rows)
    dental.load(run_at=dental.office.now() - timedelta(minutes=30))
    assert cli("sterilizer-load", "decide-recall", "LD-4", "--decision", "recall",
               "--decided-by", "Dr. Hahn").code == 0  # fmt: skip


def test_a_load_is_released_by_its_indicators_and_an_implant_by_its_test(
    dental: Practice, cli: Cli
) -> None:
    assert dental.load().human_key == "LD-1"
    waiting = dental.load(implant=True)
    failed = dental.load(chemical="fail")
    states = {load.id: load.state for load in dental.office.all(Load)}
    assert states == {1: "released", waiting.id: "run", failed.id: "run"}
    assert "indicator failed" in cli("sterilizer-load", "release", failed.human_key).err
    assert "implant" in cli("sterilizer-load", "release", waiting.human_key).err
    dental.test(CLEAN, load_id=waiting.id)
    assert cli("sterilizer-load", "release", waiting.human_key).code == 0
    assert cli("sterilizer-load", "edit", waiting.human_key, "--implant", "no").code == 1
    assert cli("sterilizer-load", "reject", failed.human_key, "--reason", "Wet").code == 0


def test_a_spore_test_proves_the_load_that_it_ran_with_alone(dental: Practice, cli: Cli) -> None:
    implant = dental.load(implant=True)
    for _ in range(4):
        later = dental.moment()
    book = ("spore-test", "add", "--equipment", "EQ-1", "--load", implant.human_key)
    refused = cli(*book, "--run-at", later)
    assert (refused.code, "which is another cycle" in refused.err) == (1, True)
    assert cli(*book).code == 0
    [test] = dental.office.all(SporeTest)
    assert test.run_at == implant.run_at


def test_an_older_vial_that_is_read_later_asks_for_a_review_again(
    dental: Practice, cli: Cli
) -> None:
    vial = dental.sent()
    dental.test(GREW)
    review(dental)
    dental.test(CLEAN)
    dental.later()
    dental.office.do(read, vial, **GREW)
    repaired(dental)
    for _ in range(3):
        dental.test(CLEAN, empty_chamber=True)
    assert (
        "officeops sterilizer-failure review SF-1"
        in cli("sterilizer-failure", "release", "SF-1").err
    )


def test_a_test_read_wrong_is_withdrawn_but_never_two_of_them(dental: Practice, cli: Cli) -> None:
    dental.test(GREW)
    cli("sterilizer-failure", "withdraw", "SF-1", "--reason", "Vial of another office")
    assert "positive" not in {row["state"] for row in cli("spore-test", "list", "--json").json}
    assert cli("equipment", "return", "EQ-1").code == 0
    dental.test(GREW)
    dental.test(GREW)
    assert cli("sterilizer-failure", "withdraw", "SF-2", "--reason", "no").code == 1


def test_a_release_is_taken_back_before_a_test_of_it(dental: Practice, cli: Cli) -> None:
    dental.test(GREW)
    review(dental)
    dental.test(CLEAN)
    cli("sterilizer-failure", "release", "SF-1")
    withdraw = ("spore-test", "withdraw", "BI-2", "--reason", "Another unit's")
    assert "officeops sterilizer-failure reopen SF-1" in cli(*withdraw).err
    assert "DO NOT" not in cli("today").out
    ran = cli("sterilizer-failure", "reopen", "SF-1", "--reason", "BI-2 was another unit's")
    assert "SF-1 locks Autoclave 1 again" in ran.err
    assert dental.status == "quarantined"
    assert cli(*withdraw).code == 0
    assert "0 of 1" in cli("sterilizer-failure", "release", "SF-1").err
    dental.test(CLEAN)
    assert cli("sterilizer-failure", "release", "SF-1").code == 0


def test_an_implant_that_was_released_without_its_test_leaves_the_log_open(
    dental: Practice, cli: Cli
) -> None:
    dental.load(implant=True, state="released")
    ran = cli("sterilization", "log", "EQ-1", "--from", "2000-01-01", "--check")
    assert ran.code == 3
    assert "WITHOUT ITS" in ran.out
    dental.test(CLEAN, load_id=1)
    assert cli("sterilization", "log", "EQ-1", "--from", "2000-01-01", "--check").code == 0


def test_a_test_completes_the_task_of_its_week(dental: Practice, cli: Cli) -> None:
    assert dental.unit.human_key == "EQ-1"
    assert "has no plan of spore tests" in cli("today").out
    cli("plan-from-template", "--template", "Spore test", "--equipment", "EQ-1")
    assert "Spore test" in cli("today").out
    assert "T-1 is done" in cli("spore-test", "add", "--equipment", "EQ-1").err
    tasks = cli("task", "list", "--sort", "id", "--json").json
    assert [task["state"] for task in tasks][:2] == ["done", "open"]
    assert cli("spore-test", "add", "--equipment", "EQ-1").err.count("is done") == 0
    # Another test of that week takes the place of one that is withdrawn.
    with dental.office.acting("test.edit"):
        second = dental.office.get(SporeTest, 2)
        dental.office.edit(second, run_at=second.run_at - timedelta(minutes=1))
    back = cli("spore-test", "withdraw", "BI-1", "--reason", "Vial lost").err
    assert "T-1 is open again" in back
    assert "T-1 is done" in back
    assert "T-1 is open again" in cli("spore-test", "withdraw", "BI-2", "--reason", "Lost").err


def test_a_locked_sterilizer_stays_one_and_keeps_the_rules_of_its_failure(
    dental: Practice, cli: Cli
) -> None:
    dental.test(GREW)
    assert cli("equipment", "edit", "EQ-1", "--spore-procedure", "").code == 1
    assert cli("equipment", "edit", "EQ-1", "--spore-procedure", "cdc_2008").code == 0
    assert progress_of(dental.office, dental.failure)[2] == 1


def test_an_expired_indicator_proves_nothing(dental: Practice, cli: Cli) -> None:
    ran = cli("spore-test", "add", "--equipment", "EQ-1", "--indicator-expires-on", "2020-01-31")
    assert ran.code == 1
    assert dental.status == "in_service"


def test_a_sterilizer_with_an_unread_test_stays_one(dental: Practice, cli: Cli) -> None:
    dental.sent()
    refused = cli("equipment", "edit", "EQ-1", "--spore-procedure", "")
    assert (refused.code, "officeops spore-test read BI-1" in refused.err) == (1, True)
    cli("spore-test", "withdraw", "BI-1", "--reason", "Vial lost")
    assert cli("equipment", "edit", "EQ-1", "--spore-procedure", "").code == 0


def test_an_inspector_sees_the_tests_of_a_sterilizer_that_is_retired_too(
    dental: Practice, cli: Cli
) -> None:
    dental.hours = 40
    dental.test(CLEAN)
    shown = {row["proof"] for row in cli("inspect", "infection", "--json").json}
    for step in (("retire", "EQ-1", "--reason", "Old"), ("archive", "EQ-1")):
        assert cli("equipment", *step).code == 0
    later = {row["proof"] for row in cli("inspect", "infection", "--json").json}
    [proof] = [one for one in shown if "1 spore test" in one]
    assert proof in later
