"""What plugin code and its children print never gets into the answer, and streams it closes are only lent."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.effort import TIMES
from tests.plugins.failing_plugins import ACTION, ADD, BOOM, DECLARING, PLACES, failing
from tests.plugins.test_answering import ANSWERS

from officeops.model.exit_codes import DONE, DUE, REFUSED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.testing import Cli

#: What code does to the streams it is given.
CLOSES = (
    "__import__('sys').stdout.close()",
    "__import__('sys').stderr.close()",
    "__import__('sys').stdout.__exit__()",
    "__import__('sys').stdout.detach().close()",
    "__import__('sys').stderr.buffer.close()",
    "__import__('io').TextIOWrapper(__import__('sys').stdout.buffer).write('x')",
    "setattr(__import__('sys'), 'stderr', None)",
)
#: How code or a child of it writes to standard output past Python's stream.
PAST = (
    "__import__('os').write(1, b'noise')",
    "__import__('subprocess').run(['echo', 'noise'])",
    "__import__('os').system('echo noise')",
    "__import__('sys').__stdout__ and print('noise')",
)
#: Places whose code fails without being called again, or is the answer itself.
FAILS = {*(f"{hook}()" for hook in DECLARING), "name"}


@pytest.mark.parametrize(
    ("number", "name"),
    [*enumerate(name for name in PLACES if BOOM in PLACES[name][0] and name not in FAILS)],
)
def test_a_stream_that_code_closes_stays_open(
    write: Callable[..., Path], cli: Cli, number: int, name: str
) -> None:
    code, _, words, _ = PLACES[name]
    body = CLOSES[number % len(CLOSES)]
    ran = failing(
        write,
        cli,
        code.replace(BOOM, body),
        ("thing", "add", "--name", "C") if words == ADD else words,
    )
    assert "lost" not in ran.err, ran
    assert "closed file" not in ran.err, ran
    assert ran.out or ran.err or ran.code == DONE


@pytest.mark.parametrize("place", ["{hook}(), which checks this change", "check() of the record"])
@pytest.mark.parametrize("body", CLOSES)
def test_what_is_written_is_said_to_be(
    write: Callable[..., Path], cli: Cli, place: str, body: str
) -> None:
    code, words = ANSWERS[place]
    ran = failing(
        write,
        cli,
        code.replace("{body}", body),
        ("thing", "add", "--name", "C") if words == ADD else words,
    )
    assert (ran.code, ran.out) == (DONE, ""), ran
    assert re.fullmatch(r"x?(Used\.|Thing C is saved\.|Thing.*)\n", ran.err), ran


HOOKS = """
{first}

@hookimpl
def due(office, until):
    {body}
    yield Due("loud:1", until, "Something is due")

@hookimpl
def search(office, text):
    {body}
    return []

@hookimpl
def check(office):
    {body}
    return []

@hookimpl
def validate(office, change):
    {body}
    return []

@hookimpl
def keep(office, record):
    {body}
    return []

@hookimpl
def changed(office, change):
    {body}

@hookimpl
def inspect(office, kinds):
    {body}
    return []

@action("core.location.shout")
def shout(office, location):
    "Shout."
    {body}

@hookimpl
def actions():
    {body}
    return [shout]

def run(office):
    {body}
    return [{{"a": 1}}]

@hookimpl
def reports():
    return [Report("loud", "Loud", run, "Loud.")]

import click

@click.command()
def cry():
    "Cry."
    {child}

@hookimpl
def commands():
    return [Command("cry", __name__ + ":cry", "Cry.")]
"""
WORDS = (
    ("today", "--json"),
    ("search", "main", "--json"),
    ("location", "list", "--json"),
    ("location", "add", "--name", "Cellar", "--json"),
    ("report", "loud", "--json"),
    ("inspect", "fire", "--json"),
    ("selfcheck", "--json"),
)


def run(cli: Cli, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own, whose descriptors are real."""
    command = [sys.executable, "-m", "officeops", "--db", str(cli.path), *words]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


@pytest.mark.parametrize(("number", "body"), [*enumerate(PAST)])
def test_what_children_print_goes_to_stderr(
    write: Callable[..., Path], cli: Cli, number: int, body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Main room", "Attic"):
        assert cli("location", "add", "--name", name).code == DONE
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "inventory,vendors,loud")
    write("loud", HOOKS.format(body=body, first=body, child="__import__('os').system('echo told')"))
    # One run tries each command with some of them.
    tried = WORDS if TIMES > 1 else [words for n, words in enumerate(WORDS) if n % 3 == number % 3]
    for words in tried:
        ran = run(cli, *words)
        assert (
            ran.returncode in {DONE, DUE, REFUSED}
            if words[0] in {"selfcheck", "inspect"}
            else ran.returncode == DONE
        ), ran
        json.loads(ran.stdout)
        assert "noise" in ran.stderr
    ran = run(cli, "location", "archive", "Attic")
    assert (ran.returncode, ran.stdout, "noise" in ran.stderr) == (DONE, "", True)
    ran = run(cli, "location", "shout", "Main room")
    assert (ran.returncode, ran.stdout) == (DONE, "")
    assert "Done." in ran.stderr
    ran = run(cli, "cry")
    assert (ran.returncode, ran.stdout) == (DONE, "told\n"), ran


def test_every_hook_that_is_asked_is_loud() -> None:
    asked = {
        name
        for name in PLACES
        if re.search(r"@hookimpl\ndef \w+\(office, (?!seed)", PLACES[name][0])
    }
    assert all(f"def {name.split()[0]}(" in HOOKS for name in asked), asked
    assert ACTION
