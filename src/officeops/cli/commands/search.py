"""`officeops search`: find records of any kind by words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from officeops.cli.context import office_of
from officeops.cli.output import output_options, print_rows, say
from officeops.model.declarations import Query
from officeops.model.errors import UsageProblem
from officeops.model.fields import Field

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.records import Record
    from officeops.office.office import Office

FIELDS = [
    Field("text", label="Kind", list_rank=1).named("noun", "str"),
    Field("text", label="Key", list_rank=1).named("key", "str"),
    Field("text", label="Name", list_rank=1).named("name", "str"),
    Field("number", label="#", list_rank=5).named("id", "int"),
]


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=50, type=click.IntRange(1), help="At most N of each kind.")
@output_options
@click.pass_context
def search(
    ctx: click.Context, words: tuple[str, ...], limit: int, *, as_json: bool, as_csv: bool
) -> None:
    """Find records of any kind whose searched fields have all the words."""
    if not "".join(words).replace('"', "").strip():
        raise UsageProblem("Say what to look for.")
    office = office_of(ctx)
    rows = list(hits(office, " ".join(words), limit))
    print_rows(FIELDS, rows, office.ways, as_json=as_json, as_csv=as_csv, nothing="Nothing found.")
    if office.plugins.is_incomplete:
        say("officeops: this list is incomplete.")


def hits(office: Office, text: str, limit: int) -> Iterator[tuple[str, str, str, int]]:
    """Yield (noun, key, name, id) of the records found, each once."""
    where = " ".join(f'"{word.replace(chr(34), "")}"' for word in text.split())
    seen: set[tuple[str, int]] = set()
    for record in office.records.values():
        if not office.may_view(record):
            continue
        # A key or a whole name means its record, wherever it is typed; then come those that have the words in them.
        ids = [
            *office.find_ids(record, text, by_id=False),
            *_with_words(office, record, where, limit),
        ]
        for found in office.some(record, dict.fromkeys(ids)):
            seen.add((found.meta.noun, found.id))
            yield found.meta.noun, found.human_key, office.describe(found), found.id
    with office.trusted():
        beside = [found for _, found in office.plugins.collect("search", office=office, text=text)]
    for found in beside:
        if office.may_view(type(found)) and (found.meta.noun, found.id) not in seen:
            yield found.meta.noun, found.human_key, office.describe(found), found.id


def _with_words(office: Office, record: type[Record], where: str, limit: int) -> list[int]:
    if not (record.meta.searched or record.meta.prefix):
        return []
    sql, values = office.query(record, own=True).ids(Query(where, "id", limit))
    return [row[0] for row in office.rows(sql, *values)]
