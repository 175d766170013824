"""Recalls and units in any order: the matches are the same, and no decision is lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.tui.testing import Terminal
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.equipment.life import EQUIPMENT
from officeops_maintenance.recalls.matching import RecallText, matched
from officeops_maintenance.recalls.recall import CANDIDATE, Recall, RecallCandidate

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from officeops.office.office import Office
    from officeops.testing import Cli

VERBS = ("unit", "recall", "unit", "recall", "edit", "retire", "reinstate", "decide")
# Two makes and two models alone, so that most stories have a match.
STEPS = st.lists(
    st.tuples(st.sampled_from(VERBS), *[st.integers(0, 1)] * 3), min_size=4, max_size=14
)
RECALL = {
    "recall_number": "Z-0001-2026",
    "recalling_firm": "Voltra Medical",
    "product_description": "Voltra E12 electrocardiograph",
    "code_info": "Serial numbers SN55501 and SN55502",
}


class Story:
    """A sequence of steps in an office; its words are those of no other story."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.number = office.last_id(Equipment) + office.last_id(Recall)
        self.units: list[int] = []
        self.recalls: list[int] = []
        #: The decisions, by their candidates.
        self.decided: dict[int, str] = {}

    def words(self, which: int, model: int) -> dict[str, Any]:
        make = f"Make{self.number}x{which}"
        return {"make": make, "model": f"M{model}", "serial": f"SER{self.number}x{model}{which}"}

    def take(
        self,
        verb: str,
        which: int,
        make: int,
        model: int,
    ) -> None:
        words = self.words(make, model)
        if verb in {"unit", "edit"} and self._is_taken(words):
            return
        if verb == "unit":
            self.units.append(self.office.add(Equipment(name="Unit", **words)).id)
        elif verb == "recall":
            self._publish(words)
        elif verb == "decide":
            self._decide(which)
        elif self.units:
            unit = self.office.get(Equipment, self.units[which % len(self.units)])
            self._change(unit, verb, words)

    def _is_taken(self, words: dict[str, Any]) -> bool:
        """Tell whether a unit has these words: a maker gives a serial number once."""
        units = self.office.some(Equipment, self.units)
        return any(unit.serial == words["serial"] for unit in units)

    def _publish(self, words: dict[str, Any]) -> None:
        number = f"Z-{self.number}-{len(self.recalls)}"
        product = f"{words['model']} and other models"
        recall = Recall(number=number, firm=words["make"], product=product, codes=words["serial"])
        self.recalls.append(self.office.add(recall).id)

    def _change(self, unit: Equipment, verb: str, words: dict[str, Any]) -> None:
        if verb == "edit":
            self.office.edit(unit, **words)
        elif (unit.status == "retired") == (verb == "reinstate"):
            EQUIPMENT.move(self.office, unit, verb, reason="So it is")

    def _decide(self, which: int) -> None:
        waiting = [one for one in self.candidates() if one.decision == "open"]
        if waiting:
            one = waiting[which % len(waiting)]
            CANDIDATE.move(self.office, one, "not-affected", reason="Another lot")
            self.decided[one.id] = "not_affected"

    def candidates(self) -> list[RecallCandidate]:
        return [one for one in self.office.all(RecallCandidate) if one.recall_id in self.recalls]

    def pairs(self) -> set[tuple[int, int]]:
        """Pair each unit in use with the recalls that name its words, as they are now."""
        pairs = set()
        for recall in self.office.some(Recall, self.recalls):
            text = RecallText.of(recall.firm, recall.product, recall.codes)
            for unit in self.office.some(Equipment, self.units):
                if unit.status != "retired" and matched(text, unit):
                    pairs.add((recall.id, unit.id))
        return pairs


@tried(360)
@given(steps=STEPS)
def test_the_matches_follow_from_units_and_recalls_in_any_order(
    office: Office, steps: list[tuple[str, int, int, int]]
) -> None:
    with office.acting("test.story"):
        story = Story(office)
        for step in steps:
            story.take(*step)
        candidates = story.candidates()
        assert {
            one.id: one.decision for one in candidates if one.decision != "open"
        } == story.decided
        waiting = {
            (one.recall_id, one.equipment_id) for one in candidates if one.id not in story.decided
        }
        decided = {
            (one.recall_id, one.equipment_id) for one in candidates if one.id in story.decided
        }
        assert waiting == story.pairs() - decided


@pytest.fixture
def recall_file(office: Office, tmp_path: Path) -> str:
    """An openFDA file with a recall of two serial numbers."""
    assert office.today
    file = tmp_path / "recalls.json"
    file.write_text(json.dumps([RECALL]))
    return str(file)


def test_a_unit_that_comes_after_the_recall_is_matched_by_every_road(
    cli: Cli, recall_file: str, tmp_path: Path
) -> None:
    assert "No further unit may be recalled" in cli("recall", "import", recall_file).err
    words = ("--make", "Voltra", "--model", "E12")
    added = cli("equipment", "add", "--name", "ECG 1", *words)
    assert "1 recall may be about EQ-1" in added.out + added.err
    units = tmp_path / "units.csv"
    units.write_text("Name,Serial number\nECG 2,SN55501\nECG 3,SN99999\n")
    assert "1 unit may be recalled" in cli("equipment", "import", str(units)).err
    mended = cli("equipment", "edit", "EQ-3", "--serial", "SN55502")
    assert "1 recall may be about EQ-3" in mended.out + mended.err
    assert len(cli("recall-candidate", "list", "--json").json) == 3
    cli("undo")
    assert len(cli("recall-candidate", "list", "--json").json) == 2


def test_a_decision_stays_and_other_words_ask_to_look_again(cli: Cli, recall_file: str) -> None:
    cli("recall", "import", recall_file)
    cli("equipment", "add", "--name", "ECG", "--make", "Voltra", "--model", "E12")
    gone = cli("equipment", "edit", "EQ-1", "--model", "F13")
    assert "RM-1 (make Voltra" in gone.err
    cli("undo")
    cli("recall-candidate", "not-affected", "RM-1", "--reason", "Another serial number")
    mended = cli("equipment", "edit", "EQ-1", "--serial", "SN55502")
    assert "look at it again" in mended.out + mended.err
    [kept] = cli("recall-candidate", "list", "--json").json
    assert kept["decision"] == "not_affected"
    assert kept["because"] == "Another serial number"


def test_recalls_are_decided_from_today_with_both_sides_in_sight(
    cli: Cli, office: Office, recall_file: str
) -> None:
    cli("recall", "import", recall_file)
    cli("equipment", "add", "--name", "ECG 1", "--make", "Voltra", "--model", "E12")
    cli("equipment", "add", "--name", "ECG 2", "--serial", "SN55501")
    with Terminal(office) as terminal:
        assert terminal.line("Recall Z-0001-2026 may be about 2 units: decide")
        # Both decisions are asked about: neither is the usual one.
        terminal.press("d")
        assert "Affected or not-affected?" in terminal.text
        terminal.type("not").press("enter")
        terminal.type("Another serial number").press("ctrl+s").settle()
        assert terminal.line("Recall Z-0001-2026 may be about EQ-2 ECG 2: decide")
        terminal.press("enter").settle()
        assert terminal.line("Serial              SN55501")
        assert terminal.line("Serial numbers SN55501 and SN55502")
        terminal.press("Y").type("On the plate").press("ctrl+s").settle()
        assert "ECG 2 is quarantined" in terminal.text
    units = {row["name"]: row["status"] for row in cli("equipment", "list", "--json").json}
    assert units == {"ECG 1": "in_service", "ECG 2": "quarantined"}
