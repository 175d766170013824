"""Waste pickups: the visit and its task, the signer's training, the signed copy, and the logs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli, Ran

PICKUP = ("waste-pickup", "add", "--manifest")


@pytest.fixture
def run(cli: Cli, office: Office) -> Cli:
    """An office on March 2, 2026 whose waste Sterico takes every four weeks, on that day too."""
    assert str(office.today) == "2026-03-02"
    assert cli("vendor", "add", "--name", "Sterico").code == 0
    plan = ("plan-from-template", "--template", "Waste pickup", "--vendor", "Sterico")
    assert cli(*plan, "--first-on", "2026-02-02").code == 0
    return cli


def done(ran: Ran) -> str:
    assert ran.code == 0, ran.err
    return ran.err


def today(run: Cli) -> list[str]:
    return [line["what"] for line in run("today", "--json").json]


def pickup(run: Cli, key: str = "WP-1") -> dict[str, Any]:
    return dict(run("waste-pickup", "show", key, "--json").json)


def test_a_pickup_is_the_visit_of_the_plan_and_completes_its_task(run: Cli) -> None:
    waste = ("--waste", "sharps=2, 14.5 lb\nregulated=1")
    said = done(run("task", "picked-up", "T-2", "--manifest", "MW-1", *waste))
    assert "T-2 is now done" in said
    kept = pickup(run)
    assert (kept["vendor"], kept["containers"]) == ("Sterico", 3)
    visit = run("visit", "show", "VI-1", "--json").json
    assert visit["state"] == "came"
    assert visit["done"] == "Manifest MW-1: 2 sharps (14.50 lb), 1 regulated medical"
    done(run("undo"))
    assert run("visit", "list", "--json").json == []
    assert run("task", "show", "T-2", "--json").json["state"] == "open"


def test_one_that_is_added_finds_its_task_and_one_off_the_plan_is_a_visit_too(run: Cli) -> None:
    done(run(*PICKUP, "MW-1", "--picked-on", "2026-02-03", "--waste", "sharps=1; weight=7"))
    assert run("task", "show", "T-1", "--json").json["done_at"][:10] == "2026-02-03"
    done(run(*PICKUP, "MW-2", "--picked-on", "2026-02-12"))
    assert run("task", "show", "T-2", "--json").json["state"] == "open"
    purposes = [visit["purpose"] for visit in run("visit", "list", "--json").json]
    assert sorted(purposes) == ["Medical waste pickup", "Waste pickup"]


@pytest.mark.parametrize(
    "wrong", ["glass=1", "sharps=0", "sharps=1, 5 stone", "sharps=1, heavy", "=2"]
)
def test_waste_that_nobody_understands_writes_nothing(run: Cli, wrong: str) -> None:
    refused = run("task", "picked-up", "T-2", "--manifest", "MW-1", "--waste", wrong)
    assert (refused.code, "sharps=2, 14.5 lb" in refused.err) == (1, True)
    assert run("waste-pickup", "list", "--json").json == []


def test_training_is_valid_for_three_years_and_unknown_is_never_valid(run: Cli) -> None:
    picked = ("--picked-on", "2026-02-28")
    cases = (
        (None, "unknown"),
        ("2023-02-28", "valid"),
        ("2023-02-27", "not valid"),
        ("2026-03-01", "not valid"),
    )
    for number, (trained, training) in enumerate(cases, 1):
        more = ("--trained-on", trained) if trained else ()
        done(run(*PICKUP, f"MW-{number}", *picked, "--signer", f"Signer {number}", *more))
        assert pickup(run, f"WP-{number}")["training"] == training
    assert "WP-1: hazmat training of Signer 1 is unknown; enter the day of it" in today(run)
    assert not any("Signer 2" in line for line in today(run))


def test_the_next_pickup_takes_the_signers_training_from_the_one_before(run: Cli) -> None:
    day = ("--picked-on", "2026-02-03")
    done(run(*PICKUP, "MW-1", *day, "--signer", "Dana", "--trained-on", "2025-01-01"))
    done(run(*PICKUP, "MW-2", "--signer", "Dana"))
    done(run(*PICKUP, "MW-3", "--signer", "Luis"))
    assert [pickup(run, f"WP-{n}")["training"] for n in (2, 3)] == ["valid", "unknown"]


def test_today_asks_for_the_signed_copy_until_it_is_attached(run: Cli, tmp_path: Path) -> None:
    done(run(*PICKUP, "MW-1", "--picked-on", "2026-01-26", "--trained-on", "2025-01-01"))
    assert "WP-1 MW-1: attach the signed copy (suggested; your state may say otherwise)" in today(
        run
    )
    assert run("waste-pickup", "signed-copy", "WP-1").code == 1
    copy = tmp_path / "signed.pdf"
    copy.write_bytes(b"%PDF-1.4 signed")
    done(run("waste-pickup", "attach", "WP-1", str(copy)))
    # A file may be a photo of the containers, so somebody says that it is the copy.
    assert any("attach the signed copy" in line for line in today(run))
    done(run("waste-pickup", "signed-copy", "WP-1"))
    assert pickup(run)["returned_on"] == "2026-03-02"
    assert not any("WP-1" in line for line in today(run))


def test_many_copies_that_are_out_are_one_line(run: Cli) -> None:
    for number in range(4):
        day = ("--picked-on", f"2025-1{number % 3}-0{number + 1}", "--trained-on", "2025-01-01")
        done(run(*PICKUP, f"MW-{number}", *day))
    [line] = [line for line in today(run) if "signed cop" in line]
    assert line.startswith("4 signed copies of manifests are not back")


def test_the_days_are_those_of_the_office_once_it_has_set_them(
    run: Cli, officeops_home: Path, tmp_path: Path
) -> None:
    done(run(*PICKUP, "MW-1", "--picked-on", "2026-02-16", "--trained-on", "2025-01-01"))
    assert not any("WP-1" in line for line in today(run))
    file = officeops_home / "config" / "officeops" / "officeops.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("[plugins.maintenance]\nsigned_copy_days = 14\n", encoding="utf-8")
    assert "WP-1 MW-1: attach the signed copy" in today(run)
    copy = tmp_path / "signed.pdf"
    copy.write_bytes(b"%PDF-1.4 signed")
    done(run("waste-pickup", "attach", "WP-1", str(copy), "--as", "signed-copy"))
    assert pickup(run)["returned_on"] == "2026-03-02"


def test_the_waste_log_has_a_line_for_each_kind_and_says_what_nobody_weighed(
    run: Cli, tmp_path: Path
) -> None:
    waste = ("--waste", "sharps=2; weight=14.5", "--waste", "hazardous=1")
    done(run(*PICKUP, "MW-1", "--picked-on", "2026-02-03", *waste))
    done(run(*PICKUP, "MW-0", "--picked-on", "2025-12-31"))
    lines = run("waste-log", "--from", "2026-01-01", "--json").json
    assert [(line["kind"], line["weight"]) for line in lines] == [
        ("sharps", "14.50 lb"),
        ("hazardous", "not weighed"),
    ]
    page = tmp_path / "log.pdf"
    done(run("waste-log", "--output", str(page)))
    assert page.read_bytes().startswith(b"%PDF")


def test_the_cleaning_log_has_the_work_the_supplies_and_the_gaps(run: Cli) -> None:
    plan = ("plan-from-template", "--template", "Cleaning", "--first-on", "2026-02-26")
    done(run(*plan))
    done(run("task", "came", "T-5", "--done", "Floors", "--when", "2026-02-26 18:00"))
    lines = run("visit-log", "cleaning", "--json").json
    assert [(line["day"], line["state"], line["done"]) for line in lines] == [
        ("2026-02-26", "came", "Floors"),
        ("2026-02-27", "NOT NOTED", ""),
    ]
    assert {line["what"] for line in run("visit-log", "--json").json} > {"Cleaning"}


def test_a_log_kept_before_is_imported_by_everyday_heads_and_completes_nothing(
    run: Cli, tmp_path: Path
) -> None:
    file = tmp_path / "log.csv"
    file.write_text(
        "Pickup Date,Tracking Number,Hauler,Signed By,waste:sharps\n2026-02-03,T-77,Sterico,Dana,2\n",
        encoding="utf-8",
    )
    ran = run("waste-pickup", "import", str(file))
    assert ran.code == 0, ran.err
    kept = pickup(run)
    assert (kept["manifest"], kept["signer"], kept["containers"]) == ("T-77", "Dana", 2)
    assert run("task", "show", "T-1", "--json").json["state"] == "open"


def test_another_office_takes_over_when_a_copy_came_back_and_names_the_missing_file(
    run: Cli, tmp_path: Path
) -> None:
    done(run(*PICKUP, "MW-1", "--waste", "sharps=2; weight=14.5"))
    copy = tmp_path / "signed.pdf"
    copy.write_bytes(b"%PDF-1.4 signed")
    done(run("waste-pickup", "attach", "WP-1", str(copy), "--as", "signed-copy"))
    other = ("--db", str(tmp_path / "other.db"))
    done(run(*other, "init", "--name", "Other"))
    for noun in ("vendor", "plan", "visit", "waste-pickup"):
        file = str(tmp_path / f"{noun}.csv")
        done(run(noun, "export", file))
        ran = run(*other, noun, "import", file)
        assert (ran.code, "signed_copy" in ran.err) == (
            (5, True) if noun == "waste-pickup" else (0, False)
        ), ran.err
    there = run(*other, "waste-pickup", "show", "WP-1", "--json").json
    assert (there["returned_on"], there["signed_copy"]) == ("2026-03-02", None)


def test_from_today_a_pickup_takes_few_keys(run: Cli, office: Office) -> None:
    done(run("task", "skip", "T-1", "--reason", "snow"))
    with Terminal(office) as terminal:
        assert terminal.line("Medical waste pickup")
        # Four keys beside the number on the manifest.
        assert "picked-up" in terminal.press("d").prompt
        terminal.type("p").press("enter").type("MW-1").press("ctrl+s").settle()
        assert terminal.line("WP-1 has the manifest MW-1"), terminal.text
    assert pickup(run)["manifest"] == "MW-1"


def test_a_pickup_is_never_later_than_today(run: Cli) -> None:
    refused = run(*PICKUP, "MW-1", "--picked-on", str(date(2026, 3, 2) + timedelta(days=1)))
    assert refused.code == 1
