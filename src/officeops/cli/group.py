"""Group: a command of several words, which names the nearest where there is none such."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from officeops.values.suggestions import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Unread(Exception):
    """The pipe we write to was closed. Click would make of it an exit with code 1."""


class Group(click.Group):
    """A click group with suggestions. `former` are names its commands had before, which go on working."""

    former: Mapping[str, str] = {}

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a name, also of one that it had before."""
        return super().get_command(ctx, self.former.get(cmd_name, cmd_name))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest word where there is none such."""
        try:
            name, command, rest = super().resolve_command(ctx, args)
        except click.UsageError as wrong:
            word = args[0] if args else "--"
            hint = self.hint(ctx, word, args[1:])
            raise click.UsageError(f"There is no command {word!r}. {hint}", wrong.ctx) from None
        if command and getattr(ctx.find_root().obj, "gated", False):
            from officeops.cli.ssh_allow_list import closed

            command = closed(command, name or "" if ctx.parent is None else "")
        if command and _ASKING.intersection(rest):
            from officeops.cli.help_examples import with_example

            command = with_example(command, f"{ctx.command_path} {name}")
        return name, command, rest

    def hint(self, ctx: click.Context, word: str, rest: Sequence[str]) -> str:
        """Say which command a word may mean that is none; `rest` is what follows it."""
        meanings = self.meanings(ctx, rest)
        is_a_slip = word not in _ASKS_FOR_HELP or bool(meanings.get(word))
        near = nearest(word, self.list_commands(ctx), meanings) if is_a_slip else []
        return did_you_mean(near) or f"`{ctx.command_path} --help` lists the commands."

    def meanings(self, ctx: click.Context, rest: Sequence[str]) -> dict[str, list[str]]:  # noqa: ARG002 - of those that have any
        """Return what people may call one of the commands, and the commands that they mean."""
        return {}


#: Options that print the help of a command.
_ASKING = frozenset({"-h", "--help"})
#: Words by which people ask for help, and which mean no other word here.
_ASKS_FOR_HELP = frozenset({"help", "man", "usage", "version"})
