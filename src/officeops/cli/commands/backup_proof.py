"""`officeops backup verify` and `drill`: prove that a backup can be restored."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from officeops.backup.folder import utc_now
from officeops.cli.commands.backup_source import (
    found_in,
    identity_of_line,
    problems_seen,
    say_problems,
    sees_all,
    source_options,
)
from officeops.cli.context import refuse_request, run_of
from officeops.cli.group import example
from officeops.cli.output import print_rows, say
from officeops.model.fields import Field
from officeops.values.conventions import Conventions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.backup.drill import Drilled

#: Columns of `drill --json`. Milliseconds are whole numbers, which every reader of JSON takes
#: alike.
DRILLED = [
    Field("text").named("name", "str"),
    Field("number").named("milliseconds", "int"),
    Field("text").named("answers", "str"),
    Field("number").named("sealed", "int"),
    Field("text").named("problems", "str"),
]


@example("")
@click.command(short_help="Check that a backup is intact and in order.")
@click.argument("file", default="latest", metavar="[FILE|latest]")
@source_options
@click.pass_context
def verify(
    ctx: click.Context,
    file: str,
    folder: str | None,
    identity: str | None,
) -> int:
    """Check that a backup is intact to the last bit, and that its office is in order."""
    from officeops.backup.verify import verify as check

    run = run_of(ctx)
    _, path = found_in(run, folder, file)
    key = identity_of_line(run, identity)
    checked = check(
        path,
        run.plugins,
        run.machine,
        identity=key,
        live=run.path,
    )
    if not checked.problems:
        say(f"{checked.path} is whole and in order ({checked.seconds:.1f} s).")
    return say_problems(problems_seen(run, checked.problems))


@example("")
@click.command(short_help="Rehearse a restore in a scratch folder.")
@click.argument("file", default="latest", metavar="[FILE|latest]")
@source_options
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print a JSON array, one object for each row.",
)
@click.pass_context
def drill(
    ctx: click.Context,
    file: str,
    folder: str | None,
    identity: str | None,
    *,
    as_json: bool,
) -> int:
    """Rehearse: restore a backup into a scratch folder and work with it. Says how long it took."""
    from officeops.backup.drill import drill as rehearse

    refuse_request(ctx)
    run = run_of(ctx)
    place, path = found_in(run, folder, file)
    # The drill runs commands in processes of their own, which must see the same plugins.
    options = ["--config", run.config] if run.config else []
    if run.safe:
        options.append("--safe")
    done = rehearse(
        path,
        run.plugins,
        run.machine,
        identity=identity_of_line(run, identity),
        live=run.path,
        options=options,
    )
    name, seconds = os.path.basename(path), round(done.seconds, 1)
    if not done.problems:
        # The selfcheck says when nobody has rehearsed for long.
        place.remember(drilled={"name": name, "at": utc_now(), "seconds": seconds})
    problems = problems_seen(run, done.problems)
    # Of the restored office every row was read, also those that the person does not see.
    counted = sees_all(run)
    if as_json:
        row = _row(name, done, problems, counted=counted)
        print_rows(DRILLED, [row], Conventions(), as_json=True)
    else:
        say(_sentence(path, done, counted=counted))
    return say_problems(problems)


def _row(
    name: str,
    done: Drilled,
    problems: Sequence[str],
    *,
    counted: bool,
) -> tuple[object, ...]:
    milliseconds = round(done.seconds * 1000)
    sealed = done.sealed if counted else None
    return name, milliseconds, _answers(done, counted=counted), sealed, "; ".join(problems)


def _sentence(
    path: str,
    done: Drilled,
    *,
    counted: bool,
) -> str:
    restored = f"{path} was restored to a temporary file and checked in {done.seconds:.1f} s."
    many = f"{done.sealed:,} sealed" if counted else "Sealed"
    sealed = f" {many} values were opened with their key." if done.sealed else ""
    return f"{restored} Rows read: {_answers(done, counted=counted)}.{sealed}"


def _answers(done: Drilled, *, counted: bool) -> str:
    """Return how many rows each command of the drill printed; without `counted`, whether any."""
    parts = []
    for name, rows in done.answers.items():
        some = "some" if rows else "none"
        parts.append(f"{name}: {rows if counted else some}")
    return ", ".join(parts)
