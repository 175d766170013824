"""Real commands, as a shell and cron start them, with streams that are closed, full or left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from officeops.model.exit_codes import DONE, PARTLY, REFUSED, SIGNAL, USAGE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.testing import Cli

    Write = Callable[..., Path]

OFFICEOPS = f"{sys.executable} -m officeops"
#: A fault of the streams, and the codes of a list, of a write without an answer, and of one with an answer on stdout.
FAULTS = {
    ">&-": (REFUSED, DONE, PARTLY),
    "2>&-": (DONE, DONE, DONE),
    ">&- 2>&-": (REFUSED, DONE, PARTLY),
    "<&- >&- 2>&-": (REFUSED, DONE, PARTLY),
    ">/dev/full": (REFUSED, DONE, PARTLY),
    "2>/dev/full": (DONE, DONE, DONE),
    "| true": (DONE, DONE, DONE),
}


def shell(cli: Cli, words: str, fault: str = "", **env: str) -> tuple[int, str, str]:
    """Run a command line as a shell does, and return its own code, whatever it is piped into."""
    line = f"{OFFICEOPS} --db {cli.path} {words} {fault}; exit ${{PIPESTATUS[0]}}"

    ran = subprocess.run(
        ["bash", "-c", line], capture_output=True, text=True, check=False, env={**os.environ, **env}
    )
    return ran.returncode, ran.stdout, ran.stderr


@pytest.mark.parametrize("fault", FAULTS)
def test_a_write_is_done_and_the_code_tells_whether_its_answer_arrived(
    cli: Cli, fault: str
) -> None:
    cli("vendor", "add", "--name", "Acme")
    words = ("vendor list --json", "vendor add --name Quiet", "vendor add --name Told --json")
    assert tuple(shell(cli, line, fault)[0] for line in words) == FAULTS[fault]
    assert [row["name"] for row in cli("vendor", "list", "--json").json] == [
        "Acme",
        "Quiet",
        "Told",
    ]


def test_no_line_of_python_is_said_about_a_stream(cli: Cli) -> None:
    cli("vendor", "list")
    for name, fault in (("Full", ">/dev/full"), ("Closed", ">&-")):
        code, _, err = shell(cli, f"vendor add --name {name} --json", fault)
        assert code == PARTLY
        assert "It was saved as action" in err
        assert "Exception ignored" not in err
        assert "Traceback" not in err


def test_a_list_for_another_encoding_is_refused_whole(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Müller")
    code, out, err = shell(cli, "vendor list --json", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert (code, out) == (REFUSED, "")
    assert "ascii" in err


def test_without_input_and_output_wrong_usage_is_still_2(cli: Cli) -> None:
    cli("vendor", "list")
    assert shell(cli, "vendor lst", "<&- >&- 2>&-")[0] == USAGE


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_plugins_are_told_says_that_the_record_is_saved(
    cli: Cli, write: Write, officeops_home: Path, number: signal.Signals
) -> None:
    heard = officeops_home / "heard"
    write("ear", f"import pathlib, time\n\n@hookimpl\ndef changed(office, change):\n    pathlib.Path({str(heard)!r}).touch()\n    time.sleep(60)\n")  # fmt: skip
    cli("vendor", "list")

    words = [*OFFICEOPS.split(), "--db", str(cli.path), "vendor", "add", "--name", "Acme"]
    env = {**os.environ, "OFFICEOPS_PLUGINS": "vendors,ear"}
    with subprocess.Popen(words, stderr=subprocess.PIPE, env=env, text=True) as added:
        while not heard.exists():
            time.sleep(0.01)
        added.send_signal(number)
        assert added.stderr
        err = added.stderr.read()
    assert added.returncode == SIGNAL + number
    [action] = cli("history", "--what", "vendors.vendor.add", "--json").json
    assert f"saved as action {action['number']}." in err


def test_what_was_not_written_out_is_not_marked_as_seen(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Acme")
    cli("document", "add", "--vendor", "Acme", "--kind", "baa", "--expires-on", "+1d")
    for fault in (">/dev/full", ">&-"):
        assert shell(cli, "today --new --mark-seen --until +9d", fault)[0] == REFUSED
    assert len(cli("today", "--new", "--json", "--until", "+9d").json) == 1
    assert shell(cli, "today --new --mark-seen --until +9d")[0] == DONE
    assert cli("today", "--new", "--json", "--until", "+9d").json == []
