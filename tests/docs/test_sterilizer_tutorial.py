"""The tutorial for authors, done as it is written: its files are saved and its commands run, in their order."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.docs.pages import ROOT
from tests.docs.sterilizer import FOLDER
from tests.effort import TIMES

PAGE = (ROOT / "docs/tutorial/sterilizer-plugin.md").read_text(encoding="utf-8")
#: A file with its name, commands, or the output of those before.
PART = re.compile(r"(?:^`(\S+)`:\n\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_tutorial_is_done_as_it_is_written(officeops_home: Path) -> None:
    package, script, outputs = officeops_home / "officeops-sterilizer", [], []
    for number, (name, language, text) in enumerate(PART.findall(PAGE)):
        if language == "text":
            outputs += text.splitlines()
        elif language == "sh":
            script.append(text)
        else:
            saved = officeops_home / f"part-{number}"
            saved.write_text(text)
            script.append(f'cp {saved} "{package / name}"\n')
    told = run("\n".join(script), officeops_home, installed(officeops_home, package))
    printed = {" ".join(line.split()) for line in told.splitlines()}
    for line in outputs:
        assert " ".join(line.split()) in printed, told
    assert "Burn" not in told
    assert re.search(r"^\d+ passed", told, re.MULTILINE), told
    for file in sorted(FOLDER.glob("src/**/*.py")):
        assert (package / file.relative_to(FOLDER)).read_text() == file.read_text(), file.name


def installed(home: Path, package: Path) -> str:
    """Return the path of a package that an editable installation makes."""
    info = home / "site/officeops_sterilizer-0.1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: officeops-sterilizer\nVersion: 0.1\n"
    )
    points = "[officeops.plugins]\nsterilizer = officeops_sterilizer\n"
    (info / "entry_points.txt").write_text(points)
    return f"{home / 'site'}{os.pathsep}{package / 'src'}"


def run(script: str, home: Path, path: str) -> str:
    """Run the commands in one shell, whose pip has installed the package already."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("OFFICEOPS_")}
    env |= {"PATH": f"{Path(sys.executable).parent}:{env['PATH']}", "PYTHONPATH": path}
    env["PYTEST_DEBUG_TEMPROOT"] = str(home)
    types = "python -m mypy\n" if TIMES > 1 else ""
    ran = subprocess.run(
        ["sh", "-eu", "-c", f"pip() {{ :; }}\n{script}\n{types}"],
        cwd=home,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout
