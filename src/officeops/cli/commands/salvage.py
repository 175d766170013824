"""`officeops salvage`: read what can be read of a damaged office into a new one."""

from __future__ import annotations

import os

import click

from officeops.cli.context import ask, refuse_request, run_of
from officeops.cli.group import example
from officeops.cli.output import say
from officeops.model.exit_codes import DONE, PARTLY
from officeops.store.filesystem import resolved


@example("office.db.aside-1.db")
@click.command(short_help="Read what a damaged office still has into a new one.")
@click.argument("file", metavar="FILE")
@click.option(
    "--to",
    metavar="NEW",
    help="The new office's file. [default: beside FILE, ending in .salvaged.db]",
)
@click.pass_context
def salvage(ctx: click.Context, file: str, to: str | None) -> int:
    """Read what a damaged office still has into a new one, and list what could not.

    FILE is never changed. A record whose row is lost is made again from its history. Ends with 5
    where anything could not be read.
    """
    from officeops.backup.salvage import salvage as read

    refuse_request(ctx)
    run = run_of(ctx)
    # The owner of the new file can read everything in it.
    ask(run, "core.restore")
    source = resolved(os.path.expanduser(file))
    target = os.path.abspath(os.path.expanduser(to)) if to else f"{source}.salvaged.db"
    done = read(source, target, run.plugins, run.machine)
    run.fate.wrote(f"{target} was made.")
    for loss in done.losses:
        say(f"officeops: {loss}")
    say(f"{done.rows:,} rows are read into {target}; `officeops --db {target}` opens it.")
    say(
        f"`officeops backup restore {target}` puts it in the place of the damaged office; of one that "
        "still opens, with --live --anyway."
    )
    return PARTLY if done.losses else DONE
