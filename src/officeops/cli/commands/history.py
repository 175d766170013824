"""`officeops history` and `officeops NOUN history`: who changed what, and when; and its proof."""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.commands.history_accept import accept_findings
from officeops.cli.context import office_of
from officeops.cli.days import day_of
from officeops.cli.group import Group, example
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
    Field(
        "number",
        label="No.",
        list_rank=2,
        help="What `officeops undo` takes",
    ).named("number", "int"),
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
        **given: Any,  # noqa: ANN401 - the filters' own types
    ) -> None:
        office = office_of(ctx)
        asked = _asked(office, record, which, given)
        print_changes(office, asked, as_json=as_json, as_csv=as_csv)

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
    **given: Any,  # noqa: ANN401 - the filters' own types
) -> None:
    """Who changed what, and when; newest first. Also actions that changed no record, such as a restore.

    With --since, oldest first after a cursor: a program that asks again with its last cursor sees
    every change once.
    """
    if ctx.invoked_subcommand is None:
        office = office_of(ctx)
        noun, colon, which = about.partition(":")
        record = office.record(noun) if about else None
        asked = _asked(office, record, which if colon else None, given)
        print_changes(office, asked, as_json=as_json, as_csv=as_csv)


def _asked(
    office: Office,
    record: type[Record] | None,
    which: str | None,
    given: dict[str, Any],
) -> Asked:
    from officeops.history.log import Asked, id_of

    if record and which is not None and not which.strip():
        # An empty variable of a script must not turn one record's history into everyone's.
        label = record.meta.label.lower()
        raise UsageProblem(
            f"The name of the {label} is blank; leave it out to ask for all of them."
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


def print_changes(
    office: Office,
    asked: Asked,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print recorded changes."""
    from officeops.history.entry import summary
    from officeops.history.log import changes

    entries = changes(office, asked)
    if as_json or as_csv:
        values = attrgetter(*[field.name for field in PLAIN])
        rows = [values(entry) for entry in entries]
        print_rows(PLAIN, rows, office.ways, as_json=as_json, as_csv=as_csv)
        return
    # The same columns, but for the change, which is a sentence for people.
    values = attrgetter(*[field.name for field in FIELDS[:-1]])
    write = _writer(office)
    rows = []
    for entry in entries:
        change = summary(entry, partial(write, entry.record))
        rows.append((*values(entry), change))
    print_rows(FIELDS, rows, office.ways, nothing="No changes.")


def _writer(office: Office) -> Callable[[str, str, Any], str]:
    """Return a function that writes the value of a column as people do.

    A value of a kind that is off, or that does not fit its column of today, is written as stored.
    """
    kinds = {kind.meta.noun: kind for kind in office.records.values()}
    # A vendor may be in a thousand rows: its name is looked up once.
    labels: dict[tuple[str, int], str] = {}

    def label(target: type[Record], id_: int) -> str:
        key = (target.meta.key, id_)
        if key not in labels:
            labels[key] = office.label(target, id_)
        return labels[key]

    def write(noun: str, column: str, value: Any) -> str:  # noqa: ANN401 - any column's type
        field = kinds[noun].meta.by_name.get(column) if noun in kinds else None
        if field is None or (field.kind in INTEGER_KINDS and not isinstance(value, int)):
            return str(value)
        target = office.target(field) if field.kind == "reference" else None
        return label(target, value) if target else show(field, value, office.ways)

    return write


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
    help="One bare JSON array of findings.",
)
@click.pass_context
def verify(ctx: click.Context, anchors: tuple[str, ...], *, as_json: bool) -> int:
    """Find alterations, additions, gaps and cuts in the history, and every record that differs from it.

    Ends with 1 if it finds anything. Only an anchor reveals a clean cut at the end, or an older copy
    of the file in place of the current one.
    """
    from officeops.cli.commands.history_proof import print_findings

    office = office_of(ctx)
    office.allow("core.history.verify")
    return print_findings(office, anchors, as_json=as_json)


history.add_command(accept_findings)


@history.command("anchor")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="A JSON object: action, link, at.",
)
@click.pass_context
def anchor(ctx: click.Context, *, as_json: bool) -> None:
    """Print the current end of the history in one line.

    Keep it out of reach of anyone who can change the file.
    """
    from officeops.cli.commands.history_proof import print_anchor

    print_anchor(office_of(ctx), as_json=as_json)
