"""What a command line may do that came in over SSH: some words, and no path of the server's.

What `officeops.core.commands` allows runs; all else is refused, also what is added later and nobody thought of. Kinds of record, plugins'
commands and actions are allowed, since each asks for a permission of the person.
"""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any, Final

import click

from officeops.core.commands import COMMANDS
from officeops.model.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Options that write beside the office, or show what is the server's own business.
REFUSED: Final = frozenset({"--fix", "--trace", "--save-view", "--safe", "--db", "--config"})
#: Words in an option's help that stand for a path.
_PATH: Final = re.compile(r"\b(FILE|DIR|FOLDER|PATH|NEW)\b")
#: An anchor of the history, which may be given in place of a file.
_ANCHOR: Final = re.compile(r"[0-9]+:[0-9a-fA-F]+")


def refuse_word(word: str) -> None:
    """Raise Refused for a word that is for whoever sits at the server."""
    raise Refused(
        f"`officeops {word}` works on the server only, not over SSH. `--help` lists the commands that do"
    )


def names_a_path(param: click.Parameter) -> bool:
    """Return whether what is given for a parameter may be opened as a file."""
    return isinstance(param.type, (click.Path, click.File)) or bool(
        _PATH.search(param.metavar or "")
    )


def closed(command: click.Command, word: str = "") -> click.Command:
    """Return a command as it runs over SSH. `word` is the office's own word it is behind, if any."""
    made = copy.copy(command)
    made.params = [_closed_param(each) for each in command.params]
    if isinstance(made, click.Group):
        command_here = COMMANDS.get(word)
        allowed = command_here.remote if command_here else None
        if allowed is not None and "" not in allowed:
            made.invoke_without_command, made.no_args_is_help = False, True
        made.commands = {
            name: closed(each) if allowed is None or name in allowed else shut(f"{word} {name}")
            for name, each in made.commands.items()
        }
    return made


def _closed_param(param: click.Parameter) -> click.Parameter:
    made = copy.copy(param)
    if names_a_path(param):
        made.type = NoPath(param)
    if isinstance(param, click.Option) and (found := REFUSED.intersection(param.opts)):
        made.callback = _refuser(min(found), param)
        made.is_eager, made.expose_value, made.hidden = True, True, True  # type: ignore[attr-defined]
    return made


def _refuser(option: str, param: click.Parameter) -> Any:  # noqa: ANN401 - a click callback
    before = param.callback

    def refuse(ctx: click.Context, which: click.Parameter, value: Any) -> Any:  # noqa: ANN401
        if value:
            raise Refused(f"{option} works on the server only, not over SSH")
        return before(ctx, which, value) if before else value

    return refuse


def shut(words: str) -> click.Command:
    """Return a command that says it does not run over SSH, whatever is given to it."""

    def refuse(**_: object) -> None:
        refuse_word(words)

    rest: Sequence[click.Parameter] = [click.Argument(["rest"], nargs=-1)]
    settings = {"ignore_unknown_options": True, "help_option_names": []}
    return click.Command(
        words, callback=refuse, params=list(rest), context_settings=settings, hidden=True
    )


class NoPath(click.ParamType[Any]):
    """Takes `-` where a file was meant: over SSH, what is read comes on standard input, and what is written goes to standard output."""

    name = "file"

    def __init__(self, param: click.Parameter) -> None:
        self._inner = param.type
        self._anchor = "ID:HEX" in (param.metavar or "")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """Return what `-` stands for. Raises Refused for a path: files lie on the server, and nobody reaches into them."""
        if value == "-" or (self._anchor and isinstance(value, str) and _ANCHOR.fullmatch(value)):
            return self._inner.convert(value, param, ctx)
        raise Refused(
            "over SSH there are no files but standard input and output: write - in place of the file's name, as in "
            "`ssh HOST item import - < stock.xlsx`"
        )
