"""The menu under the certificate, the log for an inspector, and lists that come from spreadsheets."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from officeops_maintenance.laboratory.lab_test import LabTest
from officeops_maintenance.laboratory.waived_tests import waived_tests

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli

PAGE: Final = Path(__file__).parents[4] / "docs" / "how-to" / "keep-lab-controls.md"
BOOKED = ("controls", "record", "LK-1/positive=positive", "LK-1/negative=invalid")


@pytest.fixture
def run(cli: Cli, strep: LabTest) -> Cli:
    """A kit whose negative control failed first, and passed when it was repeated."""
    cli("lab-test", "confirm", strep.name, "--insert-version", "Rev. 7")
    cli("lab-kit", "add", "--test", "Strep A", "--number", "L1")
    cli(*BOOKED)
    cli(
        "controls", "record", "LK-1/negative=-", "--day", "today", "--at", "7:45", "--run-by", "mia"
    )
    return cli


def proofs(cli: Cli, question: str) -> list[tuple[str, str | None]]:
    rows = cli("inspect", "clia", "--json").json
    return [(row["status"], row["action"]) for row in rows if row["question"] == f"clia.{question}"]


def test_the_log_has_each_control_by_test_lot_and_person(run: Cli) -> None:
    page = run("controls", "log").out
    for words in ("Strep A, lot L1, expires 2027-06-30", "FAIL", "TK-1", "mia", "Reviewed by"):
        assert words in page
    rows = run("controls", "log", "--json").json
    assert [(row["level"], row["outcome"], row["run_by"]) for row in rows][-1][2] != "mia"
    assert len(rows) == 3
    assert len(run("controls", "log", "--person", "mia", "--json").json) == 1
    assert len(run("controls", "log", "--lot", "l1", "--test", "Strep A", "--json").json) == 3
    assert run("controls", "log", "--month", "2026-02", "--json").json == []
    assert run("controls", "log", "--test", "Nothing").code == 1


def test_an_inspector_reads_the_inserts_the_controls_and_the_opened_kits(run: Cli) -> None:
    assert proofs(run, "instructions") == [("met", None)]
    assert proofs(run, "opened-kits") == [("met", None)]
    run("lab-test", "edit", "Strep A", "--new-operator", "yes", "--performers", "mia, luis")
    paper = ("--day", "today", "--at", "7:40", "--run-by", "luis")
    # A control that failed is no proof of a person; it was repeated since.
    run("controls", "record", "LK-1/negative=positive", *paper)
    assert proofs(run, "quality-control") == [("not met", "controls")]
    [line] = [row["what"] for row in run("today", "--json").json if "no control" in row["what"]]
    assert line.startswith("Strep A: luis ran no control")
    run("controls", "record", "LK-1/negative=negative", "--run-by", "luis")
    assert proofs(run, "quality-control") == [("met", None)]


def test_a_test_beyond_the_certificate_is_a_gap_and_unknown_stays_unknown(run: Cli) -> None:
    assert proofs(run, "test-menu") == [("missing", None)]
    run("document-type", "add", "--name", "CLIA certificate", "--proof", "clia-certificate")
    types = ("--type", "CLIA certificate", "--expires-on", "2027-12-31")
    run("practice-document", "add", "--name", "CLIA certificate", *types)
    assert proofs(run, "test-menu") == [("missing", None)]
    assert any("does not say waiver" in row["what"] for row in run("today", "--json").json)
    run("practice-document", "edit", "PD-1", "--name", "CLIA Certificate of Waiver")
    assert proofs(run, "test-menu") == [("met", None)]
    run("lab-test", "add", "--name", "Wet mount", "--complexity", "ppm")
    run("lab-test", "add", "--name", "Unknown")
    run("lab-test", "add", "--name", "Culture", "--complexity", "moderate")
    assert sorted(proofs(run, "test-menu")) == [
        ("met", None), ("missing", "edit"), ("not met", "edit"), ("not met", "edit"),
    ]  # fmt: skip
    lines = [row["what"] for row in run("today", "--json").json]
    assert "Wet mount is ppm, beyond CLIA Certificate of Waiver" in lines
    run("practice-document", "edit", "PD-1", "--name", "CLIA certificate, PPM")
    lines = [row["what"] for row in run("today", "--json").json]
    beyond = [line for line in lines if "beyond" in line]
    assert beyond == ["Culture is moderate, beyond CLIA certificate, PPM"]


def test_common_tests_come_with_their_source_and_are_not_confirmed(
    cli: Cli, office: Office
) -> None:
    for name, row in waived_tests().items():
        assert row["source"], name
        assert bool(row["checked_on"]) == bool(row["complexity"]), name
        assert cli("lab-test-from-list", "--test", name).code == 0, name
    assert all(test.confirmed_on is None for test in office.all(LabTest))
    assert cli("lab-test-from-list", "--test", "Biopsy").code == 1
    # Nobody guesses how long an opened kit is good.
    assert all(test.open_days is None and not test.until_expiry for test in office.all(LabTest))


def test_lists_come_in_by_everyday_headers(run: Cli, tmp_path: Path) -> None:
    menu = tmp_path / "menu.csv"
    menu.write_text("Analyte,Manufacturer,CLIA complexity,CPT code\nMono,Acme,waived,86308QW\n")
    assert run("lab-test", "import", str(menu)).code == 0
    kits = tmp_path / "kits.csv"
    kits.write_text(
        "Test,Lot Number,Exp Date,Date Received,Date Opened\nMono,M1,2027-01-31,2026-02-01,2026-02-02\n"
    )
    assert run("lab-kit", "import", str(kits)).code == 0
    controls = tmp_path / "controls.csv"
    controls.write_text("Test,Control,Control Lot,Expiration\nMono,positive,C9,2027-01-31\n")
    assert run("control-lot", "import", str(controls)).code == 0
    [kit] = run("lab-kit", "list", "--where", "number=M1", "--json").json
    assert (kit["opened_on"], kit["use"]) == ("2026-02-02", "unknown")


def test_levels_and_rules_that_contradict_each_other_are_refused(cli: Cli) -> None:
    add = ("lab-test", "add", "--name", "New")
    for wrong in (
        ("--controls", "positive maybe"),
        ("--controls", "1 1"),
        ("--new-lot", "yes"),
        ("--open-days", "30", "--until-expiry", "yes"),
    ):
        assert cli(*add, *wrong).code == 1, wrong
    cli(*add, "--controls", "1 2")
    lot = ("control-lot", "add", "--test", "New", "--number", "C1", "--expires-on", "2027-01-31")
    for limits in (
        ("--level", "3"),
        ("--level", "1"),
        ("--level", "1", "--low", "3", "--high", "2"),
    ):
        assert cli(*lot, *limits).code == 1, limits
    assert cli(*lot, "--level", "1", "--low", "0.8", "--high", "1.2").code == 0


def test_the_page_runs_as_written(
    cli: Cli, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with office.acting("test.setup"):
        office.add(office.record("core.location")(name="Main"))
    lines = [line for line in PAGE.read_text().splitlines() if line.startswith("    officeops ")]
    assert len(lines) > 20
    for line in lines:
        ran = cli(*shlex.split(line)[1:])
        assert ran.code in {0, 3}, (line, ran.err)
    assert [row["use"] for row in cli("lab-kit", "list", "--json").json] == ["usable", "usable"]
    assert (tmp_path / "log.pdf").exists()


def test_the_controls_of_a_test_that_is_off_the_menu_are_shown_all_the_same(run: Cli) -> None:
    run("lab-kit", "finish", "LK-1", "--reason", "Used up")
    assert run("lab-test", "archive", "Strep A").code == 0
    assert proofs(run, "quality-control") == [("met", None)]
