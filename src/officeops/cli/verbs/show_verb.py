"""`officeops NOUN show`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.context import office_of
from officeops.cli.verbs.parts import parts_as_json, print_parts
from officeops.query.columns import chosen_columns
from officeops.values.convert import plain, show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office


def command(record: type[Record], verb: str) -> click.Command:
    """Build the verb for a kind of record."""

    @click.pass_context
    def run(ctx: click.Context, which: str, as_json: bool, reveal: tuple[str, ...] = ()) -> None:  # noqa: FBT001
        office = office_of(ctx)
        found = office.find(record, which)
        fields, values = _uncovered(
            office, found, reveal, *details(office, found, everything=as_json)
        )
        if as_json:
            import json

            named = {
                f.public_name: plain(f, v, office.ways) for f, v in zip(fields, values, strict=True)
            }
            named |= parts_as_json(office, found)
            click.echo(
                json.dumps(
                    {"id": found.id, "key": found.human_key, **named, "version": found.version},
                    ensure_ascii=False,
                )
            )
            return
        width = max(len(f.label) for f in fields)
        head = f"{record.meta.label} {found.human_key}" + (
            " (archived)" if found.archived_at else ""
        )
        lines = [
            head,
            *(
                f"  {f.label.ljust(width)}  {show(f, v, office.ways)}"
                for f, v in zip(fields, values, strict=True)
                if v is not None or f.unknown
            ),
        ]
        sys.stdout.write("\n".join(line.rstrip() for line in lines) + "\n")
        print_parts(office, found)

    made = click.Command(verb, callback=run, help=f"Show one {record.meta.label.lower()}.")
    made.params = [
        click.Argument(["which"], metavar=record.meta.noun.upper()),
        click.Option(["--json", "as_json"], is_flag=True, help="One JSON object."),
    ]
    if record.meta.sealed:
        words = "Show the value of this sealed field. The history records that you read it."
        made.params.append(click.Option(["--reveal"], multiple=True, metavar="FIELD", help=words))
    return made


def _uncovered(
    office: Office,
    record: Record,
    reveal: Sequence[str],
    fields: Sequence[Field],
    values: Sequence[Any],
) -> tuple[list[Field], list[Any]]:
    """Return fields and values with those asked for opened, and for the other sealed ones what stands in their place."""
    if not record.meta.sealed:
        return [*fields], [*values]
    from officeops.model.sealed_value import bare
    from officeops.sealing.field_text import sealed_field

    names = [sealed_field(record.meta, name).name for name in reveal]
    opened = {name: office.reveal(record, name) for name in names}
    masked = [
        f.sealed and f.name not in opened and v is not None
        for f, v in zip(fields, values, strict=True)
    ]
    return (
        [bare(f, as_text=mask) if f.sealed else f for f, mask in zip(fields, masked, strict=True)],
        [
            opened[f.name]
            if f.name in opened
            else office.masked(getattr(record, f.name))
            if mask
            else v
            for f, v, mask in zip(fields, values, masked, strict=True)
        ],
    )


def details(
    office: Office, record: Record, *, everything: bool = False
) -> tuple[list[Field], tuple[Any, ...]]:
    """Return every field of a record with its value, references as what names them."""
    meta = record.meta
    away = office.withheld(type(record))
    fields = (
        chosen_columns(office, type(record), "", everything=True)
        if everything
        else [f for f in (*meta.fields, *meta.computed) if f.name not in away]
    )
    row = office.answer(type(record), office.query(type(record)).one(fields), record.id)[0]
    return fields, row[1:]
