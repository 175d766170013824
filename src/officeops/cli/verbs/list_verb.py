"""`officeops NOUN list` and `search`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from officeops.cli.context import office_of, refuse_request
from officeops.cli.on_page import entitle
from officeops.cli.output import print_rows, say
from officeops.cli.output_options import output_options
from officeops.cli.repeated_options import all_of
from officeops.cli.whole_number import WholeNumber
from officeops.model.declarations import Query
from officeops.model.fields import Field
from officeops.query.columns import chosen_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from officeops.model.declarations import View
    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.office.office import Office


def command(record: type[Record], verb: str) -> click.Command:
    """Build the verb for a kind of record."""

    @output_options
    @click.pass_context
    def run(
        ctx: click.Context,
        /,
        words: tuple[str, ...],
        *,
        as_json: bool,
        as_csv: bool,
        **asked: Any,  # noqa: ANN401 - the other options' own types
    ) -> None:
        office = office_of(ctx)
        view = _named(office, record, asked["view"]) if asked["view"] else None
        query = _query(view, words, asked)
        if asked["save_view"]:
            # Saving is done again each time, so a request id would promise too much.
            refuse_request(ctx)
            _save(
                office,
                record,
                asked["save_view"],
                query,
                asked["columns"],
            )
        columns = _columns(
            office,
            record,
            view,
            asked["columns"],
            everything=as_json or as_csv,
        )
        entitle(record.meta.plural, f"Only {query.where}" if query.where else "")
        select = office.query(record)
        sql, values = select.sql(query, columns)
        rows = office.answer(record, sql, *values)
        shown = [handle(record.meta), *columns]
        named: Iterable[Sequence[Any]] = _with_handles(record.meta, rows)
        if record.meta.subject is not None:
            named = _with_subjects(office, shown, named, written=as_json or as_csv)
        print_rows(
            shown,
            named,
            office.ways,
            as_json=as_json,
            as_csv=as_csv,
            nothing=f"No {record.meta.many}.",
        )
        for remark in select.remarks:
            say(remark)

    words = f"{verb.capitalize()} {record.meta.many}."
    command = click.Command(verb, callback=run, help=words)
    filters = click.Argument(
        ["words"],
        nargs=-1,
        required=verb == "search",
        metavar="[FILTER]...",
    )
    command.params = [*run.__click_params__[::-1], *_options(), filters]
    return command


def _query(
    view: View | None,
    words: Iterable[str],
    asked: dict[str, Any],
) -> Query:
    """Return the query of a line: the filters of view and line, and the line's order if any."""
    terms = [view.where if view else "", asked["where"], *map(_as_term, words)]
    order = asked["sort"] or (view.sort if view else "")
    return Query(
        " ".join(terms).strip(),
        order,
        asked["limit"],
        asked["archived"],
    )


def _columns(
    office: Office,
    record: type[Record],
    view: View | None,
    names: str,
    *,
    everything: bool,
) -> list[Field]:
    """Return the columns to print; `everything` is for scripts, whatever the view shows."""
    if everything:
        return chosen_columns(office, record, names, everything=True)
    if not names and view:
        names = ",".join(view.columns)
    return [column.with_doubt() for column in chosen_columns(office, record, names)]


def _options() -> list[click.Parameter]:
    @click.option(
        "--where",
        multiple=True,
        callback=all_of,
        metavar="FILTER",
        help="Only records that match, such as 'category=Gloves on_hand<10'.",
    )
    @click.option(
        "--sort",
        default="",
        metavar="FIELDS",
        help="Order by these fields; -field is descending.",
    )
    @click.option(
        "--columns",
        default="",
        metavar="FIELDS",
        help="Show these fields.",
    )
    @click.option(
        "--view",
        default="",
        metavar="NAME",
        help="Use a saved filter and order.",
    )
    @click.option(
        "--save-view",
        default="",
        metavar="NAME",
        help="Save this filter, order and columns as a view of this machine.",
    )
    @click.option(
        "--limit",
        default=0,
        type=WholeNumber(0),
        metavar="N",
        help="At most N records.",
    )
    @click.option("--archived", is_flag=True, help="Include archived records.")
    def declared() -> None: ...

    # Decorators collect their options from the bottom up.
    params: list[click.Parameter] = declared.__click_params__  # type: ignore[attr-defined]
    return params[::-1]


def _named(
    office: Office,
    record: type[Record],
    name: str,
) -> View:
    from officeops.query.views import view

    return view(office, record, name)


def _save(
    office: Office,
    record: type[Record],
    name: str,
    query: Query,
    columns: str,
) -> None:
    from officeops.model.declarations import View
    from officeops.query.views import save_view

    names = map(str.strip, columns.split(","))
    shown = tuple(filter(None, names))
    save_view(office, record, View(name, record.meta.key, "", query.where, query.sort, shown))


def _as_term(word: str) -> str:
    """Return a word of the line as a term of the filter.

    The shell has taken the quotes off a phrase of several words; it gets them back, unless it is a
    comparison or has quotes of its own.
    """
    is_comparison = any(mark in word for mark in '=<>~"')
    return f'"{word}"' if " " in word and not is_comparison else word


def handle(meta: Meta) -> Field:
    """Return the first column: the word that names a record on the command line."""
    if meta.prefix:
        from officeops.query.own_number import json_name

        return Field("text", label=meta.prefix, list_rank=0).named(json_name(meta), "str")
    # The id gives way on a narrow terminal only where another column names the record too.
    return Field("number", label="#", list_rank=1 if _has_unique(meta) else 0).named("id", "int")


def _has_unique(meta: Meta) -> bool:
    unique = [field for field in meta.fields if field.unique]
    return any(not (field.is_integer or field.sealed) for field in unique)


def _with_subjects(
    office: Office,
    columns: Sequence[Field],
    rows: Iterable[Sequence[Any]],
    *,
    written: bool,
) -> Iterable[Sequence[Any]]:
    from officeops.query.subject import with_subjects

    return with_subjects(office, columns, rows, written=written)


def _with_handles(meta: Meta, rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """Yield the rows with the handle in place of the id."""
    for row in rows:
        yield (f"{meta.prefix}-{row[0]}", *row[1:]) if meta.prefix else row
