"""`officeops plugins`: what is there, what is wrong with it, and turning it on and off."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pytest

from officeops import __version__
from officeops.model.settings import Machine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.testing import Cli

    Write = Callable[..., Path]

pytestmark = pytest.mark.usefixtures("shipped")

KEYS = """
MIGRATIONS: list[Migration] = []

class Key(Record, key="keys.key", display="tag"):
    "A key."

    tag: str = field(unique=True)

@hookimpl
def records(): return [Key]

@hookimpl
def migrations(): return MIGRATIONS

@action("keys.key.lose")
def lose(office: Office, key: Key) -> str:
    "Note that a key is lost."
    return "Lost."

@hookimpl
def actions(): return [lose]
"""


def row(cli: Cli, name: str, **env: str) -> dict[str, object]:
    found: dict[str, object] = next(
        each for each in cli("plugins", "--json", env=env).json if each["name"] == name
    )
    return found


def test_the_list_says_what_each_brings(write: Write, cli: Cli) -> None:
    file = write("keys", KEYS)
    assert row(cli, "vendors", OFFICEOPS_PLUGINS="vendors") == {
        "name": "vendors",
        "version": __version__,
        "origin": "officeops",
        "api": 2,
        "records": 6,
        "actions": 9,
        "commands": 0,
        "status": "on",
    }
    off = row(cli, "keys")
    assert (off["origin"], off["records"], off["version"]) == (str(file.parent), None, None)
    assert off["status"] == "off: not enabled; `officeops plugins enable keys`"


def test_the_list_needs_no_office_and_imports_nothing_that_is_off(
    write: Write, cli: Cli, tmp_path: Path
) -> None:
    write("loud", "raise ValueError('imported')")
    ran = cli("--db", str(tmp_path / "absent.db"), "plugins", "--csv")
    assert ran.code == 0
    assert "imported" not in ran.out + ran.err
    assert "loud" in [each["name"] for each in csv.DictReader(io.StringIO(ran.out))]
    assert not (tmp_path / "absent.db").exists()


def test_tracebacks_are_for_those_who_ask(write: Write, cli: Cli) -> None:
    write("bad", "@hookimpl\ndef views(): return 1 / 0")
    listed = cli("plugins", env={"OFFICEOPS_PLUGINS": "bad"})
    assert "refused: views: ZeroDivisionError: division by zero" in listed.out
    assert "Traceback" not in listed.out + listed.err
    for env in ({"OFFICEOPS_PLUGINS": "bad"}, {}):
        ran = cli("plugins", "--trace", "bad", env=env)
        assert ran.code == 0
        assert re.search(r"^bad: views: .*\nTraceback .*bad\.py", ran.out, re.DOTALL)
    assert cli("plugins", "--trace", "vendors").err.startswith("vendors loads in order.")
    assert cli("plugins", "--trace", "absent").code == 1


@pytest.mark.parametrize("verb", ["enable", "disable", "migration"])
def test_a_plugin_that_is_not_there_is_named_with_the_nearest(cli: Cli, verb: str) -> None:
    ran = cli("plugins", verb, "vendor")
    assert ran.code == 1
    assert "officeops: There is no plugin called 'vendor'. Did you mean vendors" in ran.err
    assert "`officeops plugins`" in cli("plugins", verb, "zzz").err


def test_a_plugin_is_enabled_used_and_disabled(write: Write, cli: Cli) -> None:
    write("keys", KEYS)
    assert cli("plugins", "migration", "keys").code == 0
    ran = cli("plugins", "enable", "keys")
    assert (ran.code, "1 record, 1 action" in ran.err) == (0, True)
    assert (Machine().enabled, Machine().disabled) == (["keys"], [])
    assert cli("key", "add", "--tag", "A").code == 0
    assert cli("plugins", "enable", "keys").code == 0
    assert Machine().enabled == ["keys"]
    ran = cli("plugins", "disable", "keys")
    assert (ran.code, ran.err.startswith("keys is off.")) == (0, True)
    assert (Machine().enabled, Machine().disabled) == ([], [])
    assert cli("key", "list").code == 1
    cli("plugins", "enable", "keys")
    assert cli("key", "list", "--json").json[0]["tag"] == "A"


def test_ours_are_disabled_and_enabled_too(write: Write, cli: Cli) -> None:
    write("leans", words="requires=('vendors',)")
    cli("plugins", "enable", "leans")
    ran = cli("plugins", "disable", "vendors")
    assert "leans needs vendors" in ran.err
    assert (Machine().enabled, Machine().disabled) == (["leans"], ["vendors"])
    assert str(row(cli, "leans")["status"]).startswith("refused: requirements: it needs vendors")
    cli("plugins", "enable", "vendors")
    assert (Machine().enabled, Machine().disabled) == (["leans"], [])
    assert row(cli, "leans")["status"] == "on"


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (
            "import nothing_there",
            "bad: import: ModuleNotFoundError: No module named 'nothing_there'",
        ),
        (
            "@hookimpl\ndef jobs(): return [1]",
            "bad: jobs: jobs() gave 1, which is not what that hook is for",
        ),
        (
            KEYS.replace("keys.key", "bad.key"),
            "bad: bad.key: the table bad_key is declared, but no migration makes it; `officeops plugins migr",
        ),
        (
            "@hookimpl\ndef migrations(): return [Migration('0001', 'CREAT')]",
            "bad: The migration 0001 of bad failed: ",
        ),
    ],
    ids=["import", "hook", "table", "migration"],
)
def test_a_plugin_that_is_not_in_order_is_enabled_only_anyway(
    write: Write, cli: Cli, code: str, why: str
) -> None:
    write("bad", code)
    write("good")
    ran = cli("plugins", "enable", "good", "bad")
    assert ran.code == 1
    assert why in ran.err
    assert "nothing was enabled; --anyway enables it as it is" in ran.err
    assert Machine().enabled == []
    ran = cli("plugins", "enable", "good", "bad", "--anyway")
    assert ran.code == 0
    assert why in ran.err
    assert Machine().enabled == ["good", "bad"]


def test_two_that_need_each_other_s_company_are_enabled_together(write: Write, cli: Cli) -> None:
    write("base")
    write("upper", words="requires=('base',)")
    assert cli("plugins", "enable", "upper").code == 1
    assert cli("plugins", "enable", "upper", "base").code == 0


def test_what_else_is_kept_in_the_file_stays(write: Write, cli: Cli) -> None:
    write("keys")
    Machine().save("plugins.toml", {"enabled": ["absent"], "note": "kept"})
    cli("plugins", "enable", "keys")
    assert Machine().load("plugins.toml") == {
        "enabled": ["absent", "keys"],
        "disabled": [],
        "note": "kept",
    }


# -- migration --------------------------------------------------------------------------------------


def test_the_migration_is_appended_where_migrations_live(write: Write, cli: Cli) -> None:
    file = write("keys", KEYS)
    printed = cli("plugins", "migration", "keys", "--print")
    assert printed.out.startswith(
        'MIGRATIONS.append(\n    Migration(\n        "0001_start",\n        """\nCREATE TABLE keys_key ('
    )
    assert printed.out.endswith('""",\n    ),\n)\n')
    before = file.read_text()
    ran = cli("plugins", "migration", "keys")
    assert ran.code == 0
    assert f"0001_start was written into {file}." in ran.err
    assert file.read_text() == before.rstrip("\n") + "\n\n" + printed.out
    again = cli("plugins", "migration", "keys")
    assert again.err.startswith("Nothing is missing: the tables of keys ")


def test_the_next_migration_is_named_after_what_changed(write: Write, cli: Cli) -> None:
    file = write("keys", KEYS)
    cli("plugins", "migration", "keys")
    step = "    tag: str = field(unique=True)\n    shelf_days: int | None = field(default=None)\n"
    file.write_text(file.read_text().replace("    tag: str = field(unique=True)\n", step))
    assert '"0002_key_shelf_days"' in cli("plugins", "migration", "keys", "--print").out
    cli("plugins", "migration", "keys")
    file.write_text(
        file.read_text()
        .replace(step, "    shelf_days: int | None = field(default=None)\n")
        .replace('"tag"', '"shelf_days"')
    )
    ran = cli("plugins", "migration", "keys")
    assert "0003_key_tag drops keys_key.tag" in ran.err
    assert cli("plugins", "enable", "keys").code == 0


def test_what_no_migration_can_know_is_refused(write: Write, cli: Cli) -> None:
    file = write("keys", KEYS)
    cli("plugins", "migration", "keys")
    file.write_text(
        file.read_text().replace("    tag: str", "    room: str = field()\n    tag: str")
    )
    ran = cli("plugins", "migration", "keys")
    assert ran.code == 1
    assert "keys.key: the new field room is required" in ran.err


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("return MIGRATIONS", "return [*MIGRATIONS]", "its migrations were not found"),
        ("def migrations", "def other", "is not in order: hooks: there is no hook called other"),
        ("@hookimpl\ndef migrations(): return MIGRATIONS", "", "its migrations were not found"),
        (
            "MIGRATIONS: list[Migration] = []",
            "MIGRATIONS = []\ndel Migration",
            "lacks `from officeops import Migration`",
        ),
    ],
)
def test_where_migrations_must_live_is_said(
    write: Write, cli: Cli, before: str, after: str, why: str
) -> None:
    file = write("keys", KEYS.replace(before, after))
    text = file.read_text()
    ran = cli("plugins", "migration", "keys")
    assert ran.code == 1
    assert why in ran.err
    assert file.read_text() == text


def test_a_package_s_migrations_are_found_in_the_module_that_made_the_list(
    tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site/officeops_lockers"
    package.mkdir(parents=True)
    info = tmp_path / "site/officeops_lockers-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: officeops-lockers\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[officeops.plugins]\nlockers = officeops_lockers\n")
    (package / "schema.py").write_text(
        "from officeops import Migration\n\nMIGRATIONS: list[Migration] = []\n"
    )
    head = "from __future__ import annotations\nfrom officeops import *\nfrom officeops_lockers.schema import MIGRATIONS\n"
    code = KEYS.replace(
        "MIGRATIONS: list[Migration] = []", 'PLUGIN = Plugin("lockers", "Lockers", api=2)'
    ).replace("keys.key", "lockers.key")
    (package / "__init__.py").write_text(head + code)
    monkeypatch.syspath_prepend(tmp_path / "site")
    ran = cli("plugins", "migration", "lockers")
    assert f"0001_start was written into {package / 'schema.py'}." in ran.err


def test_the_core_s_migrations_are_complete(cli: Cli) -> None:
    ran = cli("plugins", "migration", "core")
    assert ran.err.startswith("Nothing is missing: the tables of core ")


def test_the_command_of_a_plugin_that_is_not_in_order_says_why_once(write: Write, cli: Cli) -> None:
    write("keys", KEYS)
    env = {"OFFICEOPS_PLUGINS": "keys"}
    for options in ((), ("--json",)):
        ran = cli("key", "list", *options, env=env)
        assert (ran.code, ran.err.count("no migration makes its table")) == (1, 1)


def test_the_list_says_that_an_action_has_the_word_of_a_verb(write: Write, cli: Cli) -> None:
    write("keys", KEYS.replace("keys.key.lose", "keys.key.archive"))
    status = str(row(cli, "keys", OFFICEOPS_PLUGINS="keys")["status"])
    assert "the action keys.key.archive: officeops has a verb archive of its own" in status
