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

    #: A row's line and its cells.
    Numbered = tuple[int, Sequence[Any]]

#: So many rows from the top may be titles.
_LOOKED_AT: Final = 20
#: So many titles above a header are shown, and so many letters of each.
_TITLES: Final = 3
_LETTERS: Final = 40
#: So many cells of a row that looks like a record are shown.
_CELLS: Final = 5
#: A row below the first is the header only if so many of its cells name fields.
_ENOUGH: Final = 2


def find_header(
    table: Table,
    fields: Iterable[Field],
    told: Iterable[str],
    asked: int | None = None,
) -> None:
    """Settle which row of a table is its header.

    `asked` is its line as people count, 0 for a file without one. Raises UsageProblem where there
    is no such row, Refused where the first row is a record.
    """
    rows = table.first_rows(_LOOKED_AT if asked is None else max(asked, 1))
    if asked is not None:
        _take(table, rows, asked)
    elif rows:
        _look(table, rows, fields, told)


def _take(
    table: Table,
    rows: Sequence[Numbered],
    asked: int,
) -> None:
    """Make the row of a line the header, or none of them for line 0."""
    if not asked:
        table.head(-1)
        return
    lines = [line for line, _ in rows]
    if asked not in lines:
        raise UsageProblem(
            f"--header-row: {table.place} {asked} of the file is blank, or it has no header row.",
            code="no-header",
        )
    table.head(lines.index(asked))


def _look(
    table: Table,
    rows: Sequence[Numbered],
    fields: Iterable[Field],
    told: Iterable[str],
) -> None:
    """Take the row that names the most fields; the first one where none names enough."""
    known = [_everyday_names(field) for field in fields]
    wanted = set(map(everyday, told))
    scores = [_score(cells, known, wanted) for _, cells in rows]
    best = scores.index(max(scores))
    if best and scores[best] >= _ENOUGH:
        table.head(best)
        _note_titles(table, rows, best)
        return
    line, cells = rows[0]
    by_itself = _score(cells, known, set())
    if by_itself < _ENOUGH and _is_record(cells):
        raise _no_header(table, line, cells)


def _everyday_names(field: Field) -> set[str]:
    names = (field.public_name, field.label, *field.also)
    return set(map(everyday, names))


def _score(
    cells: Sequence[Any],
    known: list[set[str]],
    wanted: set[str],
) -> int:
    """Return how many fields and wanted columns the cells of a row name."""
    texts = [cell for cell in cells if isinstance(cell, str) and not is_blank(cell)]
    names = set(map(everyday, texts))
    fields = sum(not names.isdisjoint(field_names) for field_names in known)
    return fields + len(names & wanted)


# -- sentences -------------------------------------------------------------------------------------


def _note_titles(
    table: Table,
    rows: Sequence[Numbered],
    header: int,
) -> None:
    """Note which row is the header, and the titles above it."""
    titles: list[str] = []
    for _, cells in rows[:header]:
        titles += [str(cell).strip() for cell in cells if not is_blank(cell)]
    shown = ", ".join([repr(title[:_LETTERS]) for title in titles[:_TITLES]])
    if len(titles) > _TITLES:
        shown += ", …"
    line, _ = rows[header]
    table.notes.append(
        f"The header is {table.place} {line}; above it: {shown}. --header-row says otherwise."
    )


def _no_header(
    table: Table,
    line: int,
    cells: Sequence[Any],
) -> Refused:
    """Explain that the first row looks like a record."""
    shown = ", ".join(map(str, cells[:_CELLS]))
    return Refused(
        f"{table.place.capitalize()} {line} looks like a record, not like a header: {shown}. "
        "If the file has no header, say --header-row 0 and name its columns by their place: "
        '--map "Column 1=FIELD". If it is the header, or another row is, say --header-row N. '
        "Nothing was imported",
        code="no-header",
    )


def _is_record(cells: Sequence[Any]) -> bool:
    """Whether a row has a number or a date in it, as records have and headers seldom."""
    return any(map(_is_value, cells))


def _is_value(cell: object) -> bool:
    if not isinstance(cell, str):
        return cell is not None
    has_letter = any(map(str.isalpha, cell))
    return not has_letter and any(map(str.isdigit, cell))
