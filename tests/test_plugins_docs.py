"""The plugin author's page says what is true: its plugin runs, its hooks are the hooks."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops import hookspecs
from officeops.testing import check_plugin, write_plugin

if TYPE_CHECKING:
    from officeops.testing import Cli

PAGE = (Path(__file__).parent.parent / "docs" / "plugin-author.md").read_text()
HOOKS = {name: function for name, function in vars(hookspecs).items() if hasattr(function, "officeops_spec")}


def first_plugin() -> str:
    found = re.search(r"run by tests/test_plugins_docs\.py -->\n```python\n(.*?)```", PAGE, re.DOTALL)
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
    (officeops_home / "keys.csv").write_text("tag,opens,holder\nB-1,Pharmacy,P. Lam\nB-2,Front door,\n")
    commands = re.findall(
        r"^    officeops ((?:plugins (?:migration|enable) keys|key|today).*)$",
        PAGE.split("## A plugin of")[0],
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
    assert [each["what"] for each in cli("today", "--until", "+7d", "--json").json] == ["J. Ortiz brings back key A-17"]
    check_plugin(str(file))


@pytest.mark.parametrize("name", HOOKS)
def test_every_hook_is_on_the_page_with_its_signature(name: str) -> None:
    signature = f"{name}{inspect.signature(HOOKS[name])}".replace("'", "")
    assert f"| `{signature}` <br> " in PAGE


def test_no_hook_is_on_the_page_that_is_not_there() -> None:
    assert set(re.findall(r"^\| `(\w+)\(.*` <br>", PAGE, re.MULTILINE)) == set(HOOKS)
