"""The root command: which words there are, without importing what is behind them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.context import Run, run_of
from officeops.cli.group import Group, Unread
from officeops.errors import Broken

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Words that stand alone: where each lives, and its help.
WORDS: dict[str, tuple[str, str]] = {
    "init": ("officeops.cli.init:init", "Start an office in a new file."),
    "demo": ("officeops.cli.demo:demo", "Look at a made-up practice in a scratch file."),
    "today": ("officeops.cli.today:today", "What needs doing."),
    "search": ("officeops.cli.search:search", "Find records of any kind."),
    "undo": ("officeops.cli.undo:undo", "Take back your last action, or a named one."),
    "redo": ("officeops.cli.undo:redo", "Take back your last undo."),
    "history": ("officeops.cli.history:history", "Who changed what, and when."),
    "purge": ("officeops.cli.purge:purge", "Destroy what is past its retention."),
    "settings": ("officeops.cli.settings:settings", "Facts of the office, and settings of this machine."),
    "plugins": ("officeops.cli.plugins:plugins", "List, enable, disable and write plugins."),
    "job": ("officeops.cli.jobs:job", "Run a job, from cron or by hand."),
    "report": ("officeops.cli.jobs:report", "Print a report."),
    "backup": ("officeops.cli.backup:backup", "Make backups, prove them, bring them back."),
    "selfcheck": ("officeops.cli.selfcheck:selfcheck", "Look the office, its file and this machine over."),
    "completion": ("officeops.cli.completion:completion", "Print the shell's completion script."),
}


class Root(Group):
    """Finds a word among the core's own, the plugins' commands, the nouns, and the office's actions."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - whatever the command answers
        """Run the command of the line."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as closed:
            raise Unread from closed

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every word, sorted."""
        return sorted({name for name, _ in _all_words(_run(ctx))})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a word, importing only what is behind it."""
        if cmd_name in WORDS:
            return _load(WORDS[cmd_name][0], cmd_name)
        run = _run(ctx)
        for record in _records(run):
            if record.meta.noun == cmd_name:
                from officeops.cli.noun import Noun

                return Noun(record)
        for name, command in run.plugins.registered("commands"):
            if command.name == cmd_name:
                return _load_from_plugin(run, name, command)
        for _, action in run.plugins.registered("actions"):
            if not action.record and action.verb == cmd_name:
                from officeops.cli.action_verb import action_command

                return action_command(action, None)
        return _why_missing(run, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the words with their help, without importing their code."""
        run = _run(ctx)
        standing = [(name, text) for name, (_, text) in WORDS.items()]
        standing += [(c.name, c.help) for _, c in run.plugins.registered("commands")]
        nouns = [(r.meta.noun, (r.__doc__ or "").strip().partition("\n")[0]) for r in _records(run)]
        for title, rows in (("Words", sorted(standing)), ("Records: officeops NOUN VERB", sorted(nouns))):
            with formatter.section(title):
                formatter.write_dl(rows)


def _all_words(run: Run) -> Iterator[tuple[str, str]]:
    yield from ((name, text) for name, (_, text) in WORDS.items())
    yield from ((c.name, c.help) for _, c in run.plugins.registered("commands"))
    yield from ((r.meta.noun, r.meta.label) for r in _records(run))
    yield from ((a.verb, a.help) for _, a in run.plugins.registered("actions") if not a.record)


def _records(run: Run) -> list[Any]:
    from officeops.office import records_of

    hidden = {"core.office", "core.due-note"}
    return [r for r in records_of(run.plugins, run.machine).values() if r.meta.key not in hidden]


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
        return _load(declared.target, declared.name)
    except Exception as error:  # noqa: BLE001 - whatever the plugin does wrong
        run.plugins.note(plugin, f"command {declared.name}", f"{type(error).__name__}: {error}")
        return _broken(declared.name, f"The command {declared.name} of the plugin {plugin} cannot be loaded: {error}.")


def _why_missing(run: Run, word: str) -> click.Command | None:
    """Return a command that says why a word is not there, where a plugin that is off or broken bears its name."""
    for found in run.found():
        if found.name == word and not found.on:
            return _broken(word, f"The plugin {word} is off: {found.why_off}.")
    for trouble in run.plugins.troubles:
        if trouble.plugin == word:
            return _broken(word, f"The plugin {word} is not in order: {trouble.where}: {trouble.why}.")
    return None


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
    """Return the run, made from the global options when it is first asked for: click looks for a command before it calls root()."""
    found = ctx.find_root()
    if not isinstance(found.obj, Run):
        given = found.params
        found.obj = Run(
            given.get("db"), given.get("config"), safe=bool(given.get("safe")), request=given.get("request_id")
        )
    return run_of(ctx)


@click.group(
    cls=Root,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--db", metavar="FILE", help="The office's file (also OFFICEOPS_DB).")
@click.option("--config", metavar="FILE", help="The settings file, in place of the user's officeops.toml.")
@click.option("--safe", is_flag=True, help="Run without third-party plugins.")
@click.option(
    "--request-id", metavar="ID", help="Do nothing twice: a write already carried out under this id is not repeated."
)
@click.option("--version", is_flag=True, help="Print the version and exit.")
@click.pass_context
def root(ctx: click.Context, /, *, version: bool, **_: object) -> None:
    """Office operations for medical practices. Without a word, the terminal interface opens."""
    if version:
        from officeops import __version__

        click.echo(f"officeops {__version__}")
        ctx.exit()
    run = _run(ctx)  # made already where a word was given: click finds the command before it calls this
    ctx.call_on_close(run.close)
    if ctx.invoked_subcommand is None:
        _interface(ctx, run)


def _interface(ctx: click.Context, run: Run) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("The terminal interface needs a terminal. `officeops --help` lists the commands.", ctx)
    from officeops.tui import run as open_interface

    open_interface(run.office())


@root.result_callback()
@click.pass_context
def _troubles(ctx: click.Context, /, result: object, **_: object) -> object:
    """Tell of plugins that are not in order, once, after any command."""
    run = run_of(ctx)
    if run._plugins is not None:  # noqa: SLF001 - the run's own half: asking would load them
        from officeops.cli.output import say

        for trouble in run.plugins.troubles:
            say(f"officeops: plugin {trouble}")
    return result
