"""`check_plugin` finds what officeops would trip over, and names file, class and field."""

from __future__ import annotations

import importlib
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.authoring.faulty_plugins import FAULTS, PACKAGES, WORDS
from tests.authoring.small_plugins import acting, declared, rest

from officeops.authoring.check import problems
from officeops.authoring.check_source import HEAVY
from officeops.authoring.checks import CHECKS
from officeops.model.settings import Machine
from officeops.testing import check_plugin

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.testing import Cli

    Write = Callable[..., Path]


@pytest.mark.parametrize("module", ["officeops_vendors"])
def test_our_plugins_are_in_order(module: str) -> None:
    check_plugin(module)


def test_a_module_may_be_given_itself() -> None:
    import officeops_vendors

    check_plugin(officeops_vendors)


def test_a_plugin_in_order_has_no_problems(write: Write) -> None:
    assert problems(str(write("keys", acting(", until: date | None = param(default=None)")))) == []


CASES = [(check, code, why) for check, cases in FAULTS.items() for code, why in cases]


@pytest.mark.parametrize(("check", "code", "why"), CASES, ids=[case[0] for case in CASES])
def test_what_is_wrong_is_named(write: Write, check: str, code: str, why: str) -> None:
    file = write("keys", code, WORDS.get(check, ""))
    found = problems(str(file))
    assert {finding.check for finding in found} == {check}, found
    assert any(finding.startswith(why.format(file=file)) for finding in found), found
    # An author who has just asked for the check is not sent to it.
    assert not any("officeops plugins check" in finding for finding in found), found


def test_one_answer_names_all_that_a_view_lacks(write: Write) -> None:
    view = 'View("late", "core.location", "Late", where="lost=1", sort="gone", columns=("away",))'
    found = problems(str(write("keys", rest("views", view))))
    assert [finding.check for finding in found] == ["view-fields"] * 3
    for field in ("lost", "gone", "away"):
        assert any(f"no field '{field}'" in finding for finding in found), found


def test_a_hook_that_fails_in_an_empty_office_is_named_with_its_line(write: Write) -> None:
    code = declared() + "\n\n@hookimpl\ndef check(office):\n    raise ValueError('boom')\n"
    (finding,) = problems(str(write("keys", code)))
    assert "check: ValueError: boom (keys.py, line" in finding


@pytest.mark.parametrize("check", PACKAGES)
def test_what_is_wrong_with_a_package_is_named(
    check: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, why = PACKAGES[check]
    name = check.replace("-", "")
    package = tmp_path / f"officeops_{name}"
    package.mkdir()
    (package / "__init__.py").write_text(
        f"from officeops import *\n\nPLUGIN = Plugin('{name}', 'A package', api=2)\n"
    )
    for file in files:
        (package / file).touch()
    monkeypatch.syspath_prepend(tmp_path)
    by_check = {finding.check: finding for finding in problems(package.name)}
    # No entry point leads to a folder that a test has just made, so none of them is installed.
    assert set(by_check) == {check, "installed"}
    assert why in by_check[check]


def test_a_problem_after_which_nothing_can_be_checked_says_so(write: Write, cli: Cli) -> None:
    write("keys", "1 / 0")
    ran = cli("plugins", "check", "keys")
    assert (
        "Not checked until that is corrected: the manifest, hooks, migrations, records" in ran.err
    )
    asked = cli("plugins", "check", "keys", "--json")
    assert '"Actions", "Other declarations"]' in asked.out + asked.err
    write("keys", declared(doc=""))
    ran = cli("plugins", "check", "keys")
    assert "has 1 problem" in ran.err
    assert "Not checked" not in ran.err


def test_every_check_has_a_plugin_that_fails_it() -> None:
    tried = {*FAULTS, *PACKAGES}
    assert tried == {*CHECKS}
    assert len(CHECKS) >= 40


def test_the_sentences_are_the_assertion(write: Write) -> None:
    with pytest.raises(AssertionError, match="not marked @hookimpl"):
        check_plugin(str(write("keys", "def due(office, until): return []")))


def test_a_file_of_the_plugins_folder_is_given_by_its_name(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write("lab", declared().replace("keys", "lab"))
    assert problems("lab") == []
    monkeypatch.syspath_prepend(file.parent)
    assert problems(importlib.import_module("lab")) == []
    write("lab", "def due(office, until): return []")
    assert problems("lab")[0].startswith(f"{file}: due: ")


def test_the_command_checks_a_plugin_that_is_off_with_the_one_that_it_needs(
    write: Write, cli: Cli
) -> None:
    write("keys", declared())
    file = write("lent", words='requires=("keys",)')
    assert cli("plugins", "check", "lent").err == "lent is in order.\n"
    assert Machine().enabled == []
    # It is loaded several times; what it prints is said once, by its name.
    write("lent", "print('hello')\ndef due(office, until): return []", 'requires=("keys",)')
    ran = cli("plugins", "check", "lent", "--json")
    assert ran.code == 1
    assert str(file) in ran.err
    assert (ran.err.count("lent printed: hello"), ran.err.count("hello")) == (1, 1)
    assert "plugin-refused" in ran.out + ran.err


def test_a_fault_is_named_once_and_by_no_path_of_the_check(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(problems(str(write("keys", "def due(office, until): return []")))) == 1
    (taken,) = problems(str(write("keys", declared().replace("keys.key", "keys.location"))))
    assert "to officeops.toml" in taken
    package = tmp_path / "officeops_shadow"
    package.mkdir()
    manifest = "PLUGIN = Plugin('shadow', 'Shadow', api=2)"
    lines = ("from officeops import *", "from officeops_shadow import views", manifest)
    (package / "__init__.py").write_text("\n".join(lines))
    (package / "views.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    named = problems("officeops_shadow")
    assert [sentence for sentence in named if "views.py" in sentence] == named[-1:]


def test_the_fixtures_import_nothing_of_officeops_until_asked() -> None:
    look = f"print(*[m for m in sys.modules if m.startswith('officeops') or m in {HEAVY[:3]!r}])"
    code = f"import pytest, sys, officeops.testing; {look}"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["officeops.lazy_names", "officeops", "officeops.testing"]


@pytest.mark.parametrize(
    ("step", "is_named"),
    [
        ("'ALTER TABLE keys_key DROP COLUMN colour'", True),
        ("lambda db: db.execute('ALTER TABLE keys_key DROP COLUMN colour')", True),
        ("drop_field('keys.key', 'colour')", False),
    ],
)
def test_a_plain_drop_column_is_named_with_its_cure(
    write: Write, step: str, *, is_named: bool
) -> None:
    """It passes in an office without records, and fails where there are triggers that name the column."""
    code = declared().replace(
        "    return [Migration(",
        "    from officeops import drop_field\n"
        "    add = Migration('0002', 'ALTER TABLE keys_key ADD COLUMN colour TEXT')\n"
        f"    last = Migration('0003', {step})\n"
        "    return [*first(), add, last]\n\n"
        "def first():\n"
        "    from importlib import import_module\n"
        '    missing_sql = import_module("officeops.store.missing_migrations").missing_sql\n'
        '    MIGRATIONS = import_module("officeops.core.migrations").MIGRATIONS\n'
        "    return [Migration(",
    )
    found = problems(str(write("keys", code)))
    cures = [problem for problem in found if 'drop_field("keys.key", "colour")' in problem]
    assert bool(cures) is is_named, found
    assert is_named or found == []
