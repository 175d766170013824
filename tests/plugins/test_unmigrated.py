"""A plugin whose fields changed without a migration: every command names it, the record, the column and the cure."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.testing import Cli

PLUGIN = """
from __future__ import annotations

from officeops import *

PLUGIN = Plugin("keys", "Keys", api=2)


class Key(Record, key="keys.key", display="tag"):
    tag: str = field(unique=True, search=True)
    opens: str | None = field(default=None)


@hookimpl
def records():
    return [Key]


@hookimpl
def migrations():
    return [Migration("0001_start", '''
CREATE TABLE keys_key (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL DEFAULT 1,
    archived_at TEXT,
    tag TEXT NOT NULL,
    opens TEXT
) STRICT;
''')]
"""
FIELD = "    opens: str | None = field(default=None)\n"
WIDER = FIELD + "    color: str | None = field(default=None)\n"
CURE = "`officeops plugins migration keys`"


@pytest.fixture
def plugin(officeops_home: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> Path:
    """The plugin's file, in an office that has one key."""
    file = officeops_home / "config/officeops/plugins/keys.py"
    file.parent.mkdir(parents=True)
    file.write_text(PLUGIN)
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "keys")
    ran = cli("key", "add", "--tag", "1")
    assert ran.code == 0, ran.err
    return file


def declare(file: Path, fields: str) -> None:
    """Change what the plugin declares, and no migration."""
    file.write_text(PLUGIN.replace(FIELD, fields))


@pytest.mark.parametrize(
    "words",
    [
        "key list",
        "key show 1",
        "key search 1",
        "key add --tag 2",
        "key add --tag 2 --color red",
        "key edit 1 --opens door",
        "key archive 1",
        "key unarchive 1",
        "key export -",
        "key import -",
        "key history",
        "search 1",
        "today",
        "selfcheck",
    ],
)
def test_every_command_names_the_column_and_the_cure(cli: Cli, plugin: Path, words: str) -> None:
    declare(plugin, WIDER)
    # The first command installs what changed; the second finds it so.
    for _ in range(2):
        ran = cli(*words.split(), typed="tag\n3\n")
        said = ran.out + ran.err
        # What changed before is in the history, whatever the table lacks.
        assert ran.code == 0 if words == "key history" else ran.code not in {0, 2}
        assert "migrations: no migration makes the column color of keys.key" in said
        assert CURE in said
        assert "brought up to date" not in said
        assert "fault in officeops" not in said
    declare(plugin, FIELD)
    assert [key["tag"] for key in cli("key", "list", "--json").json] == ["1"]


@pytest.mark.parametrize(
    "fields",
    [WIDER, "", FIELD.replace("str", "int") + "\n", FIELD.replace("str | None = field(default=None)", "str")],
    ids=["added", "dropped", "another kind", "needed"],
)  # fmt: skip
def test_the_list_of_plugins_says_it_too(cli: Cli, plugin: Path, fields: str) -> None:
    status = cli("plugins", "--json").json
    assert next(row["status"] for row in status if row["name"] == "keys") == "on"
    declare(plugin, fields)
    status = cli("plugins", "--json").json
    said = next(row["status"] for row in status if row["name"] == "keys")
    assert said.startswith("on, but keys.key: ")
    assert CURE in said


def test_a_file_that_an_earlier_version_took_for_whole_is_refused_too(
    cli: Cli, plugin: Path
) -> None:
    # Until its fifth signature the office noted a table's triggers as installed by the declared
    # columns, whether or not the table had them.
    with closing(sqlite3.connect(cli.path, isolation_level=None)) as db:
        sql = "SELECT signature FROM core_installed WHERE record = 'keys_key'"
        _, _, rest = db.execute(sql).fetchone()[0].partition("|")
        noted = "5|" + rest.replace("|opens|", "|opens|color|", 1)
        db.execute("UPDATE core_installed SET signature = ? WHERE record = 'keys_key'", (noted,))
    declare(plugin, WIDER)
    for _ in range(2):
        ran = cli("key", "list")
        assert ran.code not in {0, 2}
        assert "column color of keys.key" in ran.err
        assert CURE in ran.err


def test_the_migration_that_it_names_mends_it(cli: Cli, plugin: Path) -> None:
    declare(plugin, WIDER)
    assert cli("key", "list").code != 0
    step = "    ), Migration('0002_color', 'ALTER TABLE keys_key ADD COLUMN color TEXT')]\n"
    plugin.write_text(plugin.read_text().replace("''')]\n", "'''" + step))
    assert cli("key", "edit", "1", "--color", "red").code == 0
    assert cli("key", "list", "--json").json[0]["color"] == "red"
    assert cli("history", "verify").code == 0
