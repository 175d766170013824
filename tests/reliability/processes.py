"""Start the processes of an attack and gather what they tell."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).parents[2]


def worker(
    role: str, file: Path, env: Mapping[str, str] | None = None, **options: object
) -> subprocess.Popen[str]:
    """Start one process in a role."""
    words = [
        word
        for name, value in options.items()
        for word in (
            [f"--{name}"] if value is True and name != "thread" else [f"--{name}", str(value)]
        )
    ]
    command = [sys.executable, "-m", "tests.reliability.worker", role, str(file), *words]
    return start(command, env)


def environment() -> dict[str, str]:
    """Return this environment with the inventory alone on, as the offices under attack were made."""
    return {**os.environ, "OFFICEOPS_PLUGINS": "inventory"}


def start(command: Sequence[str], env: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """Start a program in the repository with its output kept."""
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=dict(env) if env else environment(),
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def command(file: Path, *words: str) -> list[str]:
    """Return the real command line of officeops on an office."""
    return [sys.executable, "-m", "officeops", "--db", str(file), *words]


def told(process: subprocess.Popen[str], timeout: float = 120) -> dict[str, Any]:
    """Return what a worker told at its end. Raises RuntimeError with its errors where it failed."""
    out, err = process.communicate(timeout=timeout)
    if process.returncode:
        raise RuntimeError(f"{process.args!r} ended with {process.returncode}: {err[-2000:]}")
    answer: dict[str, Any] = json.loads(out.splitlines()[-1])
    return answer


def soon(processes: int) -> float:
    """Return a moment when so many processes will have started."""
    return time.time() + 0.8 + 0.12 * processes
