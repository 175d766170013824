"""Options that a line gives twice: the first would be lost in silence, so the line is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from officeops.model.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def refuse_repeated(command: click.Command, words: Sequence[str]) -> None:
    """Raise UsageProblem for an option of one value that the words of a command have twice."""
    given: set[str] = set()
    for option in _given(command, words):
        # A switch is on, however often somebody says so.
        if option.multiple or option.is_flag or option.count or option.name is None:
            continue
        if option.name in given:
            why = f"{option.opts[-1]} is given twice, and takes one value."
            raise UsageProblem(why, code="given-twice")
        given.add(option.name)


def _given(command: click.Command, words: Sequence[str]) -> Iterator[click.Option]:
    """Yield the options that words give, one for each time."""
    options = {}
    for param in command.params:
        if isinstance(param, click.Option):
            options.update(dict.fromkeys(param.opts, param))
    rest = iter(words)
    for word in rest:
        if word == "--":
            return
        name, sign, _ = word.partition("=")
        option = options.get(name)
        if option is None:
            continue
        yield option
        # A value may look like an option; the yes of a yes/no may be left out.
        if not sign and not option.is_flag and option.metavar != "YES_NO":
            next(rest, None)


def all_of(
    ctx: click.Context,  # noqa: ARG001 - the signature of a callback
    param: click.Parameter,  # noqa: ARG001
    filters: Sequence[str],
) -> str:
    """Return the filters of an option that may be given often as one, which all hold."""
    return " ".join(filters)
