"""`officeops NOUN list` and `search`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from officeops.cli.context import office_of, refuse_request
from officeops.cli.output import output_options, print_rows, say
from officeops.model.declarations import Query
from officeops.model.fields import Field
from officeops.query.columns import chosen_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.model.declarations import View
    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.office.office import Office


def command(record: type[Record], verb: str) -> click.Command:
    """Build the verb for a kind of record."""

    @click.pass_context
    def run(
        ctx: click.Context,
        /,
        words: tuple[str, ...],
        *,
        where: str,
        view: str,
        as_json: bool,
        as_csv: bool,
        **asked: Any,  # noqa: ANN401 - the other options' own types
    ) -> None:
        office = office_of(ctx)
        chosen = _named(office, record, view) if view else None
        everything = as_json or as_csv
        query = Query(
            " ".join([chosen.where if chosen else "", where, *map(_as_term, words)]).strip(),
            asked["sort"] or (chosen.sort if chosen else ""),
            asked["limit"],
            asked["archived"],
        )
        if asked["save_view"]:
            refuse_request(ctx)
            _save(office, record, asked["save_view"], query, asked["columns"])
        names = asked["columns"] or (",".join(chosen.columns) if chosen and not everything else "")
        columns = chosen_columns(office, record, names, everything=everything)
        if not everything:
            columns = [column.with_doubt() for column in columns]
        select = office.query(record)
        sql, values = select.sql(query, columns)
        rows = office.answer(record, sql, *values)
        shown = [handle(record.meta), *columns]
        print_rows(
            shown,
            (_with_handle(record.meta, row) for row in rows),
            office.ways,
            as_json=as_json,
            as_csv=as_csv,
            nothing=f"No {record.meta.plural.lower()}.",
        )
        for remark in select.remarks:
            say(remark)

    made = click.Command(
        verb, callback=run, help=f"{verb.capitalize()} {record.meta.plural.lower()}."
    )
    made.params = [
        *_options(),
        click.Argument(["words"], nargs=-1, required=verb == "search", metavar="[FILTER]..."),
    ]
    return made


def _options() -> list[click.Parameter]:
    @output_options
    @click.option(
        "--where",
        default="",
        metavar="FILTER",
        help="Only records that match, such as 'category=Gloves on_hand<10'.",
    )
    @click.option(
        "--sort", default="", metavar="FIELDS", help="Order by these fields; -field is descending."
    )
    @click.option("--columns", default="", metavar="FIELDS", help="Show these fields.")
    @click.option("--view", default="", metavar="NAME", help="A named filter and order.")
    @click.option(
        "--save-view",
        default="",
        metavar="NAME",
        help="Save this filter, order and columns as a view of this machine.",
    )
    @click.option(
        "--limit", default=0, type=click.IntRange(0), metavar="N", help="At most N records."
    )
    @click.option("--archived", is_flag=True, help="Archived records too.")
    def made() -> None: ...

    params: list[click.Parameter] = made.__click_params__
    return params[::-1]


def _named(office: Office, record: type[Record], name: str) -> View:
    from officeops.query.views import view

    return view(office, record, name)


def _save(office: Office, record: type[Record], name: str, query: Query, columns: str) -> None:
    from officeops.model.declarations import View
    from officeops.query.views import save_view

    names = tuple(each.strip() for each in columns.split(",") if each.strip())
    save_view(office, record, View(name, record.meta.key, "", query.where, query.sort, names))


def _as_term(word: str) -> str:
    return (
        f'"{word}"'
        if " " in word and '"' not in word and not any(mark in word for mark in "=<>~")
        else word
    )


def handle(meta: Meta) -> Field:
    """Return the first column: the word that names a record on the command line."""
    if meta.prefix:
        return Field("text", label=meta.prefix, list_rank=0).named("key", "str")
    return Field("number", label="#", list_rank=1 if _has_unique(meta) else 0).named("id", "int")


def _has_unique(meta: Meta) -> bool:
    return any(f.unique and not (f.is_integer or f.sealed) for f in meta.fields)


def _with_handle(meta: Meta, row: Sequence[Any]) -> Sequence[Any]:
    return (f"{meta.prefix}-{row[0]}", *row[1:]) if meta.prefix else row
