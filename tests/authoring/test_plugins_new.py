"""`officeops plugins new` writes a distribution that builds, is found, and whose tests pass at once."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.effort import TIMES

from officeops.authoring.scaffold import FILES, TEMPLATES, names_for, scaffold
from officeops.authoring.scaffold_options import OPTIONS
from officeops.model.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.testing import Cli


def files_in(folder: Path) -> set[str]:
    return {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()}


def test_it_writes_the_shape_of_our_own_plugins(cli: Cli, tmp_path: Path) -> None:
    ran = cli("plugins", "new", "keys", "--to", str(tmp_path))
    folder = tmp_path / "officeops-keys"
    assert ran.code == 0
    assert f"install -e {folder}" in ran.err
    assert "officeops plugins enable keys" in ran.err
    assert files_in(folder) == {path.format(module="officeops_keys", name="keys") for path in FILES}
    assert "$" not in "".join((folder / each).read_text() for each in files_in(folder))
    assert "CREATE TABLE keys_key (" in (folder / "src/officeops_keys/schema.py").read_text()


def run(*command: str, cwd: Path, site: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTEST_DEBUG_TEMPROOT": str(cwd.parent)}
    ran = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_what_it_writes_builds_and_its_tests_pass(tmp_path: Path) -> None:
    folder = scaffold(names_for("keys", "", (), ()), tmp_path)
    site = tmp_path / "site"
    run(
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        str(tmp_path),
        cwd=folder,
        site=Path(),
    )
    (wheel,) = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(site)
    assert "3 passed" in run(
        sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=folder, site=site
    )


def installed(folder: Path, site: Path, name: str) -> str:
    """Make a package look installed, as its wheel would; return the path that finds it."""
    info = site / f"officeops_{name}-0.1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: officeops-{name}\nVersion: 0.1\n")
    (info / "entry_points.txt").write_text(f"[officeops.plugins]\n{name} = officeops_{name}\n")
    return f"{site}{os.pathsep}{folder / 'src'}"


@pytest.mark.parametrize("options", [*([option] for option in OPTIONS), [*OPTIONS]], ids=str)
def test_what_it_writes_with_options_passes(tmp_path: Path, options: list[str]) -> None:
    # A noun that is a word of Python is one as well.
    folder = scaffold(names_for("passes", "pass", (), ()), tmp_path, options)
    path = Path(installed(folder, tmp_path / "site", "passes"))
    tests = [f"tests/test_passes_{option}.py" for option in options]
    assert all((folder / test).exists() for test in tests)
    passed = run(
        sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=folder, site=path
    )
    assert f"{3 + len(options)} passed" in passed
    if TIMES > 1:
        # Type checking reads all of officeops, which takes longer than all else.
        run(sys.executable, "-m", "mypy", cwd=folder, site=path)


def test_the_screens_of_two_scaffolds_have_words_and_letters_of_their_own() -> None:
    declared = []
    for template in TEMPLATES.rglob("*.txt"):
        declared += re.findall(r'Screen\("\$name\.([^"]*)"([^)]*)\)', template.read_text())
    assert declared
    for word, rest in declared:
        assert "$name" in word
        # The title and the target, and no letter of Today, which the first scaffold would take.
        assert rest.count('"') == 4


def test_an_option_that_is_none_is_refused_with_those_that_are(cli: Cli, tmp_path: Path) -> None:
    ran = cli("plugins", "new", "keys", "--with", "lifecycle,wings", "--to", str(tmp_path))
    assert ran.code == 2
    assert "'wings'" in ran.err
    assert "lifecycle" in ran.err
    assert not list(tmp_path.glob("*officeops-*"))
    ran = cli("plugins", "new", "keys", "--with", "lifecycle, job", "--to", str(tmp_path))
    assert ran.code == 0
    assert (tmp_path / "officeops-keys/src/officeops_keys/requests.py").exists()


def test_the_help_names_every_option(cli: Cli) -> None:
    words = " ".join(cli("plugins", "new", "--help").out.split())
    assert ", ".join(OPTIONS) in words


def test_no_noun_hides_a_name_that_its_code_has(tmp_path: Path) -> None:
    folder = scaffold(names_for("zebras", "", (), ()), tmp_path, [*OPTIONS])
    for file in folder.rglob("*.py"):
        for name in names_in(ast.parse(file.read_text())):
            if name[:1].isupper() and not name.isupper() and not name.startswith("Zebra"):
                noun = re.sub("(?<!^)([A-Z])", r"-\1", name).lower()
                with pytest.raises(UsageProblem, match="something else"):
                    names_for("zebras", noun, (), ())


def names_in(module: ast.Module) -> Iterator[str]:
    """Yield each name that a module imports, or gives to a class of its own."""
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom):
            yield from (name.asname or name.name for name in node.names)
        elif isinstance(node, ast.ClassDef):
            yield node.name


def test_what_it_writes_is_clean(tmp_path: Path) -> None:
    folder = scaffold(names_for("cabinets", "locked-cabinet", (), ()), tmp_path, [*OPTIONS])
    run(sys.executable, "-m", "ruff", "check", ".", cwd=folder, site=folder)
    run(sys.executable, "-m", "ruff", "format", "--check", ".", cwd=folder, site=folder)


@pytest.mark.parametrize(
    ("name", "noun", "wrong"), [("steam", "autoclave", "a"), ("u", "unit", "an")]
)
def test_the_article_suits_the_noun(tmp_path: Path, name: str, noun: str, wrong: str) -> None:
    folder = scaffold(names_for(name, noun, (), ()), tmp_path, list(OPTIONS))
    text = "".join((folder / path).read_text() for path in files_in(folder))
    assert not re.findall(rf"\b{wrong} {noun}", text, re.IGNORECASE)
    assert re.search(rf"\b{'an' if wrong == 'a' else 'a'} {noun}", text)


def test_what_is_there_is_not_touched(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "officeops-keys").mkdir()
    ran = cli("plugins", "new", "keys", "--to", str(tmp_path))
    assert ran.code == 1
    assert "nothing was written" in ran.err
    assert not files_in(tmp_path / "officeops-keys")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("Keys",), "'Keys' cannot name a plugin"),
        (("key-rings",), "'key-rings' cannot name a plugin"),
        (("core",), "There is a plugin called core already"),
        (("vendors",), "There is a plugin called vendors already"),
        (("locations",), "The word 'location' is taken"),
        (("keys", "--noun", "today"), "The word 'today' is taken"),
        (("keys", "--noun", "backup"), "The word 'backup' is taken"),
        (("keys", "--noun", "Door Key"), "'Door Key' cannot be a noun"),
        (("records",), "Record means something else in a plugin's code"),
        (("keys", "--noun", "none"), "None means something else"),
    ],
)
def test_words_that_cannot_be_used_are_refused(
    cli: Cli, tmp_path: Path, arguments: tuple[str, ...], why: str
) -> None:
    ran = cli("plugins", "new", *arguments, "--to", str(tmp_path))
    assert ran.code == 2
    assert why in ran.err
    assert not list(tmp_path.glob("*officeops-*"))


def test_the_noun_is_the_name_without_its_s() -> None:
    assert names_for("keys", "", (), ()).noun == "key"
    assert names_for("equipment", "", (), ()).noun == "equipment"
    with pytest.raises(UsageProblem, match="is taken"):
        names_for("keys", "", (), ("key",))


def test_a_failure_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("officeops.authoring.scaffold.append", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        scaffold(names_for("keys", "", (), ()), tmp_path)
    assert not list(tmp_path.glob("*officeops*"))
