"""`officeops history accept`: accept findings that nobody can repair, and record the decision."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from officeops.cli.context import office_of, run_of
from officeops.cli.group import example
from officeops.cli.outcome import outcome_option, say_outcome
from officeops.cli.output import say
from officeops.model.errors import Refused, UsageProblem
from officeops.values.text import safe

if TYPE_CHECKING:
    from officeops.history.accept import Found


@example("--because 'the disk with the key was lost'")
@click.command("accept", short_help="Accept findings that cannot be repaired.")
@click.option(
    "--because",
    default="",
    metavar="TEXT",
    help="Why: how the key was lost, who altered the record.",
)
@click.option("--yes", is_flag=True, help="Do not ask first.")
@outcome_option
@click.pass_context
def accept_findings(
    ctx: click.Context,
    because: str,
    *,
    yes: bool,
) -> int:
    """Accept findings of `history verify` that cannot be repaired, such as a lost key.

    The history records who accepted them and why. An acceptance covers nothing that is found later.
    A record that differs is recorded as it is now. Ends with 1 if findings remain that must be
    repaired instead.
    """
    from officeops.history.accept import accept, look
    from officeops.history.verify_accepted import VERB

    office, request = office_of(ctx), run_of(ctx).request
    office.once(request, VERB, lambda _, given: given.get("because", "") == because.strip())
    # `accept` compares once more inside its action, so that it accepts only findings shown here.
    shown = look(office)
    for finding in shown.acceptable:
        # Standard output is for the outcome alone where a program reads it.
        click.echo(safe(finding.message), err=run_of(ctx).as_json)
    if shown.acceptable:
        if not yes:
            _confirm(shown)
        accept(office, shown, because.strip(), request=request)
        notes = "`officeops history verify` lists them as notes"
        say_outcome(ctx, f"{len(shown.acceptable)} accepted by {office.actor}; {notes}.")
    elif not shown.left:
        say_outcome(ctx, "There is nothing to accept.")
    for finding in shown.left:
        say(f"To be repaired, not accepted: {finding.message}")
    if any(finding.kind == "trigger" for finding in shown.left):
        say("`officeops selfcheck --fix` repairs triggers.")
    return 1 if shown.left else 0


def _confirm(shown: Found) -> None:
    """Ask on a terminal.

    Raises UsageProblem where there is none, Refused for anything but a yes.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageProblem(
            "Accepting this needs a terminal to confirm on, or --yes.", code="needs-terminal"
        )
    say(
        f"From then on these {len(shown.acceptable)} no longer count as problems, in checks and in "
        "backups. The history records your decision."
    )
    click.echo("Type yes to accept them: ", nl=False, err=True)
    if sys.stdin.readline().strip().lower() != "yes":
        raise Refused("That is not yes; nothing was accepted.", code="not-confirmed")
