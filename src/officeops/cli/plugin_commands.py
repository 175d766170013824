"""Commands of plugins: imported when called, blamed when they fail, explained when missing."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import click

from officeops.cli.group import Unread, load
from officeops.model.error_words import told
from officeops.model.errors import Broken, PluginFault
from officeops.plugins.blame import is_a_fault, is_a_stop
from officeops.plugins.printed_output import Aside, Own, lent

if TYPE_CHECKING:
    from officeops.cli.context import Run
    from officeops.model.declarations import Command

#: What click itself raises to end a command; it is no fault of the command's code.
_ENDINGS = (
    click.ClickException,
    click.exceptions.Exit,
    click.Abort,
    Unread,
    UnicodeEncodeError,
)


def load_from_plugin(
    run: Run,
    plugin: str,
    declared: Command,
) -> click.Command:
    """Import a plugin's command; one that cannot be imported stays, and says why when called."""
    try:
        # What the plugin's module prints while it is imported is no part of any answer.
        with Aside():
            command = load(declared.target, declared.name)
        return _blamed_on(plugin, command)
    except BaseException as error:
        if is_a_stop(error):
            raise
        # Noted as a trouble, so that the exit code says so even if another command was meant.
        run.plugins.note(plugin, f"command {declared.name}", told(error))
        return _refusing(
            declared.name,
            f"The command {declared.name} of the plugin {plugin} cannot be loaded: {told(error)}.",
        )


def _blamed_on(plugin: str, command: click.Command) -> click.Command:
    """Return a command whose failures are raised as PluginFault, which names the plugin."""
    invoke = command.invoke

    def blamed(ctx: click.Context) -> object:
        # Lent streams: a plugin that closes or replaces them does not take ours along.
        out, errors = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = lent(out), lent(errors)
        try:
            with Own():
                return invoke(ctx)
        except _ENDINGS:
            raise
        except BaseException as error:
            if is_a_fault(error):
                raise PluginFault(plugin, f"the command {command.name}", error) from error
            raise
        finally:
            sys.stdout, sys.stderr = out, errors

    command.invoke = blamed  # type: ignore[method-assign]
    return command


def why_missing(run: Run, word: str) -> click.Command | None:
    """Return a command that says why a word is missing: its plugin is off or refused; else None."""
    from officeops.plugins import missing_word

    sentence = missing_word.why_missing(run.plugins, word, partial(_has_table, run))
    return _refusing(word, sentence) if sentence else None


def _has_table(run: Run, table: str) -> bool:
    import os

    from officeops.plugins.missing_word import HAS_TABLE

    return os.path.isfile(run.path) and bool(run.office().value(HAS_TABLE, table))


def _refusing(name: str, sentence: str) -> click.Command:
    """Return a command that takes any words, and refuses with a sentence."""

    def refuse(**_: object) -> None:
        raise Broken(sentence)

    return click.Command(
        name,
        callback=refuse,
        help=sentence,
        context_settings={"ignore_unknown_options": True},
        params=[click.Argument(["rest"], nargs=-1)],
    )
