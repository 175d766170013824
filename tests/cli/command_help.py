"""A command by its path, with its help: what sweeps over all commands read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from officeops.cli.context import Run
from officeops.cli.root import root

if TYPE_CHECKING:
    from collections.abc import Iterator

#: As the program makes it: click keeps in each command the help option that it is first asked for.
SETTINGS: Final[dict[str, Any]] = dict(root.context_settings)


def context_of(path: str) -> click.Context:
    """Return the context of a command: `roster calendar`."""
    ctx = click.Context(root, info_name="officeops", obj=Run(), **SETTINGS)
    for word in path.split():
        group = ctx.command
        assert isinstance(group, click.Group)
        _, command, _ = group.resolve_command(ctx, [word, "--help"])
        assert command is not None
        ctx = click.Context(command, parent=ctx, info_name=word)
    return ctx


def all_commands(above: click.Context | None = None) -> Iterator[click.Context]:
    """Yield the context of every command there is, with the groups that do something alone."""
    ctx = above or context_of("")
    group = ctx.command
    assert isinstance(group, click.Group)
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        assert command is not None
        below = click.Context(command, parent=ctx, info_name=name)
        if not isinstance(command, click.Group):
            yield below
            continue
        if command.invoke_without_command:
            yield below
        yield from all_commands(below)


def help_of(path: str) -> str:
    """Return the help of a command, as its `--help` prints it."""
    return context_of(path).get_help()
