"""Shared by the fuzz suites: what a sentence is, and a child process that cannot take more than it is given."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.effort import TIMES, seed

#: What a sentence is at most; a file of a million columns must not make it a book.
LONGEST_SENTENCE = 10_000


def sentence(text: str) -> None:
    """Whoever reads it is told something, in a line that drives no terminal and ends some day."""
    assert text.strip()
    assert len(text) < LONGEST_SENTENCE, len(text)
    assert "\x1b" not in text
    for sign in ("Traceback", "fault in officeops", "file refuses"):
        assert sign not in text, text


def confined(group: str, *arguments: str, cpu: int = 60, wall: int = 900) -> list[dict[str, Any]]:
    """Run cases of a group of `fuzz_child` in at most 1 GiB and so many seconds; return what it says of each.

    One run tries a fifth of the cases, a soak all of them. Being killed for what it took is a failure of the test.
    """
    chosen = [str(seed()), "1" if TIMES > 1 else "5"]
    ran = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.fuzz_child", group, str(cpu), *chosen, *arguments],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=wall,
        check=False,
    )
    assert ran.returncode == 0, (
        group,
        ran.returncode,
        ran.stdout[-2000:].decode(),
        ran.stderr[-2000:].decode(errors="replace"),
    )
    return [json.loads(line) for line in ran.stdout.splitlines()]
