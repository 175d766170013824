"""`officeops backup restore`: bring a backup back, into a new file or into the office itself."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from officeops.backup.manifest import Damaged
from officeops.backup.office_state import fault_at, lost_since, no_backup
from officeops.backup.parting import parting, parting_words
from officeops.backup.restore_record import Source
from officeops.backup.verify import proved
from officeops.cli.commands.backup_source import (
    folder_of,
    found_in,
    identity_of_line,
    say_problems,
    settings_of,
    source_options,
    whose_backups,
)
from officeops.cli.context import ask, office_of, refuse_request, run_of
from officeops.cli.output import say
from officeops.model.error_words import ended
from officeops.model.errors import NotFound, Refused, UsageProblem
from officeops.model.exit_codes import leading
from officeops.store.filesystem import resolved

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.cli.context import Run


@click.command(short_help="Bring an office back from a backup.")
@click.argument("file", default="latest", metavar="[FILE|latest]")
@source_options
@click.option(
    "--to",
    metavar="NEW",
    help="A new file. [default: the office's place; beside it, while the office there is sound]",
)
@click.option(
    "--live",
    is_flag=True,
    help="Replace the content of a sound office, for everyone at once.",
)
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.option(
    "--anyway",
    is_flag=True,
    help="Restore over a sound office even a backup with findings; or one of another office.",
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
    """Bring an office back from a backup, the latest by default.

    A damaged or missing office is restored into its place, and all that was there is set aside. A
    sound one stays: the backup becomes a new file beside it, or, with --live, the content of the
    office itself, after a backup of its current state.
    """
    # Both would leave the person to guess which file has the backup in it.
    if live and to:
        raise UsageProblem(
            "--live restores into the office itself, --to into a new file; give one of them.",
            code="not-together",
        )
    run = run_of(ctx)
    if live:
        _answer_repeat(run, file)
    else:
        refuse_request(ctx)
    key = identity_of_line(run, identity)
    path = _found(run, folder, file)
    if live:
        with _proved(run, path, key) as (source, problems):
            _restore_live(ctx, source, problems, yes=yes, anyway=anyway)
            return say_problems(problems)
    earlier = _earlier(run, folder, path) if file == "latest" else []
    target = os.path.expanduser(to or "")
    return _first_intact(run, [path, *earlier], key, target, anyway=anyway)


def _found(run: Run, folder: str | None, file: str) -> str:
    """Return the path of the backup; of a damaged office without any, refuse with the ways left."""
    try:
        return found_in(run, folder, file)[1]
    except NotFound as missing:
        if file != "latest" or not fault_at(run.path):
            raise
        place = folder_of(run, folder).path
        raise NotFound(f"{no_backup(run.path, place)}", code="not-found") from missing


def _first_intact(
    run: Run,
    paths: Sequence[str],
    key: str,
    to: str,
    *,
    anyway: bool,
) -> int:
    """Restore the first backup that is intact; say each that is not. Return the exit code."""
    path, *earlier = paths
    try:
        with _proved(run, path, key) as (source, problems):
            _restore(run, source, to, anyway=anyway)
            return say_problems(problems)
    except Damaged as damage:
        if not earlier or run.fate.written:
            raise
        said = say_problems([f"{ended(damage)} The one before it is tried."])
    return leading([said, _first_intact(run, earlier, key, to, anyway=anyway)])


@contextmanager
def _proved(run: Run, path: str, key: str) -> Iterator[tuple[Source, Sequence[str]]]:
    """Yield a backup that passed its checks, and its problems."""
    with proved(path, run.plugins, run.machine, identity=key, live=run.path) as checked:
        plain, manifest, problems = checked
        yield Source(path, plain, manifest), problems


def _answer_repeat(run: Run, file: str) -> None:
    """Raise Already where this request restored that backup before.

    `latest` fits any: the restore made a backup first, so the latest is another one since.
    """
    names = {None} if file == "latest" else {os.path.basename(file)}
    run.office().once(
        run.request, "core.restore", lambda _, given: names <= {None, given.get("from")}
    )


def _earlier(run: Run, folder: str | None, latest: str) -> list[str]:
    """Return the other backups of this office, the newest first."""
    ours = folder_of(run, folder).all(whose_backups(run))
    return [backup.path for backup in reversed(ours) if backup.path != latest]


def _restore(
    run: Run,
    source: Source,
    to: str,
    *,
    anyway: bool,
) -> None:
    """Restore into a new file; or into the place of an office that is not sound."""
    # The owner of the restored file can read everything in it.
    ask(run, "core.restore")
    is_home = not to or resolved(to) == run.path
    fault = fault_at(run.path) if is_home else ""
    if fault:
        _restore_in_place(run, source, fault, anyway=anyway)
    else:
        _restore_new(run, source, to)


def _restore_in_place(
    run: Run,
    source: Source,
    fault: str,
    *,
    anyway: bool,
) -> None:
    from officeops.backup.restore_place import restore_in_place

    say(fault)
    run.close()
    done = restore_in_place(source, run.path, run.plugins, run.machine, run.fate, anyway=anyway)
    say(f"{run.path} is restored from {source.path}.")
    if done.aside:
        say(f"All that was there is set aside as {done.aside}, with the files beside it.")
    say(f"{done.lost} Sessions that were open must be opened again.")


def _restore_new(run: Run, source: Source, to: str) -> None:
    from officeops.backup.restore_new import restore_new

    stem = os.path.basename(source.path).removesuffix(".age").removesuffix(".db")
    beside = os.path.dirname(run.path)
    target = restore_new(
        source,
        to or os.path.join(beside, f"restored-{stem}.db"),
        run.plugins,
        run.machine,
        run.path,
        run.fate,
    )
    say(f"{source.path} is restored to {target}; `officeops --db {target}` opens it.")
    if found := parting(run.path, source.plain):
        say(parting_words(found, run.path, target))


def _restore_live(
    ctx: click.Context,
    source: Source,
    problems: Sequence[str],
    *,
    yes: bool,
    anyway: bool,
) -> None:
    from officeops.backup.restore_live import refuse_strange, replace_live

    office, run = office_of(ctx), run_of(ctx)
    path = source.path
    office.allow("core.restore")
    # Before the question: nobody types the site's code for a backup that is refused anyway.
    with office.lifted():
        refuse_strange(office, source, run.request, anyway=anyway)
    # Into a new file even a backup with problems is restored: it may be the only one.
    if problems and not anyway:
        say_problems(problems)
        raise Refused(
            f"{path} is not in order, so it does not replace the office. Nothing was changed. "
            "Name a good one (`officeops backup list`), restore this one to a new file with --to "
            "and look, or add --anyway.",
            code="damaged",
        )
    if not yes:
        _confirm(office.facts.site_code, office.path, path)
    lost = lost_since(office.path, source.manifest)
    with office.lifted():
        safety = replace_live(
            office,
            source,
            settings_of(run),
            request=run.request,
            anyway=anyway,
        )
    again = f"`officeops backup restore {safety} --live` restores it"
    say(f"The former state is backed up to {safety}; {again}.")
    say(f"{office.path} is as it was in {path}. Open sessions see it at once. {lost}")


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
