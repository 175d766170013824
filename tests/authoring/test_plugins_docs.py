"""The plugin author's page says what is true: its plugin runs, its hooks are the hooks."""

from __future__ import annotations

import inspect
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.docs.hooks import PUBLISHED

from officeops.model import declarations
from officeops.model.dataset import Dataset
from officeops.model.immutable import Value
from officeops.plugins import hookspecs
from officeops.testing import check_plugin, write_plugin

if TYPE_CHECKING:
    from officeops.testing import Cli

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "how-to/write-a-plugin.md").read_text()
DECLARATIONS = (DOCS / "reference/declarations.md").read_text()
HOOKS_PAGE = (DOCS / "reference/hooks.md").read_text()
HOOKS = {
    name: function
    for name, function in vars(hookspecs).items()
    if hasattr(function, "officeops_spec")
}


def first_plugin() -> str:
    found = re.search(
        r"run by tests/authoring/test_plugins_docs\.py -->\n```python\n(.*?)```", PAGE, re.DOTALL
    )
    assert found
    return found[1]


def test_the_first_plugin_is_forty_lines() -> None:
    assert len([line for line in first_plugin().splitlines() if line.strip()]) <= 40


def test_the_first_plugin_gives_all_that_is_promised(
    cli: Cli, officeops_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFICEOPS_TODAY", "2026-03-02")
    file = write_plugin(officeops_home, "keys", first_plugin())
    monkeypatch.chdir(officeops_home)
    (officeops_home / "keys.csv").write_text(
        "tag,opens,holder\nB-1,Pharmacy,P. Lam\nB-2,Front door,\n"
    )
    commands = re.findall(
        r"^    officeops ((?:plugins (?:migration|check|enable) keys|key|today).*)$",
        PAGE.split("## Fields")[0],
        re.MULTILINE,
    )
    out = {}
    for line in commands:
        ran = cli(*(part.strip('"') for part in re.findall(r'"[^"]*"|\S+', line)))
        assert ran.code == 0, (line, ran)
        out[line.split()[1] if line.startswith("key") else line] = ran.out
    assert "A-17" in out["list"]
    assert "Supply room" in out["search"]
    assert "Ortiz" in out["history"]
    assert cli("key", "list", "--json", "--columns", "tag").json[1:] == [
        {"id": 2, "tag": "B-1"},
        {"id": 3, "tag": "B-2"},
    ]
    assert (officeops_home / "keys.xlsx").stat().st_size
    assert [each["what"] for each in cli("today", "--until", "+7d", "--json").json] == [
        "Key A-17 is due back from J. Ortiz"
    ]
    check_plugin(str(file))


def second_part() -> str:
    found = re.search(
        r"run by tests/authoring/test_plugins_docs\.py too -->\n```python\n(.*?)```",
        PAGE,
        re.DOTALL,
    )
    assert found
    return found[1]


def test_the_action_of_the_page_is_a_command(cli: Cli, officeops_home: Path) -> None:
    found = re.search(
        r"run by tests/authoring/test_plugins_docs\.py as well -->\n```python\n(.*?)```",
        PAGE,
        re.DOTALL,
    )
    assert found
    file = write_plugin(officeops_home, "keys", f"{first_plugin()}\n{found[1]}")
    for words in ("migration keys", "enable keys"):
        assert cli("plugins", *words.split()).code == 0, words
    assert cli("key", "add", "--tag", "A-17", "--opens", "Supply room").code == 0
    assert cli("key", "hand-out", "A-17", "--holder", "Ann").code == 0
    assert cli("key", "show", "A-17", "--json").json["holder"] == "Ann"
    assert "Ann has it" in cli("key", "hand-out", "A-17", "--holder", "Ben").err
    assert cli("undo").code == 0
    check_plugin(str(file))


def test_what_is_added_to_the_first_plugin_works_too(
    cli: Cli, officeops_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFICEOPS_TODAY", "2026-03-02")
    file = write_plugin(officeops_home, "keys", first_plugin() + "\n" + second_part())
    for words in ("migration keys", "enable keys"):
        assert cli("plugins", *words.split()).code == 0, words
    cli(
        "key",
        "add",
        "--tag",
        "A-17",
        "--opens",
        "Supply room",
        "--holder",
        "J. Ortiz",
        "--due-back",
        "2026-03-01",
    )
    cli("key", "add", "--tag", "A-18", "--opens", "Front door")
    part = PAGE.partition("## Guard and follow")[0]
    said = re.findall(r"^    officeops ((?:key list --view|report|job) .*)$", part, re.MULTILINE)
    assert len(said) == 3
    ran = [cli(*line.split()) for line in said]
    assert [each.code for each in ran] == [0, 0, 0], ran
    assert "A-17" in ran[0].out
    assert "A-18" not in ran[0].out
    assert cli("report", "key-holders", "--json").json == [{"holder": "J. Ortiz", "keys": 1}]
    assert ran[2].out.split()[:2] == ["Key", "A-17"]
    assert cli("job", "key-recall").out == ""
    assert "keys.key.add" in next(
        line for line in cli("plugins", "permissions").out.splitlines() if "Add keys." in line
    )
    check_plugin(str(file))


def section_of(test: str) -> tuple[str, list[str]]:
    """Return the code that a test runs, and the command lines below it."""
    found = re.search(
        rf"<!-- {test} of .*? -->\n```python\n(.*?)```\n(.*?)(?=\n## )", PAGE, re.DOTALL
    )
    assert found
    return found[1], re.findall(r"^    officeops (.*)$", found[2], re.MULTILINE)


def test_a_write_is_guarded_and_followed(cli: Cli, officeops_home: Path) -> None:
    code, lines = section_of("test_a_write_is_guarded_and_followed")
    file = write_plugin(officeops_home, "keys", f"{first_plugin()}\n{code}")
    for words in ("plugins migration keys", "plugins enable keys"):
        assert cli(*words.split()).code == 0, words
    assert cli("key", "add", "--tag", "A-17", "--opens", "Lab").code == 0
    ran = [cli(*shlex.split(line)) for line in lines]
    assert [one.code for one in ran] == [0, 1, 0], ran
    assert "is with Ann" in ran[1].err
    shown = cli("key", "show", "A-17", "--json").json
    assert (shown["holder"], shown["due_back"]) == (None, None)
    assert "keys.forget-day" in cli("history", "--json").out
    check_plugin(str(file))


def test_a_calendar_answers(
    cli: Cli, officeops_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFICEOPS_TODAY", "2026-03-06")
    code, lines = section_of("test_a_calendar_answers")
    file = write_plugin(officeops_home, "keys", f"{first_plugin()}\n{code}")
    for words in ("plugins migration keys", "plugins enable keys"):
        assert cli(*words.split()).code == 0, words
    assert cli("init", "--name", "Clinic", "--time-zone", "UTC").code == 0
    assert cli("set-hours", "--hours", "Mon-Fri 8:00-16:00").code == 0
    assert cli("location", "add", "--name", "Annex", "--time-zone", "America/Denver").code == 0
    (line,) = lines
    out = cli(*line.split()).out.splitlines()
    assert "2026-03-09" in out[0]
    assert out[1].startswith("480 ")
    assert out[2].endswith("Monday.")
    assert any("Annex: open" in text and "America/Denver" in text for text in out[3:])
    check_plugin(str(file))


#: What plugins declare besides records and actions.
DECLARED = [
    value
    for value in [Dataset, *vars(declarations).values()]
    if isinstance(value, type) and issubclass(value, Value) and value is not Value
]


@pytest.mark.parametrize("kind", DECLARED, ids=lambda kind: kind.__name__)
def test_every_declaration_is_on_the_page_with_its_arguments(kind: type[Value]) -> None:
    arguments = [
        f"{name}={kind._defaults[name]!r}".replace("'", '"') if name in kind._defaults else name
        for name in kind._names
    ]
    assert f"| `{kind.__name__}({', '.join(arguments)})` |" in DECLARATIONS


@pytest.mark.parametrize("name", HOOKS)
def test_every_hook_is_on_the_page_with_its_signature(name: str) -> None:
    signature = f"{name}{inspect.signature(HOOKS[name])}".replace("'", "")
    assert f"| `{signature}` |" in HOOKS_PAGE


def test_no_hook_is_on_the_page_that_is_not_there() -> None:
    listed = set(re.findall(r"^\| `(\w+)\(", HOOKS_PAGE, re.MULTILINE))
    assert listed == {*HOOKS, *PUBLISHED}
    assert set(re.findall(r"^def (\w+)\(", PAGE, re.MULTILINE)) & set(HOOKS)
