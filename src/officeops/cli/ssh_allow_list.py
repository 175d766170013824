"""The allow-list of command lines over SSH: some commands of the office, and no path of the server.

Of the office's own commands, those run that `officeops.core.commands` allows; all others are
refused, so one that is added later is refused too until somebody allows it. Kinds of record,
commands of plugins and actions run, since each asks for a permission of the person.
"""

from __future__ import annotations

import copy
import re
import shlex
from typing import TYPE_CHECKING, Any, Final

import click

from officeops.core.commands import COMMANDS
from officeops.model.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    AnyType = click.ParamType[Any]
else:
    # Generic in the newest click alone.
    AnyType = click.ParamType

#: Options that write outside the office, or show what only the owner of the server may see.
REFUSED: Final = frozenset({"--fix", "--trace", "--save-view", "--safe", "--db", "--config"})
#: Words in an option's help that stand for a path.
_PATH: Final = re.compile(r"\b(FILE|DIR|FOLDER|PATH|NEW)\b")
#: An anchor of the history, which may be given in place of a file.
_ANCHOR: Final = re.compile(r"[0-9]+:[0-9a-fA-F]+")


def refuse_word(word: str) -> None:
    """Raise Refused for a command that runs on the server only."""
    raise Refused(
        f"`officeops {word}` works on the server only, not over SSH. "
        "`--help` lists the commands that do",
        code="server-only",
    )


def names_a_path(param: click.Parameter) -> bool:
    """Return whether the value of a parameter may be opened as a file."""
    if isinstance(param.type, click.Path | click.File):
        return True
    return _PATH.search(param.metavar or "") is not None


def closed(command: click.Command, word: str = "") -> click.Command:
    """Return a command as it runs over SSH; `word` is its name if it is one of the office's own."""
    # A copy: this process may run a line of its owner after this one, in tests at least.
    copied = copy.copy(command)
    copied.params = list(map(_closed_param, command.params))
    if isinstance(copied, click.Group):
        declared = COMMANDS.get(word)
        _close_group(copied, word, declared.remote if declared else None)
    return copied


def _close_group(
    group: click.Group,
    word: str,
    allowed: frozenset[str] | None,
) -> None:
    """Close the commands of a group, but for the `allowed` ones; None allows all.

    "" among them allows the group alone.
    """
    # The group alone would run its own command, such as making a backup.
    if allowed is not None and "" not in allowed:
        group.invoke_without_command, group.no_args_is_help = False, True
    commands = {}
    for name, command in group.commands.items():
        runs = allowed is None or name in allowed
        commands[name] = closed(command) if runs else shut(f"{word} {name}")
    group.commands = commands


def _closed_param(param: click.Parameter) -> click.Parameter:
    copied = copy.copy(param)
    if names_a_path(param):
        copied.type = NoPath(param)
    if isinstance(copied, click.Option):
        refused = REFUSED.intersection(param.opts)
        if refused:
            copied.callback = _refuser(min(refused), param)
            # Eager: refused before any other option of the line has an effect.
            copied.is_eager, copied.expose_value, copied.hidden = True, True, True
    return copied


def _refuser(option: str, param: click.Parameter) -> Callable[..., Any]:
    before = param.callback

    def refuse(ctx: click.Context, which: click.Parameter, value: Any) -> Any:  # noqa: ANN401
        if value:
            raise Refused(f"{option} works on the server only, not over SSH", code="server-only")
        return before(ctx, which, value) if before else value

    return refuse


def shut(words: str) -> click.Command:
    """Return a command that takes any words, and refuses to run over SSH."""

    def refuse(**_: object) -> None:
        refuse_word(words)

    return click.Command(
        words,
        callback=refuse,
        params=[click.Argument(["rest"], nargs=-1)],
        # Without its own --help, which would print a help that promises something.
        context_settings={"ignore_unknown_options": True, "help_option_names": []},
        hidden=True,
    )


class NoPath(AnyType):
    """A file over SSH: only `-`, which is standard input or output."""

    name = "file"

    def __init__(self, param: click.Parameter) -> None:
        self._inner = param.type
        self._takes_anchor = "ID:HEX" in (param.metavar or "")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """Return the stream for `-`.

        Raises Refused for a path, which would name a file of the server.
        """
        is_anchor = self._takes_anchor and isinstance(value, str) and _ANCHOR.fullmatch(value)
        if value == "-" or is_anchor:
            return self._inner.convert(value, param, ctx)
        raise Refused(_how_to_send(str(value), param, ctx), code="server-only")


def _how_to_send(
    text: str,
    param: click.Parameter | None,
    ctx: click.Context | None,
) -> str:
    """Return the line by which the file crosses: its own command and option, with a pipe."""
    name = text.replace("\\", "/").rpartition("/")[2] or "FILE"
    words = ctx.command_path.partition(" ")[2] if ctx else ""
    option = f"{max(param.opts, key=len)} -" if isinstance(param, click.Option) else "-"
    is_fetched = words.endswith(" export") or option.startswith("--output")
    arrow = ">" if is_fetched else "<"
    # What else the line has goes before it.
    line = f"ssh HOST {words} ... {option} {arrow} {shlex.quote(name)}"
    return (
        "over SSH there are no files but standard input and output: write - for the file, and "
        f"send or fetch it on your own machine, as in `{line}`"
    )
