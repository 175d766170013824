"""What a command says at its end is what happened: the sentence and the exit code come from what was committed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.cli.context import Run
from officeops.cli.ending import end
from officeops.exit_codes import DUE, INCOMPLETE, PARTLY, REFUSED, SIGNAL
from officeops.store.fate import Fate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.testing import Cli

    Write = Callable[..., Path]

TOLD = """
@hookimpl
def changed(office, change):
    {}
"""


def test_the_fate_of_a_run_is_said_in_numbers() -> None:
    fate = Fate()
    assert fate.sentence == "Nothing was written."
    fate.upgraded("The tables were upgraded.")
    assert fate.sentence == "The tables were upgraded. Nothing else was written."
    assert not fate.written
    fate.saved(7)
    assert fate.sentence == "It was saved as action 7."
    fate.saved(8)
    assert fate.sentence == "Actions 7 and 8 were saved."
    for action in range(9, 20):
        fate.saved(action)
    assert fate.sentence == "13 actions were saved, from 7 to 19."


def test_the_code_is_the_leading_one_of_what_happened() -> None:
    run = Run()
    run.partly()
    assert end(run, 0) == REFUSED  # left out, and nothing was written
    run.fate.saved(1)
    assert end(run, 0) == PARTLY
    assert end(run, REFUSED) == PARTLY  # refused after a commit is not "nothing was written"
    assert end(run, DUE) == PARTLY
    assert end(run, SIGNAL + 2) == SIGNAL + 2
    run.incomplete()
    assert end(run, DUE) == INCOMPLETE


def test_a_plugin_that_fails_when_told_leaves_the_record_saved_and_ends_with_4(cli: Cli, write: Write) -> None:
    write("deaf", TOLD.format("raise ValueError('no')"))
    env = {"OFFICEOPS_PLUGINS": "vendors,deaf"}
    ran = cli("vendor", "add", "--name", "Acme", env=env)
    assert ran.code == INCOMPLETE
    assert "no" in ran.err
    assert [row["name"] for row in cli("vendor", "list", "--json", env=env).json] == ["Acme"]


def test_who_is_interrupted_after_the_commit_is_told_what_was_saved(cli: Cli, write: Write) -> None:
    write("slow", TOLD.format("raise KeyboardInterrupt"))
    env = {"OFFICEOPS_PLUGINS": "vendors,slow"}
    ran = cli("vendor", "add", "--name", "Acme", env=env)
    assert ran.code == SIGNAL + 2
    [action] = cli("history", "--what", "vendors.vendor.add", "--json", env=env).json
    assert f"It was saved as action {action['number']}." in ran.err
