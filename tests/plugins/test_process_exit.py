"""A plugin that ends the process with `os._exit` is named, as one that raises is."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from officeops.core.records import Location
from officeops.model.exit_codes import DONE, INCOMPLETE, REFUSED
from officeops.office.crud import add_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office

    Write = Callable[..., Path]

ACTION = """
import os, threading

@action("core.location.leave")
def leave(office, location):
    "Leave."
    office.edit(location, note="half done")
    {code}

@hookimpl
def actions(): return [leave]
"""
LEAVE = ("location", "leave", "Main room")
#: A plugin's code, a command that runs it, that one's exit code, and the place that its message names.
PLACES = {
    "action": (ACTION.format(code="os._exit(0)"), LEAVE, REFUSED, "the action core.location.leave"),
    "action that catches errors": (
        ACTION.format(
            code="\n    try:\n        os._exit(0)\n    except Exception:\n        return 'Done.'"
        ),
        LEAVE,
        REFUSED,
        "the action core.location.leave",
    ),
    "guard": (
        "import os\n\n@hookimpl\ndef validate(office, change): os._exit(0)\n",
        ("location", "add", "--name", "Attic"),
        REFUSED,
        "validate()",
    ),
    "due": (
        "from os import _exit\n\n@hookimpl\ndef due(office, until): _exit(0)\n",
        ("today",),
        INCOMPLETE,
        "due",
    ),
    "import": ("import os\nos._exit(0)\n", ("today",), INCOMPLETE, "import"),
}


def command(office: Office, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command line in a process of its own: one that ends at once would take the tests along."""
    line = [sys.executable, "-m", "officeops", "--db", office.path, *words]
    environ = {**os.environ, "OFFICEOPS_PLUGINS": "bad"}
    return subprocess.run(line, capture_output=True, text=True, check=False, env=environ)


@pytest.mark.parametrize("name", PLACES)
def test_a_plugin_that_ends_the_process_is_named(office: Office, write: Write, name: str) -> None:
    add_record(office, Location, {"name": "Main room"})
    code, words, ends, place = PLACES[name]
    write("bad", code)
    ran = command(office, *words)
    assert ran.returncode == ends, ran
    assert "bad" in ran.stderr
    assert place in ran.stderr
    assert "os._exit(0)" in ran.stderr
    assert [record.note for record in office.all(Location)] == [None]


def test_a_process_that_it_forks_ends_as_it_likes(office: Office, write: Write) -> None:
    add_record(office, Location, {"name": "Main room"})
    forks = (
        "\n    child = os.fork()\n    if not child:\n        os._exit(7)\n"
        "    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])\n    return f'The child ended with {ended}.'"
    )
    write("bad", ACTION.format(code=forks))
    ran = command(office, *LEAVE)
    assert (ran.returncode, ran.stdout + ran.stderr) == (DONE, "The child ended with 7.\n")
