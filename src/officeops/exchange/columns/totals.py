"""What in a file is no record: rows of totals, and the header again on every page of a printed report."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from officeops.exchange.columns.column_ways import NUMBERS
from officeops.exchange.columns.decimal_marks import written
from officeops.exchange.formats.table import blank_columns, is_blank
from officeops.values.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops.exchange.formats.table import Cell, Table
    from officeops.model.fields import Field

    Numbered = tuple[int, list[Any]]

_LABEL: Final = Pattern(
    r"((grand|sub|report|page|overall|inventory)[ -]?)?totals?\b.{0,40}|sum(me|ma)?\b.{0,20}|(zwischen|gesamt|end)summe.{0,20}"
    r"|gesamt\b.{0,20}|(sous-?)?total (général|general|geral|generale).{0,20}|totaux|totale\b.{0,20}|totaal\b.{0,20}|suma\b.{0,20}"
    r"|soma\b.{0,20}|итого.{0,20}|всего.{0,20}|合计|合計|小計|总计|総計|toplam.{0,20}|yhteensä|celkem.{0,20}|razem.{0,20}|összesen|jumlah"
)
#: A label that is no name with more words: "Total Medical Supply" is a vendor.
_PLAIN: Final = Pattern(
    r"((grand|sub|report|page|overall|inventory)[ -]?)?totals?|sum(me|ma)?|(zwischen|gesamt|end)?summe|(sous-?)?total|totaux"
    r"|totale|totaal|suma|soma|итого|всего|合计|合計|小計|总计|総計|toplam|yhteensä|celkem|razem|összesen|jumlah"
)
#: What a label has in it somewhere: one look at a whole piece of rows tells that none has.
_TRACES: Final = (
    "tot",
    "sum",
    "gesamt",
    "soma",
    "того",
    "сего",
    "计",
    "計",
    "toplam",
    "yhte",
    "celkem",
    "razem",
    "össz",
    "jumlah",
)
#: A row is the sum of others only where there are some.
_FEWEST: Final = 3
#: So many rows of the first ones left out are named.
_NAMED: Final = 5


class LeftOut:
    """Takes out of a file's rows what is no record, and names it."""

    def __init__(self, table: Table, fields: Mapping[int, Field], key: int | None) -> None:
        self._table = table
        self._fields = fields
        self._key = key
        self._numbers = [place for place, field in fields.items() if field.kind in NUMBERS]
        self._total: list[str] = []
        self._headers: list[str] = []

    def records(self, piece: list[Numbered], *, is_last: bool) -> list[Numbered]:
        """Return the rows of a piece that are records."""
        if self._key is None or not piece:
            return piece
        keys = [cells[self._key] if self._key < len(cells) else None for _, cells in piece]
        if self._may_have_labels(keys):
            piece = [row for row in piece if not self._is_labelled(*row)]
        if self._table.columns[self._key] in keys:
            piece = [row for row in piece if not self._is_header(*row)]
        return self._without_sums(piece) if is_last else piece

    def sentences(self) -> list[str]:
        """Say what was left out."""
        totals = self._sentence(self._total, "looks like a total", "look like totals")
        headers = self._sentence(self._headers, "repeats the header", "repeat the header")
        return [*totals, *headers]

    def _sentence(self, rows: list[str], one: str, several: str) -> list[str]:
        if not rows:
            return []
        some = ", ".join(rows[:_NAMED]) + (", …" if len(rows) > _NAMED else "")
        what = (
            f"1 row {one} and was" if len(rows) == 1 else f"{len(rows):,} rows {several} and were"
        )
        return [f"{what} left out: {self._table.place} {some}. --keep-totals takes every row."]

    def _may_have_labels(self, keys: list[Any]) -> bool:
        if None in keys or "" in keys:
            return True
        text = "|".join([key for key in keys if key.__class__ is str]).casefold()
        return any(trace in text for trace in _TRACES)

    def _is_labelled(self, line: int, cells: list[Any]) -> bool:
        """Whether a row has a label such as Total where its key or a name would be, numbers, and no other words."""
        key = cells[self._key] if self._key is not None and self._key < len(cells) else None
        words = [
            cell.strip()
            for cell in cells
            if isinstance(cell, str) and cell.strip() and _number(cell) is None
        ]
        labels = [word for word in words if _LABEL.fullmatch(word.casefold().rstrip(": "))]
        if not labels or len(labels) < len(words):
            return False
        if not (is_blank(key) or (isinstance(key, str) and key.strip() in labels)):
            return False
        if not self._has_numbers(cells) and not self._is_alone(cells):
            # A record may be called that and say no more than its phone number.
            return False
        self._total.append(f"{line} {labels[0]!r}")
        return True

    def _is_alone(self, cells: list[Any]) -> bool:
        """Whether a row has a plain label and nothing else, where the file's other rows say more."""
        full = [cell for cell in cells if not is_blank(cell)]
        if len(full) != 1 or not _PLAIN.fullmatch(str(full[0]).casefold().strip(": ")):
            return False
        return len(self._table.columns) - len(blank_columns(self._table)) > 1

    def _has_numbers(self, cells: list[Any]) -> bool:
        places = [
            place
            for place in range(len(cells))
            if place not in self._fields or place in self._numbers
        ]
        return any(_number(cells[place]) is not None for place in places)

    def _is_header(self, line: int, cells: list[Any]) -> bool:
        columns = self._table.columns
        again = all(
            place < len(cells) and str(cells[place]).strip() == columns[place]
            for place in self._fields
        )
        if again:
            self._headers.append(str(line))
        return again

    def _without_sums(self, piece: list[Numbered]) -> list[Numbered]:
        """Leave out the last row where it is nothing but numbers, and all of them the sums of those above it."""
        if len(piece) < _FEWEST or any(
            _number(cell) is None and not is_blank(cell) for cell in piece[-1][1]
        ):
            return piece
        (before, _), (line, cells) = piece[-2:]
        last = {
            place: number
            for place in self._numbers
            if (number := _number(cells[place])) is not None
        }
        apart = line - before > 1
        if len(last) < (2 if apart else 3) or not any(last.values()):
            return piece
        if any(
            number < _sum(rows[1][place] for rows in piece[:-1]) for place, number in last.items()
        ):
            return piece
        sums = dict.fromkeys(last, Decimal(0))
        for place_of_row, row in self._table.rows():
            for place in sums if place_of_row < line else ():
                sums[place] += _number(row[place]) or 0
        if sums != last:
            return piece
        self._total.append(f"{line} with the sums of the others")
        return piece[:-1]


def _sum(cells: Iterable[Any]) -> Decimal:
    return sum((_number(cell) or Decimal(0) for cell in cells), Decimal(0))


def _number(cell: Cell) -> Decimal | None:
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, (int, float)):
        return Decimal(str(cell))
    if not isinstance(cell, str):
        return None
    text = written(cell.strip(), "point") or written(cell.strip(), "comma")
    try:
        return Decimal((text or "").strip(" $€£¥%"))
    except InvalidOperation:
        return None
