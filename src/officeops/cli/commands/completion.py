"""`officeops completion`: the shell's completion script."""

from __future__ import annotations

import click


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the completion script of a shell; `eval "$(officeops completion bash)"` turns it on."""
    from click.shell_completion import get_completion_class

    from officeops.cli.shells import use_own

    use_own()
    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - click has all three
    click.echo(
        kind(
            ctx.find_root().command,
            {},
            "officeops",
            "_OFFICEOPS_COMPLETE",
        ).source()
    )
