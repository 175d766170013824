"""`officeops seal`: the key of the sealed fields: on paper, back from paper, changed; and who read what."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from officeops.cli.context import office_of, run_of
from officeops.cli.group import Group
from officeops.cli.output import output_options, print_rows, say
from officeops.model.errors import Refused, UsageProblem
from officeops.model.fields import Field

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.sealing.keyring import SealKey

READINGS = [
    Field("instant", label="When", list_rank=1).named("at", "datetime"),
    Field("text", label="Who", list_rank=1).named("actor", "str"),
    Field("text", label="Field", list_rank=1).named("field", "str"),
    Field("text", label="Record", list_rank=1).named("record", "str"),
]
_HEAD = """# Recovery sheet of the sealed fields of {name}
# Keys {first} to {last}, printed {day} for {path}
# Keep it in the safe. Whoever has it and the office's file can read every sealed value.
# To bring the keys back: officeops seal recover, then type the lines below, then Ctrl-D."""


@click.group(cls=Group)
def seal() -> None:
    """The key of the sealed fields: print it for the safe, recover it, change it, and see who read values."""


@seal.command()
@click.pass_context
def sheet(ctx: click.Context) -> None:
    """Print the recovery sheet on standard output, for the safe. The history records that you did."""
    from officeops.sealing.recovery_sheet import sheet as lines

    office = office_of(ctx)
    run_of(ctx).refuse_request("Each printing of the sheet is recorded.")
    office.allow("core.seal.sheet")
    if not office.seals.ring.keys:
        raise Refused(f"There is no key yet, or it is not here: {office.seals.ring.path}")
    keys = office.seals.ring.keys
    with office.acting("core.seal.sheet", {"keys": [key.mark for key in keys]}):
        pass
    facts = {"name": office.facts.name, "day": office.today, "path": office.path}
    click.echo(_HEAD.format(first=keys[0].version, last=keys[-1].version, **facts))
    for line in lines(keys):
        click.echo(line)


@seal.command()
@click.pass_context
def recover(ctx: click.Context) -> None:
    """Restore the key from a recovery sheet, whose lines are read from standard input."""
    from officeops.sealing.recovery_sheet import recovered

    run_of(ctx).refuse_request("A key that is back already is not brought back twice.")
    office = office_of(ctx)
    office.allow("core.seal.recover")
    if sys.stdin.isatty():
        say("Type the lines of the sheet as they stand, then Ctrl-D.")
    keys = recovered(sys.stdin)
    there = {key.version: key for key in office.seals.ring.keys}
    if wrong := [key.version for key in keys if key.version in there and there[key.version] != key]:
        raise Refused(
            f"{office.seals.ring.path} has another key {wrong[0]} already, and nothing is written over it. "
            "If it is not this office's, move it away and run this again."
        )
    every = {**there, **{key.version: key for key in keys}}
    if len(every) == len(there):
        say(f"{office.seals.ring.path} has all of these keys already.")
        return
    with office.acting("core.seal.recover", {"keys": [key.mark for key in keys]}):
        office.seals.ring.write([every[version] for version in sorted(every)], replace=bool(there))
    say(f"{_counted(keys)} {'is' if len(keys) == 1 else 'are'} back in {office.seals.ring.path}.")
    _tell_lacking(office)


def _counted(keys: list[SealKey]) -> str:
    return "1 key" if len(keys) == 1 else f"{len(keys)} keys"


def _tell_lacking(office: Office) -> None:
    """Say so where the sheet was older than the last change of keys."""
    known = {key.mark for key in office.seals.ring.keys}
    if lacking := sorted({mark for mark, _ in office.seals.marks() if mark} - known):
        say(
            f"Values with {', '.join(lacking)} do not open with it: look for a newer sheet, or a copy of the file."
        )


@seal.command()
@click.option(
    "--bare", is_flag=True, help="Also seal readable values from before their field was sealed."
)
@click.pass_context
def rotate(ctx: click.Context, *, bare: bool) -> int:
    """Change the key and seal the values of every record with the new one. If interrupted, run it again."""
    from officeops.sealing.key_rotation import rotate as run

    office = office_of(ctx)
    office.allow("core.seal.rotate")
    progress = sys.stderr.isatty()
    told = (
        (lambda n: click.echo(f"\r{n:,} records", nl=False, err=True))
        if progress
        else lambda _: None
    )
    done = run(office, told, bare=bare, request=run_of(ctx).request)
    if progress:
        click.echo("\r\x1b[K", nl=False, err=True)
    for problem in done.problems:
        say(f"officeops: {problem}")
    if done.fresh:
        say(
            f"Key {done.key.version} is in use; {done.done:,} records are sealed with it. Former keys stay, for the history."
        )
        say("Print a new sheet for the safe: officeops seal sheet.")
    else:
        say(
            f"The rest is done: {done.done:,} records are sealed with key {done.key.version}. For a new key, run it again."
        )
    return 1 if done.problems else 0


@seal.command()
@click.option("--who", default="", metavar="NAME", help="Only readings by this person.")
@click.option("--record", "about", default="", metavar="NOUN:WHICH", help="Only of this record.")
@output_options
@click.pass_context
def readings(ctx: click.Context, who: str, about: str, *, as_json: bool, as_csv: bool) -> None:
    """Who read or looked up which sealed value, newest first."""
    office = office_of(ctx)
    office.allow("core.seal.readings")
    if who:
        from officeops.history.log import check_person

        check_person(office, who)
    noun, _, which = about.partition(":")
    if about and not which:
        raise UsageProblem("--record wants a kind and a record, such as person:Ann.")
    wanted = ""
    if about:
        found = office.find(office.record(noun), which)
        wanted = f"{found.meta.key}:{found.id}"
    sql = (
        "SELECT at, actor, verb, value FROM core_action, json_each(arguments, '$.of') "
        "WHERE (verb GLOB '*.reveal' OR verb GLOB '*.look-up')"
    )
    with office.lifted():
        found_rows = office.rows(
            f"{sql} AND (? = '' OR actor = ?) ORDER BY core_action.id DESC", who, who
        )
    rows = [
        (at, actor, verb.removesuffix(".reveal").replace(".look-up", " looked up"), of)
        for at, actor, verb, of in found_rows
        if not wanted or of == wanted
    ]
    print_rows(
        READINGS,
        rows,
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing="No sealed value was shown yet.",
    )
