"""Print rows: a table for people, JSON and CSV for scripts.

Data goes to stdout, all else to stderr.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.on_page import page
from officeops.cli.streams import while_written
from officeops.values.convert import plain, show, worded
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from officeops.model.fields import Field
    from officeops.values.conventions import Conventions


def print_rows(
    fields: Sequence[Field],
    rows: Iterable[Sequence[Any]],
    ways: Conventions,
    *,
    as_json: bool = False,
    as_csv: bool = False,
    nothing: str = "Nothing to show.",
    wraps: str = "",
) -> None:
    """Print rows of field values as a table, or as the JSON or CSV asked for.

    `nothing` is the sentence for an empty table, on stderr; blank says nothing at all. On a
    terminal, the text of the field named `wraps` goes on in the next line where it is too long.
    """
    if as_json or as_csv:
        names = [field.public_name for field in fields]
        print_values(names, _plain_rows(fields, rows, ways), as_json=as_json)
        return
    if on_page := page():
        if not on_page.add_rows(fields, rows, ways) and nothing:
            say(nothing)
        return
    shown = [texts_of(fields, row, ways) for row in rows]
    if shown:
        _print_texts(fields, shown, wraps)
    elif nothing:
        say(nothing)


def texts_of(
    fields: Sequence[Field],
    row: Sequence[Any],
    ways: Conventions,
) -> list[str]:
    """Return the values of a row as people read them; on a page choices are in words."""
    texts = [show(field, value, ways) for field, value in zip(fields, row, strict=True)]
    if page() is None:
        return texts
    return [worded(field, text) for field, text in zip(fields, texts, strict=True)]


def _print_texts(
    fields: Sequence[Field],
    rows: Sequence[Sequence[str]],
    wraps: str,
) -> None:
    # Here, since no script that reads JSON or CSV needs it.
    from officeops.cli.table import print_table

    at, labels, right, ranks = -1, [], [], []
    for place, field in enumerate(fields):
        labels.append(field.label)
        right.append(field.kind.align == "right")
        ranks.append(field.list_rank)
        if field.name == wraps:
            at = place
    print_table(labels, rows, right, ranks, wraps=at)


def _plain_rows(
    fields: Sequence[Field],
    rows: Iterable[Sequence[Any]],
    ways: Conventions,
) -> Iterable[list[Any]]:
    """Yield the rows as scripts read them, one at a time: a list may have a million."""
    # The converter of a column is looked up once, not for each row: a list may have a million rows.
    converters = [_converter(field, ways) for field in fields]
    for row in rows:
        yield [
            value if convert is None else convert(value)
            for convert, value in zip(converters, row, strict=True)
        ]


def _converter(field: Field, ways: Conventions) -> Callable[[Any], Any] | None:
    """Return the function that makes a value plain; None where the stored value is plain."""
    # SQL may compute a whole number as a float.
    is_float = field.sql and field.kind.sql_type == "INTEGER"
    if field.sealed or is_float or not field.kind.stored_is_plain:
        return lambda value: plain(field, value, ways)
    return None


def print_values(
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    as_json: bool,
) -> None:
    """Print plain values as JSON or CSV."""
    from officeops.exchange.formats.writing import write_csv, write_json

    write = write_json if as_json else write_csv
    write(sys.stdout, names, while_written(rows))


def say(sentence: str) -> None:
    """Say something to the person: on stderr, so that stdout holds data alone.

    Control characters of each line are made harmless: a record's name must not drive the terminal.
    """
    lines = map(safe, sentence.split("\n"))
    click.echo("\n".join(lines), err=True)
