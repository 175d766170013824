"""`officeops selfcheck`: look the office, its file and this machine over."""

from __future__ import annotations

from sqlite3 import DatabaseError
from typing import TYPE_CHECKING

import click

from officeops.cli.context import refuse_request, run_of
from officeops.cli.output import output_options, print_rows, say
from officeops.model.errors import Broken
from officeops.model.exit_codes import INCOMPLETE, REFUSED, leading
from officeops.model.fields import Field
from officeops.values.conventions import Conventions
from officeops.values.convert import safe

if TYPE_CHECKING:
    from officeops.selfcheck.finding import Finding

NAMES = ("area", "severity", "what", "cure", "code")
FIELDS = [Field("text", label=name.capitalize()).named(name, "str") for name in NAMES]


@click.command()
@click.option(
    "--full", is_flag=True, help="Also check every index entry and search index; takes longer."
)
@click.option(
    "--fix", is_flag=True, help="Repair what is safe to repair, record it, and check again."
)
@click.option("--quiet", is_flag=True, help="Only warnings and problems, for cron.")
@output_options
@click.pass_context
def selfcheck(
    ctx: click.Context, *, full: bool, fix: bool, quiet: bool, as_json: bool, as_csv: bool
) -> int:
    """Check the office, its file and this machine, and give the remedy for each problem. Ends with 1 on a problem.

    Ends with 4 if the only problem is a plugin that failed or is refused.
    """
    if fix:
        refuse_request(ctx)
    found = _found(ctx, full=full, fix=fix)
    if quiet:
        found = [each for each in found if each.severity in {"warning", "problem"}]
    if as_json or as_csv:
        print_rows(
            FIELDS,
            [(each.area, each.severity, each.what, each.cure, each.code) for each in found],
            Conventions(),
            as_json=as_json,
            as_csv=as_csv,
        )
    else:
        _print(found)
    problems = [finding for finding in found if finding.severity == "problem"]
    return leading(INCOMPLETE if problem.is_incomplete else REFUSED for problem in problems)


def _found(ctx: click.Context, *, full: bool, fix: bool) -> list[Finding]:
    """Look the office over, and mend; of one that cannot be opened tell why not, and what can be seen without it.

    Not to a user: without the office nobody knows what they may see.
    """
    from officeops.selfcheck.repairs import mend
    from officeops.selfcheck.run import findings, unopened

    run = run_of(ctx)
    try:
        office = run.office()
    except (Broken, DatabaseError) as error:
        if run.user:
            raise
        return list(unopened(run.path, run.machine, error))
    with office.lifted():
        found = list(findings(office, full=full))
        if fix and any(each.mend for each in found):
            for done in mend(office, found):
                say(f"Mended: {done}.")
            found = list(findings(office, full=full))
    return found


def _print(found: list[Finding]) -> None:
    """Print whole sentences: a table would cut the cure off."""
    for each in found:
        click.echo(f"{each.severity:8} {each.area:8} {safe(each.what)}")
        if each.cure:
            click.echo(f"{'':17} → {safe(each.cure)}")
