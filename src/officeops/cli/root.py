"""The root command: which words there are, without importing what is behind them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.context import Run, refuse_request
from officeops.cli.group import Group, Unread
from officeops.core.commands import COMMANDS, VERBS
from officeops.model.errors import Broken, PluginFault, told
from officeops.model.exit_codes import BY_SIGNAL, MEANINGS
from officeops.plugins.blame import is_a_fault, is_a_stop
from officeops.plugins.printed_output import Aside, Own, lent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.model.records import Record


class Root(Group):
    """Finds a word among the core's own, the plugins' commands, the nouns, and the office's actions."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - whatever the command answers
        """Run the command of the line."""
        _run(ctx)
        try:
            return super().invoke(ctx)
        except BrokenPipeError as closed:
            raise Unread from closed

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every word, sorted."""
        run = _run(ctx)
        return sorted({name for name, _ in _all_words(run) if _runs(run, name)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a word, importing only what is behind it."""
        if own := COMMANDS.get(cmd_name):
            if not _runs(_run(ctx), cmd_name):
                from officeops.cli.ssh_allow_list import shut

                return shut(cmd_name)
            _run(ctx).needs = own.permission
            return _load(own.target, cmd_name)
        run = _run(ctx)
        if record := _record_called(run, cmd_name):
            from officeops.cli.noun import Noun

            return Noun(record)
        for name, command in run.plugins.registered("commands"):
            if command.name == cmd_name:
                run.needs = f"{name}.{cmd_name}.open"
                return _load_from_plugin(run, name, command)
        for _, action in run.plugins.registered("actions"):
            if not action.record and action.verb == cmd_name:
                from officeops.cli.verbs.action_verb import action_command

                return action_command(action, None)
        return _why_missing(run, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their help, by what a person does, without importing their code."""
        from officeops.cli.help_groups import grouped

        run = _run(ctx)
        for title, rows in grouped(run.plugins, _records(run), lambda name: _runs(run, name)):
            with formatter.section(title):
                formatter.write_dl(rows)

    def hint(self, ctx: click.Context, word: str, rest: Sequence[str]) -> str:
        """Say which command a word may mean that is none, and how a verb of records is given."""
        if word not in VERBS or _named_by(_records(_run(ctx)), rest):
            return super().hint(ctx, word, rest)
        return f"It comes after the kind of record, as in `officeops location {word}`."

    def meanings(self, ctx: click.Context, rest: Sequence[str]) -> dict[str, list[str]]:
        """Return what people may call a command, and the commands that they mean: other words, and verbs of records."""
        from officeops.core.synonyms import meanings

        run = _run(ctx)
        records = _records(run)
        meant = meanings(records, self.list_commands(ctx))
        named = _named_by(records, rest)
        for record in named:
            for verb in VERBS:
                meant.setdefault(verb, []).append(f"{record.meta.noun} {verb}")
        nouns = {record.meta.key: record.meta.noun for record in named or records}
        for _, action in run.plugins.registered("actions"):
            if action.record in nouns:
                meant.setdefault(action.verb, []).append(f"{nouns[action.record]} {action.verb}")
        return meant

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as click has it
        """Write what the exit codes mean."""
        with formatter.section("Exit codes"):
            formatter.write_dl([(str(code), meaning) for code, meaning in MEANINGS.items()])
            formatter.write_text(BY_SIGNAL)


def _named_by(records: list[Any], rest: Sequence[str]) -> list[Any]:
    """Return the kinds of record that a number such as PO-1 after the first word is of."""
    prefix = rest[0].upper().partition("-")[0] if rest and "-" in rest[0] else ""
    return [record for record in records if prefix and record.meta.prefix == prefix]


def _runs(run: Run, word: str) -> bool:
    """Return whether a word is run for this one: over SSH not every one of the office's own is."""
    return not run.gated or word not in COMMANDS or bool(COMMANDS[word].remote)


def _all_words(run: Run) -> Iterator[tuple[str, str]]:
    yield from ((command.name, command.help) for command in COMMANDS.values())
    yield from ((c.name, c.help) for _, c in run.plugins.registered("commands"))
    yield from ((r.meta.noun, r.meta.label) for r in _records(run))
    yield from ((a.verb, a.help) for _, a in run.plugins.registered("actions") if not a.record)


def _records(run: Run) -> list[Any]:
    from officeops.office.record_types import records_of

    records = records_of(run.plugins, run.machine).values()
    return [record for record in records if not record.meta.commandless]


def _record_called(run: Run, word: str) -> type[Record] | None:
    """Return the kind of record of a noun, and say on a terminal that a noun has another name now."""
    from officeops.office.record_types import by_noun

    record = by_noun(_records(run), word)
    if record and record.meta.noun != word and sys.stderr.isatty():
        from officeops.cli.output import say

        say(f"`{word}` is called `{record.meta.noun}` now; the old name goes on working.")
    return record


def _load(target: str, name: str) -> click.Command:
    from importlib import import_module

    module, _, attribute = target.partition(":")
    command = getattr(import_module(module), attribute)
    assert isinstance(command, click.Command)  # noqa: S101 - declared in this file
    command.name = name
    return command


def _load_from_plugin(run: Run, plugin: str, declared: Any) -> click.Command:  # noqa: ANN401 - Command, not imported here
    """Import a plugin's command; one that cannot be imported stays, and says why when called."""
    try:
        with Aside():
            command = _load(declared.target, declared.name)
        return _answered_for(command, plugin)
    except BaseException as error:
        if is_a_stop(error):
            raise
        run.plugins.note(plugin, f"command {declared.name}", told(error))
        return _broken(
            declared.name,
            f"The command {declared.name} of the plugin {plugin} cannot be loaded: {error}.",
        )


def _answered_for(command: click.Command, plugin: str) -> click.Command:
    """Return a plugin's command so that what fails in its code is blamed on the plugin."""
    invoke = command.invoke

    def blamed(ctx: click.Context) -> object:
        out, errors = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = lent(out), lent(errors)
        try:
            with Own():
                return invoke(ctx)
        except (
            click.ClickException,
            click.exceptions.Exit,
            click.Abort,
            Unread,
            UnicodeEncodeError,
        ):
            raise
        except BaseException as error:
            if is_a_fault(error):
                raise PluginFault(plugin, f"the command {command.name}", error) from error
            raise
        finally:
            sys.stdout, sys.stderr = out, errors

    command.invoke = blamed  # type: ignore[method-assign]
    return command


def _why_missing(run: Run, word: str) -> click.Command | None:
    """Return a command that says why a word is not there: the plugin it belongs to is off or not in order."""
    for found in run.found():
        state = f"off: {found.why_off}" if not found.on else ""
        if why := run.plugins.why_refused(found.name):
            state = f"not in order: {why}"
        if state and found.name == word:
            return _broken(word, f"The plugin {word} is {state.rstrip('.')}.")
        if state and _keeps(run, found.name, word):
            return _broken(
                word, f"{word} belongs to the plugin {found.name}, which is {state.rstrip('.')}."
            )
    return None


def _keeps(run: Run, plugin: str, word: str) -> bool:
    """Whether the office's file has a table of a plugin, which is off or refused, for records of this word."""
    import os

    if not word.replace("-", "").isalnum() or not os.path.isfile(run.path):
        return False
    table = f"{plugin}_{word}".replace("-", "_")
    return bool(
        run.office().value("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", table)
    )


def _broken(name: str, sentence: str) -> click.Command:
    def say_why(**_: object) -> None:
        raise Broken(sentence)

    return click.Command(
        name,
        callback=say_why,
        help=sentence,
        context_settings={"ignore_unknown_options": True},
        params=[click.Argument(["rest"], nargs=-1)],
    )


def _run(ctx: click.Context) -> Run:
    """Return the run with the global options: click looks for a command before it calls root()."""
    found = ctx.find_root()
    if not isinstance(found.obj, Run):
        found.obj = Run()
    found.obj.call(found.params)
    return found.obj


@click.group(
    cls=Root,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--db", metavar="FILE", help="The office's file (also OFFICEOPS_DB).")
@click.option(
    "--config", metavar="FILE", help="The settings file, in place of the user's officeops.toml."
)
@click.option("--safe", is_flag=True, help="Run without third-party plugins.")
@click.option(
    "--request-id",
    metavar="ID",
    help="Write once: a command with an id that was already carried out changes nothing.",
)
@click.option("--version", is_flag=True, help="Print the version and exit.")
@click.pass_context
def root(ctx: click.Context, /, *, version: bool, **_: object) -> None:
    """Office operations for medical practices. Without a command, the terminal interface opens."""
    if version:
        from officeops import __version__

        click.echo(f"officeops {__version__}")
        ctx.exit()
    run = _run(
        ctx
    )  # made already where a word was given: click finds the command before it calls this
    ctx.call_on_close(run.close)
    if run.user and run.needs:
        run.office()  # which asks, also for words that could do without the office
    if ctx.invoked_subcommand is None:
        _interface(ctx, run)


def _interface(ctx: click.Context, run: Run) -> None:
    refuse_request(ctx)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError(
            "The terminal interface needs a terminal. `officeops --help` lists the commands.", ctx
        )
    from officeops.ssh.config import AccessSettings
    from officeops.ssh.sessions import enter, leave
    from officeops.store.interruption import disarm
    from officeops.tui import run as open_interface

    disarm()  # the interface has handlers of its own, and no last line to say anything on
    office = run.office()
    idle = run.machine.table("access", AccessSettings).idle_minutes if run.gated else 0
    session = enter(run.path, office.actor, run.peer, "the interface")
    try:
        open_interface(office, idle)
    finally:
        leave(run.path, session)


def root_of(run: Run | None) -> click.Command:
    """Return the root command for a prepared run: over SSH, one that takes no path and not every word."""
    if run is None or not run.gated:
        return root
    from officeops.cli.ssh_allow_list import closed

    return closed(root)
