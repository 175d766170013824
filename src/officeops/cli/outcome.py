"""The outcome of a command that says in a sentence what it did: for people, or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from officeops.cli.context import run_of
from officeops.cli.output import say

if TYPE_CHECKING:
    from collections.abc import Sequence


def outcome_option(command: Any) -> Any:  # noqa: ANN401 - a click decorator
    """Add `--json` to such a command."""
    option = click.option(
        "--json",
        "as_json",
        is_flag=True,
        expose_value=False,
        callback=_note_json,
        help="Print the outcome as JSON.",
    )
    return option(command)


def _note_json(context: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001
    if value:
        run_of(context).as_json = True


def say_outcome(context: click.Context, *sentences: str) -> None:
    """Say what a command did.

    People read a line on standard error for each sentence, a program one object on standard output.
    """
    if run_of(context).as_json:
        _print_object(sentences)
        return
    for sentence in sentences:
        say(sentence)


def _print_object(sentences: Sequence[str]) -> None:
    import json

    click.echo(json.dumps({"outcome": " ".join(sentences)}, ensure_ascii=False))
