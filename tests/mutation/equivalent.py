"""The kept list of mutants that change nothing, each with its reason. `equivalent.txt` has one a line, by module."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.mutation.runner import Runner

if TYPE_CHECKING:
    from tests.mutation.targets import Target

LIST: Final = Path(__file__).with_name("equivalent.txt")


def kept(module: str) -> dict[str, str]:
    """Return the equivalent mutants of a module: why, by the mutant's key."""
    reasons: dict[str, str] = {}
    current = ""
    for line in LIST.read_text().splitlines():
        if line.startswith("["):
            current = line.strip("[]")
        elif line and not line.startswith("#") and current == module:
            key, _, reason = line.partition("  BECAUSE ")
            if not reason:
                raise ValueError(f"{LIST.name}: no reason is given: {line}")
            reasons[key] = reason
    return reasons


def stale(target: Target) -> list[str]:
    """Return the lines of a target that name no mutant any more."""
    known = {mutant.key for mutant in Runner.mutants(target)}
    return [f"[{target.module}] {key}" for key in kept(target.module) if key not in known]
