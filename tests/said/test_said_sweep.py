"""Every command, under every fault of its streams and signals at any moment: no lie, no silent no-op, no other code.

Here a sample is drawn, from OFFICEOPS_SEED where it is given; `python3 dev.py soak 30 --only said stopped` runs the whole.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from tests.access.matrix_commands import commands
from tests.effort import seed
from tests.said.judge import FAULTS
from tests.said.lines import ELSEWHERE, Line, lines
from tests.said.moments import WRITING, Watched

if TYPE_CHECKING:
    from tests.said.sweep import Bench

pytestmark = pytest.mark.usefixtures("settled")


@pytest.fixture(scope="module")
def heard(office: Bench) -> Bench:
    """The office, with a plugin that is told of every write, slowly, and fails."""
    return office.beside("ear")


@pytest.fixture
def draw() -> random.Random:
    """Draw from the seed that a test that fails prints."""
    return random.Random(seed())


def test_every_command_of_the_registry_has_a_line() -> None:
    named = {line.name.removesuffix(" --json") for line in lines()}
    assert {*commands()} - named == set(ELSEWHERE)


def test_what_a_command_says_is_what_happened_whatever_its_streams(
    office: Bench, draw: random.Random
) -> None:
    drawn = draw.sample(list(lines()), 10)
    lies: list[str] = []
    for line in drawn:
        if line.name != "demo":
            lies += office.sweep(line, draw.sample([*FAULTS], 3), exactly=False)
    assert lies == []


@pytest.mark.parametrize("word", ["denies", "skips", "counts", "claims"])
def test_the_sweep_finds_a_command_that_lies(office: Bench, word: str) -> None:
    assert list(office.beside("liar").sweep(Line(word, [word]), ["stdout closed", "reader gone"]))


@pytest.mark.parametrize("plant", ["says nothing was written", "stops at a lost line"])
def test_the_sweep_finds_a_fault_of_officeops(office: Bench, plant: str) -> None:
    add = Line("vendor add --json", ["vendor", "add", "--name", "New", "--json"])
    assert list(office.sweep(add, ["stdout full", "reader gone"], plant))


def test_a_signal_at_any_moment_is_told_what_was_saved(heard: Bench, draw: random.Random) -> None:
    lies: list[str] = []
    for line in draw.sample(WRITING, 4):
        watched = Watched(heard, line)
        for _ in range(6):
            lies += watched.stopped(draw)
        watched.close()
    assert lies == []


@pytest.mark.parametrize(
    "plant", ["says nothing was written", "forgets what was saved", "leaves signals alone"]
)
def test_the_moments_find_a_fault_of_officeops(heard: Bench, plant: str) -> None:
    watched, draw = Watched(heard, WRITING[0]), random.Random(7)
    found: list[str] = []
    for _ in range(60):
        found = found or list(watched.stopped(draw, plant))
    watched.close()
    assert found
