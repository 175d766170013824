"""`officeops help`: explain a command."""

from __future__ import annotations

import click

from officeops.cli.group import example


@example("location list")
@click.command("help")
@click.argument("command", nargs=-1)
@click.pass_context
def help_(ctx: click.Context, command: tuple[str, ...]) -> None:
    """Explain a command, with examples.

    `officeops help item receive` prints the same as `officeops item receive --help`.
    """
    about = ctx.find_root()
    for word in command:
        group = about.command
        if not isinstance(group, click.Group):
            raise click.UsageError(f"`{about.command_path}` has no commands of its own.", about)
        # With --help, so that the command comes with its example.
        _, named, _ = group.resolve_command(about, [word, "--help"])
        assert named is not None  # noqa: S101 - it raises where there is none
        about = click.Context(named, info_name=word, parent=about)
    click.echo(about.get_help())
