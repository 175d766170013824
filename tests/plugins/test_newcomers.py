"""A plugin that is turned on takes nothing of those that are on: it is refused, and named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.authoring.trial import on_trial, troubles_of
from officeops.model.settings import Machine
from officeops.plugins.discovery import find

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.testing import Cli

    Write = Callable[..., Path]

pytestmark = pytest.mark.usefixtures("shipped")

#: A plugin with one of each thing that has a name in the whole office.
KEYS = """
import sys
from types import ModuleType
import click, pluggy

class Key(Record, key="keys.key"):
    "A key."
    tag: str = field()

@action("keys.key.turn")
def turn(office: Office, key: Key) -> str:
    "Turn it."
    return ""

@click.command("jingle")
def jingle():
    "Jingle."

@job("polish")
def polish(office):
    "Polish."
    return ()

def rings(office):
    "Count the rings."
    return ()

class Finder: ...

asked = ModuleType("asked")
asked.key_found = pluggy.HookspecMarker("officeops")(lambda office: ())

@hookimpl
def records(): return [Key]
@hookimpl
def migrations(): return [Migration("0001", "CREATE TABLE keys_key (id INTEGER PRIMARY KEY)")]
@hookimpl
def actions(): return [turn]
@hookimpl
def commands(): return [Command("jingle", "officeops_file_keys:jingle", "Jingle.")]
@hookimpl
def jobs(): return [polish]
@hookimpl
def reports(): return [Report("rings", "Rings", rings, "Count the rings.")]
@hookimpl
def views(): return [View("lost", "keys.key", "Lost")]
@hookimpl
def roles(): return [Role("porter", ("keys.*",), "Has the keys.")]
@hookimpl
def permissions(): return [Permission("keys.master", "Have the master key.", "sensitive")]
@hookimpl
def screens(): return [Screen("board", "Board", "officeops_file_keys:Finder")]
@hookimpl
def datasets(): return [Dataset("keys.makers", "Makers", ("name",))]
@hookimpl
def formats(): return [Format("ring", (".ring",), ("keys.key",), (), "officeops_file_keys:rings")]
@hookimpl
def services(): return {Finder: Finder()}
@hookimpl
def hookspecs(): return asked
"""
RECORD = """
class Thing(Record, key="{name}.{word}", {words}):
    "A thing."
    tag: str = field()

@hookimpl
def records(): return [Thing]
"""
LISTED = "MIGRATIONS: list[Migration] = []\n@hookimpl\ndef migrations(): return MIGRATIONS\n"
ONE = "@hookimpl\ndef {hook}(): return [{value}]\n"
ACTION = '@action("keys.key.turn")\ndef turn(office: Office): "Turn."\n'
JOB = '@job("polish")\ndef polish(office): "Polish."\n'
COMMAND = 'import click\n@click.command("{word}")\ndef jingle(): "Jingle."\n'
SERVED = (
    "import sys\n@hookimpl\ndef services(): return {sys.modules['officeops_file_keys'].Finder: 1}\n"
)
ASKED = """
from types import ModuleType
import pluggy
asked = ModuleType("asked_too")
asked.key_found = pluggy.HookspecMarker("officeops")(lambda office: ())
@hookimpl
def hookspecs(): return asked
"""


def one(hook: str, value: str) -> str:
    return ONE.format(hook=hook, value=value)


def command(word: str) -> str:
    value = f'Command("{word}", "officeops_file_NAME:jingle", "Jingle.")'
    return COMMAND.format(word=word) + one("commands", value)


def record(word: str, words: str = "") -> str:
    return RECORD.format(name="NAME", word=word, words=words)


#: What a newcomer takes, the code with which it does, and a word of the refusal.
TAKEN = {
    "a noun": (record("key"), "'key' belongs to keys"),
    "a noun for a command": (command("key"), "'key' belongs to keys"),
    "a command": (command("jingle"), "'jingle' belongs to keys"),
    "a command for a noun": (record("jingle"), "'jingle' belongs to keys"),
    "a noun of the core": (record("location"), "'location' belongs to core"),
    "a newer noun of the core": (record("tag"), "`officeops tag` would become"),
    "the key of a record": (record("key").replace("NAME.key", "keys.key"), "does not begin"),
    "an action": (ACTION + one("actions", "turn"), "the action keys.key.turn"),
    "a job": (JOB + one("jobs", "polish"), "the job polish"),
    "a report": (
        one("reports", 'Report("rings", "R", lambda office: (), "R.")'),
        "the report rings",
    ),
    "a view": (one("views", 'View("lost", "keys.key", "Lost")'), "the view lost of keys.key"),
    "a role": (one("roles", 'Role("porter", ("core.*",), "All.")'), "the role porter"),
    "a permission": (one("permissions", 'Permission("keys.master", "H.", "read")'), "keys.master"),
    "a permission of the core": (
        one("permissions", 'Permission("core.user.grant-role", "H.", "read")'),
        "core.user.grant-role",
    ),
    "a screen": (one("screens", 'Screen("board", "B", "officeops:Office")'), "the screen board"),
    "the word of a screen": (
        one("screens", 'Screen("NAME.board", "B", "officeops:Office")'),
        "the screen board is of keys already",
    ),
    "a dataset": (one("datasets", 'Dataset("keys.makers", "M", ("name",))'), "keys.makers"),
    "a format": (
        one("formats", 'Format("ring", (".r",), ("keys.key",), (), "officeops:Office")'),
        "the format ring of keys.key",
    ),
    "a service": (SERVED, "Finder is provided by the plugin keys"),
    "a hook": (ASKED, "its hook key_found()"),
}


def test_a_newcomer_is_refused_for_whatever_it_takes(write: Write, cli: Cli) -> None:
    write("keys", KEYS)
    assert cli("plugins", "enable", "keys", "--anyway").code == 0
    for what, (code, why) in TAKEN.items():
        # By its name it would be loaded before the other.
        file = write("aaa", code.replace("NAME", "aaa"))
        ran = cli("plugins", "enable", "aaa")
        assert ran.code == 1, what
        assert why in ran.err, (what, ran.err)
        assert "officeops: aaa: " in ran.err, (what, ran.err)
        assert Machine().enabled == ["keys"], what
        # Turned on all the same, it takes nothing of the plugin that was first.
        on_anyway = on_trial(find(Machine()), ["aaa"], Machine())
        assert not troubles_of(on_anyway, "keys"), what
        file.unlink()


def test_a_newcomer_that_closes_a_circle_is_the_one_refused(write: Write, cli: Cli) -> None:
    write("keys", words='after=("aaa",)')
    write("aaa", words='after=("keys",)')
    assert cli("plugins", "enable", "keys").code == 0
    said = cli("plugins", "enable", "aaa").err
    assert "officeops: aaa: requirements: it waits in a circle with keys" in said


def test_a_former_noun_of_a_newcomer_is_no_word_of_another_plugin(write: Write, cli: Cli) -> None:
    write("keys", KEYS)
    assert cli("plugins", "enable", "keys", "--anyway").code == 0
    write("aaa", record("thing", 'former_nouns=("key",)').replace("NAME", "aaa"))
    cli("plugins", "enable", "aaa", "--anyway")
    assert "plugin keys:" not in cli("plugins").err


def test_the_keys_of_a_record_look_like_no_others(write: Write, cli: Cli) -> None:
    for name, word in (("keys", "key"), ("aaa", "lock")):
        write(name, record(word, 'prefix="K"').replace("NAME", name) + LISTED)
        assert cli("plugins", "migration", name).code == 0
    assert cli("plugins", "enable", "keys").code == 0
    ran = cli("plugins", "enable", "aaa")
    assert (ran.code, Machine().enabled) == (1, ["keys"])
    assert "K-1 is of the keys of keys.key; choose another prefix" in ran.err


def test_the_table_of_a_record_is_of_one_plugin(write: Write, cli: Cli) -> None:
    for name, word in (("keys", "log-entry"), ("keys_log", "entry")):
        noun = name.replace("_", "-")
        write(name, record(word, f'noun="{noun}"').replace("NAME", name) + LISTED)
        assert cli("plugins", "migration", name).code == 0
    assert cli("plugins", "enable", "keys").code == 0
    ran = cli("plugins", "enable", "keys_log")
    assert (ran.code, Machine().enabled) == (1, ["keys"])
    assert "keys_log_entry" in ran.err, ran.err
