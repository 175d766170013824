"""Recalls: candidates by make, model, lot and serial number, each with a decision that is kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.recalls.matching import RecallText, matched

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from officeops.office.office import Office
    from officeops.testing import Cli

#: From openFDA's device enforcement reports (CC0), shortened.
OLD = {
    "code-info": "Lot # 20118000.",
    "product-description": "M/DN Humeral Nail. Catalog no. 00-2254-195-09. Recall # Z-1004-04.",
    "recalling-firm": "Zimmer Inc. Warsaw, IN, by letters dated March 16, 2004.",
    "reason-for-recall": "The proximal angled hole is oriented 180 degrees reversed.",
}
NEW = {
    "recall_number": "Z-0001-2026",
    "classification": "Class I",
    "recalling_firm": "Voltra Medical",
    "product_description": "Voltra E12 electrocardiograph",
    "code_info": "All units",
    "recall_initiation_date": "20260105",
    "report_date": "20260114",
}


@pytest.fixture
def recalled(cli: Cli, office: Office, tmp_path: Path) -> Path:
    """A report of old and one as the service answers, and three units, one of them not meant."""
    assert office.today
    cli("equipment", "add", "--name", "Nail set", "--make", "Zimmer", "--lot", "20118000")
    cli("equipment", "add", "--name", "Other set", "--make", "Zimmer", "--lot", "20118001")
    cli("equipment", "add", "--name", "ECG", "--make", "Voltra", "--model", "E12")
    lines = tmp_path / "old.json"
    lines.write_text(json.dumps(OLD) + "\n")
    assert "1 unit may be recalled" in cli("recall", "import", str(lines)).err
    answer = tmp_path / "answer.json"
    answer.write_text(json.dumps({"meta": {"results": {"total": 1}}, "results": [NEW]}))
    assert "1 unit may be recalled" in cli("recall", "import", str(answer)).err
    return answer


def test_an_openfda_file_names_the_units_that_may_be_meant(cli: Cli, recalled: Path) -> None:
    candidates = cli("recall-candidate", "list", "--json").json
    assert {row["matched"] for row in candidates} == {
        "make Zimmer, lot 20118000",
        "make Voltra, model E12",
    }
    cli("recall", "import", str(recalled))
    assert len(cli("recall-candidate", "list", "--json").json) == 2, "none twice"


@pytest.mark.usefixtures("recalled")
def test_a_decision_quarantines_or_clears_and_is_kept(cli: Cli) -> None:
    whats = [line["what"] for line in cli("today", "--json").json]
    assert "Recall Z-0001-2026 may be about EQ-3 ECG: decide" in whats
    assert cli("recall-candidate", "affected", "RM-1").code != 0, "a decision has its reason"
    cli("recall-candidate", "affected", "RM-1", "--reason", "Lot on the box")
    cli("recall-candidate", "not-affected", "RM-2", "--reason", "Repaired by the maker")
    states = {row["name"]: row["status"] for row in cli("equipment", "list", "--json").json}
    assert states["Nail set"] == "quarantined"
    assert states["ECG"] == "in_service"
    assert not any("may be about" in line["what"] for line in cli("today", "--json").json)
    cleared = cli("recall-candidate", "show", "RM-2", "--json").json
    assert cleared["because"] == "Repaired by the maker"
    assert cleared["decided_by"]


@pytest.mark.parametrize(
    ("unit", "is_candidate"),
    [
        ({"make": "Zimmer"}, False),
        ({"lot": "20118000"}, True),
        ({"lot": "2011"}, False),
        ({"make": "Zimmer", "model": "00-2254-195-09"}, True),
        ({"make": "Other", "model": "00-2254-195-09"}, False),
        ({"make": "Zimmer", "serial": "Lot"}, True),
        ({"serial": "118000"}, False),
    ],
)
def test_a_short_word_alone_is_no_match(unit: dict[str, Any], *, is_candidate: bool) -> None:
    recall = RecallText.of(OLD["recalling-firm"], OLD["product-description"], OLD["code-info"])
    assert bool(matched(recall, Equipment(name="Unit", **unit))) is is_candidate


ANSWER = """{"meta": {"results": {"total": 2}}, "results": [
{"recall_number": "Z-0711-2024", "product_type": "Devices", "product_description": "Autoclave",
 "recalling_firm": "Steris", "code_info": "Serial 0401", "report_date": "20240117",
 "distribution_pattern": "US", "event_id": "93500", "status": "Ongoing", "openfda": {}},
{"recall_number": "F-0001-2024", "product_type": "Food", "product_description": "Cookies",
 "report_date": "20240117"}]}"""


def test_an_answer_of_openfda_comes_in_whole_and_recalls_of_food_are_passed_over(
    cli: Cli, tmp_path: Path
) -> None:
    file = tmp_path / "enforcement.json"
    file.write_text(ANSWER)
    ran = cli("recall", "import", str(file))
    assert (ran.code, "1 recall of food, drugs and the like passed over" in ran.err) == (0, True)
    assert "NOT USED" not in ran.err
    [recall] = cli("recall", "list", "--json").json
    assert (recall["number"], recall["reported_on"]) == ("Z-0711-2024", "2024-01-17")
    assert cli("recall", "import", str(file)).code == 0


#: Answers that are no whole list, with the exit code and words of the refusal or the remark.
POOR = {
    ANSWER.replace('{"meta": {"results": {"total": 2}}, ', "{"): (0, "1 added"),
    ANSWER.replace('"total": 2', '"skip": 4, "limit": 2, "total": 50'): (5, "skip=6"),
    '{"meta": {"results": {"total": 0}}, "results": []}': (0, "0 added"),
    '{"error": {"code": "NOT_FOUND", "message": "No matches found!"}}': (1, "No matches found"),
    '{"error": {"code": "OVER_RATE_LIMIT", "message": "Later."}}': (1, "OVER_RATE_LIMIT"),
    "<html><head><title>429 Too Many\nRequests</title></head></html>": (1, "429 Too Many Requests"),
    "": (1, "The export that made it failed"),
    ANSWER[:-30]: (1, "not valid JSON"),
}


def test_an_answer_that_is_no_whole_list_is_said_to_be_so_and_takes_nothing_away(
    cli: Cli, tmp_path: Path
) -> None:
    cli("recall", "add", "--number", "Z-1", "--product", "Kettle")
    for answer, (code, words) in POOR.items():
        file = tmp_path / "answer.json"
        file.write_text(answer)
        ran = cli("recall", "import", str(file))
        assert (ran.code, words in ran.err + ran.out) == (code, True), (answer, ran)
        assert "Z-1" in {row["number"] for row in cli("recall", "list", "--json").json}


def test_codes_that_found_no_room_are_matched_too(cli: Cli, office: Office, tmp_path: Path) -> None:
    assert office.today
    cli("equipment", "add", "--name", "Pump", "--serial", "P-88123")
    file = tmp_path / "answer.json"
    file.write_text(json.dumps({"results": [{**NEW, "more_code_info": "Also serial P-88123."}]}))
    assert "1 unit may be recalled" in cli("recall", "import", str(file)).err
    assert "0 changed, 1 unchanged" in cli("recall", "import", str(file), "--update").err


def test_a_decision_by_words_that_the_recall_has_no_longer_is_to_be_looked_at_again(
    cli: Cli, recalled: Path
) -> None:
    cli("recall-candidate", "not-affected", "RM-2", "--reason", "Its serial number is a later one")
    corrected = NEW | {"code_info": "Serial numbers from 400 on"}
    recalled.write_text(json.dumps({"results": [corrected]}))
    said = cli("recall", "import", str(recalled), "--update").err
    assert "RM-2 was decided as not affected by make Voltra, model E12" in said
    assert "the recall says other things now: look at it again" in said
    assert "look at it again" not in cli("recall", "import", str(recalled), "--update").err


@pytest.mark.usefixtures("recalled")
def test_who_lends_a_unit_reads_that_a_recall_about_it_is_undecided(cli: Cli) -> None:
    ran = cli("equipment", "lend", "EQ-3", "--lent-to", "Dr. Hahn", "--due-back-on", "+7d")
    assert "Recall Z-0001-2026 may be about it" in ran.out + ran.err
