"""Print rows: a table for people, JSON and CSV for scripts. Data goes to stdout, all else to stderr."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from officeops.cli.streams import heeded
from officeops.values.convert import plain, safe, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from officeops.model.fields import Field
    from officeops.values.conventions import Conventions

#: Kinds that line up on the right.
RIGHT = frozenset({"number", "quantity", "money", "price", "duration"})

#: The least cells of a column that wraps; others give way before it gets narrower.
LEAST_WRAPPED = 50
#: Added to the rank of a column that may go before all others.
LAST = 100

FORMATS: list[Callable[[Any], Any]] = [
    click.option("--json", "as_json", is_flag=True, help="One bare JSON array of flat objects."),
    click.option("--csv", "as_csv", is_flag=True, help="CSV with a header."),
]


def output_options(command: Any) -> Any:  # noqa: ANN401 - a click decorator
    """Add `--json` and `--csv` to a command."""
    for option in reversed(FORMATS):
        command = option(command)
    return command


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
    """Print rows of field values in the format asked for. `nothing` is said, on stderr, of an empty table; blank, nothing is.

    On a terminal the text of the field that `wraps` names goes on below where it is too long, and is never cut.
    """
    if as_json or as_csv:
        names = [f.public_name for f in fields]
        readers = [_plainer(f, ways) for f in fields]
        values = (
            [
                value if read is None else read(value)
                for read, value in zip(readers, row, strict=True)
            ]
            for row in rows
        )
        print_values(names, values, as_json=as_json)
        return
    shown = [[show(f, value, ways) for f, value in zip(fields, row, strict=True)] for row in rows]
    if shown:
        at = next((i for i, f in enumerate(fields) if f.name == wraps), -1)
        ranks, right = [f.list_rank for f in fields], [f.kind in RIGHT for f in fields]
        print_table([f.label for f in fields], shown, right, ranks, wraps=at)
    elif nothing:
        say(nothing)


def _plainer(field: Field, ways: Conventions) -> Callable[[Any], Any] | None:
    """Return what makes a field's value plain, or None where it is plain already."""
    if field.sealed or field.kind in {"money", "price", "yes_no", "instant"}:
        return lambda value: plain(field, value, ways)
    return None


def print_values(names: Sequence[str], rows: Iterable[Sequence[Any]], *, as_json: bool) -> None:
    """Print plain values as JSON or CSV."""
    from officeops.exchange.formats.writing import write_csv, write_json

    write = write_json if as_json else write_csv
    write(sys.stdout, names, heeded(rows))


def print_table(
    labels: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: Sequence[bool],
    ranks: Sequence[int],
    *,
    wraps: int = -1,
) -> None:
    """Print an aligned table, whole in a pipe or a file.

    On a terminal, the columns that matter least give way until it fits, and are named. The column at `wraps`
    goes on below where it is too long, and is never cut.
    """
    widths = [
        max([len(label), *(_width(row[i]) for row in rows)]) for i, label in enumerate(labels)
    ]
    room = os.get_terminal_size().columns if sys.stdout.isatty() else 0
    blank = [not any(row[i].strip() for row in rows) for i in range(len(labels))] if room else []
    # A column nobody filled in goes before any other.
    least = list(widths)
    if room and wraps >= 0:
        least[wraps] = min(widths[wraps], LEAST_WRAPPED)
    kept = _fitting(
        least, [rank + LAST if room and blank[i] else rank for i, rank in enumerate(ranks)], room
    )
    if room and wraps in kept:
        spare = room - sum(least[i] + 2 for i in kept) + 2
        least[wraps] = min(widths[wraps], least[wraps] + max(spare, 0))
    widths = _narrowed([least[i] for i in kept], [right[i] for i in kept], room)
    lines = [[labels[i] for i in kept], *([row[i] for i in kept] for row in rows)]
    if room and wraps in kept:
        at = kept.index(wraps)
        lines = [part for line in lines for part in _continued(line, at, widths[at])]
    aligned = [right[i] for i in kept]
    text = "\n".join(
        "  ".join(_cell(*each) for each in zip(line, widths, aligned, strict=True)).rstrip()
        for line in lines
    )
    sys.stdout.write(text + "\n")
    if left_out := [label for i, label in enumerate(labels) if i not in kept and not blank[i]]:
        say(f"Not shown at {room} columns: {', '.join(left_out)}. A wider terminal shows them.")


def _continued(line: list[str], at: int, width: int) -> list[list[str]]:
    """Return a line of a table as several, where one of its texts is longer than its column."""
    from officeops.values.plain_text import wrapped

    texts = wrapped(line[at], width)
    blank = [""] * len(line)
    return [
        [*line[:at], texts[0], *line[at + 1 :]],
        *([*blank[:at], text, *blank[at + 1 :]] for text in texts[1:]),
    ]


def _fitting(widths: Sequence[int], ranks: Sequence[int], room: int) -> list[int]:
    """Return the columns that fit, dropping the highest rank first."""
    kept = list(range(len(widths)))
    while room and len(kept) > 1 and sum(widths[i] + 2 for i in kept) - 2 > room:
        least = max(kept, key=lambda i: (ranks[i], i))
        if ranks[least] <= 1:
            break
        kept.remove(least)
    return kept


def _narrowed(widths: list[int], right: Sequence[bool], room: int) -> list[int]:
    """Cut the widest text column where the table is still too wide."""
    while room and sum(widths) + 2 * (len(widths) - 1) > room:
        text = [i for i, aligned in enumerate(right) if not aligned and widths[i] > 8]
        if not text:
            break
        widths[max(text, key=lambda i: widths[i])] -= 1
    return widths


def _cell(text: str, width: int, right: bool) -> str:  # noqa: FBT001 - zipped from columns
    if len(text) == width and text.isascii():
        return text
    short = _width(text)
    if short > width:
        text = _cut(text, width)
        short = _width(text)
    pad = " " * (width - short)
    return pad + text if right else text + pad


def _width(text: str) -> int:
    """Return how many terminal cells a text takes."""
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    return sum(
        0 if category(c) in {"Mn", "Me", "Cf"} else 1 + (east_asian_width(c) in "WF") for c in text
    )


def _cut(text: str, width: int) -> str:
    while text and _width(text) > width - 1:
        text = text[:-1]
    return text + "…"


def say(sentence: str) -> None:
    """Say something to the person: on stderr, so that stdout holds data alone."""
    click.echo(
        safe(sentence) if "\n" not in sentence else "\n".join(map(safe, sentence.split("\n"))),
        err=True,
    )
