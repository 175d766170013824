"""Many at once: nobody fails, nobody loses anything, nobody waits long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.effort import PATIENCE
from tests.reliability.crowd import crowd
from tests.reliability.practice import explain
from tests.reliability.processes import soon, told, worker
from tests.reliability.walreset import round_of

if TYPE_CHECKING:
    from pathlib import Path


def test_a_crowd_of_sessions_commands_and_readers_loses_nothing(tmp_path: Path, seed: int) -> None:
    found = crowd(tmp_path, writers=8, seconds=2, seed=seed, readers=1, commands=1)
    assert found.failures == []
    assert found.verdict.good, explain(found.verdict, seed=seed)
    assert found.verdict.acknowledged >= found.saves > 0
    assert found.commands > 0
    assert (found.reads > 0, found.torn) == (True, 0)
    # 50 % is the promise, held by the soak; here other tests share the machine.
    assert found.share > 0.1, found
    # So is 500 ms.
    assert found.worst < PATIENCE / 10, found


def test_writers_in_other_threads_than_the_main_one_get_their_turn(
    tmp_path: Path, seed: int
) -> None:
    """They cannot sleep under an alarm, so they poll, beside others who stand in line."""
    from tests.reliability.practice import judge, make, read_acks

    file, begin = tmp_path / "office.db", soon(5)
    make(file)
    acks = [tmp_path / f"acks-{n}" for n in range(5)]
    crew = [
        worker("write", file, seed=seed + n, acks=acks[n], start=begin, seconds=1.5, thread=n == 0)
        for n in range(5)
    ]
    tales = [told(each) for each in crew]
    assert [tale["failures"] for tale in tales] == [[]] * 5
    assert 4 * tales[0]["done"] >= max(tale["done"] for tale in tales) > 0, tales
    verdict = judge(file, read_acks(acks))
    assert verdict.good, explain(verdict, seed=seed)


def test_checkpoints_through_the_gate_never_meet_a_writer(tmp_path: Path, seed: int) -> None:
    # A busy machine gets no further in three seconds than an idle one in less than one.
    for turn, seconds in enumerate((1, 6, 48)):
        found = round_of(tmp_path / f"reset-{turn}.db", seconds, seed, gated=True)
        assert found.wrong == []
        if min(found.commits, found.checkpoints, found.stops) > 50:
            break
    else:
        pytest.fail(f"too little was tried: {found}")
