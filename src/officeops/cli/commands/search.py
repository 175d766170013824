"""`officeops search`: find records of any kind by words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from officeops.cli.context import office_of
from officeops.cli.group import example
from officeops.cli.output import print_rows, say
from officeops.cli.output_options import output_options
from officeops.cli.whole_number import WholeNumber
from officeops.model.declarations import Query
from officeops.model.error_words import one_line
from officeops.model.errors import UsageProblem
from officeops.model.fields import Field
from officeops.model.text_folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.records import Record
    from officeops.office.office import Office

#: A row of the answer: the record's noun, key, name and id, and whether it is archived.
Hit = tuple[str, str, str, int, bool]

#: Columns of `search`.
FIELDS = [
    Field("text", label="Kind", list_rank=1).named("noun", "str"),
    Field("text", label="Key", list_rank=1).named("key", "str"),
    Field("text", label="Name", list_rank=1).named("name", "str"),
    Field("number", label="#", list_rank=5).named("id", "int"),
]
#: The column that scripts get; people read it beside the name.
ARCHIVED = Field("yes_no", label="Archived").named("archived", "bool")


@example("gloves")
@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--limit",
    default=50,
    type=WholeNumber(1),
    metavar="N",
    help="At most N of each kind. [default: 50]",
)
@output_options
@click.pass_context
def search(
    ctx: click.Context,
    words: tuple[str, ...],
    limit: int,
    *,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Find records of any kind whose searched fields have all the words."""
    # A quote alone is no word: the filter would be blank, and a blank filter matches every record.
    if not "".join(words).replace('"', "").strip():
        raise UsageProblem("Say what to look for.", code="needed")
    office = office_of(ctx)
    text = " ".join(words)
    found = sorted(hits(office, text, limit), key=partial(_is_another, folded(text)))
    is_for_scripts = as_json or as_csv
    print_rows(
        [*FIELDS, ARCHIVED] if is_for_scripts else FIELDS,
        found if is_for_scripts else list(map(_for_people, found)),
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing="Nothing found.",
    )
    # A plugin that failed may have known more; the exit code is 4.
    if office.plugins.is_incomplete:
        say("officeops: this list is incomplete.")


def hits(
    office: Office,
    text: str,
    limit: int,
) -> Iterator[Hit]:
    """Yield the records that match the text, each once, at most `limit` of a kind.

    First come those that the office finds in its own search indexes, kind by kind, then those that
    plugins add through the hook `search`.
    """
    seen: set[tuple[str, int]] = set()
    for record in _in_the_office(office, text, limit):
        seen.add((record.meta.noun, record.id))
        yield _hit(office, record)
    # Plugins search without the person's limits; what the person may not view is dropped below.
    with office.trusted():
        answers = list(office.plugins.collect("search", office=office, text=text))
    beyond = _beyond_reach(office, [record for _, record in answers])
    for _plugin, record in answers:
        is_new = (record.meta.noun, record.id) not in seen
        is_reached = record.id not in beyond.get(type(record), ())
        if is_new and is_reached and office.may_view(type(record)):
            noun, key, name, number, is_archived = _hit(office, record)
            # A plugin may have filled the record with text of its own.
            yield one_line(noun), one_line(key), one_line(name), number, is_archived


def _is_another(text: str, hit: Hit) -> bool:
    """Whether a record merely has the words in it: those of that name come first."""
    name = folded(hit[2])
    return name != text and not name.startswith(f"{text} of ")


def _for_people(hit: Hit) -> tuple[str, str, str, int]:
    noun, key, name, number, is_archived = hit
    return noun, key, f"{name} (archived)" if is_archived else name, number


def _beyond_reach(office: Office, records: list[Record]) -> dict[type[Record], set[int]]:
    """Return the ids that the acting person does not reach, by kind of record."""
    ids: dict[type[Record], set[int]] = {}
    for record in records:
        ids.setdefault(type(record), set()).add(record.id)
    return {kind: office.out_of_reach(kind, ids[kind]) for kind in ids}


def _in_the_office(
    office: Office,
    text: str,
    limit: int,
) -> Iterator[Record]:
    where = _as_filter(text)
    for kind in office.records.values():
        # A child is found with the record that it belongs to.
        if kind.meta.child or not office.may_view(kind):
            continue
        # A key or a whole name comes first; then the records that have the words in them.
        named = office.find_ids(kind, text, by_id=False)
        matching = _ids_with_words(office, kind, where, limit)
        yield from office.some(kind, dict.fromkeys([*named, *matching]))


def _as_filter(text: str) -> str:
    """Return each word quoted, so that `=`, `<` and other marks of the filter are plain text."""
    words = [word.replace('"', "") for word in text.split()]
    return " ".join(f'"{word}"' for word in words)


def _ids_with_words(
    office: Office,
    kind: type[Record],
    where: str,
    limit: int,
) -> list[int]:
    # A kind without a search index would be read row by row.
    if not (kind.meta.searched or kind.meta.prefix):
        return []
    sql, values = office.query(kind, own=True).ids(Query(where, "id", limit))
    return [row[0] for row in office.rows(sql, *values)]


def _hit(office: Office, record: Record) -> Hit:
    name, key, is_archived = office.describe(record), record.human_key, bool(record.archived_at)
    # The key is in a column of its own; the name is by what people found it.
    name = name.removeprefix(f"{key} ")
    if name == key and record.meta.display in record.meta.by_name:
        name = office.text_of(record, record.meta.display) or key
    return record.meta.noun, key, name, record.id, is_archived
