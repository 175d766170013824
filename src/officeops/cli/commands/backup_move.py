"""`officeops backup move` and `arrive`: take an office to another place as one verified bundle."""

from __future__ import annotations

import os

import click

from officeops.cli.context import ask, office_of, refuse_request, run_of
from officeops.cli.group import example
from officeops.cli.output import say
from officeops.model.exit_codes import DONE, PARTLY


@example("/mnt/usb/maple-street.tar")
@click.command(short_help="Pack the office, its keys, settings and backups into one bundle.")
@click.argument("to", metavar="NEW")
@click.option(
    "--close",
    is_flag=True,
    help="Set the office aside here, so that nobody enters anything into it any more.",
)
@click.pass_context
def move(
    ctx: click.Context,
    to: str,
    *,
    close: bool,
) -> int:
    """Pack the office with its keys, settings and backups into one new file.

    Take it to the other place, and run `officeops --db OFFICE backup arrive BUNDLE` there. It holds
    the keys: destroy it afterwards.
    """
    from officeops.backup.bundle import pack
    from officeops.backup.set_aside import set_aside
    from officeops.store.moved_away import note_move
    from officeops.store.ownership import give_all_to_owner

    refuse_request(ctx)
    office, run = office_of(ctx), run_of(ctx)
    office.allow("core.restore")
    path = os.path.abspath(os.path.expanduser(to))
    with office.lifted(), office.store.gate.held(f"{office.actor}: moving the office"):
        packed = pack(office, path)
        run.fate.wrote(f"The bundle {path} was made.")
        end = packed.end["action"]
        say(f"{path} has {len(packed.files):,} files, to action {end:,}. It holds the keys.")
        if close:
            run.close()
            aside, _ = set_aside(run.path)
            give_all_to_owner([note_move(run.path, path, end)], aside)
            say(f"The office here is set aside as {aside}.")
    if not close:
        say(f"Entries made here after action {end:,} are not in it (--close ends the work here).")
    say(f"At the other place: `officeops --db OFFICE backup arrive {os.path.basename(path)}`.")
    return DONE


@example("maple-street.tar")
@click.command(short_help="Unpack a bundle of `backup move`, and verify the office in it.")
@click.argument("bundle", metavar="FILE")
@click.pass_context
def arrive(ctx: click.Context, bundle: str) -> int:
    """Unpack a bundle at the place of the office (--db), and verify everything in it.

    Each file is compared with its digest, the history with the end that the bundle names. Ends
    with 5 where the office has findings.
    """
    from officeops.backup.bundle import SETTINGS, unpack
    from officeops.history.finding import Anchor
    from officeops.history.verify import verify

    refuse_request(ctx)
    run = run_of(ctx)
    ask(run, "core.restore")
    packed = unpack(os.path.expanduser(bundle), run.path)
    run.fate.wrote(f"{run.path} was made.")
    office = run.office()
    end = Anchor(packed.end["action"], packed.end["link"])
    with office.lifted():
        findings = verify(office, [end] if end.action else [])
    for finding in findings:
        say(f"officeops: {finding.message}")
    state = "but has findings" if findings else "and every record matches its history"
    say(f"{run.path} has arrived whole, to action {end.action:,}, {state}.")
    if SETTINGS in packed.files:
        say(f"Its settings are in {run.path}.{SETTINGS}; `--config` takes them.")
    return PARTLY if findings else DONE
