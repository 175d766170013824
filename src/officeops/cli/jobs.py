"""`officeops job` and `officeops report`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from officeops.cli.context import office_of, run_of
from officeops.cli.output import output_options, print_table, print_values, say
from officeops.errors import NotFound
from officeops.values import safe

if TYPE_CHECKING:
    from collections.abc import Mapping


@click.command()
@click.argument("name", required=False)
@click.pass_context
def job(ctx: click.Context, name: str | None) -> None:
    """Run a job; without a name, list them with the schedule each suggests."""
    if name is None:
        rows = [[each.name, each.schedule, each.help] for _, each in run_of(ctx).plugins.registered("jobs")]
        print_table(["Job", "Schedule", "What it does"], rows, [False] * 3, [1, 2, 3])
        return
    office = office_of(ctx)
    for plugin, each in office.plugins.registered("jobs"):
        if each.name == name:
            office.allow(f"{plugin}.{name}.open")
            for sentence in each.run(office):
                click.echo(safe(sentence))
            return
    raise NotFound(f"There is no job {name!r}. `officeops job` lists them.")


@click.command()
@click.argument("name", required=False)
@output_options
@click.pass_context
def report(ctx: click.Context, name: str | None, *, as_json: bool, as_csv: bool) -> None:
    """Print a report; without a name, list them."""
    if name is None:
        rows = [[each.name, each.title, each.help] for _, each in run_of(ctx).plugins.registered("reports")]
        print_table(["Report", "Title", "What it tells"], rows, [False] * 3, [1, 2, 3])
        return
    office = office_of(ctx)
    for plugin, each in office.plugins.registered("reports"):
        if each.name == name:
            office.allow(f"{plugin}.{name}.open")
            with office.trusted():
                told = list(each.run(office))
            _print(told, as_json=as_json, as_csv=as_csv)
            return
    raise NotFound(f"There is no report {name!r}. `officeops report` lists them.")


def _print(rows: list[Mapping[str, Any]], *, as_json: bool, as_csv: bool) -> None:
    names = list(rows[0]) if rows else []
    if as_json or as_csv:
        print_values(names, ([row[n] for n in names] for row in rows), as_json=as_json)
    elif rows:
        text = [["" if row[n] is None else safe(str(row[n])) for n in names] for row in rows]
        right = [all(isinstance(row[n], int) or row[n] is None for row in rows) for n in names]
        print_table([n.replace("_", " ").capitalize() for n in names], text, right, list(range(1, len(names) + 1)))
    else:
        say("Nothing to report.")
