"""`officeops backup restore`: bring a backup back, into a new file or into the office itself."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from officeops.cli.commands.backup_source import (
    found_in,
    identity_of_line,
    say_problems,
    settings_of,
    source_options,
)
from officeops.cli.context import ask, office_of, refuse_request, run_of
from officeops.cli.output import say
from officeops.model.errors import Refused, UsageProblem
from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.backup.manifest import Manifest
    from officeops.cli.context import Run


class Proved(Value):
    """A backup that passed its checks.

    `path` is its file, `plain` the decrypted copy, and `manifest` is None for a file without one.
    """

    path: str
    plain: str
    manifest: Manifest | None
    problems: Sequence[str]


@click.command(short_help="Restore a backup, into a new file or the office itself.")
@click.argument("file", metavar="FILE|latest")
@source_options
@click.option(
    "--to",
    metavar="NEW",
    help="The new file. [default: beside the office, named after the backup]",
)
@click.option(
    "--live",
    is_flag=True,
    help="Replace the content of the office itself, for everyone at once.",
)
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.option(
    "--anyway",
    is_flag=True,
    help="With --live: restore even a backup with findings, or of another office.",
)
@click.pass_context
def restore(
    ctx: click.Context,
    file: str,
    folder: str | None,
    identity: str | None,
    to: str | None,
    *,
    live: bool,
    yes: bool,
    anyway: bool,
) -> int:
    """Restore a backup into a new file; with --live, into the office itself.

    With --live, the current state is backed up first.
    """
    # Both would leave the person to guess which file has the backup in it.
    if live and to:
        raise UsageProblem(
            "--live restores into the office itself, --to into a new file; give one of them.",
            code="not-together",
        )
    from officeops.backup.verify import proved

    run = run_of(ctx)
    if live:
        _answer_repeat(run, file)
    else:
        refuse_request(ctx)
    _, path = found_in(run, folder, file)
    key = identity_of_line(run, identity)
    with proved(
        path,
        run.plugins,
        run.machine,
        identity=key,
        live=run.path,
    ) as checked:
        plain, manifest, problems = checked
        backup = Proved(path, plain, manifest, problems)
        if live:
            _restore_live(ctx, backup, yes=yes, anyway=anyway)
        else:
            _restore_new(run, backup, os.path.expanduser(to or ""))
    return say_problems(problems)


def _answer_repeat(run: Run, file: str) -> None:
    """Raise Already where this request restored that backup before.

    `latest` fits any: the restore made a backup first, so the latest is another one since.
    """
    names = {None} if file == "latest" else {os.path.basename(file)}
    run.office().once(
        run.request, "core.restore", lambda _, given: names <= {None, given.get("from")}
    )


def _restore_new(
    run: Run,
    backup: Proved,
    to: str,
) -> None:
    from officeops.backup.restore_new import restore_new

    # The owner of the new file can read everything in it.
    ask(run, "core.restore")
    stem = os.path.basename(backup.path).removesuffix(".age").removesuffix(".db")
    beside = os.path.dirname(os.path.abspath(run.path))
    target = restore_new(
        backup.plain,
        backup.path,
        to or os.path.join(beside, f"restored-{stem}.db"),
        backup.manifest,
        run.plugins,
        run.machine,
        run.path,
        run.fate,
    )
    say(f"{backup.path} is restored to {target}; `officeops --db {target}` opens it.")


def _restore_live(
    ctx: click.Context,
    backup: Proved,
    *,
    yes: bool,
    anyway: bool,
) -> None:
    from officeops.backup.restore_live import refuse_strange, replace_live

    office, run = office_of(ctx), run_of(ctx)
    path, plain = backup.path, backup.plain
    office.allow("core.restore")
    # Before the question: nobody types the site's code for a backup that is refused anyway.
    with office.lifted():
        refuse_strange(office, path, plain, run.request, anyway=anyway)
    # Into a new file even a backup with problems is restored: it may be the only one.
    if backup.problems and not anyway:
        say_problems(backup.problems)
        raise Refused(
            f"{path} is not in order, so it does not replace the office. Nothing was changed. "
            "Name a good one (`officeops backup list`), restore this one to a new file with --to "
            "and look, or add --anyway.",
            code="damaged",
        )
    if not yes:
        _confirm(office.facts.site_code, office.path, path)
    with office.lifted():
        safety = replace_live(
            office,
            path,
            plain,
            backup.manifest,
            settings_of(run),
            request=run.request,
            anyway=anyway,
        )
    again = f"`officeops backup restore {safety} --live` restores it"
    say(f"The former state is backed up to {safety}; {again}.")
    say(f"{office.path} is as it was in {path}. Open sessions see it at once.")


def _confirm(
    site: str,
    live: str,
    path: str,
) -> None:
    """Ask for the site's code on a terminal.

    Raises UsageProblem where there is no terminal, and Refused for any other answer. A plain "yes"
    is typed too easily in the wrong window.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageProblem(
            "Restoring into the office itself needs a terminal to confirm on, or --yes.",
            code="needs-terminal",
        )
    say(
        f"Everything entered in {live} since {path} was made will be lost (a backup is made first)."
    )
    click.echo(
        f"Type the office's site code, {site}, to go on: ",
        nl=False,
        err=True,
    )
    if sys.stdin.readline().strip() != site:
        raise Refused("That is not the site's code; nothing was changed.", code="not-confirmed")
