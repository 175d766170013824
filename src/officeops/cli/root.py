"""The root command: it finds a command by its name, and imports the code of that one alone."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.context import Run, refuse_request
from officeops.cli.group import Group, Unread, load
from officeops.core.commands import COMMANDS, VERBS
from officeops.model.exit_codes import BY_SIGNAL, MEANINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.core.commands import OfficeCommand
    from officeops.model.actions import Action
    from officeops.model.records import Record


class Root(Group):
    """Finds a word among the core's own, plugins' commands, the nouns, and the office's actions."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - the command's own answer
        """Run the command of the line."""
        _run(ctx)
        try:
            return super().invoke(ctx)
        except BrokenPipeError as closed:
            # Click would turn it into an exit with code 1; a reader that leaves is no failure.
            raise Unread from closed

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every word, sorted."""
        run = _run(ctx)
        return sorted({word for word in _all_words(run) if _runs(run, word)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a word, importing only the code of that command."""
        run = _run(ctx)
        own = COMMANDS.get(cmd_name)
        # The office's own words come first: no plugin can take one over.
        if own is not None:
            return self._own(run, own)
        record = _record_called(run, cmd_name)
        if record is not None:
            from officeops.cli.noun import Noun

            return Noun(record)
        from officeops.cli.plugin_commands import load_from_plugin, why_missing

        for plugin, command in run.plugins.registered("commands"):
            if command.name == cmd_name and not command.of:
                run.needs = f"{plugin}.{cmd_name}.open"
                return load_from_plugin(run, plugin, command)
        from officeops.model.actions import called

        action = called(_office_actions(run), cmd_name)
        if action is None:
            return why_missing(run, cmd_name)
        from officeops.cli.verbs.action_verb import action_command

        return action_command(action, None)

    def _own(self, run: Run, own: OfficeCommand) -> click.Command:
        """Return one of the office's own commands; over SSH, some refuse."""
        if not _runs(run, own.name):
            from officeops.cli.ssh_allow_list import shut

            return shut(own.name)
        run.needs = own.permission
        return load(own.target, own.name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their help, by what a person does. Their code is not imported."""
        from officeops.cli.help_groups import grouped

        run = _run(ctx)
        for title, rows in grouped(run.plugins, _records(run), lambda name: _runs(run, name)):
            with formatter.section(title):
                formatter.write_dl(rows)

    def hint(
        self,
        ctx: click.Context,
        word: str,
        rest: Sequence[str],
    ) -> str:
        """Return the sentence on an unknown word, and on a verb without its kind of record."""
        if word not in VERBS or _named_by(_records(_run(ctx)), rest):
            return super().hint(ctx, word, rest)
        return f"It comes after the kind of record, as in `officeops location {word}`."

    def meanings(self, ctx: click.Context, rest: Sequence[str]) -> dict[str, list[str]]:
        """Return other words for the commands, and verbs and actions of records with their nouns."""
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
                meant.setdefault(action.word, []).append(f"{nouns[action.record]} {action.word}")
        return meant

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the meanings of the exit codes."""
        rows = [(str(code), meaning) for code, meaning in MEANINGS.items()]
        with formatter.section("Exit codes"):
            formatter.write_dl(rows)
            formatter.write_text(BY_SIGNAL)


def _named_by(records: Sequence[type[Record]], rest: Sequence[str]) -> list[type[Record]]:
    """Return the kinds of record that a number such as PO-1 after the first word is of."""
    prefix = rest[0].upper().partition("-")[0] if rest and "-" in rest[0] else ""
    return [record for record in records if prefix and record.meta.prefix == prefix]


def _runs(run: Run, word: str) -> bool:
    """Return whether a word runs on this line: over SSH, not every one of the office's own does."""
    return not run.gated or word not in COMMANDS or bool(COMMANDS[word].remote)


def _all_words(run: Run) -> Iterator[str]:
    yield from COMMANDS
    for _, command in run.plugins.registered("commands"):
        if not command.of:
            yield command.name
    for record in _records(run):
        yield record.meta.noun
    for action in _office_actions(run):
        yield action.word


def _office_actions(run: Run) -> list[Action[..., Any]]:
    """Return the actions on the office as a whole, which are commands of their own."""
    return [action for _, action in run.plugins.registered("actions") if not action.record]


def _records(run: Run) -> list[type[Record]]:
    from officeops.office.record_types import records_of

    records = records_of(run.plugins, run.machine).values()
    return [record for record in records if not record.meta.commandless]


def _record_called(run: Run, word: str) -> type[Record] | None:
    """Return the kind of record of a noun, or of one that it had before."""
    from officeops.office.record_types import record_called

    return record_called(run.plugins, run.machine, word)


def _run(ctx: click.Context) -> Run:
    """Return the run with the global options: click looks for a command before it calls root()."""
    top = ctx.find_root()
    if not isinstance(top.obj, Run):
        top.obj = Run()
    top.obj.call(top.params)
    return top.obj


@click.group(
    cls=Root,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--db",
    metavar="FILE",
    help="The office's file (also OFFICEOPS_DB).",
)
@click.option(
    "--config",
    metavar="FILE",
    help="The settings file, in place of the user's officeops.toml.",
)
@click.option(
    "--safe",
    is_flag=True,
    help="Run without third-party plugins.",
)
@click.option(
    "--read-only",
    is_flag=True,
    help="Change nothing in the office.",
)
@click.option(
    "--request-id",
    metavar="ID",
    help="Write once: a command with an id that was already carried out changes nothing.",
)
@click.option(
    "--version",
    is_flag=True,
    help="Print the version and exit.",
)
@click.pass_context
def root(ctx: click.Context, /, *, version: bool, **_: object) -> None:
    """Office operations for medical practices. Without a command, the terminal interface opens.

    A kind of record, such as location, is followed by a verb: `officeops location list`.
    `officeops help location` lists its verbs, and `officeops help COMMAND` explains any command.
    """
    if version:
        from officeops import __version__

        click.echo(f"officeops {__version__}")
        ctx.exit()
    run = _run(ctx)
    ctx.call_on_close(run.close)
    if (run.user or run.reads_only) and run.needs:
        # Opening the office checks the permission, also for commands that could do without it.
        run.office()
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

    # The interface has signal handlers of its own, and no line at its end to say anything on.
    disarm()
    office = run.office()
    limits = run.machine.table("access", AccessSettings)
    # At the office's own keyboard, nobody is logged out for thinking.
    idle, longest = (limits.idle_minutes, limits.longest_hours) if run.gated else (0, 0)
    session = enter(run.path, office.actor, run.peer, "the interface", run.ssh_key)
    try:
        open_interface(office, idle, longest)
    finally:
        leave(run.path, session)


def root_of(run: Run | None) -> click.Command:
    """Return the root command for a run: over SSH, one that takes no path and not every word."""
    if run is None or not run.gated:
        return root
    from officeops.cli.ssh_allow_list import closed

    return closed(root)
