"""Out of service is real, and a unit returns only by the passed test that its category demands."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from officeops.core.task_record import LIFE, Task

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory
    from officeops_maintenance.equipment.equipment import Equipment


def test_it_returns_only_by_a_test_that_passed_and_that_another_person_signed(
    cli: Cli, office_factory: OfficeFactory, autoclave: Equipment
) -> None:
    assert autoclave.human_key == "EQ-1"
    cli("equipment", "take-out", "EQ-1", "--reason", "Door does not lock")
    assert "it has not passed Autoclave return" in cli("equipment", "return", "EQ-1").err
    cli("equipment", "test", "EQ-1")
    cli("task", "complete", "T-1", "--answer", "Spore test=fail")
    assert "failed in T-1" in cli("equipment", "return", "EQ-1").err
    cli("equipment", "test", "EQ-1")
    cli("task", "complete", "T-2", "--answer", "Spore test=pass")
    assert "a second person signs T-2" in cli("equipment", "return", "EQ-1").err
    assert cli("task", "sign", "T-2").code == 1, "the first person signed"
    second = office_factory("maintenance", actor="P. Lam")
    with second.acting("core.task.sign"):
        LIFE.move(second, second.get(Task, 2), "sign")
    assert cli("equipment", "return", "EQ-1").code == 0
    assert cli("equipment", "list", "--json").json[0]["status"] == "in_service"


def test_the_time_out_of_service_is_kept_and_undone_with_it(
    cli: Cli, office: Office, autoclave: Equipment
) -> None:
    cli("equipment", "take-out", autoclave.human_key, "--reason", "Yearly service", "--planned")
    [down] = cli("downtime", "list", "--json").json
    assert (down["reason"], down["planned"], down["ended_at"]) == ("Yearly service", True, None)
    cli("undo")
    assert cli("downtime", "list", "--json").json == []
    assert office.get(type(autoclave), autoclave.id).status == "in_service"


def test_a_unit_that_is_down_is_not_lent(cli: Cli, autoclave: Equipment) -> None:
    cli("equipment", "take-out", autoclave.human_key, "--reason", "Broken")
    lent = cli("equipment", "lend", "EQ-1", "--lent-to", "Dr. Hahn", "--due-back-on", "+7d")
    assert lent.code == 1
    assert "out of service" in lent.err


def test_a_failed_test_that_is_repeated_waits_for_no_signature(
    cli: Cli, autoclave: Equipment
) -> None:
    cli("equipment", "take-out", autoclave.human_key, "--reason", "Door does not lock")
    for key, answer in (("T-1", "fail"), ("T-2", "pass")):
        cli("equipment", "test", "EQ-1")
        cli("task", "complete", key, "--answer", f"Spore test={answer}")
    lines = {line["key"] for line in cli("today", "--json").json}
    assert "core.task:2" in lines
    assert "core.task:1" not in lines


def test_what_was_asked_as_it_went_down_is_answered(cli: Cli, autoclave: Equipment) -> None:
    unit = autoclave.human_key
    cli("equipment", "take-out", unit, "--reason", "Door does not lock")
    cli("equipment-category", "edit", "Autoclave", "--release-second-sign", "no")
    cli("equipment-category", "edit", "Autoclave", "--release-checklist", "")
    assert "'Spore test' was asked" in cli("equipment", "return", unit).err
    cli("checklist-item", "archive", "#1")
    # Of another category, too.
    cli("equipment", "edit", unit, "--category", "")
    assert "'Spore test' was asked" in cli("equipment", "return", unit).err
    assert "checklist-item unarchive '#1'" in cli("equipment", "test", unit).err
    cli("checklist-item", "unarchive", "#1")
    cli("equipment", "test", unit)
    cli("task", "complete", "T-1", "--answer", "Spore test=pass")
    assert "officeops task sign T-1" in cli("equipment", "return", unit).err


def test_a_unit_that_is_asked_for_more_since_it_went_down_passes_both(
    cli: Cli, autoclave: Equipment
) -> None:
    unit = autoclave.human_key
    cli("equipment", "take-out", unit, "--reason", "Door does not lock")
    cli("checklist", "add", "--name", "Longer")
    cli("checklist-item", "add", "--checklist", "Longer", "--text", "Gasket")
    change = ("--release-checklist", "Longer", "--release-second-sign", "no")
    cli("equipment-category", "edit", "Autoclave", *change)
    for task, answer in (("T-1", "Gasket=pass"), ("T-2", "Spore test=pass")):
        assert cli("equipment", "return", unit).code == 1
        cli("equipment", "test", unit)
        assert cli("task", "complete", task, "--answer", answer).code == 0
    assert "signs T-2" in cli("equipment", "return", unit).err


def test_a_return_says_which_excursion_and_recall_are_open(cli: Cli) -> None:
    cli("equipment", "add", "--name", "Refrigerator")
    cli("monitored-unit", "add", "--name", "Vaccines", "--equipment", "EQ-1")
    cli("temperatures", "record", "Vaccines=60/38/61", "--initials", "DK")
    cli("recall", "add", "--number", "Z-1", "--product", "Refrigerator")
    cli("equipment", "take-out", "EQ-1", "--reason", "Too warm")
    said = cli("equipment", "return", "EQ-1").err
    assert "EX-1 is open" in said


def test_nobody_works_on_a_unit_after_its_retirement(
    cli: Cli, office: Office, autoclave: Equipment
) -> None:
    unit = autoclave.human_key
    cli("equipment", "edit", unit, "--spore-procedure", "cdc_2003")
    assert cli("equipment", "retire", unit, "--reason", "Broken").code == 0
    with office.acting("test.setup"):
        retired = office.get(type(autoclave), autoclave.id)
        office.edit(retired, managed=True, retired_on=office.ways.moment(date(2026, 2, 27), 720))
    works = (
        ("calibration", "add", "--done-on"),
        ("calibrate", unit, "--on"),
        ("meter-reading", "add", "--value", "5", "--read-at"),
        ("visit", "add", "--purpose", "Look", "--expected-on"),
        ("spore-test", "add", "--run-at"),
    )
    for noun, *words in works:
        about = [] if noun == "calibrate" else ["--equipment", unit]
        hour = " 9:00" if words[-1].endswith("-at") else ""
        ran = cli(noun, *words, f"2026-03-02{hour}", *about)
        assert (ran.code, "is retired since 2026-02-27" in ran.err) == (1, True), (noun, ran)
        # Somebody types in later what was done before.
        assert cli(noun, *words, f"2026-02-20{hour}", *about).code == 0, noun
