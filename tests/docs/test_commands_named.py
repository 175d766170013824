"""Each command that a page tells the reader to type exists, with the options it is given."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import click
import pytest
from tests.docs.test_reference import READ, ROOT

from officeops.cli.context import Run
from officeops.cli.root import root

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Words of pages that stand for a command, and records of the examples' own plugins.
_NOT_HERE = {
    "absence",
    "caller",
    "care",
    "colleague",
    "crew-member",
    "crew-paper",
    "crew-paper-type",
    "device",
    "key",
    "employee",
    "entry",
    "guest",
    "remark",
    "shift",
    "sterilizer",
    "certificate",
    "incident",
    "load",
    "test-plan",
    "time-off",
    "worker",
    "NOUN",
    "COMMAND",
    "FILE",
    "…",
}
_GLOBAL = {"--db", "--config", "--request-id"}
_LINE = re.compile(r"^(?:\$ |    |[\d*]+(?: [\d*/,-]+){4} +)?officeops (.+)$", re.MULTILINE)


def lines(page: Path) -> Iterator[list[str]]:
    """Yield the words of each command on a page, without comments and what a shell does with them."""
    for line in _LINE.findall(page.read_text(encoding="utf-8")):
        command = re.split(r" #| {3,}| [|<>] | && | > ", line)[0].replace("\\", "")
        words = shlex.split(command)
        while words and words[0] in _GLOBAL:
            words = words[2:]
        if (
            words
            and words[0] not in _NOT_HERE
            and words[0].isascii()
            and not words[0].startswith("-")
        ):
            yield words


@pytest.mark.parametrize(
    "page", [page for page in READ if page.name != "CHANGELOG.md"], ids=lambda page: page.name
)
def test_every_command_on_a_page_exists(page: Path, officeops_home: Path) -> None:
    assert officeops_home
    run = Run()
    for words in lines(page):
        command: click.Command = root
        context = click.Context(root, info_name="officeops")
        context.obj = run
        rest = list(words)
        while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
            found = command.get_command(context, rest[0])
            if found is None:
                assert command.invoke_without_command, (page.relative_to(ROOT), words)
                break
            context = click.Context(found, info_name=rest.pop(0), parent=context)
            command = found
        known = {
            option for param in command.params for option in (*param.opts, *param.secondary_opts)
        } | {"--help"}
        given = {word.partition("=")[0] for word in rest if word.startswith("--")}
        assert given <= known, (page.relative_to(ROOT), words)
