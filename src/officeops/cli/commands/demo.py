"""`officeops demo`: look at a made-up practice."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from officeops.cli.context import refuse_request, run_of
from officeops.cli.group import example
from officeops.cli.output import say
from officeops.core.commands import overviews
from officeops.demo.practice import NAME, found
from officeops.demo.practice import build as build_core
from officeops.model.errors import UsageProblem
from officeops.model.exit_codes import INCOMPLETE
from officeops.office.made_up_time import being_made_up

if TYPE_CHECKING:
    from officeops.cli.context import Run
    from officeops.office.office import Office


@example("")
@click.command()
@click.option(
    "--keep",
    metavar="FILE",
    help="Build it in this file and keep it. [default: a scratch file, deleted at the end]",
)
@click.option(
    "--seed",
    default=1,
    show_default=True,
    type=int,
    help="Another number makes another practice.",
)
@click.pass_context
def demo(
    ctx: click.Context,
    keep: str | None,
    seed: int,
) -> int:
    """Look at a made-up practice in a scratch file: two years of supplies, orders and vendors.

    On a terminal the interface opens; otherwise Today and the reorder sheet are printed.
    The office's own file is never touched.
    """
    refuse_request(ctx)
    # The whole folder goes with its journal, its keys and its locks.
    if keep is None:
        with TemporaryDirectory(prefix="officeops-demo-") as folder:
            return _show(ctx, os.path.join(folder, "demo.db"), seed)
    # Before anything is built: a name that is taken is refused at once.
    _claim(keep)
    answer = _show(ctx, keep, seed)
    run_of(ctx).fate.wrote(f"{NAME} is kept in {keep}.")
    say(f"{NAME} is kept in {keep}; `officeops --db {keep}` opens it.")
    return answer


def _claim(path: str) -> None:
    """Create an empty file, so that no existing one is ever written to.

    Raises UsageProblem for one.
    """
    if not path:
        raise UsageProblem("--keep needs the name of a new file.", code="needed")
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise UsageProblem(f"{path} is there already; name a new file.", code="exists") from None


def _show(
    ctx: click.Context,
    path: str,
    seed: int,
) -> int:
    """Build the practice in a file, show it, and close it before its folder is deleted."""
    run = run_of(ctx)
    run.close()
    run.db = path
    try:
        office = build(run, seed)
        if sys.stdin.isatty() and sys.stdout.isatty():
            from officeops.store.interruption import disarm
            from officeops.tui import run as open_interface

            disarm()
            open_interface(office)
            return 0
        return _print(ctx, run)
    finally:
        run.close()


def build(run: Run, seed: int) -> Office:
    """Return the practice, built by the core and every plugin; failures are said at the end.

    A build that is stopped half-way leaves no file behind.
    """
    _progress(f"Building {NAME} ...")
    try:
        office = run.office(create=True)
        with being_made_up(office):
            found(office, seed)
            build_core(office, seed)
            for _ in run.plugins.collect("demo", office=office, seed=seed):
                pass
    except BaseException:
        run.close()
        _remove(run.path)
        raise
    finally:
        # Either the file is gone, or it is kept whole, which the command says itself.
        run.fate.clear()
        _progress("")
    return office


def _remove(path: str) -> None:
    """Remove an office's file with those beside it."""
    from officeops.store.office_files import BESIDE

    for ending in BESIDE:
        with suppress(FileNotFoundError):
            os.unlink(path + ending)


def _progress(sentence: str) -> None:
    """Show on a terminal the step that runs, in a line that is written over."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{sentence}", nl=False, err=True)


def _print(ctx: click.Context, run: Run) -> int:
    """Print the overviews of the open practice; return 4 if a plugin failed to answer."""
    root = ctx.find_root().command
    assert isinstance(root, click.Group)  # noqa: S101 - the command all words belong to
    answers: list[object] = []
    for word in overviews(run.plugins):
        command = root.get_command(ctx, word)
        if command is None:
            continue
        if answers:
            click.echo()
        answers.append(ctx.invoke(command))
    return INCOMPLETE if INCOMPLETE in answers else 0
