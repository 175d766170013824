"""`officeops duplicates`: pairs of records that may be one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from officeops.cli.context import office_of, run_of
from officeops.cli.output import print_rows, say
from officeops.cli.output_options import output_options
from officeops.model.errors import UsageProblem
from officeops.model.fields import Field
from officeops.office.duplicates import duplicates as pairs_of
from officeops.office.duplicates import say_different

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.records import Record
    from officeops.office.office import Office

#: Columns of the list.
FIELDS = [
    Field(
        "text",
        label="Kind",
        list_rank=2,
    ).named("noun", "str"),
    Field(
        "number",
        label="#",
        list_rank=1,
    ).named("id", "int"),
    Field(
        "text",
        label="Name",
        list_rank=1,
    ).named("name", "str"),
    Field(
        "number",
        label="Other #",
        list_rank=1,
    ).named("other_id", "int"),
    Field(
        "text",
        label="Other",
        list_rank=1,
    ).named("other", "str"),
    Field(
        "text",
        label="Why",
        list_rank=1,
    ).named("why", "str"),
]


@click.command()
@click.argument("noun", required=False)
@click.option(
    "--different",
    nargs=2,
    metavar="ONE OTHER",
    help="Say that two are not the same: nobody is asked again.",
)
@output_options
@click.pass_context
def duplicates(
    ctx: click.Context,
    noun: str | None,
    different: tuple[str, str] | None,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List pairs of records that may be one, each with the reason.

    `officeops NOUN merge` makes them one.
    """
    office = office_of(ctx)
    kind = office.record(noun) if noun else None
    if different:
        _say_different(
            ctx,
            office,
            kind,
            different,
        )
        return
    if kind is not None:
        # Without a kind, the ones that the person may not see are left out.
        office.allow_view(kind)
    print_rows(
        FIELDS,
        list(_rows(office, kind)),
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing="No duplicates found.",
        wraps="why",
    )
    # A plugin that failed may have known more; the exit code is 4.
    if office.plugins.is_incomplete:
        say("officeops: this list is incomplete.")


def _say_different(
    ctx: click.Context,
    office: Office,
    kind: type[Record] | None,
    words: tuple[str, str],
) -> None:
    if kind is None:
        raise UsageProblem("Say the kind of record first: duplicates NOUN.", code="needed")
    one, other = (office.find(kind, word) for word in words)
    say_different(
        office,
        one,
        other,
        run_of(ctx).request,
    )
    say(f"{office.about(one)} and {office.about(other)} are not the same; undo asks again.")


def _rows(
    office: Office, kind: type[Record] | None
) -> Iterator[tuple[str, int, str, int, str, str]]:
    """Yield the pairs as rows of values."""
    for (key, first, second), why in pairs_of(office, kind).items():
        record = office.records[key]
        one, other = office.get(record, first), office.get(record, second)
        yield record.meta.noun, first, office.describe(one), second, office.describe(other), why
