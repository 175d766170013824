"""`officeops history` and `officeops NOUN history`: who changed what, and when; and whether all of it still stands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.commands.history_accept import accept_findings
from officeops.cli.context import office_of
from officeops.cli.days import day_of
from officeops.cli.group import Group
from officeops.cli.output import output_options, print_rows
from officeops.model.errors import UsageProblem
from officeops.model.fields import INTEGER_KINDS, Field
from officeops.values.convert import show
from officeops.values.quantities import LARGEST

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.history.log import Asked
    from officeops.model.records import Record
    from officeops.office.office import Office

FIELDS = [
    Field("instant", label="When", list_rank=1).named("at", "datetime"),
    Field("text", label="Who", list_rank=1).named("actor", "str"),
    Field("text", label="Action", list_rank=2).named("action", "str"),
    Field("number", label="No.", list_rank=2, help="What `officeops undo` takes").named(
        "number", "int"
    ),
    Field("text", label="Record", list_rank=1).named("record", "str"),
    Field("number", label="#", list_rank=1).named("record_id", "int"),
    Field("text", label="Change", list_rank=3).named("change", "str"),
]
PLAIN = [
    *FIELDS[:-1],
    Field("text").named("before", "str"),
    Field("text").named("after", "str"),
    Field("number").named("cursor", "int"),
    Field("text").named("arguments", "str"),
    Field("text").named("outcome", "str"),
]

FILTERS: list[Callable[[Any], Any]] = [
    click.option("--who", default="", metavar="NAME", help="Only actions of this person."),
    click.option(
        "--what",
        default="",
        metavar="ACTION",
        help="Only actions whose name begins like this, such as inventory.order.",
    ),
    click.option("--from", "start", default="", metavar="DATE", help="From this day on."),
    click.option("--until", default="", metavar="DATE", help="Up to this day, included."),
    click.option("--request", default="", metavar="ID", help="Only changes with this request id."),
    click.option(
        "--since",
        type=click.IntRange(0, LARGEST),
        metavar="CURSOR",
        help="Only changes after the one with this cursor; oldest first.",
    ),
    click.option(
        "--limit",
        default=0,
        type=click.IntRange(0, LARGEST),
        metavar="N",
        help="At most N changes.",
    ),
    output_options,
]


def filter_options(command: Any) -> Any:  # noqa: ANN401 - a click decorator
    """Add the filters to a command."""
    for option in reversed(FILTERS):
        command = option(command)
    return command


def command(record: type[Record], verb: str) -> click.Command:
    """Build the verb for a kind of record."""

    @click.command(verb, help=f"Who changed {record.meta.plural.lower()}, and when; newest first.")
    @click.argument("which", required=False, metavar=f"[{record.meta.noun.upper()}]")
    @filter_options
    @click.pass_context
    def made(
        ctx: click.Context,
        /,
        which: str | None,
        *,
        as_json: bool,
        as_csv: bool,
        **given: Any,  # noqa: ANN401 - as typed
    ) -> None:
        office = office_of(ctx)
        print_changes(office, _asked(office, record, which, given), as_json=as_json, as_csv=as_csv)

    return made


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
    **given: Any,  # noqa: ANN401 - as typed
) -> None:
    """Who changed what, and when; newest first. Also actions that changed no record, such as a restore.

    With --since, oldest first after a cursor: a program that asks again with its last cursor sees every change once.
    """
    if ctx.invoked_subcommand is None:
        office = office_of(ctx)
        noun, colon, which = about.partition(":")
        asked = _asked(
            office, office.record(noun) if about else None, which if colon else None, given
        )
        print_changes(office, asked, as_json=as_json, as_csv=as_csv)


def _asked(
    office: Office, record: type[Record] | None, which: str | None, given: dict[str, Any]
) -> Asked:
    from officeops.history.log import Asked, id_of

    if record and which is not None and not which.strip():
        raise UsageProblem(
            f"The name of the {record.meta.label.lower()} is blank; leave it out to ask for all of them."
        )
    return Asked(
        who=given["who"],
        what=given["what"],
        record=record,
        record_id=id_of(office, record, which) if record and which else None,
        since=day_of(office, "--from", given["start"]),
        until=day_of(office, "--until", given["until"]),
        request=given["request"],
        after=given["since"],
        limit=given["limit"],
    )


def print_changes(office: Office, asked: Asked, *, as_json: bool, as_csv: bool) -> None:
    """Print recorded changes."""
    from officeops.history.entry import summary
    from officeops.history.log import changes

    found = changes(office, asked)
    if as_json or as_csv:
        names = [field.name for field in PLAIN]
        rows = [[getattr(entry, name) for name in names] for entry in found]
        print_rows(PLAIN, rows, office.ways, as_json=as_json, as_csv=as_csv)
    else:
        write = _writer(office)
        shown = [
            (
                e.at,
                e.actor,
                e.action,
                e.number,
                e.record,
                e.record_id,
                summary(e, partial(write, e.record)),
            )
            for e in found
        ]
        print_rows(FIELDS, shown, office.ways, nothing="No changes.")


def _writer(office: Office) -> Callable[[str, str, Any], str]:
    """Return what writes a value of a kind of record's column as people do; of a kind that is off, as it is kept."""
    kinds, ways = {kind.meta.noun: kind for kind in office.records.values()}, office.ways
    labels: dict[tuple[str, int], str] = {}

    def write(noun: str, column: str, value: Any) -> str:  # noqa: ANN401 - whatever the history holds
        field = kinds[noun].meta.by_name.get(column) if noun in kinds else None
        if field is None or (field.kind in INTEGER_KINDS and not isinstance(value, int)):
            return str(value)
        if target := office.target(field) if field.kind == "reference" else None:
            if (field.target, value) not in labels:
                labels[field.target, value] = office.label(target, value)
            return labels[field.target, value]
        return show(field, value, ways)

    return write


@history.command("verify")
@click.option(
    "--anchor",
    "anchors",
    multiple=True,
    metavar="FILE|ID:HEX",
    help="An anchor kept elsewhere, which the history must still contain.",
)
@click.option("--json", "as_json", is_flag=True, help="One bare JSON array of findings.")
@click.pass_context
def verify(ctx: click.Context, anchors: tuple[str, ...], *, as_json: bool) -> int:
    """Find alterations, additions, gaps and cuts in the history, and every record that differs from it.

    Ends with 1 if it finds anything. Only an anchor reveals a clean cut at the end, or an older copy of the file in place
    of the current one.
    """
    from officeops.cli.commands.history_proof import print_findings

    office = office_of(ctx)
    office.allow("core.history.verify")
    return print_findings(office, anchors, as_json=as_json)


history.add_command(accept_findings)


@history.command("anchor")
@click.option("--json", "as_json", is_flag=True, help="A JSON object: action, link, at.")
@click.pass_context
def anchor(ctx: click.Context, *, as_json: bool) -> None:
    """Print the current end of the history in one line. Keep it out of reach of anyone who can change the file."""
    from officeops.cli.commands.history_proof import print_anchor

    print_anchor(office_of(ctx), as_json=as_json)
