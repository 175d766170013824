"""An earlier noun of a record stays its own: another plugin that declares it waits for another word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.testing import write_plugin

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli

pytestmark = pytest.mark.usefixtures("shipped")

TAKER = """
from officeops import Migration, Plugin, Record, field, hookimpl

PLUGIN = Plugin("{plugin}", "Takes a word that another record had.", api=2)

class Taken(Record, key="{plugin}.{word}", label="Taken"):
    name: str = field()

@hookimpl
def records():
    return [Taken]

@hookimpl
def migrations():
    return [Migration(1, "CREATE TABLE {plugin}_{table} (id INTEGER PRIMARY KEY, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT, name TEXT NOT NULL)")]
"""

COMMANDER = """
import click
from officeops import Command, Plugin, hookimpl

PLUGIN = Plugin("{plugin}", "Takes a word that another record had.", api=2)

@click.command()
def run():
    click.echo("taken over")

@hookimpl
def commands():
    return [Command("{word}", "{plugin}:run", "Take it over."), Command("{plugin}", "{plugin}:run", "Stay.")]
"""


def former_nouns(office: Office) -> list[tuple[str, str]]:
    """Every earlier noun of every record, with the noun of today."""
    kinds = office.records.values()
    return [(old, kind.meta.noun) for kind in kinds for old in kind.meta.former_nouns]


def test_no_earlier_noun_is_taken_over(
    office: Office, cli: Cli, officeops_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nouns = former_nouns(office)
    assert len(nouns) >= 5
    for word, noun in nouns:
        before = cli(word, "--help")
        # A plugin of its own for each: Python would take two files of one name and size for one.
        plugin, table = f"takes{word}", word.replace("-", "_")
        write_plugin(officeops_home, plugin, TAKER.format(plugin=plugin, word=word, table=table))
        monkeypatch.setenv("OFFICEOPS_PLUGINS", f"inventory,vendors,{plugin}")
        after = cli(word, "--help")
        assert after.out == before.out, word
        assert f"officeops {noun} " in after.out
        told = cli("plugins")
        assert f"the word '{word}' belongs to" in told.out + told.err, told
        monkeypatch.setenv("OFFICEOPS_PLUGINS", "inventory,vendors")


def test_no_command_of_a_plugin_takes_an_earlier_noun_over(
    office: Office, cli: Cli, officeops_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nouns = former_nouns(office)
    for word, noun in nouns[:2]:
        plugin = f"calls{word}"
        write_plugin(officeops_home, plugin, COMMANDER.format(plugin=plugin, word=word))
        monkeypatch.setenv("OFFICEOPS_PLUGINS", f"inventory,vendors,{plugin}")
        assert f"officeops {noun} " in cli(word, "--help").out
        told = cli("plugins")
        assert f"the word '{word}' belongs to" in told.out + told.err, told
        assert f"\n  {plugin} " in cli("--help").out  # its other command stays
        monkeypatch.setenv("OFFICEOPS_PLUGINS", "inventory,vendors")
