"""The fields that the columns of a file fill: as given on the line, and as remembered.

The office remembers the answers for the next file with the same columns, in `mappings.toml` beside
the settings of the machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.exchange.columns.matching import again, first_name, place_of, read_told
from officeops.exchange.columns.wider_table import WiderTable
from officeops.exchange.imports.import_run import import_fields
from officeops.exchange.imports.outcome import PROBLEM
from officeops.model.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops.exchange.formats.reading import Table
    from officeops.model.records import Record
    from officeops.model.settings import Machine

    #: The meaning of each column by the file's own name: a field, or blank to leave it out.
    Meanings = dict[str, str]

#: The file with the remembered meanings, beside the settings.
FILE: Final = "mappings.toml"


class Maps:
    """The meanings of a file's columns: those of the line over the remembered ones."""

    def __init__(
        self,
        machine: Machine,
        record: type[Record],
        table: Table,
        asked: Mapping[str, Any],
    ) -> None:
        self._machine, self._record, self._table = machine, record, table
        self._signature = _signature(record.meta.key, table)
        # Without a header, columns have only their places, which say nothing of the next such file.
        self._keeps = asked["header_row"] != 0
        left_out = [(column, "") for column in asked["ignore"]]
        given = [*read_told(asked["maps"]), *left_out]
        self._given = self._by_today_names(_by_column(table, given))
        self._saved = {} if asked["forget_maps"] or not self._keeps else self._load()
        constants = _constants(asked["set"])
        self._constants = {_of_today(record, name): value for name, value in constants.items()}
        self._refuse_changes()

    @property
    def mapping(self) -> Meanings:
        """The meaning of every column that has one; the options of the line win."""
        constants = {_column_of(field): field for field in self._constants}
        return {**self._saved, **self._given, **constants}

    def table(self) -> Table:
        """Return the table, with a column for each second field of a column and each `--set`."""
        columns = self._table.columns
        copies = {}
        for name in self.mapping:
            own = first_name(name)
            if name not in columns and own in columns:
                copies[name] = columns.index(own)
        if not copies and not self._constants:
            return self._table
        constants = {_column_of(field): value for field, value in self._constants.items()}
        return WiderTable(self._table, copies, constants)

    def notes(self) -> list[str]:
        """Return a sentence that names the remembered meanings in use; nothing without any."""
        pairs = []
        for column, meaning in self._saved.items():
            if column not in self._given:
                pairs.append(f"{first_name(column)} = {meaning or 'left out'}")
        if not pairs:
            return []
        matched = "Columns are matched as they were for the last file like this one"
        return [f"{matched}: {', '.join(pairs)}. --forget-maps begins without."]

    def remember(self) -> None:
        """Save the meanings given on the line for the next file with these columns."""
        # Over SSH the settings of the machine are fixed: one person must not map for the others.
        if not self._keeps or not self._given or self._machine.fixed:
            return
        saved = self._machine.load(FILE)
        meanings = {**self._saved, **self._given}
        if saved.get(self._signature) != meanings:
            self._machine.save(FILE, {**saved, self._signature: meanings})

    def _by_today_names(self, meanings: Meanings) -> Meanings:
        """Return meanings with the names that fields have since the last migration."""
        return {column: _of_today(self._record, field) for column, field in meanings.items()}

    def _load(self) -> Meanings:
        saved = self._remembered()
        # People may edit the file by hand.
        is_table = isinstance(saved, dict)
        if not is_table or not all(isinstance(field, str) for field in saved.values()):
            path = self._machine.beside(FILE)
            raise UsageProblem(
                f"{path}: the matching for this file's columns is no table of texts; take it out.",
                code="malformed",
            )
        meanings = self._by_today_names(_by_column(self._table, saved.items()))
        self._refuse_dropped(meanings)
        return meanings

    def _refuse_dropped(self, meanings: Meanings) -> None:
        """Raise UsageProblem where a remembered field is no longer one of the record's."""
        fields = {_field(field.public_name) for field in import_fields(self._record)}
        lost = [
            meaning
            for meaning in meanings.values()
            if meaning and _field(meaning) not in fields and not self._is_of_child(meaning)
        ]
        if lost:
            names = ", ".join(_field(meaning) for meaning in lost)
            raise UsageProblem(
                f"Files with these columns filled {names}, which {self._record.meta.many} "
                "no longer have. If the rest is right, say --forget-maps and every --map that "
                "counts from now on. Nothing was imported.",
                code="unknown-field",
            )

    def _is_of_child(self, meaning: str) -> bool:
        """Whether a meaning is a column of the record's children: phone:work."""
        if not self._record.children:
            return False
        from officeops.exchange.imports.child_columns import spelled

        return spelled(self._record, meaning) is not None

    def _remembered(self) -> Any:  # noqa: ANN401 - whatever the file holds
        """Return what the file holds for these columns, under the record's key or a former one."""
        meta = self._record.meta
        in_file = self._machine.load(FILE)
        for key in (meta.key, *meta.former_keys):
            signature = _signature(key, self._table)
            if signature in in_file:
                return in_file[signature]
        return {}

    def _refuse_changes(self) -> None:
        """Raise UsageProblem where the line contradicts the remembered meanings."""
        changes = [*self._other_fields(), *self._other_columns()]
        if changes:
            raise UsageProblem(
                f"Files with these columns were matched otherwise before: {', '.join(changes)}. "
                "If that is meant, say --forget-maps and every --map that counts from now on. "
                "Nothing was imported.",
                code="needs-consent",
            )

    def _other_fields(self) -> list[str]:
        """Return the columns that filled another field before."""
        changes = []
        for column, meaning in self._given.items():
            before = self._saved.get(column, meaning)
            if before != meaning:
                now = meaning or "left out"
                changes.append(f"{column} = {before or 'left out'} (now {now})")
        return changes

    def _other_columns(self) -> list[str]:
        """Return the columns whose field another column fills now."""
        columns = {_field(meaning): column for column, meaning in self._saved.items() if meaning}
        changes = []
        for column, meaning in self._given.items():
            # `vendor`, `vendor-id` and `vendor:a=b` are one field.
            before = columns.get(_field(meaning), column)
            if before != column and before not in self._given:
                changes.append(f"{before} = {self._saved[before]} (now {column})")
        return changes


def _field(meaning: str) -> str:
    """Return the field of a meaning without its ending: `vendor` of `vendor-id:a=b`."""
    name = meaning.partition(":")[0].strip()
    return name.replace("-", "_").removesuffix("_id")


def _by_column(table: Table, pairs: Iterable[tuple[str, str]]) -> Meanings:
    """Return the meanings by the file's own names.

    A column given twice fills two fields, the second under a name that `again` makes.
    """
    meanings: Meanings = {}
    for column, meaning in pairs:
        name = column
        if name not in table.columns:
            name = table.columns[place_of(first_name(column), table.columns)]
        while name in meanings:
            name = again(name)
        meanings[name] = meaning
    return meanings


def _column_of(field: str) -> str:
    """Return the name of the column that `--set` adds for a field."""
    return f"{field} (set)"


def _constants(pairs: Iterable[str]) -> dict[str, str]:
    """Return the fields and values of `--set`; of a field given twice, the last value."""
    constants = {}
    for pair in pairs:
        field, equals, value = pair.partition("=")
        if not equals or not field.strip():
            raise UsageProblem(
                f'--set {pair!r} cannot be read; write --set "field=value".', code="malformed"
            )
        constants[field.strip()] = value.strip()
    return constants


def _of_today(record: type[Record], meaning: str) -> str:
    """Return a meaning, or a field's name, by the name that the field has today."""
    meta, stem = record.meta, _field(meaning)
    if stem in meta.by_name or f"{stem}_id" in meta.by_name:
        return meaning
    field = meta.field(stem)
    _, colon, values = meaning.partition(":")
    return f"{field.public_name}{colon}{values}" if field else meaning


def _signature(key: str, table: Table) -> str:
    """Return the key of a file's columns; a file of bad rows has that of the file it came from."""
    columns = table.columns
    if columns and columns[-1] == PROBLEM:
        columns = columns[:-1]
    return "|".join([key, *columns])
