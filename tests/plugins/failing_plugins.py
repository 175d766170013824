"""Plugins that fail: the code of each, the place that its message names, and how the command ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.made_once import grown

from officeops.model.exit_codes import DONE, INCOMPLETE, REFUSED, USAGE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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
    "duplicates": (
        thing() + f"@hookimpl\ndef duplicates(office):\n    {BOOM}\n",
        "duplicates",
        ("duplicates",),
        INCOMPLETE,
    ),
    "huddle": (
        thing() + f"@hookimpl\ndef huddle(office):\n    {BOOM}\n",
        "huddle",
        ("huddle",),
        INCOMPLETE,
    ),
    "inspect": (
        thing() + f"@hookimpl\ndef inspect(office, kinds):\n    {BOOM}\n",
        "inspect",
        ("inspect", "fire"),
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
    "datasets": (("dataset", "list"), INCOMPLETE),
    "formats": (("vendor", "import", "-", "--format", "none"), USAGE),
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


#: What there is in the office of a plugin that fails.
BEFORE = (
    "vendor add --name AAA",
    "item add --sku I --name AAA --reorder-point 2 --order-up-to 4",
    "terms add --item I --vendor AAA --price 1.00",
)
EVERYBODY = "inventory,vendors,good,bad"


def failing(write: Callable[..., Path], cli: Cli, code: str, words: tuple[str, ...]) -> Ran:
    """Run a command with a plugin of this code that is on, among the others."""
    write("good", GOOD)
    write("bad", thing())
    if "bad.thing" in code:
        things = ("thing add --name A", "thing add --name AAA")
        grow(cli, (*BEFORE, *things), EVERYBODY)
    else:
        grow(cli, BEFORE, EVERYBODY.removesuffix(",bad"))
    write("bad", code)
    on = EVERYBODY
    if "VendorDirectory" in code:
        on = "inventory,bad"
    if words == ("demo",):
        on = "vendors,good,bad"  # the inventory's part takes seconds
    return cli(*words, env={"OFFICEOPS_PLUGINS": on}, typed="name\nB\n")


def grow(cli: Cli, lines: tuple[str, ...], on: str) -> None:
    """Run lines on the test's new office, or copy the one that they led to in an earlier test."""

    def run() -> None:
        for line in lines:
            ran = cli(*line.split(), env={"OFFICEOPS_PLUGINS": on})
            assert ran.code == DONE, ran

    grown(cli.path, "\n".join((on, *lines)), run)


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
