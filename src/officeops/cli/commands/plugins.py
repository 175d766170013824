"""`officeops plugins`: which there are, which are on, what is wrong with them, and the first lines of a new one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from officeops.authoring.trial import asked, on_trial, troubles_of
from officeops.cli.context import ask, refuse_request, run_of
from officeops.cli.group import Group
from officeops.cli.output import output_options, print_rows, say
from officeops.model.errors import Broken, NotFound, Problem, Refused
from officeops.model.fields import Field
from officeops.plugins.discovery import GONE
from officeops.store.interruption import held
from officeops.values.conventions import Conventions
from officeops.values.suggestions import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.cli.context import Run
    from officeops.model.settings import Machine
    from officeops.plugins.discovery import Found
    from officeops.plugins.manager import Plugins

FIELDS = [
    Field("text", label="Plugin", list_rank=0).named("name", "str"),
    Field("text", label="Version", list_rank=4).named("version", "str"),
    Field("text", label="From", list_rank=5).named("origin", "str"),
    Field("number", label="API", list_rank=8).named("api", "int"),
    Field("number", label="Records", list_rank=6).named("records", "int"),
    Field("number", label="Actions", list_rank=6).named("actions", "int"),
    Field("number", label="Commands", list_rank=7).named("commands", "int"),
    Field("text", label="Status", list_rank=1).named("status", "str"),
]
COUNTED = ("records", "actions", "commands")


@click.group(cls=Group, invoke_without_command=True)
@click.option(
    "--trace", metavar="NAME", help="Print the tracebacks of a plugin's errors, for its author."
)
@output_options
@click.pass_context
def plugins(ctx: click.Context, trace: str | None, *, as_json: bool, as_csv: bool) -> None:
    """List the plugins: what they bring, and why one is off or refused."""
    if ctx.invoked_subcommand:
        return
    run = run_of(ctx)
    if trace:
        _print_traces(run, trace)
        return
    loaded = asked(run.plugins, run.machine)
    rows = [_row(each, loaded) for each in run.found()]
    print_rows(
        FIELDS, rows, Conventions(), as_json=as_json, as_csv=as_csv, nothing="There are no plugins."
    )


def _row(found: Found, loaded: Plugins) -> tuple[object, ...]:
    counts: list[object] = [None, None, None, None]
    if found.on and (manifest := loaded.manifests.get(found.name)):
        counts = [manifest.api, *(len(_of(loaded, hook, found.name)) for hook in COUNTED)]
    return found.name, found.version or None, found.origin, *counts, _status(found, loaded)


def _of(loaded: Plugins, hook: str, name: str) -> list[object]:
    return [value for owner, value in loaded.registered(hook) if owner == name]


def _status(found: Found, loaded: Plugins) -> str:
    if not found.on:
        return f"off: {found.why_off}"
    from officeops.authoring.migration import unmigrated

    wrong = troubles_of(loaded, found.name)
    if found.name not in loaded.manifests:
        return f"refused: {'; '.join(wrong)}"
    wrong = wrong or unmigrated(loaded, found.name)
    return f"on, but {'; '.join(wrong)}" if wrong else "on"


def _print_traces(run: Run, name: str) -> None:
    _known(run.found(), [name])
    troubles = [
        each for each in on_trial(run.found(), [name], run.machine).troubles if each.plugin == name
    ]
    if not troubles:
        say(f"{name} is in order.")
    for trouble in troubles:
        sys.stdout.write(f"{trouble}\n{trouble.trace}")


def _known(found: Sequence[Found], names: Sequence[str], *, adding: bool = False) -> None:
    """Raise NotFound for a name that no plugin has, naming the nearest; with `adding` also for one that is gone."""
    there = [each.name for each in found]
    for name in names:
        if name not in there or (adding and found[there.index(name)].origin == GONE):
            near = nearest(name, [each for each in there if each != name])
            hint = did_you_mean(near) or "`officeops plugins` lists those there are."
            raise NotFound(f"There is no plugin called {name!r}. {hint}")


@plugins.command()
@click.argument("names", nargs=-1, required=True)
@click.option("--anyway", is_flag=True, help="Even a plugin that is not in order.")
@click.pass_context
def enable(ctx: click.Context, names: tuple[str, ...], *, anyway: bool) -> None:
    """Turn plugins on, after checking that they are in order."""
    refuse_request(ctx)
    run = run_of(ctx)
    ask(run, "core.plugins.change")
    found = run.found()
    _known(found, names, adding=True)
    tried = on_trial(found, names, run.machine)
    wrong = [
        Problem(sentence, name) for name in names for sentence in _wrong(tried, name, run.machine)
    ]
    if wrong and not anyway:
        raise Refused([*wrong, Problem("nothing was enabled; --anyway enables it as it is")])
    own = {each.name for each in found if each.own}
    enabled = [
        *run.machine.enabled,
        *(n for n in names if n not in own and n not in run.machine.enabled),
    ]
    _save(run, enabled, [n for n in run.machine.disabled if n not in names])
    for problem in wrong:
        say(f"officeops: plugin {problem}")
    for name in names:
        say(f"{name} is on{_brings(tried, name)}.")


def _wrong(tried: Plugins, name: str, machine: Machine) -> list[str]:
    from officeops.authoring.declared_targets import declared_problems
    from officeops.authoring.migration import unmigrated
    from officeops.office.record_types import records_of

    if wrong := troubles_of(tried, name) or unmigrated(tried, name):
        return wrong
    return list(declared_problems(tried, name, records_of(tried, machine)))


def _brings(tried: Plugins, name: str) -> str:
    counts = [(len(_of(tried, hook, name)), hook) for hook in COUNTED]
    return (
        ": " + ", ".join(f"{n} {hook if n > 1 else hook[:-1]}" for n, hook in counts if n)
        if any(n for n, _ in counts)
        else ""
    )


@plugins.command()
@click.argument("names", nargs=-1, required=True)
@click.pass_context
def disable(ctx: click.Context, names: tuple[str, ...]) -> None:
    """Turn plugins off. Their records stay in the office's file."""
    refuse_request(ctx)
    run = run_of(ctx)
    ask(run, "core.plugins.change")
    found = run.found()
    _known(found, names)
    own = {each.name for each in found if each.own}
    disabled = [
        *run.machine.disabled,
        *(n for n in names if n in own and n not in run.machine.disabled),
    ]
    _save(run, [n for n in run.machine.enabled if n not in names], disabled)
    for name in names:
        say(f"{name} is off. Its records stay in the office's file.")
    loaded = on_trial(found, (), run.machine)
    for manifest in loaded.manifests.values():
        if manifest.name not in names and (needs := sorted({*manifest.requires} & {*names})):
            say(
                f"officeops: {manifest.name} needs {' and '.join(needs)}, and is refused until it is on again."
            )


def _save(run: Run, enabled: list[str], disabled: list[str]) -> None:
    kept = run.machine.load("plugins.toml")
    with held():
        run.machine.save(
            "plugins.toml", {**kept, "enabled": sorted(enabled), "disabled": sorted(disabled)}
        )
        run.fate.wrote("The settings of plugins were changed.")


@plugins.command()
@output_options
@click.pass_context
def permissions(ctx: click.Context, *, as_json: bool, as_csv: bool) -> None:
    """List the permissions, each with its level."""
    from officeops.access.permissions import permissions as names
    from officeops.office.record_types import records_of

    run = run_of(ctx)
    fields = [
        Field("text", label="Permission").named("name", "str"),
        Field("text", label="Level").named("level", "str"),
        Field("text", label="What for").named("help", "str"),
    ]
    declared = names(run.plugins, records_of(run.plugins, run.machine).values())
    rows = [(permission.name, permission.level, permission.help) for permission in declared]
    print_rows(fields, rows, Conventions(), as_json=as_json, as_csv=as_csv)


@plugins.command()
@click.argument("name")
@click.option(
    "--print",
    "only_print",
    is_flag=True,
    help="Print it instead of writing it into the plugin's file.",
)
@click.pass_context
def migration(ctx: click.Context, name: str, *, only_print: bool) -> None:
    """Write the migration for the changed declarations of plugin NAME, or of `core`."""
    refuse_request(ctx)
    from officeops.authoring.migration import append, home_of, next_migration

    run = run_of(ctx)
    if name != "core":
        _known(run.found(), [name])
    tried = on_trial(run.found(), [name], run.machine)
    if name != "core" and name not in tried.manifests:
        raise Broken(f"The plugin {name} is not in order: {'; '.join(troubles_of(tried, name))}.")
    made = next_migration(tried, name)
    if made is None:
        say(f"Nothing is missing: the tables of {name} are migrated as they are declared.")
        return
    for column in made.lost:
        say(
            f"officeops: {made.name} drops {column} with its values. If you renamed it, write "
            "rename_field(...) in its place."
        )
    if only_print:
        sys.stdout.write(made.text)
        return
    file = home_of(tried, name)
    with held():
        append(file, made.text)
        run.fate.wrote(f"{made.name} was written into {file}.")
    say(f"{made.name} was written into {file}. Read it; it runs when the office is next opened.")


@plugins.command()
@click.argument("name")
@click.option(
    "--noun",
    default="",
    help="The command for its record, such as key. [default: NAME without its s]",
)
@click.option(
    "--to",
    default=".",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder to write it in.",
)
@click.pass_context
def new(ctx: click.Context, name: str, noun: str, to: Path) -> None:
    """Write a first plugin into ./officeops-NAME: a record, actions, a due hook, its migration and tests that pass."""
    refuse_request(ctx)
    from officeops.authoring.scaffold import names_for, scaffold
    from officeops.core.commands import ACTIONS, COMMANDS

    run = run_of(ctx)
    root = ctx.find_root().command
    assert isinstance(root, click.Group)  # noqa: S101 - it found this command
    words = {*root.list_commands(ctx), *COMMANDS, *ACTIONS, "office", "due-note", "former-name"}
    names = names_for(name, noun, [each.name for each in run.found()], words)
    with held():
        folder = scaffold(names, to)
        run.fate.wrote(f"{folder} was written.")
    # Into the environment that runs this: a pip of another one would look for officeops on an index.
    environment = f"{sys.prefix}/bin/python"
    say(
        f"{folder} is written. Next:\n"
        f"  pip --python {environment} install -e {folder} pytest\n"
        f"  officeops plugins enable {name}\n"
        f"  {environment} -m pytest {folder}"
    )
