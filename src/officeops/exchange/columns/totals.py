"""Rows that are no records: totals, and the header again on every page of a printed report."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from officeops.exchange.columns.decimal_marks import written
from officeops.exchange.formats.table import blank_columns, is_blank
from officeops.values.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops.exchange.formats.table import Cell, Table
    from officeops.model.fields import Field

    Numbered = tuple[int, list[Any]]

_OF_WHAT: Final = r"((grand|sub|report|page|overall|inventory)[ -]?)?"
#: The labels of totals in the languages of exports that offices get, with more words behind them.
_LABEL: Final = Pattern(
    "|".join(
        (
            _OF_WHAT + r"totals?\b.{0,40}",
            r"sum(me|ma)?\b.{0,20}",
            r"(zwischen|gesamt|end)summe.{0,20}",
            r"gesamt\b.{0,20}",
            r"(sous-?)?total (général|general|geral|generale).{0,20}",
            r"totaux",
            r"totale\b.{0,20}",
            r"totaal\b.{0,20}",
            r"suma\b.{0,20}",
            r"soma\b.{0,20}",
            r"итого.{0,20}",
            r"всего.{0,20}",
            r"合计|合計|小計|总计|総計",
            r"toplam.{0,20}",
            r"yhteensä",
            r"celkem.{0,20}",
            r"razem.{0,20}",
            r"összesen",
            r"jumlah",
        )
    )
)
#: A label that is no name with more words: "Total Medical Supply" is a vendor.
_PLAIN: Final = Pattern(
    "|".join(
        (
            _OF_WHAT + r"totals?",
            r"sum(me|ma)?",
            r"(zwischen|gesamt|end)?summe",
            r"(sous-?)?total|totaux|totale|totaal",
            r"suma|soma",
            r"итого|всего",
            r"合计|合計|小計|总计|総計",
            r"toplam|yhteensä|celkem|razem|összesen|jumlah",
        )
    )
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


class RecordRows:
    """Takes the rows that are no records out of a file, and names them.

    `key` is the place of the column that tells records apart; None takes nothing out.
    """

    def __init__(
        self,
        table: Table,
        fields: Mapping[int, Field],
        key: int | None,
    ) -> None:
        self._table = table
        self._fields = fields
        self._key = key
        self._numbers = [place for place, field in fields.items() if field.kind.in_file == "figure"]
        #: The rows left out so far, each by its line and why.
        self._totals: list[str] = []
        self._headers: list[str] = []

    def records(self, piece: list[Numbered], *, is_last: bool) -> list[Numbered]:
        """Return the rows of a piece that are records."""
        if self._key is None or not piece:
            return piece
        keys = [_cell_at(cells, self._key) for _, cells in piece]
        if _may_have_labels(keys):
            piece = [row for row in piece if not self._is_labelled(*row)]
        if self._table.columns[self._key] in keys:
            piece = [row for row in piece if not self._is_header(*row)]
        if is_last and self._ends_in_sums(piece):
            line, _ = piece[-1]
            self._totals.append(f"{line} with the sums of the others")
            return piece[:-1]
        return piece

    def sentences(self) -> list[str]:
        """Say which rows were left out."""
        sentences = []
        if self._totals:
            how = "looks like a total" if len(self._totals) == 1 else "look like totals"
            sentences.append(self._sentence(self._totals, how))
        if self._headers:
            how = "repeats the header" if len(self._headers) == 1 else "repeat the header"
            sentences.append(self._sentence(self._headers, how))
        return sentences

    def _sentence(self, rows: list[str], how: str) -> str:
        named = ", ".join(rows[:_NAMED])
        if len(rows) > _NAMED:
            named += ", …"
        what = f"1 row {how} and was"
        if len(rows) > 1:
            what = f"{len(rows):,} rows {how} and were"
        return f"{what} left out: {self._table.place} {named}. --keep-totals takes every row."

    # -- rows with a label ------------------------------------------------------------------------

    def _is_labelled(self, line: int, cells: list[Any]) -> bool:
        """Whether a row is a label such as Total in place of its key or a name, and numbers."""
        words = _words_in(cells)
        labels = [word for word in words if _LABEL.fullmatch(word.casefold().rstrip(": "))]
        if not labels or len(labels) < len(words):
            return False
        key = _cell_at(cells, self._key)
        if not is_blank(key) and not (isinstance(key, str) and key.strip() in labels):
            return False
        if not self._has_numbers(cells) and not self._is_alone(cells):
            # A record may be called that and say no more than its phone number.
            return False
        self._totals.append(f"{line} {labels[0]!r}")
        return True

    def _is_alone(self, cells: list[Any]) -> bool:
        """Whether a row has a plain label alone, where the file's other rows say more."""
        full = [cell for cell in cells if not is_blank(cell)]
        if len(full) != 1:
            return False
        label = str(full[0]).casefold().strip(": ")
        if not _PLAIN.fullmatch(label):
            return False
        filled_columns = len(self._table.columns) - len(blank_columns(self._table))
        return filled_columns > 1

    def _has_numbers(self, cells: list[Any]) -> bool:
        """Whether a row has a number where its column may hold one."""
        for place, cell in enumerate(cells):
            is_text = place in self._fields and place not in self._numbers
            if not is_text and _number(cell) is not None:
                return True
        return False

    # -- rows of headers and of sums --------------------------------------------------------------

    def _is_header(self, line: int, cells: list[Any]) -> bool:
        columns = self._table.columns
        for place in self._fields:
            if place >= len(cells) or str(cells[place]).strip() != columns[place]:
                return False
        self._headers.append(str(line))
        return True

    def _ends_in_sums(self, piece: list[Numbered]) -> bool:
        """Whether the file's last row is numbers alone, all of them the sums of those above it."""
        if len(piece) < _FEWEST:
            return False
        before, _ = piece[-2]
        line, cells = piece[-1]
        if any(_number(cell) is None and not is_blank(cell) for cell in cells):
            return False
        last = self._numbers_of(cells)
        # A blank line before it is one more sign, so that fewer numbers are enough.
        enough = 2 if line - before > 1 else 3
        if len(last) < enough or not any(last.values()):
            return False
        # The piece at hand refutes most files, which spares reading them once more.
        above = [row for _, row in piece[:-1]]
        for place, number in last.items():
            if number < sum(_amount(row[place]) for row in above):
                return False
        return self._sums_above(line, last) == last

    def _numbers_of(self, cells: list[Any]) -> dict[int, Decimal]:
        """Return a row's numbers by the places of their columns."""
        numbers = {}
        for place in self._numbers:
            number = _number(cells[place])
            if number is not None:
                numbers[place] = number
        return numbers

    def _sums_above(self, line: int, places: Iterable[int]) -> dict[int, Decimal]:
        """Return the sums of columns over all rows before a line."""
        sums = dict.fromkeys(places, Decimal(0))
        for row_line, row in self._table.rows():
            if row_line >= line:
                continue
            for place in sums:
                sums[place] += _amount(row[place])
        return sums


def _cell_at(cells: list[Any], place: int | None) -> Any:  # noqa: ANN401 - any cell
    return cells[place] if place is not None and place < len(cells) else None


def _may_have_labels(keys: list[Any]) -> bool:
    """Whether any row of a piece may be a total, by the cells of its key column."""
    if None in keys or "" in keys:
        return True
    text = "|".join([key for key in keys if key.__class__ is str]).casefold()
    return any(trace in text for trace in _TRACES)


def _words_in(cells: list[Any]) -> list[str]:
    """Return a row's texts that are no numbers."""
    texts = [cell.strip() for cell in cells if isinstance(cell, str)]
    return [text for text in texts if text and _number(text) is None]


def _amount(cell: Cell) -> Decimal:
    """Return a cell's number; 0 for a cell without one."""
    return _number(cell) or Decimal(0)


def _number(cell: Cell) -> Decimal | None:
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, (int, float)):
        return Decimal(str(cell))
    if not isinstance(cell, str):
        return None
    text = cell.strip()
    plain = written(text, "point") or written(text, "comma") or ""
    try:
        return Decimal(plain.strip(" $€£¥%"))
    except InvalidOperation:
        return None
