"""The wheel alone, installed as its users install it, works."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from tests.installing import UV, uv_environment

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_code_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {
        "officeops",
        "officeops_hr",
        "officeops_inventory",
        "officeops_maintenance",
        "officeops_vendors",
    }
    tests = [name for name in names if "test_" in name and "/template/" not in name]
    assert not [*tests, *(name for name in names if name.endswith((".pyc", ".db")))]
    assert [name for name in names if name.endswith("licenses/LICENSE")]


def test_installed_as_a_tool_it_runs_the_main_job(wheel: Path, tmp_path: Path) -> None:
    env = uv_environment(tmp_path)
    install = subprocess.run(
        [UV, "tool", "install", "--python", sys.executable, str(wheel)],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert install.returncode == 0, install.stderr
    done = subprocess.run(
        [str(tmp_path / "bin/officeops"), "demo"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr
    due, _, sheet = done.stdout.partition("\n\n")
    assert due.startswith("Severity")
    for word in ("LATE", " short of the minimum order", "No vendor\n"):
        assert word in sheet
    listed = subprocess.run(
        [str(tmp_path / "bin/officeops"), "plugins", "--json"],
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert '"inventory"' in listed.stdout


def test_root_installs_packages_by_their_digests_alone() -> None:
    """The lock file has each dependency, in a version that its bounds allow, with digests."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lock = (ROOT / "config/requirements.lock").read_text()
    locked = dict(re.findall(r"^([a-z0-9-]+)==(\S+) \\$", lock, re.MULTILINE))
    for text in [*project["dependencies"], *project["optional-dependencies"]["age"]]:
        wanted = Requirement(text)
        assert locked[wanted.name.lower()] in wanted.specifier, text
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", lock)) >= len(locked)
    assert lock.count("==") == len(locked)
