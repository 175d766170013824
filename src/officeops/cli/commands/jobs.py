"""`officeops job` and `officeops report`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import click

from officeops.cli.context import office_of, run_of
from officeops.cli.on_page import entitle, page
from officeops.cli.outcome import outcome_option, say_outcome
from officeops.cli.output import print_values, say
from officeops.cli.output_options import output_options
from officeops.cli.table import print_table
from officeops.model.declarations import LeftOut
from officeops.model.error_words import one_line
from officeops.model.errors import NotFound
from officeops.office.report_rows import rows_of
from officeops.plugins.blame import Blame, each_of
from officeops.plugins.hook_results import sentence_in
from officeops.values.text import Pattern, safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from officeops.model.declarations import Job
    from officeops.office.office import Office


#: An amount as `money_text` and `price_text` write it.
_AMOUNT: Final = Pattern(r"-?[0-9]+\.[0-9]+")
#: Said beside a report whose figures are not of everybody, by how far the person reaches.
_OF_ROWS = {
    "own": "These figures are of your own rows.",
    "team": "These figures are of your own and your team's rows.",
}


@click.command()
@click.argument("name", required=False)
@outcome_option
@click.pass_context
def job(ctx: click.Context, name: str | None) -> None:
    """Run a job. Without a name, list the jobs with their suggested schedules."""
    if name is None:
        _list_jobs(ctx)
        return
    office = office_of(ctx)
    # A job finds the rest of its work by itself; a request id would stop its next run.
    run_of(ctx).refuse_request("A job is safe to run twice by itself.")
    for plugin, declared in office.plugins.registered("jobs"):
        if declared.name == name:
            office.allow(f"{plugin}.{name}.open")
            _run_job(ctx, office, plugin, declared)
            return
    raise NotFound(
        f"There is no job {name!r}. `officeops job` lists them.{_not_asked(office)}",
        code="not-found",
        facts={"kind": "job", "text": name},
    )


def _list_jobs(ctx: click.Context) -> None:
    rows = [[job.name, job.schedule, job.help] for _, job in _registered(ctx, "jobs")]
    if run_of(ctx).as_json:
        print_values(["name", "schedule", "help"], rows, as_json=True)
    else:
        print_table(["Job", "Schedule", "What it does"], rows, [False] * 3, [1, 2, 3])


def _run_job(
    ctx: click.Context,
    office: Office,
    plugin: str,
    declared: Job,
) -> None:
    for sentence in _sentences(office, plugin, declared):
        if run_of(ctx).as_json:
            say_outcome(ctx, one_line(sentence))
        else:
            click.echo(safe(one_line(sentence)))
        # The job goes on; its exit code says that a part of its work was left out.
        if isinstance(sentence, LeftOut):
            run_of(ctx).partly()


def _registered(ctx: click.Context, hook: str) -> list[tuple[str, Any]]:
    """Return all jobs or reports with their plugins; a refused plugin makes the list incomplete."""
    run = run_of(ctx)
    registered = run.plugins.registered(hook)
    if run.troubles:
        run.incomplete()
    return registered


def _sentences(
    office: Office,
    plugin: str,
    job: Job,
) -> Iterator[str]:
    """Yield the sentences of a job. Raises PluginFault where its code fails or yields no text, TimeUp."""
    place = f"the job {job.name}"
    # The permission for the job covers the verbs of its plugin from here on.
    office.run_as_job(plugin)
    limit = partial(office.plugins.time.to_go_on, plugin, office, place)
    with Blame(plugin, place), limit():
        answers = job.run(office)
    for sentence in each_of(plugin, place, answers, limit):
        with Blame(plugin, place):
            sentence_in(sentence)
        yield sentence


def _not_asked(office: Office) -> str:
    """Return a sentence on the refused plugins, which may have had the name; blank without any."""
    names = sorted({trouble.plugin for trouble in office.plugins.troubles})
    if not names:
        return ""
    return f" What belongs to {' and '.join(names)} is missing: it is not in order."


@click.command()
@click.argument("name", required=False)
@output_options
@click.pass_context
def report(
    ctx: click.Context,
    name: str | None,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print a report; without a name, list them."""
    if name is None:
        registered = _registered(ctx, "reports")
        rows = [[report.name, report.title, report.help] for _, report in registered]
        print_table(
            ["Report", "Title", "What it shows"],
            rows,
            [False] * 3,
            [1, 2, 3],
        )
        return
    office = office_of(ctx)
    for plugin, declared in office.plugins.registered("reports"):
        if declared.name == name:
            office.allow(f"{plugin}.{name}.open")
            _print(
                rows_of(office, plugin, declared),
                as_json=as_json,
                as_csv=as_csv,
            )
            reach = office.reach_of_report()
            entitle(declared.title, _OF_ROWS.get(reach, ""))
            if reach != "all":
                say(_OF_ROWS[reach])
            return
    where = "`officeops report` lists them."
    raise NotFound(
        f"There is no report {name!r}. {where}{_not_asked(office)}",
        code="not-found",
        facts={"kind": "report", "text": name},
    )


def _print(
    rows: Sequence[Mapping[str, Any]],
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    names = list(rows[0]) if rows else []
    if as_json or as_csv:
        print_values(
            names,
            ([row[name] for name in names] for row in rows),
            as_json=as_json,
        )
    elif rows:
        _print_for_people(names, rows)
    else:
        say("Nothing to report.")


def _print_for_people(names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    labels, right = [], []
    for name in names:
        labels.append(name.replace("_", " ").capitalize())
        # A column of numbers, with or without blanks, lines up on the right.
        right.append(all(_is_number(row[name]) for row in rows))
    texts = [_texts(row, names) for row in rows]
    if on_page := page():
        from officeops.exchange.paper.printout import Grid

        plain = [[row[name] for name in names] for row in rows]
        on_page.add(Grid(labels, texts, right, names=names, plain=plain))
        return
    # The columns are declared in the order of their importance, so the last give way first.
    print_table(labels, texts, right, range(1, len(names) + 1))


def _is_number(value: object) -> bool:
    """Whether a cell is a number, blank, or an amount as text: 12.50. A code has no decimals."""
    if isinstance(value, str):
        return bool(_AMOUNT.fullmatch(value))
    return isinstance(value, int | float | None)


def _texts(row: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    values = (row[name] for name in names)
    return ["" if value is None else safe(str(value)) for value in values]
