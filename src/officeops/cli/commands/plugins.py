"""`officeops plugins`: list the plugins, their troubles and their permissions."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from officeops.authoring.trial import asked, on_trial, troubles_of
from officeops.cli.commands.plugin_authoring import check, migration, new
from officeops.cli.commands.plugin_names import refuse_unknown
from officeops.cli.commands.plugin_reach import show
from officeops.cli.commands.plugin_switching import COUNTED, brought, disable, enable
from officeops.cli.context import run_of
from officeops.cli.group import Group
from officeops.cli.output import print_rows, say
from officeops.cli.output_options import output_options
from officeops.model.fields import Field
from officeops.values.conventions import Conventions

if TYPE_CHECKING:
    from officeops.cli.context import Run
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


for _command in (show, enable, disable, check, migration, new):
    plugins.add_command(_command)


def _row(plugin: Found, loaded: Plugins) -> tuple[object, ...]:
    counts: list[int | None] = [None, None, None, None]
    manifest = loaded.manifests.get(plugin.name) if plugin.on else None
    if manifest:
        counts = [manifest.api]
        counts += [brought(loaded, hook, plugin.name) for hook in COUNTED]
    version = plugin.version or None
    return plugin.name, version, plugin.origin, *counts, _status(plugin, loaded)


def _status(plugin: Found, loaded: Plugins) -> str:
    if not plugin.on:
        return f"off: {plugin.why_off}"
    from officeops.authoring.declared_targets import hidden_actions
    from officeops.authoring.migration import unmigrated
    from officeops.store.migrations import MigrationFailed

    troubles = troubles_of(loaded, plugin.name)
    if plugin.name not in loaded.manifests:
        return f"refused: {'; '.join(troubles)}"
    # A plugin that loads well may still have an action that no command leads to, or lack a
    # migration for a changed declaration.
    troubles += hidden_actions(loaded, plugin.name)
    try:
        troubles = troubles or unmigrated(loaded, plugin.name)
    except MigrationFailed as failed:
        # The office refuses the plugin when it opens, in these words.
        return f"refused: migrations: {failed}"
    said = "; ".join(troubles).rstrip(".")
    return f"on, but {said}" if said else "on"


def _print_traces(run: Run, name: str) -> None:
    refuse_unknown(run.found(), [name])
    tried = on_trial(run.found(), [name], run.machine)
    troubles = [trouble for trouble in tried.troubles if trouble.plugin == name]
    if not troubles:
        say(
            f"{name} loads in order. Where a command names a failure of it, OFFICEOPS_DEBUG=1 before "
            f"that command prints the traceback; `officeops plugins check {name}` asks its hooks."
        )
    for trouble in troubles:
        sys.stdout.write(f"{trouble}\n{trouble.trace}")


@plugins.command()
@output_options
@click.pass_context
def permissions(
    ctx: click.Context,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
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
