"""Calibrations: the certificate, the result by its points, the plan's task, and what is in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli, Ran

OFF = "37; as_found=37.9; as_left=37.1; tolerance=0.5; unit=°C"
WORSE = "37; as_found=37.9; as_left=37.6; tolerance=0.5"


@pytest.fixture
def run(cli: Cli, office: Office) -> Cli:
    """A scale with a yearly plan by MedTech, whose category asks for certificates."""
    assert str(office.today) == "2026-03-02"
    for line in (
        "vendor add --name MedTech",
        "equipment-category add --name Scale --needs-certificate yes",
        "equipment add --name Scale --category Scale --serial L-77",
        "equipment add --name Lamp",
    ):
        assert cli(*line.split()).code == 0
    plan = "plan add --title Calibration --sort calibration --unit year --days-early 30"
    ran = cli(
        *plan.split(), "--equipment", "EQ-1", "--first-on", "2026-03-06", "--vendor", "MedTech"
    )
    assert ran.code == 0, ran.err
    return cli


@pytest.fixture
def certificate(tmp_path: Path) -> str:
    file = tmp_path / "C-1.pdf"
    file.write_bytes(b"%PDF-1.4 certificate")
    return str(file)


def calibration(run: Cli, key: str = "CL-1") -> dict[str, str]:
    [shown] = [row for row in run("calibration", "list", "--json").json if row["key"] == key]
    return dict(shown)


def today(run: Cli) -> list[str]:
    return [line["what"] for line in run("today", "--json").json]


def done(ran: Ran) -> str:
    assert ran.code == 0, ran.err
    return ran.err


def test_one_line_attaches_the_certificate_passes_it_and_completes_the_task(
    run: Cli, certificate: str
) -> None:
    said = done(run("calibrate", "EQ-1", certificate, "--passed", "--on", "2026-02-27"))
    assert "EQ-1 Scale passed, CL-1. T-1 is now done" in said
    task = run("task", "show", "T-1", "--json").json
    assert (task["state"], task["done_at"][:10]) == ("done", "2026-02-27")
    page = run("equipment", "show", "EQ-1").out
    assert "Calibration: 2026-02-27  passed, MedTech; next 2027-03-06" in page
    assert "attached" in run("calibration", "show", "CL-1").out
    done(run("undo"))
    assert run("calibration", "list", "--json").json == []
    assert run("task", "show", "T-1", "--json").json["state"] == "open"


def test_without_the_demanded_certificate_nothing_passes_and_today_says_so(
    run: Cli, certificate: str
) -> None:
    refused = run("calibrate", "EQ-1", "--passed", "--number", "C-1")
    assert (refused.code, "Scale asks for the certificate" in refused.err) == (1, True)
    assert run("calibration", "list", "--json").json == []
    # Entered on a screen it stays open.
    said = done(run("task", "calibrated", "T-1", "--number", "C-1"))
    assert "officeops calibration attach CL-1 FILE" in said
    assert "CL-1 Scale was calibrated on 2026-03-02: attach the certificate" in today(run)
    assert run("calibration", "pass", "CL-1").code == 1
    text = certificate.replace("C-1.pdf", "note.txt")
    with open(text, "w", encoding="utf-8") as file:
        file.write("it is fine")
    done(run("calibration", "attach", "CL-1", text))
    assert run("calibration", "pass", "CL-1").code == 1
    done(run("calibration", "attach", "CL-1", certificate))
    done(run("calibration", "pass", "CL-1"))
    assert run("task", "show", "T-1", "--json").json["state"] == "done"


def test_a_number_is_enough_where_the_house_says_so(run: Cli, officeops_home: Path) -> None:
    file = officeops_home / "config" / "officeops" / "officeops.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('[plugins.maintenance]\ncertificate = "number"\n')
    assert run("calibrate", "EQ-1", "--passed").code == 1
    done(run("calibrate", "EQ-1", "--passed", "--number", "C-1"))


def test_found_out_of_tolerance_is_a_finding_that_names_what_was_measured(
    run: Cli, certificate: str
) -> None:
    done(run("calibrate", "EQ-1", certificate, "--passed", "--on", "2025-03-03"))
    log = "monitored-unit add --name Refrigerator --equipment EQ-1 --first-on 2025-01-01".split()
    done(run(*log))
    done(run("temperatures", "record", "Refrigerator=38/37/40"))
    done(run("calibration", "add", "--equipment", "EQ-1", "--point", OFF))
    done(run("calibration", "attach", "CL-2", certificate))
    assert "measured since 2025-03-03" in done(run("calibration", "pass", "CL-2"))
    row = calibration(run, "CL-2")
    assert (row["as_found"], row["as_left"]) == ("out of tolerance", "in tolerance")
    page = run("calibration", "show", "CL-2").out
    assert "Measured since 2025-03-03" in page
    assert "1 temperature of Refrigerator" in page
    assert any("CL-2 Scale was found out of tolerance" in line for line in today(run))
    assert "CL-2 Scale was found out of tolerance" in " ".join(run("huddle").out.split())
    done(run("calibration", "review", "CL-2", "--review", "0.9 °C off; no dose was affected"))
    assert not any("CL-2" in line for line in today(run))


def test_a_calibration_that_is_entered_later_ends_a_doubt_by_its_certificate_alone(
    run: Cli, certificate: str
) -> None:
    lamp = ("calibration", "add", "--equipment", "EQ-2")
    done(run(*lamp, "--done-on", "2026-01-05"))
    done(run("calibration", "pass", "CL-1"))
    done(run(*lamp, "--done-on", "2026-02-20", "--point", OFF))
    assert "measured since 2026-01-05" in " ".join(done(run("calibration", "pass", "CL-2")).split())
    done(run(*lamp, "--done-on", "2026-02-10"))
    said = done(run("calibration", "pass", "CL-3"))
    assert "CL-3 of 2026-02-10 was entered after the doubt, and nothing proves its day" in said
    assert "officeops calibration attach CL-3 CERTIFICATE" in said
    assert "Measured since 2026-01-05" in run("calibration", "show", "CL-2").out
    done(run("calibration", "attach", "CL-3", certificate))
    assert "Measured since 2026-02-10" in run("calibration", "show", "CL-2").out


def test_left_out_of_tolerance_cannot_pass_now_or_by_a_later_edit(
    run: Cli, certificate: str
) -> None:
    done(run("calibration", "add", "--equipment", "EQ-2", "--point", WORSE))
    refused = run("calibration", "pass", "CL-1")
    assert (refused.code, "left out of tolerance; fail it" in refused.err) == (1, True)
    done(run("calibrate", "EQ-2", certificate, "--passed"))
    refused = run("calibration", "edit", "CL-2", "--point", WORSE)
    assert (refused.code, "has passed; withdraw that first" in refused.err) == (1, True)
    done(run("calibration", "edit", "CL-2", "--point", OFF))
    assert calibration(run, "CL-2")["state"] == "passed"


def test_a_failed_one_opens_a_ticket_and_only_a_passed_one_lets_the_unit_return(
    run: Cli, certificate: str
) -> None:
    said = done(run("calibrate", "EQ-1", "--failed", "--reason", "0.9 too high"))
    assert "T-1 is now done" in said
    assert "TK-1 is open" in said
    unit = run("equipment", "show", "EQ-1", "--json").json
    assert (unit["status"], unit["reason"]) == (
        "out_of_service",
        "TK-1 Calibration failed: 0.9 too high",
    )
    assert run("ticket", "show", "TK-1", "--json").json["kind"] == "calibration"
    refused = run("equipment", "return", "EQ-1")
    assert (refused.code, "CL-1 failed" in refused.err) == (1, True)
    done(run("calibrate", "EQ-1", certificate, "--passed"))
    # The report was unsafe, so the unit returns with its ticket.
    done(run("ticket", "close", "TK-1", "--return-unit", "yes"))
    run("undo"), run("undo")
    done(run("undo"))
    assert run("equipment", "show", "EQ-1", "--json").json["status"] == "in_service"
    assert run("ticket", "list", "--json").json == []


def test_one_decision_is_for_the_failure_and_the_pass_after_the_repair(
    run: Cli, certificate: str
) -> None:
    done(run("calibrate", "EQ-1", "--failed"))
    done(run("calibrate", "EQ-1", certificate, "--passed", "--found", "out"))
    assert run("calibration", "review", "CL-2", "--review", "Nobody was weighed").code == 0
    assert not any("CL-" in line for line in today(run))
    done(run("undo"))
    assert sum("CL-" in line for line in today(run)) == 2


def test_one_that_failed_may_stay_in_use(run: Cli) -> None:
    done(run("calibrate", "EQ-1", "--failed", "--keep-in-service"))
    assert run("equipment", "show", "EQ-1", "--json").json["status"] == "in_service"


def test_an_overdue_standard_is_refused_or_counts_with_a_reason(run: Cli) -> None:
    weight = ("reference-standard", "add", "--name", "Weight", "--number", "W-1")
    done(run(*weight, "--expires-on", "2026-02-28"))
    line = ("calibration", "add", "--equipment", "EQ-2", "--standard", "RS-1")
    refused = run(*line)
    assert (refused.code, "was due on 2026-02-28" in refused.err) == (1, True)
    done(run(*line, "--done-on", "2026-02-27"))
    done(run(*line, "--standard-reason", "Booked for Friday"))
    assert "Weight, due 2026-02-28 (Booked for Friday)" in run("calibration", "show", "CL-2").out
    # An edit of an old one asks for nothing again.
    done(run("calibration", "edit", "CL-1", "--note", "By hand"))


def test_a_standard_that_is_a_unit_is_due_by_its_plan_and_refused_once_it_failed(
    run: Cli, certificate: str
) -> None:
    done(run("reference-standard", "add", "--name", "Weight", "--equipment", "EQ-1"))
    line = ("calibration", "add", "--equipment", "EQ-2", "--standard", "RS-1")
    done(run(*line))
    done(run("calibrate", "EQ-1", certificate, "--passed"))
    done(run("calibrate", "EQ-2", "--passed"))
    done(run("calibrate", "EQ-1", "--failed", "--keep-in-service"))
    refused = run(*line)
    assert (refused.code, "EQ-1, which failed in CL-4" in refused.err) == (1, True)


def test_a_standard_without_a_date_is_unknown_and_not_good(run: Cli) -> None:
    done(run("reference-standard", "add", "--name", "Old weight"))
    refused = run("calibration", "add", "--equipment", "EQ-2", "--standard", "RS-1")
    assert (refused.code, "has no day on which it is due" in refused.err) == (1, True)


def test_a_list_is_imported_by_everyday_heads_and_passes_no_more_than_the_rule(
    run: Cli, tmp_path: Path
) -> None:
    file = tmp_path / "calibrations.csv"
    file.write_text(
        "Asset,Calibration Date,Calibrated By,Certificate No,Pass/Fail,point,point:as found\n"
        "Lamp,2025-05-01,MedTech,A-1,PASS,,\n"
        "Scale,2025-05-02,MedTech,A-2,Pass,,\n"
        "Lamp,2025-06-01,MedTech,A-3,Fail,,\n",
        encoding="utf-8",
    )
    ran = run("calibration", "import", str(file))
    assert ran.code == 5, ran.err
    assert "Line 3, CL-2, is not passed: Scale asks for the certificate" in ran.err
    states = {row["number"]: row["state"] for row in run("calibration", "list", "--json").json}
    assert states == {"A-1": "passed", "A-2": "open", "A-3": "failed"}
    # Its last one of the list failed, so it is used no longer than if somebody had entered that.
    assert "Lamp is out of service: CL-3 failed, TK-1 is open" in ran.err
    file.write_text("Asset,Calibration Date,Result\nLamp,2025-06-02,Pass\n", encoding="utf-8")
    run("calibration", "import", str(file))
    assert run("ticket", "close", "TK-1", "--return-unit", "yes").code == 0
    file.write_text("Asset,Date,Result\nLamp,2025-07-01,Perhaps\n", encoding="utf-8")
    assert run("calibration", "import", str(file)).code == 1


def test_an_inspector_sees_the_certificate_of_a_logger(run: Cli, certificate: str) -> None:
    log = "monitored-unit add --name Refrigerator --logger-serial L-77".split()
    done(run(*log))

    def proof() -> tuple[str, str]:
        rows = run("inspect", "vfc", "--json").json
        [row] = [row for row in rows if row["question"] == "vfc.logger-certificates"]
        return row["status"], str(row)

    assert proof()[0] == "missing"
    done(run("calibrate", "EQ-1", certificate, "--passed", "--number", "C-9"))
    status, text = proof()
    assert (status, "certificate C-9" in text) == ("met", True)


def test_from_today_a_calibration_takes_six_keys(run: Cli, office: Office) -> None:
    plan = "plan add --title Check --sort calibration --equipment EQ-2 --first-on 2026-03-02"
    done(run(*plan.split()))
    with Terminal(office) as terminal:
        assert terminal.line("Check: EQ-2 Lamp")
        terminal.press("d", "c", "a", "l", "enter", "ctrl+s").settle()
        assert terminal.line("EQ-2 Lamp passed, CL-1"), terminal.text
    assert calibration(run)["state"] == "passed"


def test_on_the_screen_the_certificate_is_attached_and_then_it_passes(
    run: Cli, office: Office, certificate: str
) -> None:
    plan = "plan add --title Check --sort calibration --equipment EQ-2 --first-on 2026-03-02"
    done(run(*plan.split(), "--needs-certificate", "yes"))
    with Terminal(office) as terminal:
        terminal.press("d", "c", "a", "l", "enter", "ctrl+s").settle()
        assert "attach the" in terminal.text
        assert calibration(run)["state"] == "open"
        terminal.press("g", "enter").type(":attach").press("enter").type(certificate)
        terminal.press("enter").settle()
        assert "Y pass" in terminal.keys
        terminal.press("Y", "y").settle()
        assert terminal.line("EQ-2 Lamp passed, CL-1"), terminal.text
    assert run("task", "show", "T-2", "--json").json["state"] == "done"


def test_a_text_that_is_attached_is_said_to_be_no_certificate(run: Cli, tmp_path: Path) -> None:
    text, paper = tmp_path / "a.txt", tmp_path / "a.pdf"
    text.write_text("It is fine.")
    paper.write_bytes(b"%PDF-1.4\n%%EOF\n")
    run("calibration", "add", "--equipment", "EQ-2")
    assert "is no certificate of CL-1" in run("calibration", "attach", "CL-1", str(text)).err
    assert "no certificate" not in run("calibration", "attach", "CL-1", str(paper)).err
