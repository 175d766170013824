"""One plugin's error never stops another, and always says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.plugins.manager import Plugins
    from officeops.testing import Cli

    Load = Callable[..., Plugins]
    Write = Callable[..., Path]

GOOD = """
@hookimpl
def reports():
    return [Report("fine", "Fine", lambda office: [], "All is well.")]
"""


def whys(plugins: Plugins, name: str) -> list[str]:
    return [f"{each.where}: {each.why}" for each in plugins.troubles if each.plugin == name]


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (
            "import nothing_of_that_name",
            "import: ModuleNotFoundError: No module named 'nothing_of_that_name'",
        ),
        ("def broken(:", "import: SyntaxError: invalid syntax (bad.py, line 7)"),
        ("raise SystemExit(3)", "import: SystemExit: 3"),
        ("del PLUGIN", "import: {file} has no PLUGIN = Plugin(...)"),
        ("PLUGIN = 'bad'", "import: {file} has no PLUGIN = Plugin(...)"),
        (
            "PLUGIN = PLUGIN.replace(api=3)",
            "import: it is written for plugin interface 3; this officeops speaks 2",
        ),
        (
            "PLUGIN = PLUGIN.replace(name='other')",
            "import: it is installed as bad but calls itself other",
        ),
        (
            "PLUGIN = PLUGIN.replace(requires=('absent',))",
            "requirements: it needs absent, which is not installed; install it, then `officeops plugins enable absent`",
        ),
        (
            "@hookimpl\ndef record(): return []",
            "hooks: there is no hook called record; do you mean records; if it is another plugin's, put it into a module that `bridges` names",
        ),
        (
            "@hookimpl\ndef due(office, when): return []",
            "hooks: its hook due() takes when, but that hook is given office, until",
        ),
        (
            "@hookimpl\ndef records(office): return []",
            "hooks: its hook records() takes office, but that hook is given nothing",
        ),
        ("@hookimpl\ndef records(): return 1 / 0", "records: ZeroDivisionError: division by zero"),
        (
            "@hookimpl\ndef migrations(): yield 'CREATE'",
            "migrations: migrations() gave 'CREATE', which is not what that hook is for",
        ),
        (
            "import sys as records",
            "hooks: its file records.py hides its hook records(); call the file something else",
        ),
        (
            "class Key(Record, key='keys.key'):\n    tag: str = field()\n\n@hookimpl\ndef records(): return [Key]",
            "records: the record Key has the key 'keys.key', which does not begin with \"bad.\"",
        ),
    ],
)
def test_a_plugin_that_is_not_in_order_is_refused_with_a_sentence(
    write: Write, load: Load, code: str, why: str
) -> None:
    file = write("bad", code)
    write("good", GOOD)
    plugins = load("bad", "good")
    assert list(plugins.manifests) == ["good"]
    assert [each.name for _, each in plugins.registered("reports")] == ["fine"]
    assert whys(plugins, "bad") == [why.format(file=file)]
    assert not whys(plugins, "good")


def test_a_plugin_cannot_be_the_core(write: Write, load: Load) -> None:
    write("core")
    assert whys(load("core"), "core") == [
        "import: core is officeops itself; call the plugin something else"
    ]


def test_a_trouble_keeps_the_traceback_for_the_author(write: Write, load: Load) -> None:
    write("bad", "def deep():\n    return 1 / 0\n\ndeep()")
    (trouble,) = load("bad").troubles
    assert 'bad.py", line 8, in deep' in trouble.trace


def test_the_last_in_a_circle_is_refused_and_the_others_go_on(write: Write, load: Load) -> None:
    write("a", words="requires=('b',)")
    write("b", words="after=('c',)")
    write("c", words="after=('a',)")
    write("looks_on", words="after=('a',)")
    write("leans", words="requires=('a',)")
    write("alone", words="after=('alone',)")
    plugins = load("a", "b", "c", "looks_on", "leans", "alone")
    assert list(plugins.manifests) == ["b", "a", "leans", "looks_on"]
    assert whys(plugins, "c") == ["requirements: it waits in a circle with a, b"]
    assert whys(plugins, "alone") == ["requirements: it waits in a circle with itself"]


def test_what_a_plugin_needs_must_be_in_order_too(write: Write, load: Load) -> None:
    write("base", "@hookimpl\ndef records(): return 1 / 0")
    write("upper", words="requires=('base',)")
    assert whys(load("base", "upper"), "upper") == [
        "requirements: it needs base, which is not in order; `officeops plugins check base` says why"
    ]


def test_hooks_are_asked_in_order_of_needs_then_of_names(write: Write, load: Load) -> None:
    for name, words in (
        ("a", "after=('d',)"),
        ("b", "requires=('a',)"),
        ("c", ""),
        ("d", "after=('absent',)"),
    ):
        write(name, f"@hookimpl\ndef check(office): return [Problem('{name}')]", words)
    plugins = load("a", "b", "c", "d")
    assert list(plugins.manifests) == ["c", "d", "a", "b"]
    assert [name for name, _ in plugins.collect("check", office=None)] == ["c", "d", "a", "b"]


def test_what_ships_with_officeops_comes_first(write: Write, load: Load) -> None:
    write("aaa")
    assert list(load("aaa", "vendors").manifests) == ["vendors", "aaa"]


def test_a_bridge_counts_only_where_the_other_is_on(
    write: Write, load: Load, officeops_home: Path
) -> None:
    folder = officeops_home / "bridges"
    folder.mkdir()
    (folder / "crossing_a.py").write_text(
        "from officeops import *\n\n@hookimpl\ndef reports():\n    return [Report('crossing', 'Both', list, 'Both.')]\n"
    )
    write("near", GOOD, "bridges={'far': 'crossing_a'}")
    write("far")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        alone, both = load("near"), load("near", "far")
        assert [each.name for _, each in alone.registered("reports")] == ["fine"]
        assert {(owner, each.name) for owner, each in both.registered("reports")} == {
            ("near", "fine"),
            ("near", "crossing"),
        }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "import nothing_of_that_name",
            "ModuleNotFoundError: No module named 'nothing_of_that_name'",
        ),
        (
            "from officeops import *\n\n@hookimpl\ndef records():\n    return []\n",
            "a bridge has no records() of its own; what a plugin keeps does not depend on others",
        ),
    ],
    ids=["broken", "records"],
)
def test_a_broken_bridge_leaves_its_plugin_on(
    write: Write, load: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, why: str
) -> None:
    module = f"crossing_{abs(hash(why))}"
    (tmp_path / f"{module}.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    write("near", GOOD, f"bridges={{'far': '{module}'}}")
    write("far")
    plugins = load("near", "far")
    assert whys(plugins, "near") == [f"bridge to far: {why}"]
    assert "near" in plugins.manifests


INVENTORY_HOOKS = """
@hookimpl
def estimate_demand(office, item, start, end): return None

@hookimpl
def rank_vendors(office, item, offers): return offers

@hookimpl
def adjust_suggestion(office, item, suggestion): return suggestion
"""


def test_a_plugin_may_implement_what_another_publishes(write: Write, load: Load) -> None:
    write("formula", INVENTORY_HOOKS, "after=('inventory',)")
    plugins = load("inventory", "formula")
    assert not whys(plugins, "formula")
    assert plugins.implements("estimate_demand")
    assert plugins.first("rank_vendors", office=None, item=None, offers=["a"]) == ["a"]
    assert "there is no hook called adjust_suggestion" in whys(load("formula"), "formula")[0]


def test_a_published_hook_that_crashes_is_passed_over(write: Write, load: Load) -> None:
    write(
        "formula",
        "@hookimpl\ndef rank_vendors(office, item, offers): return 1 / 0",
        "after=('inventory',)",
    )
    plugins = load("inventory", "formula")
    assert plugins.first("rank_vendors", office=None, item=None, offers=["a"]) is None
    assert whys(plugins, "formula") == ["rank_vendors: ZeroDivisionError: division by zero"]


KIND = """
class Thing(Record, key="{plugin}.thing"):
    "A thing."

    name: str = field()

@hookimpl
def records():
    return [Thing]

@hookimpl
def migrations():
    table = "CREATE TABLE {plugin}_thing (id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1,"
    return [Migration("0001", table + " archived_at TEXT, name TEXT NOT NULL) STRICT")]
"""


def test_the_second_of_two_with_one_noun_waits_for_another_word(
    write: Write, cli: Cli, officeops_home: Path
) -> None:
    for name in ("first", "second"):
        write(name, KIND.format(plugin=name))
    on = {"OFFICEOPS_PLUGINS": "first,second"}
    assert cli("thing", "add", "--name", "A", env=on).code == 0
    ran = cli("thing", "list", env=on)
    assert "A" in ran.out
    assert "plugin second: records: the word 'thing' belongs to first already" in ran.err
    assert '[nouns] "second.thing" = "another word"' in ran.err
    (officeops_home / "config/officeops/officeops.toml").write_text(
        '[nouns]\n"second.thing" = "gadget"\n'
    )
    ran = cli("gadget", "list", env=on)
    assert (ran.code, ran.err) == (0, "No things.\n")


def test_no_plugin_takes_a_word_from_officeops(write: Write, cli: Cli) -> None:
    write("abc", KIND.format(plugin="abc").replace("abc.thing", "abc.vendor"))
    ran = cli("plugins", env={"OFFICEOPS_PLUGINS": "abc,vendors"})
    assert "plugin abc: records: the word 'vendor' belongs to vendors already" in ran.err


@pytest.mark.usefixtures("shipped")
def test_an_error_never_turns_a_plugin_off_for_good(
    write: Write, load: Load, officeops_home: Path, cli: Cli
) -> None:
    file = write("bad", "import nothing_of_that_name")
    cli("plugins", env={"OFFICEOPS_PLUGINS": "bad"})
    assert not (officeops_home / "config/officeops/plugins.toml").exists()
    file.unlink()
    write("bad", GOOD)
    assert list(load("bad").manifests) == ["bad"]


def test_strict_raises_for_whoever_writes_a_plugin(write: Write, cli: Cli) -> None:
    write("bad", "raise ValueError('seen')")
    env = {"OFFICEOPS_PLUGINS": "bad", "OFFICEOPS_STRICT_PLUGINS": "1", "OFFICEOPS_DEBUG": "1"}
    ran = cli("plugins", env=env)
    assert ran.code == 1
    assert ran.err.startswith("Traceback")
    assert ran.err.endswith("ValueError: seen\n")
