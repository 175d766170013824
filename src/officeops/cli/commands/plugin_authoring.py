"""`officeops plugins new`, `check` and `migration`: the commands for authors of plugins."""

from __future__ import annotations

import sys
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from officeops.authoring.trial import on_trial, troubles_of
from officeops.cli.commands.plugin_names import refuse_unknown
from officeops.cli.context import refuse_request, run_of
from officeops.cli.group import example
from officeops.cli.outcome import outcome_option, say_outcome
from officeops.cli.output import say
from officeops.model.errors import Broken, Problem, Refused
from officeops.store.interruption import held
from officeops.values.wording import count, listing

if TYPE_CHECKING:
    from officeops.authoring.checks import Finding


@example("keys")
@click.command(short_help="Write the migration for changed declarations.")
@click.argument("name")
@click.option(
    "--print",
    "only_print",
    is_flag=True,
    help="Print it instead of writing it into the plugin's file.",
)
@click.pass_context
def migration(
    ctx: click.Context,
    name: str,
    *,
    only_print: bool,
) -> None:
    """Write the migration for the changed declarations of plugin NAME, or of `core`."""
    refuse_request(ctx)
    from officeops.authoring.migration import append, home_of, next_migration

    run = run_of(ctx)
    if name != "core":
        refuse_unknown(run.found(), [name])
    plugins = on_trial(run.found(), [name], run.machine)
    if name != "core" and name not in plugins.manifests:
        troubles = "; ".join(troubles_of(plugins, name))
        raise Broken(f"The plugin {name} is not in order: {troubles}.")
    # Compared on scratch tables, so an author needs no office.
    step = next_migration(plugins, name)
    if step is None:
        say(f"Nothing is missing: the tables of {name} are migrated as they are declared.")
        return
    for column in step.lost:
        # A renamed field looks like one that was dropped and one that was added.
        cure = "If you renamed it, write rename_field(...) in its place."
        say(f"officeops: {step.name} drops {column} with its values. {cure}")
    if only_print:
        sys.stdout.write(step.text)
        return
    file = home_of(plugins, name)
    # A signal waits until the file is whole, and the last line says that it was written.
    with held():
        append(file, step.text)
        run.fate.wrote(f"{step.name} was written into {file}.")
    say(f"{step.name} was written into {file}. Read it; it runs when the office is next opened.")


@example("keys")
@click.command()
@click.argument("name")
@outcome_option
@click.pass_context
def check(ctx: click.Context, name: str) -> None:
    """Check a plugin, which may be off, on an office of its own."""
    refuse_request(ctx)
    from officeops.authoring.check import problems

    found = run_of(ctx).found()
    refuse_unknown(found, [name], may_be_gone=False)
    # Of two plugins with one name, the first counts.
    module = next(plugin.module for plugin in found if plugin.name == name)
    # The check loads it several times, and each time it prints the same.
    with redirect_stderr(StringIO()) as printed:
        wrong = problems(module)
    for line in dict.fromkeys(printed.getvalue().splitlines()):
        say(f"{name} printed: {line}")
    if not wrong:
        say_outcome(ctx, f"{name} is in order.")
        return
    if run_of(ctx).as_json:
        raise Refused(list(map(_problem, wrong)))
    # Each on a line of its own, with the check that docs/reference/checks.md explains.
    for finding in wrong:
        say(f"{finding} [{finding.check}]")
    why = f"The plugin {name} has {count(len(wrong), 'problem')}."
    # The finding that came first hides the most.
    hidden = max((finding.hides for finding in wrong), key=len)
    if hidden:
        names = listing([subject.lower() for subject in hidden])
        why += f" Not checked until that is corrected: {names}."
    raise Refused(why, code="plugin-refused")


def _problem(finding: Finding) -> Problem:
    facts = {"check": finding.check, "unchecked": list(finding.hides)}
    return Problem(finding, code="plugin-refused", facts=facts)


@example("keys")
@click.command(short_help="Write a first plugin, with tests that pass.")
@click.argument("name")
@click.option(
    "--noun",
    default="",
    help="The command for its record, such as key. [default: NAME without its s]",
)
@click.option(
    "--with",
    "options",
    default="",
    metavar="OPTION,...",
    help="Blocks to start with: lifecycle, ledger, schedule, documents, scope, sealed, job, report, children, screen, sheet.",
)
@click.option(
    "--to",
    default=".",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder to write it in.",
)
@click.pass_context
def new(
    ctx: click.Context,
    name: str,
    noun: str,
    options: str,
    to: Path,
) -> None:
    """Write a first plugin into ./officeops-NAME, with tests that pass.

    It has a record, actions, a due hook and a migration. --with adds a module and a test for each
    block.
    """
    refuse_request(ctx)
    from officeops.authoring.scaffold import names_for, scaffold
    from officeops.authoring.scaffold_options import options_of

    run = run_of(ctx)
    plugins = [plugin.name for plugin in run.found()]
    names = names_for(name, noun, plugins, _taken(ctx))
    with held():
        folder = scaffold(names, to, options_of(options))
        run.fate.wrote(f"{folder} was written.")
    # Into the environment that runs this: a pip of another one would look for officeops on an
    # index.
    environment = f"{sys.prefix}/bin/python"
    say(
        f"{folder} is written. Next:\n"
        f"  pip --python {environment} install -e {folder} pytest mypy\n"
        f"  officeops plugins enable {name}\n"
        f"  {environment} -m pytest {folder}\n"
        f"  cd {folder} && {environment} -m mypy"
    )


def _taken(ctx: click.Context) -> set[str]:
    """Return the words that no new noun may have."""
    from officeops.core.commands import ACTIONS, COMMANDS

    root = ctx.find_root().command
    assert isinstance(root, click.Group)  # noqa: S101 - it found this command
    # The last three are nouns of the core without a command.
    return {
        *root.list_commands(ctx),
        *COMMANDS,
        *ACTIONS,
        "office",
        "due-note",
        "event",
        "former-name",
    }
