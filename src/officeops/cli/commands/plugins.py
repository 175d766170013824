"""`officeops plugins`: list the plugins and their troubles, and turn them on and off."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from officeops.authoring.trial import asked, on_trial, troubles_of
from officeops.cli.commands.plugin_authoring import migration, new
from officeops.cli.commands.plugin_names import refuse_unknown
from officeops.cli.context import ask, refuse_request, run_of
from officeops.cli.group import Group, example
from officeops.cli.output import output_options, print_rows, say
from officeops.model.errors import Problem, Refused
from officeops.model.fields import Field
from officeops.store.interruption import held
from officeops.values.conventions import Conventions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from officeops.cli.context import Run
    from officeops.model.settings import Machine
    from officeops.plugins.discovery import Found
    from officeops.plugins.manager import Plugins

#: Columns of `plugins`; the name and the status stay longest on a narrow terminal.
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
#: Columns of `plugins permissions`.
PERMISSIONS = [
    Field("text", label="Permission").named("name", "str"),
    Field("text", label="Level").named("level", "str"),
    Field("text", label="What for").named("help", "str"),
]
#: Hooks whose answers are counted in the list.
COUNTED = ("records", "actions", "commands")


@click.group(cls=Group, invoke_without_command=True)
@click.option(
    "--trace",
    metavar="NAME",
    help="Print the tracebacks of a plugin's errors, for its author.",
)
@output_options
@click.pass_context
def plugins(
    ctx: click.Context,
    trace: str | None,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List the plugins: what they bring, and why one is off or refused."""
    if ctx.invoked_subcommand:
        return
    run = run_of(ctx)
    if trace:
        _print_traces(run, trace)
        return
    # Asked for everything, since a plugin may load well and declare badly.
    loaded = asked(run.plugins, run.machine)
    rows = [_row(plugin, loaded) for plugin in run.found()]
    nothing = "There are no plugins."
    print_rows(
        FIELDS,
        rows,
        Conventions(),
        as_json=as_json,
        as_csv=as_csv,
        nothing=nothing,
    )


for _command in (migration, new):
    plugins.add_command(_command)


def _row(plugin: Found, loaded: Plugins) -> tuple[object, ...]:
    counts: list[int | None] = [None, None, None, None]
    manifest = loaded.manifests.get(plugin.name) if plugin.on else None
    if manifest:
        counts = [manifest.api]
        counts += [_count(loaded, hook, plugin.name) for hook in COUNTED]
    version = plugin.version or None
    return plugin.name, version, plugin.origin, *counts, _status(plugin, loaded)


def _count(loaded: Plugins, hook: str, name: str) -> int:
    """Return how many records, actions or commands a plugin brings."""
    return sum(owner == name for owner, _ in loaded.registered(hook))


def _status(plugin: Found, loaded: Plugins) -> str:
    if not plugin.on:
        return f"off: {plugin.why_off}"
    from officeops.authoring.migration import unmigrated

    troubles = troubles_of(loaded, plugin.name)
    if plugin.name not in loaded.manifests:
        return f"refused: {'; '.join(troubles)}"
    # A plugin that loads well may still lack a migration for a changed declaration.
    troubles = troubles or unmigrated(loaded, plugin.name)
    return f"on, but {'; '.join(troubles)}" if troubles else "on"


def _print_traces(run: Run, name: str) -> None:
    refuse_unknown(run.found(), [name])
    tried = on_trial(run.found(), [name], run.machine)
    troubles = [trouble for trouble in tried.troubles if trouble.plugin == name]
    if not troubles:
        say(f"{name} is in order.")
    for trouble in troubles:
        sys.stdout.write(f"{trouble}\n{trouble.trace}")


@example("keys")
@plugins.command()
@click.argument("names", nargs=-1, required=True)
@click.option(
    "--anyway",
    is_flag=True,
    help="Even a plugin that is not in order.",
)
@click.pass_context
def enable(ctx: click.Context, names: tuple[str, ...], *, anyway: bool) -> None:
    """Turn plugins on, after checking that they are in order."""
    refuse_request(ctx)
    run = run_of(ctx)
    ask(run, "core.plugins.change")
    installed = run.found()
    refuse_unknown(installed, names, may_be_gone=False)
    # Loaded as if they were on, before any setting is changed.
    tried = on_trial(installed, names, run.machine)
    problems = list(_problems(tried, names, run.machine))
    if problems and not anyway:
        nothing = Problem("nothing was enabled; --anyway enables it as it is")
        raise Refused([*problems, nothing])
    # Own plugins are on unless they are disabled; others are off unless they are enabled.
    others = _without(names, _own(installed))
    _save(run, _with(run.machine.enabled, others), _without(run.machine.disabled, names))
    for problem in problems:
        say(f"officeops: plugin {problem}")
    for name in names:
        say(f"{name} is on{_brings(tried, name)}.")


def _problems(
    tried: Plugins,
    names: Iterable[str],
    machine: Machine,
) -> Iterable[Problem]:
    """Yield the problems of plugins: of the code, else the tables, else the declarations."""
    from officeops.authoring.declared_targets import declared_problems
    from officeops.authoring.migration import unmigrated
    from officeops.office.record_types import records_of

    for name in names:
        sentences = troubles_of(tried, name) or unmigrated(tried, name)
        if not sentences:
            sentences = list(declared_problems(tried, name, records_of(tried, machine)))
        for sentence in sentences:
            yield Problem(sentence, name)


def _own(found: Iterable[Found]) -> set[str]:
    """Return the names of the plugins that come with officeops."""
    return {plugin.name for plugin in found if plugin.own}


def _with(names: Sequence[str], more: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*names, *more]))


def _without(names: Iterable[str], removed: Collection[str]) -> list[str]:
    return [name for name in names if name not in removed]


def _brings(tried: Plugins, name: str) -> str:
    """Return what a plugin brings, such as `: 2 records, 1 action`; blank for nothing."""
    parts = []
    for hook in COUNTED:
        count = _count(tried, hook, name)
        if count:
            parts.append(f"{count} {hook if count > 1 else hook[:-1]}")
    return f": {', '.join(parts)}" if parts else ""


@example("keys")
@plugins.command()
@click.argument("names", nargs=-1, required=True)
@click.pass_context
def disable(ctx: click.Context, names: tuple[str, ...]) -> None:
    """Turn plugins off. Their records stay in the office's file."""
    refuse_request(ctx)
    run = run_of(ctx)
    ask(run, "core.plugins.change")
    installed = run.found()
    refuse_unknown(installed, names)
    own = [name for name in names if name in _own(installed)]
    _save(run, _without(run.machine.enabled, names), _with(run.machine.disabled, own))
    for name in names:
        say(f"{name} is off. Its records stay in the office's file.")
    _say_dependents(on_trial(installed, (), run.machine), names)


def _say_dependents(loaded: Plugins, names: Sequence[str]) -> None:
    """Name the plugins that need one that is now off."""
    for manifest in loaded.manifests.values():
        needs = sorted({*manifest.requires} & {*names})
        if needs and manifest.name not in names:
            needed = " and ".join(needs)
            say(f"officeops: {manifest.name} needs {needed}, and is refused until it is on again.")


def _save(
    run: Run,
    enabled: list[str],
    disabled: list[str],
) -> None:
    # Whatever else the file holds stays.
    saved = run.machine.load("plugins.toml")
    saved = {**saved, "enabled": sorted(enabled), "disabled": sorted(disabled)}
    with held():
        run.machine.save("plugins.toml", saved)
        run.fate.wrote("The settings of plugins were changed.")


@plugins.command()
@output_options
@click.pass_context
def permissions(ctx: click.Context, *, as_json: bool, as_csv: bool) -> None:
    """List the permissions, each with its level."""
    from officeops.access.permissions import permissions as all_permissions
    from officeops.office.record_types import records_of

    run = run_of(ctx)
    records = records_of(run.plugins, run.machine).values()
    declared = all_permissions(run.plugins, records)
    rows = [(permission.name, permission.level, permission.help) for permission in declared]
    print_rows(
        PERMISSIONS,
        rows,
        Conventions(),
        as_json=as_json,
        as_csv=as_csv,
    )
