"""Count file: what a file says was counted at a location. The stock sheet that `item import` reads is one as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import UsageProblem
from officeops.cli.verbs.import_maps import Maps
from officeops.exchange.columns.cell_errors import error_in
from officeops.exchange.columns.column_ways import ColumnWays
from officeops.exchange.columns.header_row import find_header
from officeops.exchange.columns.header_words import words
from officeops.exchange.columns.matching import listed, match_columns, translations
from officeops.exchange.columns.totals import LeftOut
from officeops.exchange.formats.table import blank_columns
from officeops.exchange.formats.writing import unguard
from officeops.model.fields import Field
from officeops.model.text_folding import folded
from officeops_inventory.counts.cycle import Said
from officeops_inventory.imports.items import ItemImport
from officeops_inventory.model import Item

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from officeops import Location, Office
    from officeops.exchange.formats.reading import Cell, Table
    from officeops.model.settings import Machine

_IMPORTED: Final = {field.public_name: field for field in ItemImport.extra}
#: How files name an item by its number; an item's name is taken where there is no such column.
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


#: What a count takes of the fields that columns are matched to for `item import`.
_MEANT: Final = {
    "sku": "item",
    "name": "item",
    "on_hand": "counted",
    "lot": "lot",
    "expires_on": "expires_on",
    "location": "location",
}
_NOTHING_ASKED: Final = {
    "maps": (),
    "ignore": (),
    "set": (),
    "forget_maps": False,
    "header_row": None,
}

#: Columns that say of an item again what its number says.
_NAMES: Final = frozenset({"name", "unit", "expected", *Item.meta.by_name["name"].also})


class CountFile:
    """The counts of a file, and what of the file was left out."""

    def __init__(
        self,
        office: Office,
        table: Table,
        place: Location,
        told: Mapping[str, str],
        machine: Machine,
        *,
        keep_totals: bool = False,
    ) -> None:
        """Read a file's columns as told, else as they were matched for `item import`, which reads the same sheet."""
        self._place = place
        find_header(table, _FIELDS, told)
        maps = Maps(machine, Item, table, _NOTHING_ASKED)
        table = self._table = maps.table()
        told = {**_as_counted(maps.mapping), **told}
        if not any(meaning.partition(":")[0] == "item" for meaning in told.values()):
            number = next(
                (name for name in table.columns if words(name) in _SKU_NAMES and name not in told),
                None,
            )
            if number is not None:
                told[number] = "item"
        match = match_columns(table.columns, _FIELDS, told)
        self._places = {field.public_name: at for at, field in match.columns.items()}
        missing = [name for name in ("item", "counted") if name not in self._places]
        if missing:
            columns = listed(table.columns) or "none"
            raise UsageProblem(
                f"The file has no column {' and '.join(missing)}; it has {columns}. Say which is which with --map."
            )
        # A count sheet is short: it is looked through once before it is read.
        ways = ColumnWays(table, match.columns, office.ways)
        ways.settle()
        self._read = {
            field.public_name: ways.reader(at, field) for at, field in match.columns.items()
        }
        self._stand_for = {
            field.public_name: translations(told.get(table.columns[at], ""))
            for at, field in match.columns.items()
        }
        self._left_out = (
            None if keep_totals else LeftOut(table, match.columns, self._places["item"])
        )
        #: What is to be said of how the file was read.
        self.notes = [
            note
            for note in (*table.notes, *maps.notes(), *ways.notes)
            if not note.startswith("Read as")
        ]
        blank = blank_columns(table)
        #: Columns that were not used and have values, and how many rows were of other locations.
        self.unused = [
            name
            for name in match.unused
            if words(name) not in _NAMES and table.columns.index(name) not in blank
        ]
        self.elsewhere = 0
        #: The items of rows of other locations, as the file names them, with the location.
        self.others: list[tuple[str, str]] = []

    def totals(self) -> list[str]:
        """Say which rows were left out as totals and repeated headers, once the counts are read."""
        return self._left_out.sentences() if self._left_out else []

    @property
    def in_lots(self) -> bool:
        """Whether the file has a column of lots."""
        return bool(self._places.keys() & {"lot", "expires_on"})

    def said(self) -> Iterator[Said]:
        """Yield the counts; rows with nothing in the counted column were not counted. Raises UsageProblem."""
        rows = list(self._table.rows())
        for number, row in self._left_out.records(rows, is_last=True) if self._left_out else rows:
            if _blank(self._said(row, "counted")):
                continue
            location = self._cell(row, "location")
            if location and folded(location) != folded(self._place.name):
                self.elsewhere += 1
                self.others.append((self._cell(row, "item"), location))
                continue
            yield Said(
                f"line {number}",
                self._cell(row, "item"),
                self._value(number, row, "counted"),
                self._cell(row, "lot"),
                self._day(number, row),
            )

    def _cell(self, row: list[Cell], name: str) -> str:
        """Return a cell as text: a spreadsheet keeps 1001 as 1001.0, and CSV guards what looks like a formula."""
        cell = self._said(row, name)
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return "" if cell is None else unguard(str(cell).strip())

    def _said(self, row: list[Cell], name: str) -> Cell:
        """Return a cell, or what was told that it stands for."""
        place = self._places.get(name)
        cell = None if place is None else row[place]
        stand_for = self._stand_for.get(name)
        return (
            stand_for.get(str("" if cell is None else cell).strip().casefold(), cell)
            if stand_for
            else cell
        )

    def _day(self, number: int, row: list[Cell]) -> str | None:
        day = self._value(number, row, "expires_on")
        return None if day is None else str(day)

    def _value(self, number: int, row: list[Cell], name: str) -> object:
        place, cell = self._places.get(name), self._said(row, name)
        if place is None or _blank(cell):
            return None
        try:
            return self._read[name](cell)
        except ValueError as why:
            reason = error_in(cell) or str(why)
            raise UsageProblem(
                f"line {number}, {self._table.columns[place]} {str(cell)[:40]!r}: {reason}."
            ) from why


def _as_counted(mapping: Mapping[str, str]) -> dict[str, str]:
    """Return what columns of a stock sheet mean to a count; those of other fields of an item mean nothing."""
    told = {}
    for column, meaning in mapping.items():
        field, colon, values = meaning.partition(":")
        name = _MEANT.get(field.strip().replace("-", "_").removesuffix("_id"))
        if name:
            told[column] = f"{name}{colon}{values}"
    if "sku" in map(_field, mapping.values()):
        told = {
            column: meaning for column, meaning in told.items() if _field(mapping[column]) != "name"
        }
    return told


def _field(meaning: str) -> str:
    return meaning.partition(":")[0].strip()


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
