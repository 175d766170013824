"""Every command's help ends with an example that can be typed."""

from __future__ import annotations

import shlex
from typing import Any

import click
import pytest
from tests.access.test_access_matrix import commands

from officeops.cli.context import Run
from officeops.cli.root import root

#: As the program makes it: click keeps in each command the help option that it is first asked for.
SETTINGS: dict[str, Any] = dict(root.context_settings)


def help_of(path: str) -> str:
    """Return the help of a command, as its `--help` prints it."""
    ctx = click.Context(root, info_name="officeops", obj=Run(), **SETTINGS)
    for word in path.split():
        group = ctx.command
        assert isinstance(group, click.Group)
        _, command, _ = group.resolve_command(ctx, [word, "--help"])
        assert command is not None
        ctx = click.Context(command, parent=ctx, info_name=word)
    return ctx.get_help()


@pytest.mark.parametrize("path", sorted(set(commands())))
def test_the_example_is_a_line_that_the_command_takes(path: str) -> None:
    lines = help_of(path).splitlines()
    assert "Example:" in [line.strip() for line in lines], path
    example = lines[
        lines.index(next(line for line in lines if line.strip() == "Example:")) + 1
    ].strip()
    words = shlex.split(example)
    assert words[: 1 + len(path.split())] == ["officeops", *path.split()]
    ctx = click.Context(root, info_name="officeops", obj=Run(), **SETTINGS)
    rest = words[1:]
    while isinstance(ctx.command, click.Group) and rest and not rest[0].startswith("-"):
        _, command, rest = ctx.command.resolve_command(ctx, rest)
        assert command is not None
        assert not any("x" * 40 in word for word in rest)
        if isinstance(command, click.Group):
            ctx = click.Context(command, parent=ctx, info_name=command.name)
            continue
        with command.make_context(command.name, list(rest), parent=ctx, resilient_parsing=False):
            return
