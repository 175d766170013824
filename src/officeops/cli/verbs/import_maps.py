"""What the columns of a file mean: as told on the line, and as remembered from earlier files with the same columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.exchange.columns.matching import again, first_name, place_of, read_told
from officeops.exchange.columns.wider_table import WiderTable
from officeops.exchange.imports.outcome import PROBLEM
from officeops.model.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops.exchange.formats.reading import Table
    from officeops.model.records import Record
    from officeops.model.settings import Machine

#: Where the meanings of columns are remembered, beside the settings.
FILE = "mappings.toml"


class Maps:
    """The meanings of one file's columns. `told` and `saved` map the file's own names to fields, blank for left out."""

    def __init__(
        self, machine: Machine, record: type[Record], table: Table, asked: Mapping[str, Any]
    ) -> None:
        self._machine, self._record, self._table = machine, record, table
        self._signature = _signature(record, table)
        # The columns of a file without a header go by their place, which says nothing of the next such file.
        self._keeps = asked["header_row"] != 0
        pairs = [*read_told(asked["maps"]), *((column, "") for column in asked["ignore"])]
        self.told = _by_column(table, pairs)
        self._saved = {} if asked["forget_maps"] or not self._keeps else self._load()
        self._constants = _constants(asked["set"])
        self._refuse_changes()

    @property
    def mapping(self) -> dict[str, str]:
        """What was told, on top of what is remembered."""
        constants = {f"{field} (set)": field for field in self._constants}
        return {**self._saved, **self.told, **constants}

    def table(self) -> Table:
        """Return the table, with a column more for each that fills a second field or has one value in every row."""
        copies = {
            name: self._table.columns.index(first_name(name))
            for name in self.mapping
            if name not in self._table.columns and first_name(name) in self._table.columns
        }
        constants = {f"{field} (set)": value for field, value in self._constants.items()}
        return WiderTable(self._table, copies, constants) if copies or constants else self._table

    def notes(self) -> list[str]:
        """Say what is remembered and counts for this file."""
        kept = {
            column: meaning for column, meaning in self._saved.items() if column not in self.told
        }
        if not kept:
            return []
        named = ", ".join(
            f"{first_name(column)} = {meaning or 'left out'}" for column, meaning in kept.items()
        )
        return [
            f"Columns are matched as they were for the last file like this one: {named}. --forget-maps begins without."
        ]

    def remember(self) -> None:
        """Keep what was told for the next file with these columns."""
        if not self._keeps or not self.told or self._machine.fixed:
            return
        saved = self._machine.load(FILE)
        meanings = {**self._saved, **self.told}
        if saved.get(self._signature) != meanings:
            self._machine.save(FILE, {**saved, self._signature: meanings})

    def _load(self) -> dict[str, str]:
        saved = self._machine.load(FILE).get(self._signature, {})
        if not isinstance(saved, dict) or not all(
            isinstance(field, str) for field in saved.values()
        ):
            raise UsageProblem(
                f"{self._machine.beside(FILE)}: the matching for this file's columns is no table of texts; take it out."
            )
        return _by_column(self._table, saved.items())

    def _refuse_changes(self) -> None:
        """Raise UsageProblem where what is told now contradicts what is remembered."""
        changes = [
            f"{column} = {self._saved[column] or 'left out'} (now {meaning or 'left out'})"
            for column, meaning in self.told.items()
            if self._saved.get(column, meaning) != meaning
        ]
        fields = {_field(meaning): column for column, meaning in self._saved.items() if meaning}
        for column, meaning in self.told.items():
            before = fields.get(_field(meaning), column)
            if before != column and before not in self.told:
                changes.append(f"{before} = {self._saved[before]} (now {column})")
        if changes:
            raise UsageProblem(
                f"Files with these columns were matched otherwise before: {', '.join(changes)}. If that is meant, "
                "say --forget-maps and every --map that counts from now on. Nothing was imported."
            )


def _field(meaning: str) -> str:
    return meaning.partition(":")[0].strip().replace("-", "_").removesuffix("_id")


def _by_column(table: Table, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return meanings by the file's own names; a column told twice fills two fields, the second under another name."""
    meanings: dict[str, str] = {}
    for column, meaning in pairs:
        name = (
            column
            if column in table.columns
            else table.columns[place_of(first_name(column), table.columns)]
        )
        while name in meanings:
            name = again(name)
        meanings[name] = meaning
    return meanings


def _constants(pairs: Iterable[str]) -> dict[str, str]:
    constants = {}
    for pair in pairs:
        field, equals, value = pair.partition("=")
        if not equals or not field.strip():
            raise UsageProblem(f'--set {pair!r} cannot be read; write --set "field=value".')
        constants[field.strip()] = value.strip()
    return constants


def _signature(record: type[Record], table: Table) -> str:
    columns = (
        table.columns[:-1] if table.columns and table.columns[-1] == PROBLEM else table.columns
    )
    return "|".join([record.meta.key, *columns])
