"""Commands of plugins: imported when called, blamed when they fail, explained when missing."""

from __future__ import annotations

import sys
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


def load_from_plugin(run: Run, plugin: str, declared: Command) -> click.Command:
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
    for plugin in run.found():
        state = "" if plugin.on else f"off: {plugin.why_off}"
        refusal = run.plugins.why_refused(plugin.name)
        if refusal:
            state = f"not in order: {refusal}"
        if not state:
            continue
        state = state.rstrip(".")
        if plugin.name == word:
            return _refusing(word, f"The plugin {word} is {state}.")
        if _has_table(run, plugin.name, word):
            return _refusing(word, f"{word} belongs to the plugin {plugin.name}, which is {state}.")
    return None


def _has_table(run: Run, plugin: str, word: str) -> bool:
    """Return whether the office's file has the table that a plugin has for records of this word.

    A plugin that is off declares nothing, so its table is the one trace of its nouns.
    """
    import os

    if not word.replace("-", "").isalnum() or not os.path.isfile(run.path):
        return False
    table = f"{plugin}_{word}".replace("-", "_")
    sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return bool(run.office().value(sql, table))


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
