"""`officeops history` and `officeops NOUN history`: who changed what, and when; and its proof."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.commands.history_accept import accept_findings
from officeops.cli.commands.history_changes import print_changes
from officeops.cli.commands.readings import readings
from officeops.cli.context import office_of
from officeops.cli.days import day_of
from officeops.cli.group import Group, example
from officeops.cli.output_options import output_options, page_options
from officeops.cli.whole_number import WholeNumber
from officeops.model.errors import NotFound, UsageProblem
from officeops.model.sql_values import LARGEST

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.history.log_filter import Asked
    from officeops.model.records import Record
    from officeops.office.office import Office

#: The options of `history` and of every `NOUN history`.
FILTERS: list[Callable[[Any], Any]] = [
    click.option(
        "--who",
        default="",
        metavar="NAME",
        help="Only actions of this person.",
    ),
    click.option(
        "--what",
        default="",
        metavar="ACTION",
        help="Only actions whose name begins like this, such as inventory.order.",
    ),
    click.option(
        "--from",
        "start",
        default="",
        metavar="DATE",
        help="From this day on.",
    ),
    click.option(
        "--until",
        default="",
        metavar="DATE",
        help="Up to this day, included.",
    ),
    click.option(
        "--request",
        default="",
        metavar="ID",
        help="Only changes with this request id.",
    ),
    click.option(
        "--since",
        type=WholeNumber(0, LARGEST),
        metavar="CURSOR",
        help="Only changes after the one with this cursor; oldest first.",
    ),
    click.option(
        "--limit",
        default=0,
        type=WholeNumber(0, LARGEST),
        metavar="N",
        help="At most N changes. [default: 100 on a terminal, else all]",
    ),
    click.option(
        "--all",
        "is_whole",
        is_flag=True,
        help="All changes, on a terminal too.",
    ),
    output_options,
]


def filter_options(command: Any) -> Any:  # noqa: ANN401 - a click decorator
    """Add the filters to a command."""
    # Decorators collect options from the bottom up, so the last one is added first.
    for option in reversed(FILTERS):
        command = option(command)
    return command


def command(record: type[Record], verb: str) -> click.Command:
    """Build the verb for a kind of record."""

    @click.command(verb, help=f"Who changed {record.meta.many}, and when; newest first.")
    @click.argument(
        "which",
        required=False,
        metavar=f"[{record.meta.noun.upper()}]",
    )
    @filter_options
    @click.pass_context
    def of_record(
        ctx: click.Context,
        /,
        which: str | None,
        *,
        as_json: bool,
        as_csv: bool,
        is_whole: bool,
        **given: Any,  # noqa: ANN401 - the filters' own types
    ) -> None:
        office = office_of(ctx)
        asked = _asked(office, record, which, given)
        print_changes(office, asked, as_json=as_json, as_csv=as_csv, is_whole=is_whole)

    return of_record


@example("--who ann --limit 20")
@click.group(cls=Group, invoke_without_command=True)
@click.option(
    "--record",
    "about",
    default="",
    metavar="NOUN[:WHICH]",
    help="Only this kind of record, or this record: vendor, vendor:Acme.",
)
@filter_options
@click.pass_context
def history(
    ctx: click.Context,
    /,
    about: str,
    *,
    as_json: bool,
    as_csv: bool,
    is_whole: bool,
    **given: Any,  # noqa: ANN401 - the filters' own types
) -> None:
    """Who changed what, and when; newest first.

    This includes actions that changed no record, such as a restore. With --since, oldest first after a
    cursor: a program that asks again with its last cursor sees every change once.
    """
    if ctx.invoked_subcommand is None:
        office = office_of(ctx)
        # `vendor` means all of them; `vendor:` with a blank name is refused by `_asked`.
        noun, colon, which = about.partition(":")
        record, off = _kind_of(office, noun) if about else (None, "")
        asked = _asked(office, record, which if colon else None, given, off)
        print_changes(office, asked, as_json=as_json, as_csv=as_csv, is_whole=is_whole)


def _kind_of(office: Office, word: str) -> tuple[type[Record] | None, str]:
    """Find a kind of record by its word, or the key of one whose plugin is off or gone."""
    from officeops.history.log import recorded_key

    try:
        return office.record(word), ""
    # The history outlives a plugin, so a key that it recorded counts without one.
    except NotFound:
        key = recorded_key(office, word)
        if not key:
            raise
        return None, key


def _asked(
    office: Office,
    record: type[Record] | None,
    which: str | None,
    given: dict[str, Any],
    off: str = "",
) -> Asked:
    from officeops.history.log import id_of
    from officeops.history.log_filter import Asked

    if record and which is not None and not which.strip():
        # An empty variable of a script must not turn one record's history into everyone's.
        label = record.meta.one
        raise UsageProblem(
            f"The name of the {label} is blank; leave it out to ask for all of them.", code="needed"
        )
    number = id_of(office, record, which) if record and which else None
    if off and which is not None:
        digits = which.removeprefix("#")
        if not digits.isdecimal():
            raise UsageProblem(
                f"The plugin of {off} is off, so its records have no names: write {off}:12.",
                code="plugin-off",
            )
        number = int(digits)
    return Asked(
        who=given["who"],
        what=given["what"],
        record=record,
        record_id=number,
        off=off,
        since=day_of(office, "--from", given["start"]),
        until=day_of(office, "--until", given["until"]),
        request=given["request"],
        after=given["since"],
        limit=given["limit"],
    )


@history.command("verify", short_help="Find alterations of the history and the records.")
@click.option(
    "--anchor",
    "anchors",
    multiple=True,
    metavar="FILE|ID:HEX",
    help="An anchor kept elsewhere, which the history must still contain.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print a JSON array, one object for each finding.",
)
@click.pass_context
def verify(
    ctx: click.Context,
    anchors: tuple[str, ...],
    *,
    as_json: bool,
) -> int:
    """Find alterations, additions, gaps and cuts in the history, and records that differ from it.

    Ends with 1 if it finds anything. Only an anchor reveals a clean cut at the end, or an older
    copy of the file in place of the current one.
    """
    from officeops.cli.commands.history_proof import print_findings

    office = office_of(ctx)
    office.allow("core.history.verify")
    return print_findings(office, anchors, as_json=as_json)


history.add_command(accept_findings)
# Its help says the word that people type here.
_READS = copy(readings)
_READS.name = "reads"
history.add_command(_READS)


@history.command("anchor")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="A JSON object: action, link, at.",
)
@page_options("txt", "json")
@click.pass_context
def anchor(ctx: click.Context, *, as_json: bool) -> None:
    """Print the current end of the history in one line.

    Keep it out of reach of anyone who can change the file.
    """
    from officeops.cli.commands.history_proof import print_anchor

    print_anchor(office_of(ctx), as_json=as_json)
