"""`officeops NOUN show`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.context import office_of
from officeops.cli.list_verb import chosen_columns
from officeops.query import Query
from officeops.values import plain, show

if TYPE_CHECKING:
    from officeops.fields import Field
    from officeops.office import Office
    from officeops.records import Record


def command(record: type[Record], verb: str) -> click.Command:
    """Build the verb for a kind of record."""

    @click.pass_context
    def run(ctx: click.Context, which: str, as_json: bool) -> None:  # noqa: FBT001
        office = office_of(ctx)
        found = office.find(record, which)
        fields, values = details(office, found, everything=as_json)
        if as_json:
            import json

            named = {f.public_name: plain(f, v, office.ways) for f, v in zip(fields, values, strict=True)}
            click.echo(
                json.dumps(
                    {"id": found.id, "key": found.human_key, **named, "version": found.version}, ensure_ascii=False
                )
            )
            return
        width = max(len(f.label) for f in fields)
        head = f"{record.meta.label} {found.human_key}" + (" (archived)" if found.archived_at else "")
        lines = [
            head,
            *(
                f"  {f.label.ljust(width)}  {show(f, v, office.ways)}"
                for f, v in zip(fields, values, strict=True)
                if v is not None
            ),
        ]
        sys.stdout.write("\n".join(line.rstrip() for line in lines) + "\n")

    made = click.Command(verb, callback=run, help=f"Show one {record.meta.label.lower()}.")
    made.params = [
        click.Argument(["which"], metavar=record.meta.noun.upper()),
        click.Option(["--json", "as_json"], is_flag=True, help="One JSON object."),
    ]
    return made


def details(office: Office, record: Record, *, everything: bool = False) -> tuple[list[Field], tuple[Any, ...]]:
    """Return every field of a record with its value, references as what names them."""
    meta = record.meta
    fields = chosen_columns(meta, "", everything=True) if everything else [*meta.fields, *meta.computed]
    sql, _ = office.query(type(record)).sql(Query(archived=True), fields)
    row = office.rows(f"{sql.partition(' ORDER BY ')[0]} WHERE t.id = ?", record.id)[0]
    return fields, row[1:]
