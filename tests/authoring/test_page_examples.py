"""Every example on the pages for authors runs: those without a page of tests of their own run here."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.authoring.test_plugins_docs import PAGE, first_plugin

from officeops.authoring.check import problems
from officeops.testing import write_plugin

if TYPE_CHECKING:
    from officeops.testing import Cli

DOCS = Path(__file__).parents[2] / "docs"
#: A block of code, with the remark before it that names the test which runs it.
BLOCK = re.compile(r"(<!--[^>]*-->\n)?^( *)```python\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
HEAD = """
from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from officeops import *

PLUGIN = Plugin({name!r}, "An example of the pages", api=2)
MIGRATIONS: list[Migration] = []


@hookimpl
def migrations():
    return MIGRATIONS


"""


def blocks() -> list[tuple[str, str]]:
    """List the examples that name no test, each with its page."""
    found = []
    for page in sorted(DOCS.rglob("*.md")):
        for remark, margin, code in BLOCK.findall(page.read_text(encoding="utf-8")):
            if not remark and page.name != "sterilizer-plugin.md":
                # A block in a list is as far to the right as the words of its item.
                found.append((page.name, re.sub(f"^{margin}", "", code, flags=re.MULTILINE)))
    return found


def example(page: str, words: str) -> str:
    """Return the example of a page that has some words."""
    (code,) = [code for name, code in blocks() if name == page and words in code]
    return code


def keeping(*records: str) -> str:
    return f"\n\n@hookimpl\ndef records():\n    return [{', '.join(records)}]\n"


def acting(*actions: str) -> str:
    return f"\n\n@hookimpl\ndef actions():\n    return [{', '.join(actions)}]\n"


ASSET = (
    '    """An asset."""\n    name: str = field(unique=True)\n'
    "    state: str | None = field(default=None)\n    fault: str | None = field(default=None)\n"
)
KEY = (
    'class Key(Record, key="keys.key", display="tag"):\n    "A key."\n    tag: str = field(unique=True)\n'
    "    opens: str = field()\n"
    '    location_id: int | None = ref("core.location", default=None, managed=True)\n\n\n'
)
REPAIR = 'class Repair(Record, key="repairs.repair", display="title"):\n    "A repair."\n    title: str = field()\n\n\n'
DEFECT = (
    'class Defect(Record, key="upkeep.defect", display="what"):\n    "A defect."\n'
    '    device_id: int = ref("core.location")\n    what: str = field()\n\n'
)
LEVELS = ("--sku", "MSK-1", "--reorder-point", "0", "--order-up-to", "10")
ITEM, MAIN = ("checklist-item", "add"), ("--about", "location:Main")
COVERED = (
    '\n\n@action("drugs.covered")\ndef covered(office: Office, code: str) -> str:\n    "Say its tier."\n'
    '    return f"tier {office.need(Coverage).tier(office, code)}"\n'
    "\n\n@hookimpl\ndef actions():\n    return [covered]\n"
)
#: By page: words of the example, the plugin's name, the code before and after it, and commands with a word of their answers.
EXAMPLES: dict[tuple[str, str], tuple[str, str, str, list[tuple[tuple[str, ...], str]]]] = {
    ("merge-two-records.md", "merges = True"): (
        "care",
        "",
        ASSET + keeping("Asset"),
        [
            (("asset", "add", "--name", "Scale"), ""),
            (("asset", "add", "--name", "Scales"), ""),
            (("asset", "merge", "Scales", "--into", "Scale"), "Scale"),
        ],
    ),
    ("edit-children.md", "class Person"): (
        "books",
        "",
        keeping("Person", "Phone"),
        [
            (("caller", "add", "--name", "Ann", "--phone", "work=555-0101"), ""),
            (("caller", "edit", "Ann", "--phone", "fax=555-0103", "--remove-phone", "#1"), ""),
            (("caller", "show", "Ann"), "555-0103"),
            (("caller", "edit", "Ann", "--phones", "none"), ""),
        ],
    ),
    ("edit-children.md", "def filled"): (
        "books",
        example("edit-children.md", "class Person") + "    digits: str | None = field(default=None, managed=True)\n\n",
        keeping("Person", "Phone"),
        [
            (("caller", "add", "--name", "Ann", "--phone", "555-0101"), ""),
            (("caller", "show", "Ann", "--json"), '"digits": "5550101"'),
        ],
    ),
    ("prepare-for-inspections.md", "def huddle"): (
        "care",
        'class Asset(Record, key="care.asset"):\n' + ASSET + keeping("Asset") + "\n\n",
        "",
        [
            (("asset", "add", "--name", "Scale", "--state", "out_of_order", "--fault", "Bent"), ""),
            (("huddle",), "Scale: Bent"),
            (("inspect", "fire", "--json"), "Serviced 2026-03-02"),
        ],
    ),
    ("write-a-plugin.md", "def move"): (
        "keys",
        KEY,
        keeping("Key") + acting("move"),
        [
            (("key", "add", "--tag", "A-17", "--opens", "Store"), ""),
            (("key", "move", "A-17", "--location", "Main"), "A-17 hangs elsewhere: new door."),
            (("key", "move", "A-17", "--location", "Main", "--why", "new lock"), "new lock"),
        ],
    ),
    ("write-a-plugin.md", "def read_log"): (
        "keys",
        "import csv\nfrom pathlib import Path\n\n\n" + KEY,
        keeping("Key") + acting("read_log"),
        [(("read-log", "--help"), "CSV with the columns tag and opens")],
    ),
    ("plan-tasks.md", "def not_blocked"): ("release", "", "", [(("task", "list"), "")]),
    ("plan-tasks.md", "def open_for"): (
        "upkeep",
        DEFECT,
        keeping("Defect"),
        [
            (("checklist", "add", "--name", "Round"), ""),
            (
                (*ITEM, "--checklist", "Round", "--text", "Door", "--on-fail", "upkeep.defect"),
                "",
            ),
            (("task", "add", "Look", "--due", "today", "--checklist", "Round", *MAIN), ""),
            (("task", "complete", "Look", "--answer", "Door=fail"), "opened Defect"),
            (("defect", "list"), "Door: fail"),
        ],
    ),
    ("seal-fields.md", "class Person"): (
        "staff",
        "",
        keeping("Person"),
        [
            (("employee", "add", "--name", "Ann", "--ssn", "219-09-9999", "--pay", "5000"), ""),
            (("employee", "list", "--where", "ssn=219-09-9999", "--json"), "••••"),
        ],
    ),
    ("use-another-plugin.md", "def fit"): (
        "repairs",
        REPAIR,
        keeping("Repair") + "\n\n@hookimpl\ndef actions():\n    return [fit]\n",
        [
            (("item", "add", "--sku", "FLT", "--name", "Filter"), ""),
            (("item", "receive", "FLT", "--quantity", "4"), ""),
            (("repair", "add", "--title", "Leak"), ""),
            (("repair", "fit", "Leak", "--part", "FLT", "--quantity", "1"), "of Filter taken from"),
        ],
    ),
    ("use-another-plugin.md", "def estimate_demand"): (
        "formula",
        "",
        "",
        [
            (("item", "add", "--sku", "GLV-M", "--name", "Gloves"), ""),
            (("item", "receive", "GLV-M", "--quantity", "100"), ""),
            (("reorder", "--why", "GLV-M"), "daily use 40"),
        ],
    ),
    ("use-another-plugin.md", "def adjust_suggestion"): (
        "winter",
        "",
        "",
        [
            (("item", "add", "--name", "Masks", "--category", "Masks", *LEVELS), ""),
            (("reorder", "--why", "MSK-1"), "winter orders 15 each, no vendor; the rule, 10 each, no vendor"),
        ],
    ),
    ("use-another-plugin.md", "class Coverage"): (
        "drugs",
        "",
        COVERED,
        [(("covered", "--code", "0093-3107"), "tier 1")],
    ),
    ("write-a-plugin.md", "def receipt"): (
        "keys",
        "",
        keeping("Key"),
        [
            (("key", "add", "--tag", "A-17"), ""),
            (("key", "text", "A-17"), "Nobody has the key yet."),
            (("key", "text", "A-17"), "Bring it back"),
            (("key", "label", "A-17"), "A-17"),
        ],
    ),
    ("write-a-plugin.md", "class BadgeImport"): (
        "badges",
        "",
        keeping("Badge"),
        [(("badge", "import", "badges.csv"), ""), (("badge", "list", "--json"), '"holder": "Ann"')],
    ),
    ("write-a-plugin.md", "class FeeImport"): (
        "fees",
        "from officeops.exchange import Importer\n\n",
        keeping("Fee"),
        [
            (("fee", "import", "fees.csv"), "Fees: 3 added"),
            (("fee", "import", "fees.csv"), "0 added, 0 changed, 3 unchanged"),
        ],
    ),
    ("write-a-plugin.md", "class LockerSettings"): (
        "lockers",
        "",
        keeping("Locker"),
        [
            (("locker", "add", "--number", "1"), ""),
            (("settings",), "Days that a locker is lent for"),
            (("access", "roles"), "porter"),
        ],
    ),
    ("write-a-plugin.md", "def datasets"): (
        "screening",
        "",
        "",
        [(("dataset", "load", "barred", "barred.csv"), "1 row"), (("dataset", "list"), "Excluded")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", EXAMPLES, ids=" ".join)
def test_an_example_runs(
    case: tuple[str, str], cli: Cli, officeops_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, before, after, commands = EXAMPLES[case]
    code = example(*case)
    if "PLUGIN =" not in code:
        code = HEAD.format(name=name) + before + code + after
    file = write_plugin(officeops_home, name, code)
    monkeypatch.chdir(officeops_home)
    (officeops_home / "barred.csv").write_text("npi,lastname,firstname\n1,Smith,Jo\n")
    (officeops_home / "fees.csv").write_text("badge,what,amount\n7,Lost,5\n7,Lost,5\n8,Lost,5\n")
    (officeops_home / "badges.csv").write_text("number,holder\n7,Ann\n")
    assert cli("location", "add", "--name", "Main").code == 0
    if "def records" in code:
        assert cli("plugins", "migration", name).code == 0
    # Tests here leave those that ship off.
    if case[0] == "use-another-plugin.md":
        assert cli("plugins", "enable", "inventory").code == 0
    assert cli("plugins", "enable", name).code == 0
    for words, said in commands:
        ran = cli(*words)
        assert ran.code in {0, 3}, (words, ran)
        assert said in ran.out + ran.err, (words, ran)
    # The examples are short; a docstring of the class is what they leave out.
    assert {finding.check for finding in problems(str(file))} <= {"record-help"}


def test_the_check_of_the_page_refuses(cli: Cli, officeops_home: Path) -> None:
    method = example("write-a-plugin.md", "is a day for nobody").split("    ...\n")[1]
    mark = "\n\n@hookimpl\ndef records"
    text = first_plugin().replace(mark, f"{method}{mark}", 1)
    text = text.replace("import Due, Migration", "import Due, Migration, Problem")
    write_plugin(officeops_home, "keys", text)
    assert [cli("plugins", word, "keys").code for word in ("migration", "enable")] == [0, 0]
    ran = cli("key", "add", "--tag", "A-17", "--opens", "Lab", "--due-back", "+7d")
    assert ran.code == 1
    assert "is a day for nobody" in ran.err


def test_a_command_is_named_by_a_string(cli: Cli, officeops_home: Path) -> None:
    hook = example("write-a-plugin.md", "def commands")
    click = "\n\nimport click\nfrom officeops import Command\n\n@click.command()\ndef key_round():\n    'Walk the key cabinet.'\n    click.echo('Walked.')\n\n\n"
    text = first_plugin() + click + hook.replace("officeops_keys.round_command", "keys")
    file = write_plugin(officeops_home, "keys", text)
    assert [cli("plugins", word, "keys").code for word in ("migration", "enable")] == [0, 0]
    assert cli("key-round").out == "Walked.\n"
    assert problems(str(file)) == []


def test_the_format_of_the_page_is_that_of_the_vendors() -> None:
    import officeops
    from officeops_vendors import formats

    namespace: dict[str, Any] = {name: getattr(officeops, name) for name in officeops.__all__}
    code = "from __future__ import annotations\n" + example("write-a-plugin.md", "def formats")
    exec(code, namespace)  # noqa: S102 - the example of the page
    (shown,) = namespace["formats"]()
    (real,) = [form for form in formats() if form.name == shown.name]
    assert shown == real


def test_the_tests_of_the_page_pass(
    cli: Cli, officeops_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_plugin(officeops_home, "keys", first_plugin())
    assert [cli("plugins", word, "keys").code for word in ("migration", "enable")] == [0, 0]
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "keys")
    code = example("write-a-plugin.md", "import pytest").replace(
        '"officeops_keys"', repr(str(file))
    )
    namespace: dict[str, Any] = {}
    exec(code, namespace)  # noqa: S102 - the example of the page
    namespace["test_officeops_finds_everything_in_order"]()
    namespace["test_a_key_is_added"](cli)
    exec(example("write-a-plugin.md", "test_a_clerk"), namespace)  # noqa: S102 - likewise
    namespace["test_a_clerk_lists_keys_and_archives_none"](cli)


def test_the_past_of_the_page_is_made_up(
    cli: Cli, officeops_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = officeops_home / "officeops_keys" / "demo_data"
    folder.mkdir(parents=True)
    for package in (folder, folder.parent):
        (package / "__init__.py").touch()
    (folder / "keys.csv").write_text("tag,opens,holder,handed_out\nA-17,Lab,Ann,-40\nA-18,Door,,\n")
    monkeypatch.syspath_prepend(officeops_home)
    action = re.search(
        r"tests/authoring/test_plugins_docs\.py as well -->\n```python\n(.*?)```", PAGE, re.DOTALL
    )
    assert action
    write_plugin(
        officeops_home,
        "keys",
        "\n".join([first_plugin(), action[1], example("make-up-a-past.md", "def demo")]),
    )
    assert [cli("plugins", word, "keys").code for word in ("migration", "enable")] == [0, 0]
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "keys")
    made = officeops_home / "demo.db"
    assert cli("demo", "--keep", str(made)).code == 0
    cli.path = made
    assert [key["holder"] for key in cli("key", "list", "--json").json] == ["Ann", None]


def test_no_example_is_left_out() -> None:
    run = {example(*case) for case in EXAMPLES}
    run.add(example("make-up-a-past.md", "def demo"))
    for words in (
        "is a day for nobody",
        "def commands",
        "def formats",
        "import pytest",
        "test_a_clerk",
    ):
        run.add(example("write-a-plugin.md", words))
    assert {code for _, code in blocks()} == run
