"""Count file: the counts of one location in a file, such as the stock sheet of `item import`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Field, Location, UsageProblem, reason_of
from officeops.commands import Maps
from officeops.exchange import (
    ColumnWays,
    RecordRows,
    blank_columns,
    error_in,
    find_header,
    listed,
    match_columns,
    translations,
    unguard,
    words,
)
from officeops_inventory.counts.counted import StatedCount
from officeops_inventory.imports.items.item_import import ItemImport
from officeops_inventory.model import Item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from officeops import Office
    from officeops.commands import Machine
    from officeops.exchange import Cell, Match, Table

_IMPORTED: Final = {field.public_name: field for field in ItemImport.extra}
#: The heads of columns with the numbers of items; a column of names is used where there is none.
_SKU_NAMES: Final = ("sku", *Item.meta.by_name["sku"].also)
_FIELDS: Final = (
    Field(
        "text",
        default=None,
        label="Item",
        also=(*_SKU_NAMES, "name", *Item.meta.by_name["name"].also),
    ).named("item", "str"),
    Field(
        "quantity",
        default=None,
        label="Counted",
        also=("count", "physical count", "actual", "on hand", *_IMPORTED["on_hand"].also),
    ).named("counted", "int"),
    _IMPORTED["lot"],
    _IMPORTED["expires_on"],
    _IMPORTED["location"],
)
#: The field of a count for each field of `item import` that a column was matched to.
_MEANT: Final = {
    "sku": "item",
    "name": "item",
    "on_hand": "counted",
    "lot": "lot",
    "expires_on": "expires_on",
    "location": "location",
}
#: Kinds that any text can be of.
#: The options of `item import` that bear on columns, as if none were given.
_NO_OPTIONS: Final = {
    "maps": (),
    "ignore": (),
    "set": (),
    "forget_maps": False,
    "header_row": None,
}
#: Heads of columns that only say again which item a number means; a count needs none of them.
_REPEATS: Final = frozenset({"name", "unit", "expected", *Item.meta.by_name["name"].also})


class CountFile:
    """The counts of a file, and the rows and columns of the file that were left out."""

    def __init__(
        self,
        office: Office,
        table: Table,
        place: Location,
        meanings: Mapping[str, str],
        machine: Machine,
        *,
        keep_totals: bool = False,
    ) -> None:
        """Match the file's columns: by `meanings`, else as for `item import` of the same sheet.

        Raises UsageProblem where no column has the items or the counts.
        """
        self._office, self._place = office, place
        find_header(table, _FIELDS, meanings)
        maps = Maps(machine, Item, table, _NO_OPTIONS)
        self._table = maps.table()
        meanings = _with_number(self._table, {**_as_counted(maps.mapping), **meanings})
        match = match_columns(self._table.columns, _FIELDS, meanings)
        self._columns = {field.public_name: index for index, field in match.columns.items()}
        self._refuse_without(("item", "counted"))
        # A count sheet is short: it is looked through once before it is read.
        ways = ColumnWays(self._table, match.columns, office.ways)
        ways.settle()
        self._readers: dict[str, Callable[[Any], Any]] = {}
        #: The values that stand for others (--map "Column=field:a=b"), by field.
        self._replaced: dict[str, Mapping[str, str]] = {}
        self._set_readers(match, ways, meanings)
        self._left_out: RecordRows | None = None
        if not keep_totals:
            self._left_out = RecordRows(self._table, match.columns, self._columns["item"])
        #: Sentences on how the file was read.
        self.notes = _without_encoding([*self._table.notes, *maps.notes(), *ways.notes])
        #: Columns that have values and were not used.
        self.unused = self._unused(match.unused)
        #: How many rows are of other locations.
        self.elsewhere = 0
        #: The items of those rows, as the file names them, each with its location.
        self.others: list[tuple[str, str]] = []
        #: Whether a location's name in the file means the location that is counted.
        self._is_here: dict[str, bool] = {}

    def _set_readers(
        self,
        match: Match,
        ways: ColumnWays,
        meanings: Mapping[str, str],
    ) -> None:
        """Set the reader of each column and the values that stand for others, by its field."""
        for index, field in match.columns.items():
            read, name = ways.reader(index, field), field.public_name
            self._readers[name] = _text_reader(read) if field.target or field.kind.is_text else read
            self._replaced[name] = translations(meanings.get(self._table.columns[index], ""))

    def _refuse_without(self, names: tuple[str, ...]) -> None:
        """Raise UsageProblem for fields that no column of the file fills."""
        missing = [name for name in names if name not in self._columns]
        if missing:
            columns = listed(self._table.columns) or "none"
            raise UsageProblem(
                f"The file has no column {' and '.join(missing)}; it has {columns}. "
                "Say which is which with --map.",
                code="needed",
            )

    def _unused(self, columns: list[str]) -> list[str]:
        """Return the columns that have values, say something of their own, and fill no field."""
        blank = blank_columns(self._table)
        unused = []
        for name in columns:
            is_blank = self._table.columns.index(name) in blank
            if words(name) not in _REPEATS and not is_blank:
                unused.append(name)
        return unused

    def totals(self) -> list[str]:
        """Say which rows were left out as totals and repeated headers, after `counts` read them."""
        return self._left_out.sentences() if self._left_out else []

    @property
    def in_lots(self) -> bool:
        """Whether the file has a column of lots."""
        return bool(self._columns.keys() & {"lot", "expires_on"})

    def counts(self) -> Iterator[StatedCount]:
        """Yield the counts; a row with a blank count was not counted. Raises UsageProblem."""
        rows = list(self._table.rows())
        if self._left_out:
            rows = self._left_out.records(rows, is_last=True)
        for line, row in rows:
            if _is_blank(self._cell(row, "counted")):
                continue
            item = self._text(line, row, "item")
            location = self._text(line, row, "location")
            if location and not self._means_here(location):
                self.elsewhere += 1
                self.others.append((item, location))
                continue
            counted = self._value(line, row, "counted")
            lot = self._text(line, row, "lot")
            expires_on = self._text(line, row, "expires_on") or None
            yield StatedCount(
                f"line {line}",
                item,
                counted,
                lot,
                expires_on,
                in_file=True,
            )

    def _means_here(self, location: str) -> bool:
        """Whether a location in the file is the one that is counted; each name is found once."""
        if location not in self._is_here:
            ids = self._office.find_ids(Location, location, by_id=False)
            self._is_here[location] = self._place.id in ids
        return self._is_here[location]

    def _text(self, line: int, row: list[Cell], name: str) -> str:
        """Return a cell as text; blank for a blank cell and without a column."""
        value = self._value(line, row, name)
        return "" if value is None else str(value)

    def _value(self, line: int, row: list[Cell], name: str) -> object:
        """Return a cell as its field reads it; None for a blank cell and without a column.

        Raises UsageProblem with the cell for one that cannot be read.
        """
        cell = self._cell(row, name)
        if _is_blank(cell):
            return None
        try:
            return self._readers[name](cell)
        except ValueError as why:
            column = self._table.columns[self._columns[name]]
            where = f"line {line}, {column} {str(cell)[:40]!r}"
            reason = reason_of(why, "malformed")
            raise UsageProblem(reason.within(f"{where}: {error_in(cell) or why}.")) from why

    def _cell(self, row: list[Cell], name: str) -> Cell:
        """Return a cell, or the value that it stands for; None without a column."""
        index = self._columns.get(name)
        if index is None:
            return None
        cell, replaced = row[index], self._replaced[name]
        if not replaced:
            return cell
        text = "" if cell is None else str(cell)
        return replaced.get(text.strip().casefold(), cell)


def _text_reader(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a reader of texts that refuses the errors of spreadsheets, as an import's does."""

    def read_text(cell: Cell) -> Any:  # noqa: ANN401 - the field's own value
        if error := error_in(cell):
            raise ValueError(error)
        return read(unguard(cell) if isinstance(cell, str) else cell)

    return read_text


def _without_encoding(notes: list[str]) -> list[str]:
    """Return notes without those on the file's encoding, which say nothing of its columns."""
    return [note for note in notes if not note.startswith("Read as")]


def _is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _with_number(table: Table, meanings: dict[str, str]) -> dict[str, str]:
    """Return the meanings of columns, with a column of item numbers as the item where none is."""
    if any(_field(meaning) == "item" for meaning in meanings.values()):
        return meanings
    for name in table.columns:
        if words(name) in _SKU_NAMES and name not in meanings:
            return {**meanings, name: "item"}
    return meanings


def _as_counted(mapping: Mapping[str, str]) -> dict[str, str]:
    """Return the meanings of a stock sheet's columns to a count; other columns have none."""
    has_sku = "sku" in map(_field, mapping.values())
    meanings = {}
    for column, meaning in mapping.items():
        field, colon, values = meaning.partition(":")
        name = _MEANT.get(field.strip().replace("-", "_").removesuffix("_id"))
        if name and not (has_sku and _field(meaning) == "name"):
            meanings[column] = f"{name}{colon}{values}"
    return meanings


def _field(meaning: str) -> str:
    return meaning.partition(":")[0].strip()
