"""`officeops seal`: the key of the sealed fields, its recovery sheet, and the readings."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from officeops.cli.commands.readings import readings
from officeops.cli.context import office_of, run_of
from officeops.cli.group import Group, example
from officeops.cli.output import say
from officeops.history.unseen_rows import allow_whole_file
from officeops.model.errors import Refused

if TYPE_CHECKING:
    from officeops.office.office import Office

#: The head of the sheet; each line is a comment to `seal recover`.
_HEAD = """# Recovery sheet of the sealed fields of {name}
# Keys {first} to {last}, printed {day} for {path}
# Keep it in the safe. Anyone who has it and the office's file can read every sealed value.
# To bring the keys back: officeops seal recover, then type the lines below, then Ctrl-D."""


@example("sheet")
@click.group(cls=Group)
def seal() -> None:
    """The key of the sealed fields: print it, recover it, change it, and see who read values."""


@seal.command()
@click.pass_context
def sheet(ctx: click.Context) -> None:
    """Print the recovery sheet on standard output, for the safe.

    The history records that you did.
    """
    from officeops.sealing.recovery_sheet import sheet as lines

    office = office_of(ctx)
    run_of(ctx).refuse_request("Each printing of the sheet is recorded.")
    office.allow("core.seal.sheet")
    keys = office.seals.ring.keys
    if not keys:
        raise Refused(
            f"There is no key yet, or it is not here: {office.seals.ring.path}", code="not-found"
        )
    # Recorded before it is printed: a printer that fails must not hide that the keys were shown.
    with office.acting("core.seal.sheet", {"keys": [key.mark for key in keys]}):
        pass
    facts = {"name": office.facts.name, "day": office.today, "path": office.path}
    first, last = keys[0], keys[-1]
    click.echo(_HEAD.format(first=first.version, last=last.version, **facts))
    for line in lines(keys):
        click.echo(line)


@seal.command(short_help="Restore the key from a recovery sheet.")
@click.pass_context
def recover(ctx: click.Context) -> None:
    """Restore the key from a recovery sheet, whose lines are read from standard input."""
    from officeops.sealing.recovery_sheet import recovered

    run_of(ctx).refuse_request("A key that is back already is not brought back twice.")
    office = office_of(ctx)
    office.allow("core.seal.recover")
    if sys.stdin.isatty():
        say("Type the lines of the sheet as they are, then Ctrl-D.")
    keys, ring = recovered(sys.stdin), office.seals.ring
    present = {key.version: key for key in ring.keys}
    merged = dict(present)
    for key in keys:
        if merged.setdefault(key.version, key) != key:
            raise Refused(
                f"{ring.path} has another key {key.version} already, and nothing is written "
                "over it. If it is not this office's, move it away and run this again.",
                code="exists",
            )
    if len(merged) == len(present):
        say(f"{ring.path} has all of these keys already.")
        return
    with office.acting("core.seal.recover", {"keys": [key.mark for key in keys]}):
        in_order = [merged[version] for version in sorted(merged)]
        ring.write(in_order, replace=bool(present))
    say(f"{'1 key is' if len(keys) == 1 else f'{len(keys)} keys are'} back in {ring.path}.")
    _say_missing(office)


def _say_missing(office: Office) -> None:
    """Name the keys of values that do not open: the sheet may be older than the last rotation."""
    used = {mark for mark, _ in office.seals.marks() if mark}
    missing = sorted(used - office.seals.ring.marks)
    if missing:
        say(
            f"Values with {', '.join(missing)} do not open with it: look for a newer sheet, "
            "or a copy of the file."
        )


@seal.command(short_help="Change the key, and seal every value with the new one.")
@click.option(
    "--bare",
    is_flag=True,
    help="Also seal readable values from before their field was sealed.",
)
@click.pass_context
def rotate(ctx: click.Context, *, bare: bool) -> int:
    """Change the key and seal the values of every record with the new one.

    If interrupted, run it again.
    """
    from officeops.sealing.key_rotation import rotate as run

    office = office_of(ctx)
    office.allow("core.seal.rotate")
    allow_whole_file(office, "seal every record with a new key")
    done = run(
        office,
        _progress,
        bare=bare,
        request=run_of(ctx).request,
    )
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
    for problem in done.problems:
        say(f"officeops: {problem}")
    sealed, version = f"{done.done:,} records are sealed", done.key.version
    if done.fresh:
        say(f"Key {version} is in use; {sealed} with it. Former keys stay, for the history.")
        say("Print a new sheet for the safe: officeops seal sheet.")
    else:
        say(f"The rest is done: {sealed} with key {version}. For a new key, run it again.")
    return 1 if done.problems else 0


def _progress(records: int) -> None:
    """Show on a terminal how many records are done, in a line that is written over."""
    if sys.stderr.isatty():
        click.echo(f"\r{records:,} records", nl=False, err=True)


seal.add_command(readings)
