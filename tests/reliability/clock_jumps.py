"""Clocks that are ten years ahead or behind for a while: order, backups and restores go by the actions' numbers."""

from __future__ import annotations

import random
import subprocess
from typing import TYPE_CHECKING, Final

from tests.reliability.processes import command
from tests.reliability.shims import preloading

if TYPE_CHECKING:
    from pathlib import Path

    from tests.reliability.recovery import Practice

#: Ten years in seconds.
TEN_YEARS: Final = 315_576_000


def jumped(whole: Practice, to: Path, seed: int) -> list[str]:
    """Save and back up by clocks that jump, then restore the latest; return what went wrong."""
    place = whole.copied(to)
    chance = random.Random(seed)
    wrong = []
    ahead = [
        chance.choice((-TEN_YEARS, TEN_YEARS)),
        *chance.choices((-TEN_YEARS, 0, TEN_YEARS), k=2),
    ]
    for number, seconds in enumerate(ahead):
        env = preloading("clock", CLOCK_AHEAD=seconds) | {
            "OFFICEOPS_PLUGINS": "hr,inventory,vendors"
        }
        for words in (["item", "add", "--sku", f"JUMP-{number}", "--name", "Tape"], ["backup"]):
            ran = subprocess.run(
                command(place.path, *words), env=env, capture_output=True, text=True, check=False
            )
            # A backup whose folder holds later ones is made all the same.
            if ran.returncode:
                wrong.append(f"seed {seed}: {words}: {ran.stderr[:200]}")
    items = place.items()
    code, said = place.line("selfcheck")
    if "clock went back" not in said and "clock was" not in said and "clock says" not in said:
        wrong.append(f"seed {seed}: selfcheck says nothing of the clock")
    code, said = place.line("backup", "restore", "latest", "--live", "--yes")
    if code or place.items() != items:
        wrong.append(f"seed {seed}: {ahead}: restored {place.items()[-3:]}: {said[:200]}")
    return wrong + place.wrong()
