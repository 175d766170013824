"""`officeops plugins show`: whose rows a plugin's records are, and which actions write beyond."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from officeops.authoring.trial import on_trial
from officeops.cli.commands.plugin_names import refuse_unknown
from officeops.cli.context import run_of
from officeops.cli.group import example
from officeops.cli.output import print_rows
from officeops.cli.output_options import output_options
from officeops.model.fields import Field
from officeops.values.conventions import Conventions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.meta import Meta
    from officeops.plugins.manager import Plugins

    #: What it is, its name, whose rows, and the levels to reach the team's and all.
    Row = tuple[str, str, str, str | None, str | None]

FIELDS = [
    Field("text", label="What", list_rank=2).named("what", "str"),
    Field("text", label="Name", list_rank=1).named("name", "str"),
    Field("text", label="Rows", list_rank=1).named("rows", "str"),
    Field("text", label="Team", list_rank=3).named("team", "str"),
    Field("text", label="All", list_rank=3).named("all", "str"),
]


@example("vendors")
@click.command()
@click.argument("name")
@output_options
@click.pass_context
def show(
    ctx: click.Context,
    name: str,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Show whose rows people reach: a plugin's scopes, and the actions that write beyond them.

    Team and All are the levels of the permissions to reach that far.
    """
    run = run_of(ctx)
    refuse_unknown(run.found(), [name])
    plugins = on_trial(run.found(), [name], run.machine)
    print_rows(
        FIELDS,
        _rows(plugins, name),
        Conventions(),
        as_json=as_json,
        as_csv=as_csv,
        nothing=f"All who may see a kind of record of {name} see every row of it.",
    )


def _rows(plugins: Plugins, name: str) -> Iterator[Row]:
    for owner, record in plugins.registered("records"):
        if owner == name:
            yield from _of_record(record.meta)
    for owner, action in plugins.registered("actions"):
        if owner == name and action.reach == "all":
            yield "action", action.name, "writes rows out of reach", None, None


def _of_record(meta: Meta) -> Iterator[Row]:
    scope = meta.scope
    if scope is not None:
        rows = f"of {scope.scope.name}, by {scope.path}"
        yield "record", meta.key, rows, scope.team, scope.all
    if meta.about:
        yield "record", meta.key, "as the record that it is about", None, None
