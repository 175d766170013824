"""The lowest versions that pyproject.toml allows, and those of the lock, tried: `python3 dev.py lowest [TESTS …]`.

It makes an environment of its own with uv, each dependency in the lowest version that its bound
allows, and runs tests in it that use each of them. A bound that is too low fails here. Then pip
installs what `config/requirements.lock` names, by its digests, as root does on a server.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from tests.installing import UV, uv_environment

ROOT: Final = Path(__file__).resolve().parents[1]
#: What the tests themselves need, in the newest versions that go with the lowest of the program.
_TOOLS: Final = ("pytest", "pytest-xdist", "hypothesis", "pyte", "pypdf", "uv")
#: At least one test of each dependency, and a start of every front end.
SMOKE: Final = (
    "tests/tui/test_tui_form.py",
    "tests/exchange/test_exchange_writing.py",
    "tests/exchange/test_import.py",
    "tests/sealing/test_sealed_records.py",
    "tests/store/test_migrations_sweep.py",
    "tests/cli/test_cli_today.py",
)


def main(tests: list[str]) -> int:
    """Make the environment and run the tests in it; return pytest's exit code."""
    with tempfile.TemporaryDirectory(prefix="lowest-") as folder:
        python = environment(Path(folder))
        command = [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "2"]
        sys.stdout.write(versions(Path(folder), python))
        sys.stdout.flush()
        code = subprocess.run([*command, *(tests or SMOKE)], cwd=ROOT, check=False).returncode
        return code or locked(Path(folder))


def environment(folder: Path) -> Path:
    """Make a virtual environment with the lowest versions in a folder, and return its Python."""
    place = folder / "venv"
    python = place / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    declared = str(ROOT / "pyproject.toml")
    _install(folder, python, "--resolution", "lowest-direct", "-r", declared, "--extra", "age")
    kept = folder / "lowest.txt"
    kept.write_text(versions(folder, python))
    _install(folder, python, "--constraint", str(kept), *_TOOLS)
    _install(folder, python, "--no-deps", "--editable", str(ROOT))
    return python


def locked(folder: Path) -> int:
    """Have pip install the lock by its digests into an environment of its own; return its exit code."""
    place = folder / "locked"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    words = ["install", "--quiet", "--no-compile", "--require-hashes"]
    lock = str(ROOT / "config" / "requirements.lock")
    # Debian's pip, since this environment has none.
    command = [
        "python3",
        "-m",
        "pip",
        "--python",
        str(place / "bin" / "python"),
        *words,
        "-r",
        lock,
    ]
    return subprocess.run(command, check=False).returncode


def versions(folder: Path, python: Path) -> str:
    """Return the versions in an environment, a line each as pip writes them."""
    command = [UV, "pip", "freeze", "--exclude-editable", "--python", str(python)]
    return subprocess.run(
        command, env=uv_environment(folder), check=True, capture_output=True, text=True
    ).stdout


def _install(folder: Path, python: Path, *words: str) -> None:
    command = [UV, "pip", "install", "--quiet", "--python", str(python), *words]
    subprocess.run(command, env=os.environ | uv_environment(folder), check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
