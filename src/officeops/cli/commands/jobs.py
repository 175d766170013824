"""`officeops job` and `officeops report`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.context import office_of, run_of
from officeops.cli.output import output_options, print_table, print_values, say
from officeops.model.declarations import LeftOut
from officeops.model.errors import NotFound
from officeops.plugins.blame import Blame, each_of
from officeops.values.convert import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.declarations import Job, Report
    from officeops.office.office import Office


@click.command()
@click.argument("name", required=False)
@click.pass_context
def job(ctx: click.Context, name: str | None) -> None:
    """Run a job; without a name, list them with the schedule each suggests."""
    if name is None:
        rows = [[each.name, each.schedule, each.help] for _, each in _registered(ctx, "jobs")]
        print_table(["Job", "Schedule", "What it does"], rows, [False] * 3, [1, 2, 3])
        return
    office = office_of(ctx)
    run_of(ctx).refuse_request("A job is safe to run twice by itself.")
    for plugin, each in office.plugins.registered("jobs"):
        if each.name == name:
            office.allow(f"{plugin}.{name}.open")
            for sentence in _sentences(office, plugin, each):
                click.echo(safe(sentence))
                if isinstance(sentence, LeftOut):
                    run_of(ctx).partly()
            return
    raise NotFound(f"There is no job {name!r}. `officeops job` lists them.{_not_asked(office)}")


def _registered(ctx: click.Context, hook: str) -> list[tuple[str, Any]]:
    """Return all jobs or reports there are; with a plugin that is not in order the list is incomplete."""
    run = run_of(ctx)
    registered = run.plugins.registered(hook)
    if run.troubles:
        run.incomplete()
    return registered


def _sentences(office: Office, plugin: str, job: Job) -> Iterator[str]:
    """Yield what a job says. Raises PluginFault where its code fails, or says what is no text."""
    place = f"the job {job.name}"
    office.run_as_job(plugin)
    with Blame(plugin, place):
        answers = job.run(office)
    for sentence in each_of(plugin, place, answers):
        with Blame(plugin, place):
            if not isinstance(sentence, str):
                raise TypeError(f"a job says sentences, not {type(sentence).__name__}")
        yield sentence


def _not_asked(office: Office) -> str:
    """Return which plugins are not in order, so that what is theirs is not there."""
    names = sorted({trouble.plugin for trouble in office.plugins.troubles})
    return (
        f" What belongs to {' and '.join(names)} is missing: it is not in order." if names else ""
    )


@click.command()
@click.argument("name", required=False)
@output_options
@click.pass_context
def report(ctx: click.Context, name: str | None, *, as_json: bool, as_csv: bool) -> None:
    """Print a report; without a name, list them."""
    if name is None:
        rows = [[each.name, each.title, each.help] for _, each in _registered(ctx, "reports")]
        print_table(["Report", "Title", "What it tells"], rows, [False] * 3, [1, 2, 3])
        return
    office = office_of(ctx)
    for plugin, each in office.plugins.registered("reports"):
        if each.name == name:
            office.allow(f"{plugin}.{name}.open")
            _print(_rows(office, plugin, each), as_json=as_json, as_csv=as_csv)
            return
    raise NotFound(
        f"There is no report {name!r}. `officeops report` lists them.{_not_asked(office)}"
    )


def _rows(office: Office, plugin: str, report: Report) -> list[Mapping[str, Any]]:
    """Return a report's rows. Raises PluginFault where its code fails, or the rows are not all of the same columns."""
    asking = office.plugins.asking(
        f"report {report.name}", plugin, office, then="A report is printed whole or not at all."
    )
    with office.trusted(), asking, Blame(plugin, f"the report {report.name}"):
        rows = list(report.run(office))
        for row in rows:
            if not isinstance(row, Mapping) or row.keys() != rows[0].keys():
                raise TypeError(f"a report gives rows with the same columns, not {row!r}")
    return rows


def _print(rows: list[Mapping[str, Any]], *, as_json: bool, as_csv: bool) -> None:
    names = list(rows[0]) if rows else []
    if as_json or as_csv:
        print_values(names, ([row[n] for n in names] for row in rows), as_json=as_json)
    elif rows:
        text = [["" if row[n] is None else safe(str(row[n])) for n in names] for row in rows]
        right = [all(isinstance(row[n], int) or row[n] is None for row in rows) for n in names]
        print_table(
            [n.replace("_", " ").capitalize() for n in names],
            text,
            right,
            list(range(1, len(names) + 1)),
        )
    else:
        say("Nothing to report.")
