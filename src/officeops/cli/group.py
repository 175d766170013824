"""Groups of commands, which suggest the nearest command for an unknown word."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, TypeVar

import click

from officeops.cli.days_ago import with_days_ago
from officeops.cli.repeated_options import refuse_repeated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

#: Options that print the help of a command.
_HELP_OPTIONS: Final = frozenset({"-h", "--help"})
#: Words by which people ask for help; a close spelling of another command would mislead them.
_ASKS_FOR_HELP: Final = frozenset({"help", "man", "usage", "version"})


#: Any kind of command.
C = TypeVar("C", bound=click.Command)


class Unread(Exception):
    """The reader of our output closed the pipe. Click would turn that into an exit with code 1."""


class Group(click.Group):
    """A click group with suggestions.

    `former` maps earlier names of its commands to those of now.
    """

    former: Mapping[str, str] = {}

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a name, also of one that it had before."""
        return super().get_command(ctx, self.former.get(cmd_name, cmd_name))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of the first word.

        Raises UsageError, with suggestions, where none fits.
        """
        try:
            name, command, rest = super().resolve_command(ctx, args)
        except click.UsageError as wrong:
            from officeops.cli.usage_errors import UnknownCommand

            word = args[0] if args else "--"
            hint = self.hint(ctx, word, args[1:])
            raise UnknownCommand(f"There is no command {word!r}. {hint}", wrong.ctx) from None
        if command and not isinstance(command, click.Group):
            refuse_repeated(command, rest)
            rest = with_days_ago(command, rest)
        if command and getattr(ctx.find_root().obj, "gated", False):
            from officeops.cli.ssh_allow_list import closed

            # Only the first word of a line can be a command of the office.
            command = closed(command, name or "" if ctx.parent is None else "")
        # The help and the errors of a command that was called by a former name use the name of now.
        if command and command.name:
            name = command.name
            if name != args[0]:
                _say_new_name(args[0], name)
        if command and _HELP_OPTIONS.intersection(rest):
            from officeops.cli.help_examples import with_example

            about = click.Context(command, parent=ctx, info_name=name)
            command = with_example(command, about)
        return name, command, rest

    def hint(
        self,
        ctx: click.Context,
        word: str,
        rest: Sequence[str],
    ) -> str:
        """Return the sentence on an unknown word, with suggestions; `rest` follows the word."""
        # Few command lines have an unknown word, and the others do without this module.
        from officeops.values.suggestions import did_you_mean, nearest

        meanings = self.meanings(ctx, rest)
        is_a_slip = word not in _ASKS_FOR_HELP or bool(meanings.get(word))
        near = nearest(word, self.list_commands(ctx), meanings) if is_a_slip else []
        return did_you_mean(near) or f"`{ctx.command_path} --help` lists the commands."

    def meanings(self, ctx: click.Context, rest: Sequence[str]) -> dict[str, list[str]]:  # noqa: ARG002 - for subclasses
        """Return other words for the commands, each with the commands it may mean."""
        return {}


def example(words: str) -> Callable[[C], C]:
    """Give a command the words of its example; else the example is made from its parameters."""

    def give(command: C) -> C:
        command.example = words  # type: ignore[attr-defined]
        return command

    return give


def _is_terminal() -> bool:
    return sys.stderr.isatty()


def _say_new_name(old: str, new: str) -> None:
    """Tell a person at a terminal that a command has a new name; a script's output stays as it was."""
    if _is_terminal():
        from officeops.cli.output import say

        say(f"`{old}` is called `{new}` now; the old name still works.")


def load(target: str, name: str) -> click.Command:
    """Import the command at `module:attribute`, and give it its name on the command line."""
    from importlib import import_module

    module, _, attribute = target.partition(":")
    command = getattr(import_module(module), attribute)
    assert isinstance(command, click.Command)  # noqa: S101 - the declaration says so
    command.name = name
    return command
