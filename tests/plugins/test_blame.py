"""What fails in a plugin's code is told as that plugin's, with the place; the rest of the office answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.plugins.failing_plugins import ADD, BOOM, PLACES, SECOND, failing, thing

from officeops.model.errors import PluginFault, Refused
from officeops.model.exit_codes import DONE, INCOMPLETE, REFUSED
from officeops.plugins.blame import Blame, is_a_fault
from officeops.plugins.keeper import OverTime

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.plugins.manager import Plugins
    from officeops.testing import Cli


@pytest.mark.parametrize("name", PLACES)
def test_each_failure_names_the_plugin_and_the_place(
    write: Callable[..., Path], cli: Cli, name: str
) -> None:
    code, place, words, ends = PLACES[name]
    ran = failing(write, cli, code, ("thing", "add", "--name", "C") if words == ADD else words)
    said = ran.err + (ran.out if words == ("plugins",) else "")
    assert ran.code == ends, ran
    assert "plugin bad" in said or words == ("plugins",), ran
    assert place in said, ran
    assert "boom" in said or "boom" not in code, ran
    assert "officeops itself" not in said
    if ends == REFUSED and words[0] == "thing" and words[1] != "list":
        assert "Nothing was written." in said or "failed in `unless`" in said
    if name == "computed":
        assert "`officeops plugins check bad`" in said
        assert "Nothing was written" not in said
    if words == ("today",):
        assert "Something is due" in ran.out


def test_every_hook_there_is_was_made_to_fail(load: Callable[..., Plugins]) -> None:
    hooks = {
        name
        for name in vars(load("inventory", "vendors")._hooks._manager.hook)
        if not name.startswith("_")
    }
    tried = {
        function
        for code, *_ in PLACES.values()
        for function in re.findall(r"@hookimpl[^\n]*\ndef (\w+)\([^)]*\):\n    raise", code)
    }
    assert hooks == tried


def test_what_a_plugin_answered_before_it_failed_is_kept(
    write: Callable[..., Path], cli: Cli
) -> None:
    code = "@hookimpl\ndef due(office, until):\n    yield Due('bad:1', until, 'A good one')\n    yield 'dust'\n"
    ran = failing(write, cli, code, ("today", "--json", "--check"))
    assert {row["key"] for row in ran.json} >= {"bad:1", "good:1"}
    assert ran.code == INCOMPLETE


@pytest.mark.parametrize(
    "words", [("today",), ("today", "--check"), ("search", "AAA"), ("reorder",), ("selfcheck",)]
)
@pytest.mark.parametrize("code", [BOOM + "\n", "@hookimpl\ndef deu(office, until): return ()\n"])
def test_a_refused_plugin_makes_what_asks_plugins_incomplete(
    write: Callable[..., Path], cli: Cli, words: tuple[str, ...], code: str
) -> None:
    ran = failing(write, cli, code, words)
    assert ran.code in {INCOMPLETE, REFUSED if words == ("selfcheck",) else INCOMPLETE}, ran
    assert "plugin bad" in ran.err


def test_a_refused_plugin_takes_nothing_from_what_does_not_ask_it(
    write: Callable[..., Path], cli: Cli
) -> None:
    ran = failing(write, cli, BOOM + "\n", ("item", "list"))
    assert ran.code == DONE
    assert "plugin bad" in ran.err


#: Writes of one record, of many, of none, and the code where no guard is missing.
WRITES = {
    "add": (("item", "add", "--sku", "N", "--name", "N"), DONE),
    "edit": (("item", "edit", "I", "--name", "Other"), DONE),
    "archive": (("vendor", "archive", "AAA"), DONE),
    "import": (("location", "import", "-"), DONE),
    "refused": (("item", "edit", "I", "--name", ""), REFUSED),
}
#: What leaves a plugin's guards unasked.
UNASKED = {
    "a refused plugin": f"{BOOM}\n",
    "a guard that is not marked": thing() + "def validate(office, change):\n    return ()\n",
}


@pytest.mark.parametrize("unasked", UNASKED)
@pytest.mark.parametrize("name", WRITES)
def test_a_write_that_a_plugin_might_have_refused_is_incomplete(
    write: Callable[..., Path], cli: Cli, name: str, unasked: str
) -> None:
    words, code = WRITES[name]
    on = {"OFFICEOPS_PLUGINS": "inventory,vendors,good,bad"}
    failing(write, cli, thing(), ("location", "add", "--name", "B"))
    write("bad", UNASKED[unasked])
    ran = cli(*words, env=on, typed="name\nC\n")
    assert ran.code == (code or INCOMPLETE), ran
    assert "plugin bad" in ran.err


def test_a_plugin_in_order_leaves_a_write_as_it_is(write: Callable[..., Path], cli: Cli) -> None:
    code = thing() + "@hookimpl\ndef validate(office, change):\n    return ()\n"
    ran = failing(write, cli, code, ("location", "add", "--name", "B"))
    assert ran.code == DONE, ran
    # One that fails when it is asked for something else guards all the same.
    write("bad", code + PLACES["due"][0].removeprefix(thing()))
    on = {"OFFICEOPS_PLUGINS": "inventory,vendors,good,bad"}
    assert cli("today", env=on).code == INCOMPLETE
    assert cli("location", "add", "--name", "C", env=on).code == DONE


def test_a_broken_plugins_own_word_stays_and_says_why(write: Callable[..., Path], cli: Cli) -> None:
    failing(write, cli, thing(), ("thing", "list"))
    for code, why in (
        (BOOM + "\n", "boom"),
        (thing().replace('""")]', SECOND), "no such table: lacking"),
    ):
        write("bad", code)
        ran = cli("thing", "list", env={"OFFICEOPS_PLUGINS": "inventory,vendors,bad"})
        assert ran.code == REFUSED, ran
        assert "the plugin bad" in ran.err.lower(), ran
        assert why in ran.err
    off = cli("thing", "list", env={"OFFICEOPS_PLUGINS": "inventory,vendors"})
    assert off.code == REFUSED
    assert "thing belongs to the plugin bad, which is off" in off.err


def test_a_hook_that_is_not_marked_is_said(write: Callable[..., Path], cli: Cli) -> None:
    ran = failing(write, cli, "def due(office, until):\n    return ()\n", ("today",))
    assert ran.code == INCOMPLETE
    assert "not marked @hookimpl" in ran.err


@pytest.mark.parametrize(
    "error", [Refused("no"), OSError(28, "No space left on device"), OverTime()]
)
def test_what_is_nobodys_fault_passes_through(error: BaseException) -> None:
    assert not is_a_fault(error)
    with pytest.raises(type(error)), Blame("bad", "a place"):
        raise error


def test_the_core_blames_nobody_for_its_own() -> None:
    with pytest.raises(ZeroDivisionError), Blame("core", "a place"):
        raise ZeroDivisionError
    with (
        pytest.raises(
            PluginFault, match="The plugin bad failed in a place \\(ZeroDivisionError\\)"
        ),
        Blame("bad", "a place"),
    ):
        raise ZeroDivisionError
