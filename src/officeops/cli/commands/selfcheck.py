"""`officeops selfcheck`: check the office, its file and this machine."""

from __future__ import annotations

from sqlite3 import DatabaseError
from typing import TYPE_CHECKING

import click

from officeops.cli.context import refuse_request, run_of
from officeops.cli.output import print_rows, say
from officeops.cli.output_options import output_options
from officeops.model.errors import Broken
from officeops.model.exit_codes import INCOMPLETE, REFUSED, leading
from officeops.model.fields import Field
from officeops.values.conventions import Conventions
from officeops.values.text import safe

if TYPE_CHECKING:
    from officeops.selfcheck.finding import Finding

#: Severities that `--quiet` prints.
_LOUD = frozenset({"warning", "problem"})
#: Columns for scripts; people get two lines for each finding.
NAMES = ("area", "severity", "what", "cure", "code")
FIELDS = [Field("text", label=name.capitalize()).named(name, "str") for name in NAMES]


@click.command()
@click.option(
    "--full",
    is_flag=True,
    help="Also check every index entry and search index; takes longer.",
)
@click.option(
    "--fix",
    is_flag=True,
    help="Make the repairs that are safe, record them, and check again.",
)
@click.option(
    "--quiet",
    is_flag=True,
    help="Only warnings and problems, for cron.",
)
@output_options
@click.pass_context
def selfcheck(
    ctx: click.Context,
    *,
    full: bool,
    fix: bool,
    quiet: bool,
    as_json: bool,
    as_csv: bool,
) -> int:
    """Check the office, its file and this machine, and give the remedy for each problem.

    Ends with 1 on a problem. Ends with 4 if the only problem is a plugin that failed or is refused.
    """
    if fix:
        refuse_request(ctx)
        run_of(ctx).refuse_reading()
    findings = _findings(ctx, full=full, fix=fix)
    if quiet:
        findings = [finding for finding in findings if finding.severity in _LOUD]
    if as_json or as_csv:
        rows = map(_row, findings)
        print_rows(
            FIELDS,
            rows,
            Conventions(),
            as_json=as_json,
            as_csv=as_csv,
        )
    else:
        _print(findings)
    problems = [finding for finding in findings if finding.severity == "problem"]
    return leading(INCOMPLETE if problem.is_incomplete else REFUSED for problem in problems)


def _findings(
    ctx: click.Context,
    *,
    full: bool,
    fix: bool,
) -> list[Finding]:
    """Check the office, with `fix` repair it and check again, and return the findings.

    If the office cannot be opened, its owner gets the reason and the checks that work without it.
    A user does not: without the office nobody knows what they may see.
    """
    from officeops.selfcheck.repairs import repair
    from officeops.selfcheck.run import findings, unopened

    run = run_of(ctx)
    try:
        office = run.office()
    except (Broken, DatabaseError) as error:
        # Over SSH a damaged file is an error like any other.
        if run.user:
            raise
        return list(unopened(run.path, run.machine, error))
    with office.lifted():
        first = list(findings(office, full=full))
        if not fix or not any(finding.repair for finding in first):
            return first
        for sentence in repair(office, first):
            say(f"Repaired: {sentence}.")
        return list(findings(office, full=full))


def _row(finding: Finding) -> tuple[str, ...]:
    return finding.area, finding.severity, finding.what, finding.cure, finding.code


def _print(findings: list[Finding]) -> None:
    """Print whole sentences: a table would cut the cure off."""
    for finding in findings:
        click.echo(f"{finding.severity:8} {finding.area:8} {safe(finding.what)}")
        if finding.cure:
            click.echo(f"{'':17} → {safe(finding.cure)}")
