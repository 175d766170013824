"""A hook that crashes costs its own answer, never another's; a guard that crashes lets nothing through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.core.records import Location
from officeops.model.errors import PluginFault, Refused
from officeops.plugins.registered_values import REGISTER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.plugins.manager import Plugins
    from officeops.testing import Cli, OfficeFactory

    Load = Callable[..., Plugins]
    Write = Callable[..., Path]

DUE = """
from datetime import date

@hookimpl
def due(office, until):
    return [Due("good:1", date(2026, 1, 2), "Something is due")]
"""


GOOD = """
@hookimpl
def jobs():
    return [Job("good-job", lambda office: [], "A job.", "daily")]

@hookimpl
def reports():
    return [Report("good-report", "Good", lambda office: [], "A report.")]
"""


def on(*names: str) -> dict[str, str]:
    return {"OFFICEOPS_PLUGINS": ",".join(names)}


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("@hookimpl\ndef due(office, until): return 1 / 0", "ZeroDivisionError: division by zero"),
        (
            "@hookimpl\ndef due(office, until):\n    yield Due('b:1', until, 'Half')\n    raise ValueError('broke')",
            "ValueError: broke",
        ),
        (
            "@hookimpl\ndef due(office, until): return ['dust']",
            "'dust' is no Due with a date, a key and one of the severities",
        ),
        (
            "@hookimpl\ndef due(office, until): return [Due('b:1', '2026-01-01', 'Text')]",
            "is no Due with a date",
        ),
        (
            "@hookimpl\ndef due(office, until): return [Due('b:1', until, 'Bad', severity='high')]",
            "one of the severities unsafe, legal, money, routine",
        ),
        ("@hookimpl\ndef due(office, until): raise SystemExit(9)", "SystemExit: 9"),
    ],
)
def test_a_crash_in_due_leaves_the_others_answers(
    write: Write, cli: Cli, code: str, why: str
) -> None:
    write("bad", code)
    write("good", DUE)
    ran = cli("today", "--json", env={**on("bad", "good"), "OFFICEOPS_TODAY": "2026-02-01"})
    assert ran.code == 4
    assert "good:1" in [row["key"] for row in ran.json]
    assert "officeops: this list is incomplete." in ran.err
    assert "officeops: plugin bad: due: " in ran.err
    assert why in ran.err


def test_a_crash_in_search_leaves_the_others_answers(write: Write, cli: Cli) -> None:
    write("bad", "@hookimpl\ndef search(office, text): return ['text']")
    cli("location", "add", "--name", "Supply room", env=on())
    ran = cli("search", "supply", "--json", env=on("bad"))
    assert ran.code == 4
    assert [each["name"] for each in ran.json] == ["Supply room"]
    assert "plugin bad: search: 'text' is no record" in ran.err


@pytest.mark.parametrize("hook", [*REGISTER, "import"])
def test_a_crash_in_what_a_plugin_registers_refuses_it(write: Write, cli: Cli, hook: str) -> None:
    """The whole of it is swept in `test_refused_whole.py`."""
    crash = "1 / 0" if hook == "import" else f"@hookimpl\ndef {hook}(): return 1 / 0"
    write("bad", crash)
    write("good", GOOD)
    rows = cli("plugins", "--json", env=on("bad", "good")).json
    status = {row["name"]: row["status"] for row in rows}
    assert status["bad"].startswith(
        f"refused: {hook}: ZeroDivisionError: division by zero (bad.py, line"
    )
    assert status["good"] == "on"


def test_a_crash_in_a_hook_that_answers_leaves_the_plugins_others(write: Write, load: Load) -> None:
    write(
        "half",
        DUE + "\n@hookimpl\ndef keep(office, record): return 1 / 0\n\n"
        "@hookimpl\ndef check(office): return 1 / 0",
    )
    plugins = load("half")
    assert list(plugins.collect("check", office=None)) == []
    assert [due.key for _, due in plugins.collect("due", office=None, until=None)] == ["good:1"]
    assert [each.where for each in plugins.troubles] == ["check"]


def test_a_trouble_is_told_once(write: Write, load: Load) -> None:
    write("bad", "@hookimpl\ndef check(office): raise ValueError('again')")
    plugins = load("bad")
    for _ in range(3):
        list(plugins.collect("check", office=None))
    assert [each.why for each in plugins.troubles] == ["ValueError: again"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("return 1 / 0", "ZeroDivisionError: division by zero"),
        ("return 'no'", "'n' is no Problem"),
        ("raise Exception", "Exception"),
    ],
)
def test_a_crash_in_validate_refuses_the_write(
    write: Write, office_factory: OfficeFactory, body: str, why: str
) -> None:
    write("strict", f"@hookimpl\ndef validate(office, change): {body}")
    office = office_factory("strict")
    with pytest.raises(PluginFault) as refused, office.acting("test"):
        office.add(Location(name="Room 1"))
    assert (
        str(refused.value)
        == f"The plugin strict failed in validate(), which checks this change ({why}); "
        "`officeops plugins disable strict` turns it off"
    )
    assert office.value("SELECT count(*) FROM core_location") == 0


def test_a_problem_of_validate_names_the_plugin(
    write: Write, office_factory: OfficeFactory
) -> None:
    write(
        "strict",
        "@hookimpl\ndef validate(office, change): return [Problem('is not allowed', 'name')]",
    )
    office = office_factory("strict")
    with (
        pytest.raises(Refused, match=r"Location: name: is not allowed \(strict\)"),
        office.acting("test"),
    ):
        office.add(Location(name="Room 1"))
    assert office.value("SELECT count(*) FROM core_location") == 0


def test_a_crash_in_changed_undoes_nothing(write: Write, office_factory: OfficeFactory) -> None:
    write("deaf", "@hookimpl\ndef changed(office, change): raise ValueError(change.record)")
    write(
        "hears", "heard = []\n\n@hookimpl\ndef changed(office, change): heard.append(change.verb)"
    )
    office = office_factory("deaf", "hears")
    with office.acting("test"):
        office.add(Location(name="Room 1"))
    assert office.value("SELECT name FROM core_location") == "Room 1"
    assert [str(each) for each in office.plugins.troubles] == [
        "deaf: changed: ValueError: core.location (deaf.py, line 8)"
    ]
    (hears,) = office.plugins.modules("hears")
    assert hears.heard == ["test"]


COMMAND = """
@hookimpl
def commands():
    return [Command("{name}", "{target}", "A command.")]
"""


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (
            COMMAND.format(name="bad", target="nothing_there:run"),
            "cannot be loaded: ModuleNotFoundError: No module named 'nothing_there'",
        ),
        (COMMAND.format(name="bad", target="officeops:Office"), "cannot be loaded"),
        ("import nothing_there", "The plugin bad is not in order: import: ModuleNotFoundError"),
    ],
)
def test_a_broken_plugins_command_stays_and_says_why(
    write: Write, cli: Cli, code: str, why: str
) -> None:
    write("bad", code)
    ran = cli("bad", "--whatever", "x", env=on("bad"))
    assert ran.code == 1
    assert why in ran.err
    assert cli("location", "list", env=on("bad")).code == 0


def test_the_command_of_a_plugin_that_is_off_says_how_to_turn_it_on(write: Write, cli: Cli) -> None:
    write("sleepy")
    ran = cli("sleepy")
    assert (ran.code, "`officeops plugins enable sleepy`" in ran.err) == (1, True)
