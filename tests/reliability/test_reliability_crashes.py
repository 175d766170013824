"""Killed, cut off, failing: what was acknowledged is there, and the office opens without repair."""

from __future__ import annotations

import os
import signal
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.effort import PATIENCE
from tests.reliability.faults import faults
from tests.reliability.kills import kills
from tests.reliability.powercuts import power_cuts
from tests.reliability.practice import STOCK, explain, judge, make, opened, read_acks
from tests.reliability.processes import command, told, worker

from officeops.model.errors import Already
from officeops.office.office import os_login
from officeops_inventory.model import Item
from officeops_inventory.stock.actions import use

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Preloading = Callable[..., Mapping[str, str]]


def test_writers_that_are_killed_lose_nothing(tmp_path: Path, seed: int) -> None:
    found = kills(tmp_path, rounds=5, writers=4, seed=seed)
    assert found.verdict.good, explain(found.verdict, seed=seed)
    assert found.verdict.acknowledged > 8
    assert found.reopened < 5


@pytest.mark.usefixtures("preloading")
def test_no_power_cut_loses_what_was_acknowledged(tmp_path: Path, seed: int) -> None:
    found = power_cuts(tmp_path, seed, saves=40, cuts=25)
    assert found.bad == []
    # Cuts fall anywhere between the first save and the last.
    assert found.acknowledged > 20


@pytest.mark.usefixtures("preloading")
def test_power_cuts_do_lose_work_where_less_is_synced(tmp_path: Path) -> None:
    """So that the test above can fail: with synchronous=NORMAL the same cuts lose saves."""
    assert power_cuts(tmp_path, 1, saves=30, cuts=8, sync="NORMAL").bad


@pytest.mark.usefixtures("preloading")
def test_a_disk_that_fails_now_and_then_loses_nothing(tmp_path: Path, seed: int) -> None:
    found = faults(tmp_path, 2, seed, writers=2, per_mille=15)
    assert found.verdict.good, explain(found.verdict, seed=seed)
    assert found.faults > 5
    assert found.refused > 0


def test_a_full_disk_refuses_and_a_cleared_one_saves_again_in_the_same_session(
    tmp_path: Path, preloading: Preloading
) -> None:
    file = tmp_path / "office.db"
    make(file)
    env = preloading("faults", FAULTS_PREFIX=file, FAULTS_FULL=tmp_path / "full")
    tale = told(worker("full", file, env, seed=1, acks=tmp_path / "acks"))
    assert tale["counts"] == [20, 0, 20], tale
    assert all("full" in sentence for sentence in tale["failures"])
    verdict = judge(file, read_acks([tmp_path / "acks"]))
    assert verdict.good, explain(verdict)


def test_a_command_on_a_full_disk_says_so_in_a_sentence(
    tmp_path: Path, preloading: Preloading
) -> None:
    file, full = tmp_path / "office.db", tmp_path / "full"
    make(file)
    full.touch()
    env = preloading("faults", FAULTS_PREFIX=file, FAULTS_FULL=full)
    refused = subprocess.run(
        command(file, "item", "add", "--sku", "X", "--name", "X"),
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert refused.stderr.startswith("officeops: ")
    assert refused.stderr.count("\n") == 1
    full.unlink()
    assert (
        subprocess.run(
            command(file, "item", "add", "--sku", "X", "--name", "X"), env=env, check=False
        ).returncode
        == 0
    )


def test_a_request_is_not_carried_out_twice_after_a_kill_between_commit_and_answer(
    tmp_path: Path,
) -> None:
    file = tmp_path / "office.db"
    make(file)
    crashed = worker("commit-and-die", file, own=2, seed=1)
    crashed.communicate(timeout=PATIENCE)
    assert crashed.returncode == -signal.SIGKILL
    with opened(file, os_login()) as office:
        item = office.get(Item, 2)
        with pytest.raises(Already) as before:
            office.do(use, item, quantity=5, request="crash-1")
        assert before.value.outcome.startswith("Supply 1: 5 used; 999995 on hand")
        assert (
            office.value("SELECT sum(quantity) FROM inventory_stock WHERE item_id = 2") == STOCK - 5
        )
    again = ["--request-id", "crash-1", "item", "use", "S-1", "--quantity", "5"]
    answered = subprocess.run(command(file, *again), capture_output=True, text=True, check=False)
    assert answered.returncode == 0, answered.stderr
    assert "999995 on hand" in answered.stdout + answered.stderr


def test_history_keeps_its_order_when_the_clock_jumps(
    tmp_path: Path, preloading: Preloading
) -> None:
    """Order is by number; an instant is what the clock said, and nothing is refused or lost for it."""
    file = tmp_path / "office.db"
    make(file)
    env = preloading("clock", CLOCK_JUMP=200_000)
    tale = told(worker("write", file, env, seed=1, own=1, saves=40, acks=tmp_path / "acks"))
    assert tale["failures"] == []
    acks = read_acks([tmp_path / "acks"])
    with opened(file) as office:
        instants = [
            row[0]
            for row in office.rows(
                "SELECT at FROM core_action WHERE request IS NOT NULL ORDER BY id"
            )
        ]
        requests = [
            row[0]
            for row in office.rows(
                "SELECT request FROM core_action WHERE request IS NOT NULL ORDER BY id"
            )
        ]
    assert instants != sorted(instants)
    assert requests == [ack.request for ack in acks]
    verdict = judge(file, acks)
    assert verdict.good, explain(verdict)


def test_the_gate_counts_waiting_by_a_clock_that_does_not_jump(
    tmp_path: Path, preloading: Preloading
) -> None:
    file = tmp_path / "office.db"
    make(file)
    held = worker("hold", file, seconds=1)
    assert held.stdout is not None
    held.stdout.readline()
    waited = subprocess.run(
        command(file, "item", "add", "--sku", "X", "--name", "X"),
        env=preloading("clock", CLOCK_JUMP=200_000),
        capture_output=True,
        check=False,
    )
    assert waited.returncode == 0, waited.stderr
    held.communicate(timeout=PATIENCE)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_writer_that_is_stopped_outside_the_gate_holds_nobody_up(tmp_path: Path) -> None:
    file = tmp_path / "office.db"
    make(file)
    sleeper = worker("write", file, seed=1, acks=tmp_path / "acks-1", seconds=1.5, pause=0.02)
    other = worker("write", file, seed=2, acks=tmp_path / "acks-2", seconds=1.5, pause=0.02)
    for _ in range(20):
        sleeper.send_signal(signal.SIGSTOP)
        subprocess.run(["sleep", "0.03"], check=True)
        sleeper.send_signal(signal.SIGCONT)
        subprocess.run(["sleep", "0.03"], check=True)
    tales = [told(sleeper), told(other)]
    assert [tale["failures"] for tale in tales] == [[], []]
    # How short the wait is, the soak measures: on a busy machine a second is nothing.
    assert tales[1]["worst"] < PATIENCE / 10
    verdict = judge(file, read_acks([tmp_path / "acks-1", tmp_path / "acks-2"]))
    assert verdict.good, explain(verdict)
