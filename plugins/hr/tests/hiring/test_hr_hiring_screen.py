"""The journeys of hiring at 80x24, with their keys counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from plugins.hr.tests.hiring.conftest import FIRST_DAY

from officeops.tui.testing import Terminal
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.hr.tests.hiring.conftest import Hiring

    from officeops_hr.hiring.candidate import Candidate


@pytest.fixture
def applied(hiring: Hiring) -> Candidate:
    return hiring.apply()


@pytest.fixture
def board(hiring: Hiring, applied: Candidate) -> Iterator[Terminal]:  # noqa: ARG001 - it is there
    with Terminal(hiring.office) as terminal:
        terminal.press(":").type("hiring").press("enter")
        yield terminal


def test_a_candidate_moves_on_by_two_keys_of_the_board(
    hiring: Hiring, applied: Candidate, board: Terminal
) -> None:
    assert board.line("Applied (1)")
    assert board.line("C-1 Ann Apply")
    board.press("M", "ctrl+s")
    assert hiring.again(applied).stage == "screened"
    assert board.line("Screened (1)")
    board.press("M", "ctrl+s")
    assert board.line("Interviews (1)")
    board.press("M", "ctrl+s")
    assert board.line("References (1)")


def test_from_the_references_to_the_hire_it_takes_seven_keys_and_the_first_day(
    hiring: Hiring, applied: Candidate, board: Terminal
) -> None:
    for verb in ("screen", "interview", "check-references"):
        hiring.step(applied, verb)
    board.press("f5").press("M")
    board.type(str(FIRST_DAY)).press("ctrl+s")
    # The doubts are in the question.
    assert "references checked" in board.lines[-2]
    board.press("y")
    assert hiring.again(applied).stage == "offer"
    board.press("M", "ctrl+s")
    board.press("M", "ctrl+s")
    assert hiring.office.first(Person, "name = ?", "Ann Apply") is not None
    assert "Nobody is in the process" in board.text


def test_an_interviewer_types_a_card_on_one_screen(hiring: Hiring, applied: Candidate) -> None:
    (card,) = hiring.interview(applied, "lea")
    with hiring.office.acting("test.login"):
        hiring.office.edit(hiring.crew["lea"], user_id=None)
    with Terminal(hiring.office) as terminal:
        terminal.press(":").type("scorecard").press("enter")
        terminal.press("S")
        assert terminal.line("Calm")
        terminal.type("4").press("enter").type("took a breath").press("enter")
        terminal.type("5").press("enter").type("asked twice").press("enter")
        terminal.press("d").press("d", "y")
    assert hiring.office.get(type(card), card.id).given_at is not None
