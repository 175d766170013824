"""`officeops backup`: make backups, and list them."""

from __future__ import annotations

import os
from sqlite3 import DatabaseError
from typing import TYPE_CHECKING

import click

from officeops.backup.folder import Folder, megabytes
from officeops.backup.identity import identity_at
from officeops.cli.commands.backup_move import arrive, move
from officeops.cli.commands.backup_proof import drill, verify
from officeops.cli.commands.backup_restore import restore
from officeops.cli.commands.backup_source import (
    FROM,
    folder_of,
    problems_seen,
    say_problems,
    sees_all,
    settings_of,
)
from officeops.cli.context import office_of, refuse_request, run_of
from officeops.cli.group import Group, example
from officeops.cli.output import print_rows, say
from officeops.cli.output_options import output_options
from officeops.model.errors import OfficeError
from officeops.model.fields import Field
from officeops.values.conventions import Conventions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.backup.config import BackupSettings
    from officeops.backup.listed import Backup
    from officeops.backup.make import Made
    from officeops.cli.context import Run

#: Columns of `backup list`.
FIELDS = [
    Field("text", label="Backup", list_rank=1).named("name", "str"),
    Field("instant", label="Made", list_rank=3).named("created_at", "datetime"),
    Field("number", label="Bytes", list_rank=3).named("size", "int"),
    Field("yes_no", label="Encrypted", list_rank=4).named("encrypted", "bool"),
    Field("text", label="State", list_rank=1).named("state", "str"),
    Field("yes_no", label="Elsewhere", list_rank=2).named("elsewhere", "bool"),
]
#: Columns of `backup --json`, in one row.
MADE = [
    *FIELDS[:4],
    Field("text").named("path", "str"),
    Field("text").named("sha256", "str"),
    Field("number").named("actions", "int"),
    Field("number").named("removed", "int"),
    Field("text").named("problems", "str"),
    *FIELDS[5:],
]


@example("")
@click.group(cls=Group, invoke_without_command=True)
@click.option(
    "--to",
    metavar="DIR",
    help="The folder for the backup. [default: from the settings, else `backups` beside the office's file]",
)
@click.option(
    "--keep-all",
    is_flag=True,
    help="Delete no older backup.",
)
@click.option(
    "--quiet",
    is_flag=True,
    help="Print nothing if all is well, for cron.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print a JSON array, one object for each row.",
)
@click.pass_context
def backup(
    ctx: click.Context,
    to: str | None,
    *,
    keep_all: bool,
    quiet: bool,
    as_json: bool,
) -> int:
    """Back up the office while people work in it: copy, check and describe it.

    Older backups are thinned out by the rules in the settings. Ends with 5 if the backup is kept
    but has findings, with 4 if a plugin could not check its records, and with 1 if no backup was
    made.
    """
    if ctx.invoked_subcommand:
        return 0
    refuse_request(ctx)
    from officeops.backup.make import make

    office, settings = office_of(ctx), settings_of(run_of(ctx))
    with office.lifted():
        backup = make(
            office,
            settings,
            to=os.path.expanduser(to or ""),
            keep_all=keep_all,
        )
    # A copy that fails leaves a good backup on this machine: a problem of it, not its end.
    failed = _copied(backup.path, settings)
    found = problems_seen(run_of(ctx), backup.manifest.problems)
    problems = [*found, *failed, *_given_up(backup)]
    # A backup with problems is kept too, so the command has written something and ends with 5.
    run_of(ctx).fate.wrote(f"The backup {backup.path} was made.")
    if as_json:
        elsewhere = bool(settings.copy) and not failed
        row = _row_made(backup, problems, elsewhere=elsewhere)
        print_rows(MADE, [row], Conventions(), as_json=True)
    elif not quiet:
        removed = f"; {len(backup.removed)} older removed" if backup.removed else ""
        say(f"{backup.path}: {megabytes(backup.manifest.size)}, checked{removed}.")
    code = say_problems(problems)
    if backup.manifest.problems:
        say("It is a true copy of the office; `officeops selfcheck` says how to repair that.")
    return code


def _given_up(backup: Made) -> list[str]:
    """Return a sentence where older backups had to go to make room for a new one."""
    if not backup.given_up:
        return []
    names = ", ".join(backup.given_up)
    why = f"The disk had no room for another backup, so the oldest went before their time: {names}."
    cure = "Make room, keep fewer by the settings in [backup], or set `folder` to another disk."
    return [f"{why} {cure}"]


def _row_made(
    backup: Made,
    problems: Sequence[str],
    *,
    elsewhere: bool,
) -> tuple[object, ...]:
    manifest = backup.manifest
    return (
        manifest.name,
        manifest.created_at,
        manifest.size,
        manifest.encrypted,
        backup.path,
        manifest.sha256,
        manifest.anchor["action"],
        len(backup.removed) + len(backup.given_up),
        "; ".join(problems),
        elsewhere,
    )


def _copied(path: str, settings: BackupSettings) -> list[str]:
    """Copy a backup to another place if the settings say so; return the problems."""
    if not settings.copy:
        return []
    from officeops.backup.offsite import take

    try:
        take(path, Folder(os.path.dirname(path)), settings)
    except OfficeError as error:
        return [str(error)]
    return []


@backup.command("list")
@FROM
@output_options
@click.pass_context
def list_(
    ctx: click.Context,
    folder: str | None,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List the backups, newest first."""
    run = run_of(ctx)
    place = folder_of(run, folder)
    place.refuse_closed()
    ours = {backup.path for backup in place.all(identity_at(run.path))}
    # Other offices may share the folder; their backups are listed and marked.
    counted = sees_all(run)
    rows = [_row(place, one, is_ours=one.path in ours, counted=counted) for one in place.all()]
    print_rows(
        FIELDS,
        rows[::-1],
        _ways(run),
        as_json=as_json,
        as_csv=as_csv,
        nothing=f"There is no backup in {place.path}.",
    )


def _row(
    place: Folder,
    backup: Backup,
    *,
    is_ours: bool,
    counted: bool,
) -> tuple[object, ...]:
    from officeops.backup.offsite import left

    other = "" if is_ours else ", of another file"
    return (
        backup.name,
        backup.at.isoformat(),
        os.path.getsize(backup.path),
        backup.encrypted,
        f"{_state(backup, counted=counted)}{other}",
        left(place, backup),
    )


def _ways(run: Run) -> Conventions:
    """Return how the office writes times.

    On the day its file is lost or damaged, people need this list most: it is this machine's way
    then.
    """
    try:
        return run.office().ways if os.path.exists(run.path) else Conventions()
    except (OfficeError, DatabaseError):
        return Conventions()


def _state(backup: Backup, *, counted: bool) -> str:
    """Return how a backup is; how many problems it has is for a person who may see each of them."""
    try:
        manifest = backup.manifest()
    except OfficeError:
        return "no whole manifest"
    if not manifest.good:
        return f"problems: {len(manifest.problems) if counted else 'some'}"
    # By its size alone: a list must not read every byte of every backup.
    return "good" if backup.good() else "cut off"


for _command in (verify, drill, restore, move, arrive):
    backup.add_command(_command)
