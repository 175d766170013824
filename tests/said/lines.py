"""Lines: a way to call every command there is, on the office of the access matrix."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final, NamedTuple

import click
from tests.access.matrix_commands import BEFORE, KEY, commands, line_of

from officeops.cli.context import Run
from officeops.cli.root import root

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.said.runner import Runner

#: The plugins whose commands are tried.
PLUGINS: Final = "hr,inventory,maintenance,vendors"
#: A plugin with a kind of record whose migration is not written yet, for the command that writes it.
MINE: Final = """\
from __future__ import annotations

from officeops import *

PLUGIN = Plugin("mine", "A kind of record without its migration", api=2)
MIGRATIONS: list[Migration] = []


class Badge(Record, key="mine.badge"):
    \"\"\"A badge.\"\"\"

    name: str = field()


@hookimpl
def records():
    return [Badge]


@hookimpl
def migrations():
    return MIGRATIONS
"""
#: The arguments of commands that the matrix does not run, or runs with others.
WORDS: Final[dict[str, str]] = {
    "access authorized-keys": "-- officeops SHA256:none",
    "access install": "--etc etc",
    "backup arrive": "none.tar",
    "backup move": "bundle.tar",
    "backup restore": "latest --live --yes",
    "completion": "bash",
    "demo": "--keep kept.db",
    "history accept": "--because tried --yes",
    "init": "--name Other",
    "plugins check": "mine",
    "plugins migration": "mine",
    "plugins new": "theirs",
    "salvage": "none.db",
    "undo": "",
}
#: The users of the office, whom the matrix makes by code.
USERS: Final = (
    "access role nobody",
    "access role own-one core.who.view",
    "access add cleo --role clerk",
    "access add spare --role clerk --key -",
)
#: What is done before.
FIRST: Final[dict[str, str]] = {
    **BEFORE,
    "redo": "undo",
    "reorder --check": "item add --sku E --name Swabs --reorder-point 5",
}
#: Lines beside those of the commands: forms that write something else, or ask for it at another moment.
MORE: Final[dict[str, str]] = {
    "today --new --mark-seen": "",
    "today --check": "",
    "reorder --check": "",
    "undo --json": "",
    "item import - --dry-run": "sku,name\nX,New\n",
    "item import - --skip-bad": "sku,name\nX,New\nY,\n",
    "item import -": "sku,name\nY,\n",
    "item export items.csv": "",
    "vendor add --name Medline --code": "",
    "vendor show nobody": "",
    "--request-id r1 vendor add --name New": "",
}
#: Commands that end otherwise than well on this office, with the code that is right for them.
ENDS: Final[dict[str, int]] = {
    "access install": 1,
    "dataset load": 1,
    "dataset show": 1,
    "init": 1,
    "item import -": 1,
    "item import - --skip-bad": 5,
    "stock-move import": 5,
    "seal recover": 1,
    "today --check": 3,
    "reorder --check": 3,
    "ticket verify": 1,
    "undo --json": 2,
    "vendor add --name Medline --code": 2,
    "vendor show nobody": 1,
}
#: Commands that have no line, each with where they are tried.
ELSEWHERE: Final[dict[str, str]] = {
    "access gate": "run by sshd; its streams are those of the line: tests/ssh",
}


class Line(NamedTuple):
    """A command line: the command it is of, its words, what is typed, and what is run before it."""

    name: str
    words: list[str]
    typed: str = ""
    first: str = ""


def lines() -> Iterator[Line]:
    """Yield a line for every command of the registry, with and without --json, and the further forms."""
    run = Run()
    named = [
        f"{word} {each.name}"
        for word in ("job", "report")
        for _, each in run.plugins.registered(f"{word}s")
    ]
    with_json = set(_with_json(root, click.Context(root, obj=Run()), ()))
    for command in sorted({*commands(), *named}):
        if command in ELSEWHERE:
            continue
        words, typed = (WORDS[command], "") if command in WORDS else line_of(command)
        line = Line(command, shlex.split(f"{command} {words}"), typed, FIRST.get(command, ""))
        yield line
        if command in with_json:
            yield line._replace(name=f"{command} --json", words=[*line.words, "--json"])
    for words, typed in MORE.items():
        yield Line(words, shlex.split(words), typed, FIRST.get(words, ""))


def _with_json(command: click.Command, ctx: click.Context, path: tuple[str, ...]) -> Iterator[str]:
    if any("--json" in param.opts for param in command.params):
        yield " ".join(path)
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            if found := command.get_command(ctx, name):
                yield from _with_json(
                    found, click.Context(found, parent=ctx, info_name=name), (*path, name)
                )


def prepare(runner: Runner, folder: Path) -> str:
    """Give the office in a folder its users, and return the key of something due in it."""
    for words in USERS:
        typed = KEY.format("A") if words.endswith("-") else ""
        ran = runner.run(folder, shlex.split(words), typed)
        assert ran.code == 0, f"{words}: {ran.err}"
    plugins = folder / "config" / "officeops" / "plugins"
    plugins.mkdir(parents=True)
    (plugins / "mine.py").write_text(MINE)
    due = runner.run(folder, ["today", "--json"])
    import json

    return str(json.loads(due.out)[0]["key"])
