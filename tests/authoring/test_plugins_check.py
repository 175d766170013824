"""`check_plugin` finds what officeops would trip over, and names file, class and field."""

from __future__ import annotations

import importlib
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from officeops.authoring.check import HEAVY, problems
from officeops.model.settings import Machine
from officeops.testing import check_plugin

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.testing import Cli

    Write = Callable[..., Path]

RECORD = """
class Key(Record, key="keys.key"{words}):
    {doc}
    tag: str = field()
    {field}

@hookimpl
def records(): return [Key]

@hookimpl
def migrations():
    from officeops.store.missing_migrations import missing_sql
    from officeops.core.migrations import MIGRATIONS
    return [Migration("0001", missing_sql([Key.meta], {{"core": MIGRATIONS}}))]
"""
REST = """
@hookimpl
def {hook}():
    return [{value}]
"""


def declared(field: str = "", words: str = "", doc: str = '"A key."') -> str:
    return RECORD.format(field=field, words=words, doc=doc)


def acting(
    parameters: str = "", words: str = "", doc: str = '"Do it."', name: str = "keys.key.turn"
) -> str:
    head = f'\n@action("{name}"{words})\ndef turn(office: Office, key: Key{parameters}) -> str:\n'
    return (
        declared()
        + head
        + f'    {doc}\n    return ""\n'
        + REST.format(hook="actions", value="turn")
    )


@pytest.mark.parametrize("module", ["officeops_vendors"])
def test_our_plugins_are_in_order(module: str) -> None:
    check_plugin(module)


def test_a_module_may_be_given_itself() -> None:
    import officeops_vendors

    check_plugin(officeops_vendors)


def test_a_plugin_in_order_has_no_problems(write: Write) -> None:
    assert problems(str(write("keys", acting(", until: date | None = param(default=None)")))) == []


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (
            "import rich",
            "{file}: importing it imports rich; import it inside the functions that use it",
        ),
        (
            "import nothing_there",
            "{file}: it cannot be imported: ModuleNotFoundError: No module named 'nothing_there'",
        ),
        ("del PLUGIN", "{file}: there is no PLUGIN = Plugin(...)"),
        (
            "def due(office, until): return []",
            "{file}: due: its function due() is never called: it is not marked @hookimpl",
        ),
        (
            "@hookimpl\ndef due(when): return []",
            "{file}: hooks: its hook due() takes when, but that hook is given office, until",
        ),
        (
            declared().replace("return [Migration", "return []\n    return [Migration"),
            "{file}: migrations: no migration makes its table keys_key",
        ),
        (
            declared().replace(
                '{"core": MIGRATIONS}))',
                '{"core": MIGRATIONS}).replace("tag TEXT NOT NULL", "tag TEXT"))',
            ),
            "{file}: keys.key: column tag: declared ('TEXT', True, None, False), migrated ('TEXT', False, None, False)",
        ),
        (
            declared().replace(
                "return [Migration(", "return [Migration('0002', 'SELECT 1'), Migration("
            ),
            "{file}: its migrations are not in the order of their names: 0002, 0001",
        ),
        (
            declared(doc=""),
            "{file}: Key: it has no docstring; its first line is the help of `officeops key`",
        ),
        (
            declared("weight: float = field(default=None)"),
            "{file}: it cannot be imported: TypeError: Key.weight: float is no type of a field. Write str, int, bool",
        ),
        (
            declared("note: str = field(default=None)"),
            "{file}: Key.note: it may be blank, so its type is `str | None`",
        ),
        (
            declared("state: str = choice('in', 'out', default='lost')"),
            "{file}: Key.state: its default 'lost' is none of its choices",
        ),
        (
            declared("holder: int | None = ref('hr.person', default=None)"),
            "{file}: Key.holder: the name of a reference ends in _id",
        ),
        (
            declared("holder_id: int | None = ref('hr.person', default=None)"),
            "{file}: Key.holder_id: it points to hr.person, so the manifest names hr in `after` or `requires`",
        ),
        (
            declared("room_id: int | None = ref('core.room', default=None)"),
            "{file}: Key.room_id: it points to core.room, which core does not declare",
        ),
        (
            declared("select: str | None = field(default=None)"),
            "{file}: migrations: keys.key: the field 'select' is a word of SQL",
        ),
        (
            declared(words=', sort="-lost"'),
            "{file}: Key: its sort names 'lost', which is no field of it",
        ),
        (
            declared("computed = (computed('uses', 'count(nothing)', kind='number'),)"),
            "{file}: Key: it cannot be listed",
        ),
        (
            declared().replace("keys.key", "keys.vendor"),
            "{file}: records: the word 'vendor' belongs to vendors already, for its record vendors.vendor",
        ),
        (
            declared().replace("keys.key", "keys.grant"),
            "{file}: records: the word 'grant' belongs to core already, for its record core.grant",
        ),
        (
            declared().replace("keys.key", "keys.today"),
            "{file}: records: the word 'today' belongs to officeops already",
        ),
        (
            acting(doc="pass"),
            "{file}: keys.key.turn: its function has no docstring, which is its help",
        ),
        (
            acting(", sides: list[str]"),
            "{file}: actions: The plugin keys failed in the parameters of the action keys.key.turn (TypeError: sides: list[str]",
        ),
        (acting(name="keys.lock.turn"), "{file}: keys.lock.turn: there is no record keys.lock"),
        (
            acting(name="keys.key.edit"),
            "{file}: keys.key.edit: officeops has a verb edit of its own; call it something else",
        ),
        (
            acting(words=', means="twist"'),
            "{file}: keys.key.turn: its meaning 'twist' is not known; choose another",
        ),
        (
            acting(words=', means="use"')
            .replace(
                "@hookimpl\ndef actions",
                "@action('keys.key.copy', means='use')\ndef copy(office: Office, key: Key) -> str:\n    'Copy.'\n\n"
                "@hookimpl\ndef actions",
            )
            .replace("[turn]", "[copy, turn]"),
            "{file}: keys.key.turn: its meaning 'use' has the letter 'o', which is that of keys.key.copy",
        ),
        (
            REST.format(
                hook="screens",
                value='Screen("keys.board", "Board", "officeops.core.records:Location", key="b")',
            ),
            "screen keys.board: its key 'b' means the same on every screen; choose another",
        ),
        (
            REST.format(
                hook="commands",
                value='Command("look", "officeops.cli.commands.search:search", "Look.")',
            ),
            "command look: it is registered with the help 'Look.', but officeops.cli.commands.search:search begins with",
        ),
        (
            REST.format(
                hook="commands",
                value='Command("look", "officeops.cli.commands.search:nothing", "Look.")',
            ),
            "command look: officeops.cli.commands.search has no nothing",
        ),
        (
            REST.format(
                hook="commands", value='Command("today", "officeops.cli.commands.today:today", "")'
            ),
            "command today: it has no help",
        ),
        (
            REST.format(hook="views", value='View("late", "keys.key", "Late")'),
            "view late of keys.key: there is no such record",
        ),
        (
            REST.format(
                hook="views", value='View("late", "core.location", "Late", where="lost=1")'
            ),
            "view late of core.location: it cannot be shown: Locations have no field 'lost'",
        ),
        (
            REST.format(hook="jobs", value='job("nightly")(lambda office: [])'),
            "{file}: nightly: its function has no docstring",
        ),
    ],
)
def test_what_is_wrong_is_named(write: Write, code: str, why: str) -> None:
    file = write("keys", code)
    found = problems(str(file))
    assert any(each.startswith(why.format(file=file)) for each in found), found


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
    write("lent", "def due(office, until): return []", 'requires=("keys",)')
    ran = cli("plugins", "check", "lent", "--json")
    assert ran.code == 1
    assert str(file) in ran.err
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


def test_a_package_that_is_not_installed_or_hides_a_hook_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "officeops_hidden"
    package.mkdir()
    (package / "__init__.py").write_text(
        "from officeops import *\n\nPLUGIN = Plugin('hidden', 'Hidden', api=2)\n"
    )
    (package / "records.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    found = problems("officeops_hidden")
    assert (
        'officeops does not find it; write [project.entry-points."officeops.plugins"] hidden = "officeops_hidden"'
        in found[1]
    )
    assert "once imported, its file records.py hides its hook records(); rename it" in found[0]


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
        "    from officeops.store.missing_migrations import missing_sql\n"
        "    from officeops.core.migrations import MIGRATIONS\n"
        "    return [Migration(",
    )
    found = problems(str(write("keys", code)))
    cures = [problem for problem in found if 'drop_field("keys.key", "colour")' in problem]
    assert bool(cures) is is_named, found
    assert is_named or found == []
