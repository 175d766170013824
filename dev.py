"""Set up and run everything from a fresh clone, with nothing but Python 3.11 and pip.

python3 dev.py demo     look at a made-up practice (the main job)
python3 dev.py test     every check and test, as CI runs them
python3 dev.py quick    the checks, and the tests that are quick, in two minutes
python3 dev.py run …    officeops itself, with its arguments
python3 dev.py lint | types | floors | pytest … | docs | bench … | soak … | lowest | mutate … | keep | format
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")


def main(words: list[str]) -> int:
    """Run one recipe and return its exit code."""
    recipe, *rest = words or ["help"]
    if recipe not in RECIPES:
        print(__doc__)
        return 0 if recipe in {"help", "-h", "--help"} else 2
    set_up(development=recipe not in {"demo", "run"})
    *before, last = RECIPES[recipe]
    folder = Path.cwd() if recipe == "run" else HERE
    for command in before:
        code = subprocess.run(command, cwd=folder, env=environment(), check=False).returncode
        if code:
            return code
    return run_beside(CHECKS if recipe in {"test", "quick"} else [], [*last, *rest], folder)


def run_beside(checks: list[list[str]], command: list[str], folder: Path) -> int:
    """Run checks beside a command, print what they found after it, and return the first exit code that is not 0.

    Each check takes one core for a minute: beside the tests they take no time of their own.
    """
    started = [
        subprocess.Popen(check, cwd=folder, env=environment(), stdout=subprocess.PIPE, text=True)
        for check in checks
    ]
    codes = [subprocess.run(command, cwd=folder, env=environment(), check=False).returncode]
    for check in started:
        print(check.communicate()[0])
        codes.append(check.returncode)
    return next((code for code in codes if code), 0)


def tool(name: str, *words: str) -> list[str]:
    """Return the command of a program in the virtual environment."""
    return [str(BIN / name), *words]


LINT = [tool("ruff", "check", "."), tool("ruff", "format", "--check", ".")]
TYPES = [tool("mypy")]
FLOORS = [tool("lint-imports")]
#: What a whole run checks beside its tests.
CHECKS = [*TYPES, *FLOORS]
PYTEST = tool("pytest", "-n", "3")
RECIPES: dict[str, list[list[str]]] = {
    "demo": [tool("officeops", "demo")],
    "run": [tool("officeops")],
    "test": [*LINT, PYTEST],
    "quick": [*LINT, [*PYTEST, "-m", "quick"]],
    "lint": LINT,
    "types": TYPES,
    "floors": FLOORS,
    "pytest": [tool("pytest")],
    "docs": [tool("python", "-m", "tests.docs")],
    "bench": [tool("python", "-m", "benchmarks")],
    "soak": [tool("python", "-m", "tests.reliability.soak")],
    "lowest": [tool("python", "-m", "tests.lowest")],
    "mutate": [tool("python", "-m", "tests.mutation")],
    "keep": [tool("python", "-m", "tests.kept.make")],
    "format": [tool("ruff", "check", "--fix", "."), tool("ruff", "format", ".")],
}


def environment() -> dict[str, str]:
    """Return this environment, with compiled modules kept: without them every start pays for the compiler."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def set_up(*, development: bool) -> None:
    """Make the virtual environment and install what is missing; done already, it takes no time."""
    if sys.version_info < (3, 11):
        raise SystemExit(
            "officeops needs Python 3.11 or newer; this is " + sys.version.split()[0] + "."
        )
    declared = (HERE / "pyproject.toml").read_text()
    stamp = VENV / ("development.stamp" if development else "run.stamp")
    if stamp.exists() and stamp.read_text() == declared:
        return
    print(f"Setting up {VENV} …", file=sys.stderr)
    if not (BIN / "python").exists():
        # pip stays outside: Debian's Python has no ensurepip, and its pip installs into any environment.
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], check=True)
    groups = tomllib.loads(declared)["dependency-groups"]["dev"] if development else []
    install([str(HERE), *groups], development=development)
    stamp.write_text(declared)


def install(wanted: list[str], *, development: bool) -> None:
    """Install the program, editable, and packages beside it.

    The tools of development take pip half a minute and uv a few seconds. What uv cannot get, pip
    gets: only pip knows all that this machine's settings of pip say of where packages are.
    """
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(BIN / "python"),
        "--disable-pip-version-check",
        "--quiet",
        "install",
    ]
    if development:
        # Compiling all of every tool takes a quarter of the setting up; most of it is never loaded.
        pip.append("--no-compile")
        from tests.installing import uv_environment

        uv = next(package for package in wanted if package.startswith("uv"))
        subprocess.run([*pip, uv], check=True, env=environment())
        command = ["pip", "install", "--quiet", "--no-cache", "--python", str(BIN / "python")]
        done = subprocess.run(
            [*tool("uv", *command), "--editable", *wanted], check=False, env=uv_environment(VENV)
        )
        if done.returncode == 0:
            return
    subprocess.run([*pip, "--editable", *wanted], check=True, env=environment())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
