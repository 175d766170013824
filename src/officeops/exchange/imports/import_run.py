"""ImportRun: one import, piece by piece, so that a long file takes little memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from officeops.exchange.columns.questions import ask
from officeops.exchange.columns.totals import LeftOut
from officeops.exchange.formats.table import pieces
from officeops.exchange.importer import MAYBE_ANOTHER
from officeops.exchange.imports.context import ImportContext, import_fields
from officeops.exchange.imports.existing_records import ExistingRecords
from officeops.exchange.imports.known_rows import KnownRows
from officeops.exchange.imports.new_rows import NewRows
from officeops.exchange.imports.repeated_rows import RepeatedRows
from officeops.model.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from officeops.exchange.formats.table import Table
    from officeops.exchange.importer import Row
    from officeops.exchange.imports.existing_records import Existing
    from officeops.exchange.imports.outcome import Options
    from officeops.exchange.imports.row_keys import Key, Names
    from officeops.model.records import Record
    from officeops.office.office import Office

__all__ = ["ImportRun", "import_fields"]

T = TypeVar("T")


class ImportRun:
    """One import under way. Raises what `ImportContext` raises."""

    def __init__(
        self, office: Office, record: type[Record], table: Table, options: Options, source: str
    ) -> None:
        self._context = context = ImportContext(office, record, table, options, source)
        self._office = office
        self._table = table
        self._options = options
        self._importer = context.importer
        self._keys = context.keys
        self.outcome = context.outcome
        self._existing = ExistingRecords(context)
        #: Records that were there before the import and that a row of the file named.
        self._met: set[int] = set()

    @property
    def wrote(self) -> bool:
        """Whether any row was written."""
        return bool(self.outcome.added or self.outcome.updated or self.outcome.brought)

    # -- through the file -------------------------------------------------------------------------

    def all_rows(self) -> None:
        """Import every row of the file, piece by piece. Runs inside the import's one action."""
        context = self._context
        outcome = self.outcome
        self._new = NewRows(context, self._office.last_id(context.record) + 1)
        self._known = KnownRows(context, self._new)
        self._repeated = RepeatedRows(context, self._known)
        self._office.store.defer()
        self._ask()
        left_out = self._totals()
        seen = 0
        for piece, is_last in _with_last(pieces(self._table)):
            records = left_out.records(piece, is_last=is_last) if left_out else piece
            self._take(context.reader.read(records))
            seen += len(piece)
            if self._options.progress:
                self._options.progress(seen)
        outcome.notes += context.reader.ways.notes
        outcome.left_out += left_out.sentences() if left_out else []
        outcome.bad.sort(key=lambda bad: bad.line)
        outcome.differing.sort(key=lambda different: different.line)
        self._finish()
        outcome.left += self._importer.left
        outcome.notes += context.compared.sentences()
        blank = context.blank_matches()
        if blank:
            outcome.notes.append(f"Blank in every row, so nothing was cleared: {', '.join(blank)}.")
        self._office.write_deferred()

    def _totals(self) -> LeftOut | None:
        """Return what takes rows of totals out of the file; None where the person keeps them."""
        if self._options.keep_totals:
            return None
        columns = self.outcome.match.columns
        places = {field.name: place for place, field in columns.items()}
        # A total has nothing in the column that tells records apart, or its label.
        keys = [places[name] for name in self._keys.best if name in places]
        return LeftOut(self._table, columns, keys[0] if keys else None)

    def _ask(self) -> None:
        """Raise Refused for columns that only a person can say the meaning of."""
        match = self.outcome.match
        columns = self._table.columns
        ask(self._table, self._context.fields, match, self._importer.asks)
        taken = {columns[place]: field.public_name for place, field in match.columns.items()}
        by_itself = {
            column: name for column, name in taken.items() if column not in self._options.told
        }
        for column, why in self._importer.doubts(by_itself):
            advice = f'Say --map "{column}={taken[column]}" if it is that, or --ignore "{column}"'
            raise Refused(f'"{column}" {why}. {advice}. Nothing was imported')

    def _finish(self) -> None:
        try:
            self.outcome.notes += self._importer.finish()
        except Refused:
            # Where bad rows refuse the file already, they are named first.
            if not self.outcome.bad or self._options.skip_bad:
                raise

    # -- a piece of rows --------------------------------------------------------------------------

    def _take(self, piece: list[Row]) -> None:
        """Write a piece: add new rows, and compare or update those of existing records."""
        sorted_rows = _SortedRows()
        by_names = self._keys.by_names(piece)
        self._new.sole_key = next(iter(by_names)) if len(by_names) == 1 else ()
        for names, rows in by_names.items():
            self._sort(names, rows, sorted_rows)
        if len(by_names) > 1:
            sorted_rows.new.sort(key=lambda row: row.line)
            sorted_rows.known.sort(key=lambda known: known[0].line)
        added = self._new.add(sorted_rows.new)
        self._known.compare_rest(added, but=self._importer.later)
        self._known.compare(sorted_rows.known)
        self._repeated.bring(sorted_rows.more)
        for row, names, first in sorted_rows.repeats:
            self._repeated.take(row, names, first)

    def _sort(self, names: Names, rows: list[Row], into: _SortedRows) -> None:
        """Sort rows with the same key fields into new, known and further ones."""
        keys = self._keys.of(names, rows)
        existing = self._existing.find(names, rows, keys)
        rows, keys = self._without_twins(names, rows, keys, existing)
        blank = (None,) * len(names)
        if not existing and self._are_all_new(rows, keys, blank):
            into.new += rows
            return
        fresh: dict[Key, Row] = {}
        for row, key in zip(rows, keys, strict=True):
            if key == blank:
                why = "is blank, but it is what tells whether the row is there already"
                self._context.reader.refuse(row, names[0], why)
                continue
            record = existing.get(key)
            first = fresh.get(key)
            if record is None and first is None:
                if self._may_be_new(row):
                    fresh[key] = row
            elif record is not None and self._is_first_mention(record):
                row.id = record.id
                self._met.add(row.id)
                into.known.append((row, record))
            else:
                first = first or self._repeated.earlier(existing[key], into.known)
                if self._importer.further(row, first):
                    into.more.append((row, first))
                else:
                    into.repeats.append((row, names, first))
        into.new += fresh.values()

    def _are_all_new(self, rows: list[Row], keys: list[Key], blank: Key) -> bool:
        """Whether rows without records can all be added: different keys, nothing lacking."""
        different = set(keys)
        may_lack = self._context.lacking or self._context.sealed.names
        return len(different) == len(rows) and blank not in different and not may_lack

    def _is_first_mention(self, record: Existing) -> bool:
        """Whether no row of the file so far adds or names a record."""
        return not self._new.is_new(record.id) and record.id not in self._met

    def _without_twins(
        self, names: Names, rows: list[Row], keys: list[Key], existing: Mapping[Key, Existing]
    ) -> tuple[list[Row], list[Key]]:
        """Refuse rows of a file of bad rows that equal an existing record: it may be another one.

        Returns the others.
        """
        if not self._importer.of_bad_rows or not self._keys.is_counted(names):
            return rows, keys
        for row, key in zip(rows, keys, strict=True):
            if key in existing:
                self._context.reader.refuse(row, names[0], MAYBE_ANOTHER)
        good = [(row, key) for row, key in zip(rows, keys, strict=True) if not row.bad]
        return [row for row, _ in good], [key for _, key in good]

    def _may_be_new(self, row: Row) -> bool:
        """Whether a row has the values that a new record needs; the ones it lacks are noted."""
        reader = self._context.reader
        sealed = self._context.sealed
        lacking = self._context.lacking
        masked = sealed.missing(row) if sealed.names else ""
        if masked:
            why = "is masked in the file; a new record needs the value itself"
            reader.refuse(row, masked, why)
        elif lacking:
            reader.refuse(row, lacking[0], "is needed to add it, and no column fills it")
        return not row.bad


class _SortedRows:
    """The rows of a piece by what the import does with them."""

    def __init__(self) -> None:
        self.new: list[Row] = []
        self.known: list[tuple[Row, Existing]] = []
        #: Rows that bring more of the record of an earlier row.
        self.more: list[tuple[Row, Row]] = []
        #: Rows that say the same as an earlier row, or contradict it, with the fields that both
        #: go by.
        self.repeats: list[tuple[Row, Names, Row]] = []


def _with_last(runs: Iterable[T]) -> Iterator[tuple[T, bool]]:
    """Yield each item, and whether it is the last."""
    runs = iter(runs)
    before = next(runs, None)
    if before is None:
        return
    for following in runs:
        yield before, False
        before = following
    yield before, True
