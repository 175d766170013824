"""The header row: found below lines of titles, named by a person, or not there at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.exchange.columns.header_words import everyday
from officeops.exchange.formats.table import is_blank
from officeops.model.errors import Refused, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from officeops.exchange.formats.table import Table
    from officeops.model.fields import Field

#: So many rows from the top may be titles.
_LOOKED_AT: Final = 20
#: A row below the first is the header only if so many of its cells name fields.
_ENOUGH: Final = 2


def find_header(
    table: Table, fields: Iterable[Field], told: Iterable[str], asked: int | None = None
) -> None:
    """Settle which row of a table is its header. `asked` is its line as people count, 0 for a file without one.

    Raises UsageProblem where there is no such row, Refused where the first row is a record.
    """
    rows = table.first_rows(_LOOKED_AT if asked is None else max(asked, 1))
    if asked is not None:
        _take(table, rows, asked)
    elif rows:
        _look(table, rows, fields, told)


def _take(table: Table, rows: Sequence[tuple[int, Sequence[Any]]], asked: int) -> None:
    places = [line for line, _ in rows]
    if asked and asked not in places:
        raise UsageProblem(
            f"--header-row: {table.place} {asked} of the file is blank, or it has no header row."
        )
    table.head(places.index(asked) if asked else -1)


def _look(
    table: Table,
    rows: Sequence[tuple[int, Sequence[Any]]],
    fields: Iterable[Field],
    told: Iterable[str],
) -> None:
    known = [{everyday(name) for name in (f.public_name, f.label, *f.also)} for f in fields]
    wanted = {everyday(column) for column in told}
    by_itself = _score(rows[0][1], known, set())
    scores = [_score(cells, known, wanted) for _, cells in rows]
    best = max(range(len(rows)), key=scores.__getitem__)
    if best and scores[best] >= _ENOUGH:
        table.head(best)
        titles = [
            str(cell).strip() for _, cells in rows[:best] for cell in cells if not is_blank(cell)
        ]
        shown = ", ".join(repr(title[:40]) for title in titles[:3]) + (
            ", …" if len(titles) > 3 else ""
        )
        table.notes.append(
            f"The header is {table.place} {rows[best][0]}; above it: {shown}. --header-row says otherwise."
        )
    elif _is_record(rows[0][1]) and by_itself < _ENOUGH:
        line, cells = rows[0]
        raise Refused(
            f"{table.place.capitalize()} {line} looks like a record, not like a header: {', '.join(str(cell) for cell in cells[:5])}. "
            "If the file has no header, say --header-row 0 and name its columns by their place: "
            '--map "Column 1=FIELD". If it is the header, or another row is, say --header-row N. Nothing was imported'
        )


def _score(cells: Sequence[Any], known: list[set[str]], wanted: set[str]) -> int:
    names = {everyday(cell) for cell in cells if isinstance(cell, str) and not is_blank(cell)}
    return sum(bool(names & ways) for ways in known) + len(names & wanted)


def _is_record(cells: Sequence[Any]) -> bool:
    """Whether a row has a number or a date in it, as records have and headers seldom."""
    return any(_is_value(cell) for cell in cells)


def _is_value(cell: object) -> bool:
    if not isinstance(cell, str):
        return cell is not None
    digits = sum(character.isdigit() for character in cell)
    return digits > 0 and not any(character.isalpha() for character in cell)
