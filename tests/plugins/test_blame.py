"""What fails in a plugin's code is told as that plugin's, with the place; the rest of the office answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from officeops.model.errors import PluginFault, Refused
from officeops.model.exit_codes import DONE, INCOMPLETE, REFUSED, USAGE
from officeops.plugins.blame import Blame, is_a_fault
from officeops.plugins.time_limits import OverTime

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.plugins.manager import Plugins
    from officeops.testing import Cli, Ran

THING = '''
class Thing(Record, key="bad.thing"{words}):
    """A thing of a plugin that fails."""

    name: str = field(unique=True, search=True)
{body}

@hookimpl
def records():
    return [Thing]

@hookimpl
def migrations():
    return [Migration("0001_start", """
CREATE TABLE bad_thing (
    id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT, name TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX bad_thing_name ON bad_thing(name) WHERE archived_at IS NULL;
""")]
'''


def thing(body: str = "", words: str = "") -> str:
    return THING.replace("{body}", body).replace("{words}", words)


ACTION = """
@action("bad.thing.use"{words})
def use(office, thing: Thing) -> str:
    "Use it."
    office.edit(thing, name="used")
    {body}

@hookimpl
def actions():
    return [use]
"""


def acting(body: str = "return 'Used.'", words: str = "") -> str:
    return thing() + ACTION.replace("{body}", body).replace("{words}", words)


BOOM = "raise ValueError('boom')"
ADD = ("thing", "add", "--name", "A")
USE = ("thing", "use", "A")

#: What fails, of which code, in which place by its words, in which command, and what that ends with.
PLACES: dict[str, tuple[str, str, tuple[str, ...], int]] = {
    "action": (acting(BOOM), "the action bad.thing.use", USE, REFUSED),
    "action that exits": (
        acting("import sys; sys.exit(0)"),
        "the action bad.thing.use",
        USE,
        REFUSED,
    ),
    "action with bad SQL": (
        acting("office.rows('SELECT nothing')"),
        "the action bad.thing.use",
        USE,
        REFUSED,
    ),
    "action that reads a lost file": (
        acting("open('/nowhere/at/all')"),
        "the action bad.thing.use",
        USE,
        REFUSED,
    ),
    "unless": (
        acting(words=", unless=lambda office, thing: 1 / 0"),
        "`unless` of the action bad.thing.use",
        USE,
        REFUSED,
    ),
    "check": (
        thing(f"    def check(self, office):\n        {BOOM}\n"),
        "check() of the record bad.thing",
        ADD,
        REFUSED,
    ),
    "check that yields": (
        thing(f"    def check(self, office):\n        yield from ()\n        {BOOM}\n"),
        "check() of the record bad.thing",
        ADD,
        REFUSED,
    ),
    "keep": (
        thing(f"    def keep(self, office):\n        {BOOM}\n"),
        "keep() of the record bad.thing",
        ("thing", "archive", "A"),
        REFUSED,
    ),
    "name": (
        thing(f"    def __str__(self):\n        {BOOM}\n"),
        "__str__() of bad.thing",
        ("search", "AAA"),
        INCOMPLETE,
    ),
    "computed": (
        thing('    computed = (computed("size", "(SELECT x FROM nothing)", kind="number"),)\n'),
        "the computed field size of bad.thing",
        ("thing", "list"),
        REFUSED,
    ),
    "validate": (
        thing() + f"@hookimpl\ndef validate(office, change):\n    {BOOM}\n",
        "validate()",
        ("vendor", "add", "--name", "V"),
        REFUSED,
    ),
    "keep hook": (
        thing() + f"@hookimpl\ndef keep(office, record):\n    {BOOM}\n",
        "keep()",
        ("thing", "archive", "A"),
        REFUSED,
    ),
    "changed": (
        thing() + f"@hookimpl\ndef changed(office, change):\n    {BOOM}\n",
        "changed",
        ("vendor", "add", "--name", "V"),
        INCOMPLETE,
    ),
    "due": (
        thing() + f"@hookimpl\ndef due(office, until):\n    {BOOM}\n",
        "due",
        ("today",),
        INCOMPLETE,
    ),
    "search": (
        thing() + f"@hookimpl\ndef search(office, text):\n    {BOOM}\n",
        "search",
        ("search", "AAA"),
        INCOMPLETE,
    ),
    "check hook": (
        thing() + f"@hookimpl\ndef check(office):\n    {BOOM}\n",
        "check",
        ("selfcheck",),
        INCOMPLETE,
    ),
    "job": (
        thing()
        + f'@job("bad-job")\ndef work(office):\n    "Work."\n    yield "begun"\n    {BOOM}\n\n@hookimpl\ndef jobs():\n    return [work]\n',
        "the job bad-job",
        ("job", "bad-job"),
        REFUSED,
    ),
    "job that says no text": (
        thing()
        + '@job("bad-job")\ndef work(office):\n    "Work."\n    return [1]\n\n@hookimpl\ndef jobs():\n    return [work]\n',
        "the job bad-job",
        ("job", "bad-job"),
        REFUSED,
    ),
    "report": (
        thing()
        + f'@report("bad-report", title="Bad")\ndef rows(office):\n    "Tell."\n    {BOOM}\n\n@hookimpl\ndef reports():\n    return [rows]\n',
        "the report bad-report",
        ("report", "bad-report"),
        REFUSED,
    ),
    "report of no rows": (
        thing()
        + '@report("bad-report", title="Bad")\ndef rows(office):\n    "Tell."\n    return [1]\n\n@hookimpl\ndef reports():\n    return [rows]\n',
        "the report bad-report",
        ("report", "bad-report"),
        REFUSED,
    ),
    "command": (
        thing()
        + f'import click\n\n@click.command()\ndef finder():\n    "Find."\n    {BOOM}\n\n@hookimpl\ndef commands():\n    return [Command("finder", __name__ + ":finder", "Find.")]\n',
        "the command finder",
        ("finder",),
        REFUSED,
    ),
    "service": (
        thing()
        + f"class Directory:\n    def vendors(self, office):\n        {BOOM}\n\n@hookimpl\ndef services():\n    from officeops.services import VendorDirectory\n    return {{VendorDirectory: Directory()}}\n",
        "vendors() of its service VendorDirectory",
        ("reorder",),
        REFUSED,
    ),
    "import": (
        thing('    importer = __name__ + ":Reader"\n')
        + f"from officeops.exchange.importer import Importer\n\nclass Reader(Importer):\n    def check(self, rows):\n        yield from ()\n        {BOOM}\n",
        "check() of the import of bad.thing",
        ("thing", "import", "-"),
        REFUSED,
    ),
    "end of an import": (
        thing('    importer = __name__ + ":Reader"\n')
        + f"from officeops.exchange.importer import Importer\n\nclass Reader(Importer):\n    def finish(self):\n        {BOOM}\n",
        "finish() of the import of bad.thing",
        ("thing", "import", "-"),
        REFUSED,
    ),
    "demand": (
        thing()
        + f"@hookimpl(optionalhook=True)\ndef estimate_demand(office, item, start, end):\n    {BOOM}\n",
        "estimate_demand",
        ("reorder",),
        INCOMPLETE,
    ),
    "suggestion": (
        thing()
        + f"@hookimpl(optionalhook=True)\ndef adjust_suggestion(office, item, suggestion):\n    {BOOM}\n",
        "adjust_suggestion",
        ("reorder",),
        INCOMPLETE,
    ),
    "offers": (
        thing()
        + f"@hookimpl(optionalhook=True)\ndef rank_vendors(office, item, offers):\n    {BOOM}\n",
        "rank_vendors",
        ("reorder",),
        INCOMPLETE,
    ),
}
#: Hooks that only declare, and what asks them.
DECLARING: dict[str, tuple[tuple[str, ...], int]] = {
    "records": (("today",), INCOMPLETE),
    "migrations": (("today",), INCOMPLETE),
    "settings": (("today",), INCOMPLETE),
    "hookspecs": (("today",), INCOMPLETE),
    "jobs": (("job",), INCOMPLETE),
    "reports": (("report",), INCOMPLETE),
    "services": (("reorder",), INCOMPLETE),
    "demo": (("demo",), INCOMPLETE),
    # Without these nothing that was asked for is missing, but it is said.
    "actions": (("finder",), USAGE),
    "commands": (("finder",), USAGE),
    "permissions": (("plugins", "permissions"), DONE),
    "roles": (("access", "roles"), DONE),
    "views": (("location", "list", "--view", "nothing"), REFUSED),
    "screens": (("plugins",), DONE),
}
for hook, (words, code) in DECLARING.items():
    given = "office, seed" if hook == "demo" else ""
    PLACES[f"{hook}()"] = (f"@hookimpl\ndef {hook}({given}):\n    {BOOM}\n", hook, words, code)


def failing(write: Callable[..., Path], cli: Cli, code: str, words: tuple[str, ...]) -> Ran:
    """Run a command with a plugin of this code that is on, among the others."""
    write("good", GOOD)
    good = {"OFFICEOPS_PLUGINS": "inventory,vendors,good"}
    for line in (
        ("vendor", "add", "--name", "Acme AAA"),
        (
            "item",
            "add",
            "--sku",
            "I",
            "--name",
            "Item AAA",
            "--reorder-point",
            "2",
            "--order-up-to",
            "4",
        ),
        ("terms", "add", "--item", "I", "--vendor", "Acme AAA", "--price", "1.00"),
    ):
        assert cli(*line, env=good).code == DONE
    write("bad", thing())
    everybody = {"OFFICEOPS_PLUGINS": "inventory,vendors,good,bad"}
    if "bad.thing" in code:
        for name in ("A", "AAA"):
            assert cli("thing", "add", "--name", name, env=everybody).code == DONE
    write("bad", code)
    if "VendorDirectory" in code:
        everybody = {"OFFICEOPS_PLUGINS": "inventory,bad"}
    return cli(*words, env=everybody, typed="name\nB\n")


SECOND = """
_first = migrations

@hookimpl
def migrations():
    return [*_first(), Migration("0002_next", "UPDATE lacking SET x = 1")]
"""
SECOND = '""' + '"), Migration("0002_next", "UPDATE lacking SET x = 1")]'
GOOD = """
@hookimpl
def due(office, until):
    return [Due("good:1", until, "Something is due")]
"""


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


@pytest.mark.parametrize("words", [("item", "list"), ("item", "add", "--sku", "N", "--name", "N")])
def test_a_refused_plugin_takes_nothing_from_what_does_not_ask_it(
    write: Callable[..., Path], cli: Cli, words: tuple[str, ...]
) -> None:
    ran = failing(write, cli, BOOM + "\n", words)
    assert ran.code == DONE
    assert "plugin bad" in ran.err


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
    assert "is not marked @hookimpl" in ran.err


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
