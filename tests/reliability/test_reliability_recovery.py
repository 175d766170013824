"""A recovery that is killed, and a file that is damaged: the office comes back whole, or says how."""

from __future__ import annotations

import random

import pytest
from tests.reliability.recovery import KILLS, attempt, try_damage
from tests.reliability.soak_recovery import attacked


def test_a_recovery_killed_at_any_moment_and_a_damaged_file_come_back_whole(seed: int) -> None:
    chance = random.Random(seed)
    with attacked() as (whole, to):
        for name in chance.sample(sorted(KILLS), 2):
            assert attempt(KILLS[name], whole, to, chance.uniform(0, 0.4)).wrong == [], name
        for number in range(2):
            _, wrong = try_damage(whole, to, seed + number)
            assert wrong == []


@pytest.mark.parametrize("name", ["live restore", "restore into place"])
def test_a_restore_that_is_not_killed_is_done(name: str) -> None:
    with attacked() as (whole, to):
        assert attempt(KILLS[name], whole, to).wrong == []
