"""The tutorial, run as it is written: its blocks in one shell, from the first to the last."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.docs.pages import ROOT

_SQUEEZE = re.compile(r" +")
#: The pages show one day, and a reader has another.
_DATE = re.compile(r"\d{4}-\d\d-\d\d|(?<=(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )\d{1,2}\b")


def blocks(page: str, kind: str) -> list[str]:
    """Return the blocks of one kind of a tutorial, in their order."""
    text = (ROOT / "docs/tutorial" / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def lines(text: str) -> list[str]:
    """Return the lines of what a command prints, whatever the day and the width of its columns."""
    return [_SQUEEZE.sub(" ", _DATE.sub("DATE", line)) for line in text.splitlines()]


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
    script = "\n".join(blocks("first-morning.md", "sh"))
    before, approve, after = script.partition("officeops order approve")
    told = run(before + AGAIN + approve + after, officeops_home)
    # Nothing is ordered twice.
    assert (officeops_home / "again.json").read_text().count('"status": "draft"') == 2
    assert set(lines("".join(blocks("first-morning.md", "text")))) <= {*lines(told)}
    assert '"on_hand": 950' in run("officeops item show GLV-M --json", officeops_home)
    assert '"on_hand": 400' in run("officeops item show GAU-4 --json", officeops_home)
    assert '"status": "received"' in run("officeops order show PO-1 --json", officeops_home)
    assert run("officeops today", officeops_home) == ""
    assert list(officeops_home.rglob("backups/*.db"))


def test_equipment_is_kept_as_its_tutorial_tells_it(officeops_home: Path) -> None:
    # Sentences are on the other stream than lists.
    told = run("\n".join(["exec 2>&1", *blocks("equipment.md", "sh")]), officeops_home)
    printed = lines(told)
    missing = [
        line for line in lines("".join(blocks("equipment.md", "text"))) if line not in printed
    ]
    assert missing == []
    # At the end everything is in order, and the next check is planned.
    assert run("officeops repairs", officeops_home) == ""
    assert '"status": "in_service"' in run("officeops equipment show EQ-1 --json", officeops_home)
    assert run("officeops task list --view missed", officeops_home) == ""


def test_a_week_is_scheduled_covered_and_paid_as_its_tutorial_tells_it(
    officeops_home: Path,
) -> None:
    told = run("\n".join(["exec 2>&1", *blocks("schedule.md", "sh")]), officeops_home)
    printed = "\n".join(lines(told))
    # In this order too: a sheet that is sorted otherwise makes a reader look twice.
    for block in blocks("schedule.md", "text"):
        assert "\n".join(lines(block)) in printed
    # At the end the week lacks nothing, and somebody else does the work of who called out.
    assert "open" not in run("officeops roster week mon", officeops_home)
    assert run("officeops roster open", officeops_home) == ""
    assert (officeops_home / "week.pdf").read_bytes().startswith(b"%PDF")


def test_people_are_kept_as_their_tutorial_tells_it(officeops_home: Path) -> None:
    told = run("\n".join(["exec 2>&1", *blocks("people.md", "sh")]), officeops_home)
    printed = lines(told)
    missing = [line for line in lines("".join(blocks("people.md", "text"))) if line not in printed]
    assert missing == []
    # At the end nobody is kept from work, and the packet has the one license with a file.
    run("officeops person ready --on mon", officeops_home)
    assert sorted(file.name for file in (officeops_home / "packet-elsa").iterdir()) == [
        "00 Cover.txt",
        "01-01 license.txt",
    ]
