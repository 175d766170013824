"""The tutorial, run as it is written: its blocks in one shell, from the first to the last."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.docs.pages import ROOT

PAGE = (ROOT / "docs/tutorial/first-morning.md").read_text(encoding="utf-8")
SCRIPT = "\n".join(re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
OUTPUTS = re.findall(r"^```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
_SQUEEZE = re.compile(r" +")


def run(script: str, home: Path) -> str:
    """Run commands as the reader's shell does, and return what they print. A command that fails ends the test."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("OFFICEOPS_")}
    env["PATH"] = f"{Path(sys.executable).parent}:{env['PATH']}"
    ran = subprocess.run(
        ["sh", "-eu", "-c", script], cwd=home, env=env, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


#: Drafts once more before the orders are approved.
AGAIN = "officeops reorder draft\nofficeops order list --json > again.json\n"


def test_the_first_morning_is_as_the_tutorial_tells_it(officeops_home: Path) -> None:
    before, approve, after = SCRIPT.partition("officeops order approve")
    told = run(before + AGAIN + approve + after, officeops_home)
    # Nothing is ordered twice.
    assert (officeops_home / "again.json").read_text().count('"status": "draft"') == 2
    printed = {_SQUEEZE.sub(" ", line) for line in told.splitlines()}
    for line in "".join(OUTPUTS).splitlines():
        assert _SQUEEZE.sub(" ", line) in printed
    assert '"on_hand": 950' in run("officeops item show GLV-M --json", officeops_home)
    assert '"on_hand": 400' in run("officeops item show GAU-4 --json", officeops_home)
    assert '"status": "received"' in run("officeops order show PO-1 --json", officeops_home)
    assert run("officeops today", officeops_home) == ""
    assert list(officeops_home.rglob("backups/*.db"))
