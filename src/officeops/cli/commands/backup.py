"""`officeops backup`: make backups, prove them, and bring them back."""

from __future__ import annotations

import os
import sys
from sqlite3 import DatabaseError
from typing import TYPE_CHECKING, Any

import click

from officeops.backup.checks import UNCHECKED_CURE, Unchecked
from officeops.backup.config import BackupSettings
from officeops.backup.folder import Folder, megabytes, utc_now
from officeops.backup.identity import identity_at
from officeops.cli.context import ask, office_of, refuse_request, run_of
from officeops.cli.group import Group
from officeops.cli.output import output_options, print_rows, say
from officeops.model.errors import OfficeError, Refused, UsageProblem
from officeops.model.exit_codes import INCOMPLETE, REFUSED, leading
from officeops.model.fields import Field
from officeops.values.conventions import Conventions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from officeops.backup.listed import Backup
    from officeops.cli.context import Run

FIELDS = [
    Field("text", label="Backup", list_rank=1).named("name", "str"),
    Field("instant", label="Made", list_rank=3).named("created_at", "datetime"),
    Field("number", label="Bytes", list_rank=3).named("size", "int"),
    Field("yes_no", label="Encrypted", list_rank=4).named("encrypted", "bool"),
    Field("text", label="State", list_rank=1).named("state", "str"),
    Field("yes_no", label="Elsewhere", list_rank=2).named("elsewhere", "bool"),
]
MADE = [
    *FIELDS[:4],
    Field("text").named("path", "str"),
    Field("text").named("sha256", "str"),
    Field("number").named("actions", "int"),
    Field("number").named("removed", "int"),
    Field("text").named("problems", "str"),
    *FIELDS[5:],
]


def source_options(command: Any) -> Any:  # noqa: ANN401 - a click decorator
    """Add what every command that reads backups takes."""
    options: list[Callable[[Any], Any]] = [
        click.option(
            "--from",
            "folder",
            metavar="DIR",
            help="The folder of the backups. [default: that of the settings]",
        ),
        click.option(
            "--identity",
            metavar="FILE",
            help="The file of the secret key, for an encrypted backup.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@click.group(cls=Group, invoke_without_command=True)
@click.option(
    "--to",
    metavar="DIR",
    help="The folder for it. [default: that of the settings, or `backups` beside the office]",
)
@click.option("--keep-all", is_flag=True, help="Delete no older backup.")
@click.option("--quiet", is_flag=True, help="Print nothing if all is well, for cron.")
@click.option("--json", "as_json", is_flag=True, help="One bare JSON array of flat objects.")
@click.pass_context
def backup(
    ctx: click.Context, to: str | None, *, keep_all: bool, quiet: bool, as_json: bool
) -> int:
    """Back up the office while people work in it: copy, check and describe it.

    Older backups are thinned out by the rules in the settings. Ends with 5 if the backup is kept but has findings,
    with 4 if a plugin could not check its records, and with 1 if no backup was made.
    """
    if ctx.invoked_subcommand:
        return 0
    refuse_request(ctx)
    from officeops.backup.make import make

    office, settings = office_of(ctx), _settings(run_of(ctx))
    with office.lifted():
        made = make(office, settings, to=os.path.expanduser(to or ""), keep_all=keep_all)
    failed = _taken(made.path, settings)
    wrong = [*made.manifest.problems, *failed]
    # Also one that is not good is kept, so the command that ends with "not in order" has written something.
    run_of(ctx).fate.wrote(f"The backup {made.path} was made.")
    if as_json:
        facts = made.manifest
        row = (
            facts.name,
            facts.created_at,
            facts.size,
            facts.encrypted,
            made.path,
            facts.sha256,
            facts.anchor["action"],
        )
        taken = bool(settings.copy) and not failed
        print_rows(
            MADE, [(*row, len(made.removed), "; ".join(wrong), taken)], Conventions(), as_json=True
        )
    elif not quiet:
        gone = f"; {len(made.removed)} older went" if made.removed else ""
        say(f"{made.path}: {megabytes(made.manifest.size)}, checked{gone}.")
    return _tell(wrong)


def _taken(path: str, settings: BackupSettings) -> list[str]:
    """Take a backup elsewhere where the settings say so; return what went wrong."""
    if not settings.copy:
        return []
    from officeops.backup.offsite import take

    try:
        take(path, Folder(os.path.dirname(path)), settings)
    except OfficeError as error:
        return [str(error)]
    return []


@backup.command("list")
@click.option(
    "--from",
    "folder",
    metavar="DIR",
    help="The folder of the backups. [default: that of the settings]",
)
@output_options
@click.pass_context
def list_(ctx: click.Context, folder: str | None, *, as_json: bool, as_csv: bool) -> None:
    """List the backups, newest first."""
    from officeops.backup.offsite import left

    run = run_of(ctx)
    place, whose = _folder(run, folder), identity_at(run.path)
    ours = {each.path for each in place.all(whose)}
    rows = [
        (
            each.name,
            each.at.isoformat(),
            os.path.getsize(each.path),
            each.encrypted,
            f"{_state(each)}{'' if each.path in ours else ', of another file'}",
            left(place, each),
        )
        for each in place.all()
    ]
    print_rows(
        FIELDS,
        rows[::-1],
        _ways(run),
        as_json=as_json,
        as_csv=as_csv,
        nothing=f"There is no backup in {place.path}.",
    )


def _ways(run: Run) -> Conventions:
    """Return how the office writes times; on the day its file is lost or damaged, how this machine does."""
    try:
        return run.office().ways if os.path.exists(run.path) else Conventions()
    except (OfficeError, DatabaseError):
        return Conventions()


def _state(each: Backup) -> str:
    try:
        found = each.manifest()
    except OfficeError:
        return "no whole manifest"
    if not found.good:
        return f"problems: {len(found.problems)}"
    return "good" if each.good() else "cut off"


@backup.command()
@click.argument("file", default="latest", metavar="[FILE|latest]")
@source_options
@click.pass_context
def verify(ctx: click.Context, file: str, folder: str | None, identity: str | None) -> int:
    """Check that a backup is intact to the last bit, and that its office is in order."""
    from officeops.backup.verify import verify as prove

    run = run_of(ctx)
    _, path = _found(run, folder, file)
    found = prove(path, run.plugins, run.machine, identity=_identity(run, identity), live=run.path)
    if not found.problems:
        say(f"{found.path} is whole and in order ({found.seconds:.1f} s).")
    return _tell(found.problems)


@backup.command()
@click.argument("file", default="latest", metavar="[FILE|latest]")
@source_options
@click.option("--json", "as_json", is_flag=True, help="One bare JSON array of flat objects.")
@click.pass_context
def drill(
    ctx: click.Context, file: str, folder: str | None, identity: str | None, *, as_json: bool
) -> int:
    """Rehearse: restore a backup into a scratch folder and work with it. Says how long it took."""
    from officeops.backup.drill import drill as rehearse

    refuse_request(ctx)
    run = run_of(ctx)
    place, path = _found(run, folder, file)
    options = [*(["--config", run.config] if run.config else []), *(["--safe"] if run.safe else [])]
    done = rehearse(
        path,
        run.plugins,
        run.machine,
        identity=_identity(run, identity),
        live=run.path,
        options=options,
    )
    if not done.problems:
        place.remember(
            drilled={
                "name": os.path.basename(path),
                "at": utc_now(),
                "seconds": round(done.seconds, 1),
            }
        )
    asked = ", ".join(f"{name}: {rows}" for name, rows in done.answers.items())
    if as_json:
        fields = [Field("text").named(name, "str") for name in ("name", "answers", "problems")]
        fields.insert(1, Field("number").named("milliseconds", "int"))
        fields.insert(3, Field("number").named("sealed", "int"))
        row = (
            os.path.basename(path),
            round(done.seconds * 1000),
            asked,
            done.sealed,
            "; ".join(done.problems),
        )
        print_rows(fields, [row], Conventions(), as_json=True)
    else:
        sealed = (
            f" {done.sealed:,} sealed values were opened with their key." if done.sealed else ""
        )
        say(
            f"{path} was restored, checked and asked in {done.seconds:.1f} s. Rows answered: {asked}.{sealed}"
        )
    return _tell(done.problems)


@backup.command()
@click.argument("file", metavar="FILE|latest")
@source_options
@click.option(
    "--to", metavar="NEW", help="The new file. [default: beside the office, named after the backup]"
)
@click.option(
    "--live", is_flag=True, help="Replace the content of the office itself, for everyone at once."
)
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.option(
    "--anyway", is_flag=True, help="With --live: even a backup with findings, or of another office."
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
    """Restore a backup into a new file; with --live, into the office itself, after a backup of its current state."""
    if live and to:
        raise UsageProblem(
            "--live restores into the office itself, --to into a new file; give one of them."
        )
    from officeops.backup.restore import proved

    run = run_of(ctx)
    if live:
        # The latest is another one since: a backup is made before each restore.
        names = {None} if file == "latest" else {os.path.basename(file)}
        run.office().once(
            run.request, "core.restore", lambda _, given: names <= {None, given.get("from")}
        )
    else:
        refuse_request(ctx)
    _, path = _found(run, folder, file)
    with proved(
        path, run.plugins, run.machine, identity=_identity(run, identity), live=run.path
    ) as (
        plain,
        manifest,
        problems,
    ):
        if live:
            _restore_live(ctx, path, plain, manifest, problems, yes=yes, anyway=anyway)
        else:
            _restore_new(run, path, plain, manifest, os.path.expanduser(to or ""))
    return _tell(problems)


def _restore_new(run: Run, path: str, plain: str, manifest: Any, to: str) -> None:  # noqa: ANN401 - Manifest or None
    from officeops.backup.restore import restore_new

    ask(run, "core.restore")  # whoever has the new file has everything in it
    stem = os.path.basename(path).removesuffix(".age").removesuffix(".db")
    target = to or os.path.join(os.path.dirname(os.path.abspath(run.path)), f"restored-{stem}.db")
    target = restore_new(
        plain, path, target, manifest, run.plugins, run.machine, run.path, run.fate
    )
    say(f"{path} is restored to {target}; `officeops --db {target}` opens it.")


def _restore_live(
    ctx: click.Context,
    path: str,
    plain: str,
    manifest: Any,  # noqa: ANN401 - Manifest or None
    problems: Sequence[str],
    *,
    yes: bool,
    anyway: bool,
) -> None:
    from officeops.backup.restore import refuse_strange, replace_live

    office, request = office_of(ctx), run_of(ctx).request
    office.allow("core.restore")
    with office.lifted():
        refuse_strange(office, path, plain, request, anyway=anyway)
    if problems and not anyway:
        _tell(problems)
        raise Refused(
            f"{path} is not in order, so it does not replace the office. Nothing was changed. "
            "Name a good one (`officeops backup list`), restore this one to a new file with --to and look, or add --anyway."
        )
    if not yes:
        _confirm(office.facts.site_code, office.path, path)
    with office.lifted():
        safety = replace_live(
            office, path, plain, manifest, _settings(run_of(ctx)), request=request, anyway=anyway
        )
    say(
        f"The former state is backed up to {safety}; `officeops backup restore {safety} --live` restores it."
    )
    say(f"{office.path} is as it was in {path}. Open sessions see it at once.")


def _confirm(site: str, live: str, path: str) -> None:
    """Have the site's code typed on a terminal. Raises UsageProblem where there is none, Refused for anything else."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageProblem(
            "Restoring into the office itself needs a terminal to confirm on, or --yes."
        )
    say(
        f"Everything entered in {live} since {path} was made will be lost (a backup is made first)."
    )
    click.echo(f"Type the office's site code, {site}, to go on: ", nl=False, err=True)
    if sys.stdin.readline().strip() != site:
        raise Refused("That is not the site's code; nothing was changed.")


def _settings(run: Run) -> BackupSettings:
    return run.machine.table("backup", BackupSettings)


def _folder(run: Run, said: str | None) -> Folder:
    return Folder(os.path.expanduser(said) if said else _settings(run).place(run.path))


def _found(run: Run, said: str | None, file: str) -> tuple[Folder, str]:
    """Return the folder, and the path of the backup a person means: `latest` is the latest of this office."""
    place = _folder(run, said)
    return place, place.find(file, identity_at(run.path) if file == "latest" else None)


def _identity(run: Run, said: str | None) -> str:
    return os.path.expanduser(said) if said else _settings(run).identity


def _tell(problems: Sequence[str]) -> int:
    """Say what is not in order. Returns 1 for it, and 4 where all that is wrong is that plugins could not check."""
    for problem in problems:
        say(f"officeops: {problem}{_cure(problem)}")
    return leading(
        INCOMPLETE if isinstance(problem, Unchecked) else REFUSED for problem in problems
    )


def _cure(problem: str) -> str:
    return f". {UNCHECKED_CURE}" if isinstance(problem, Unchecked) else ""
