"""SortedRows: the rows of a piece by what the import does with them, and RowSorter, which sorts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.exchange.importer import MAYBE_ANOTHER
from officeops.exchange.imports.existing_records import ExistingRecords
from officeops.model.errors import Reason
from officeops.query.own_number import OWN_NUMBER, owner_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops.exchange.importer import Row
    from officeops.exchange.imports.context import ImportContext
    from officeops.exchange.imports.existing_records import Existing, KnownRow
    from officeops.exchange.imports.new_rows import NewRows
    from officeops.exchange.imports.repeated_rows import RepeatedRows
    from officeops.exchange.imports.row_keys import Key, Names

_ANOTHER: Final = Reason(
    "is the number of another record in this office; without it (--ignore own_number), "
    "the row is a new record",
    code="taken",
)
_BLANK_KEY: Final = Reason(
    "is blank, but it is what tells whether the row is there already", code="needed"
)


class SortedRows:
    """The rows of one piece: new ones, known ones, and further ones of a record."""

    def __init__(self) -> None:
        self.new: list[Row] = []
        #: Rows with the record that they name.
        self.known: list[KnownRow] = []
        #: Rows that bring more of the record of an earlier row: (row, earlier row).
        self.more: list[tuple[Row, Row]] = []
        #: Rows that say the same as an earlier row, or contradict it, with the fields that both
        #: go by.
        self.repeats: list[tuple[Row, Names, Row]] = []

    def order_by_line(self) -> None:
        """Put new and known rows into the order of the file."""
        self.new.sort(key=lambda row: row.line)
        self.known.sort(key=lambda known: known[0].line)


class RowSorter:
    """Sorts the rows of one import, piece by piece, and refuses those that fit nowhere."""

    def __init__(
        self,
        context: ImportContext,
        new: NewRows,
        repeated: RepeatedRows,
    ) -> None:
        self._context = context
        self._importer = context.importer
        self._keys = context.keys
        self._lacking = context.lacking
        self._given = context.given
        self._telling = _telling(context)
        self._reader = context.reader
        self._sealed = context.sealed
        self._new = new
        self._repeated = repeated
        self._existing = ExistingRecords(context)
        #: Records that were there before the import and that a row of the file named.
        self._named: set[int] = set()

    def sort(
        self,
        names: Names,
        rows: list[Row],
        into: SortedRows,
    ) -> None:
        """Sort rows with the same key fields into new, known and further ones."""
        keys = self._keys.of(names, rows)
        existing = self._existing.find(names, rows, keys)
        if self._importer.of_bad_rows and self._keys.is_counted(names):
            rows, keys = self._without_twins(names, rows, keys, existing)
        blank = (None,) * len(names)
        if not existing and self._are_all_new(keys, blank):
            into.new += rows
            return
        fresh: dict[Key, Row] = {}
        others: list[Row] = []
        for row, key in zip(rows, keys, strict=True):
            if key == blank:
                self._reader.refuse(row, names[0], _BLANK_KEY)
            elif key in existing:
                if names == (OWN_NUMBER,) and self._is_another(row, existing[key]):
                    others.append(row)
                else:
                    self._sort_known(row, names, existing[key], into)
            elif key in fresh:
                self._sort_further(row, names, fresh[key], into)
            elif self._may_be_new(row):
                fresh[key] = row
        into.new += fresh.values()
        if others:
            self._sort_by_identity(others, into)

    def _sort_by_identity(self, rows: list[Row], into: SortedRows) -> None:
        """Sort rows whose number another record has here: one may be known by a unique value.

        An import of people brings their positions, under the numbers of this office.
        """
        records: Mapping[Key, Existing] = {}
        keys: list[Key] = [()] * len(rows)
        names = next(filter(self._is_unique, self._keys.after((OWN_NUMBER,))), ())
        if names:
            keys = self._keys.of(names, rows)
            records = self._existing.find(names, rows, keys)
        for row, key in zip(rows, keys, strict=True):
            if key in records:
                self._sort_known(row, names, records[key], into)
            else:
                self._reader.refuse(row, OWN_NUMBER, _ANOTHER)

    def _is_unique(self, names: Names) -> bool:
        identity = self._keys.identity(names)
        return identity is not None and identity.unique

    def _are_all_new(self, keys: list[Key], blank: Key) -> bool:
        """Whether rows without records can all be added: different keys, nothing lacking."""
        if self._lacking or self._sealed.names:
            return False
        different = set(keys)
        return len(different) == len(keys) and blank not in different

    def _is_another(self, row: Row, record: Existing) -> bool:
        """Whether the record of a row's number is another one: two offices count from 1."""
        present = dict(zip(self._given, record.values, strict=True))
        for name in self._telling:
            value = row.values[name]
            if value is not None and name not in row.blank and value != present[name]:
                return True
        return False

    def _sort_known(
        self,
        row: Row,
        names: Names,
        record: Existing,
        into: SortedRows,
    ) -> None:
        """Sort a row of an existing record, which may be one that an earlier row added."""
        if self._is_first_mention(record):
            row.id = record.id
            self._named.add(row.id)
            into.known.append((row, record))
        else:
            first = self._repeated.earlier(record, into.known)
            self._sort_further(row, names, first, into)

    def _sort_further(
        self,
        row: Row,
        names: Names,
        first: Row,
        into: SortedRows,
    ) -> None:
        """Sort a row of a record that an earlier row adds or names."""
        if self._importer.further(row, first):
            into.more.append((row, first))
        else:
            into.repeats.append((row, names, first))

    def _is_first_mention(self, record: Existing) -> bool:
        """Whether no row of the file so far adds or names a record."""
        return not self._new.is_new(record.id) and record.id not in self._named

    def _without_twins(
        self,
        names: Names,
        rows: list[Row],
        keys: list[Key],
        existing: Mapping[Key, Existing],
    ) -> tuple[list[Row], list[Key]]:
        """Refuse rows of a file of bad rows that equal an existing record: it may be another one.

        Returns the others.
        """
        good_rows = []
        good_keys = []
        for row, key in zip(rows, keys, strict=True):
            if key in existing:
                self._reader.refuse(row, names[0], Reason(MAYBE_ANOTHER, code="taken"))
            else:
                good_rows.append(row)
                good_keys.append(key)
        return good_rows, good_keys

    def _may_be_new(self, row: Row) -> bool:
        """Whether a row has the values that a new record needs; the ones it lacks are noted."""
        masked = self._sealed.missing(row)
        if masked:
            self._reader.refuse(row, masked[0], self._why_masked(masked))
        elif self._lacking:
            why = "is needed to add it, and no column fills it"
            self._reader.refuse(row, self._lacking[0], Reason(why, code="needed"))
        return not row.bad

    def _why_masked(self, names: list[str]) -> Reason:
        """Return that a row lacks values of sealed fields, and how its record comes in without."""
        why = "is masked in the file; a new record needs the value itself"
        if not any(self._context.meta.by_name[name].must_be_given for name in names):
            ignored = " ".join(f"--ignore '{self._reader.column(name)}'" for name in names)
            why += f", or leave it out: {ignored}"
        return Reason(why, code="needed")


def _telling(context: ImportContext) -> list[str]:
    """Return the fields of the file in which a record with the same number is the same record.

    They name its owner; of a ledger's entry, which never changes, they are all fields.
    """
    if context.meta.append_only:
        # What actions set may be blank here: a record that the entry is about has not come in.
        return [name for name in context.given if not context.meta.by_name[name].managed]
    owner = owner_of(context.meta)
    return [name for name in context.given if name in owner]
