"""ImportRun: one import, piece by piece, so that a long file takes little memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from officeops.exchange.columns.questions import ask
from officeops.exchange.columns.totals import RecordRows
from officeops.exchange.formats.table import pieces
from officeops.exchange.imports.context import ImportContext, import_fields
from officeops.exchange.imports.known_rows import KnownRows
from officeops.exchange.imports.new_rows import NewRows
from officeops.exchange.imports.repeated_rows import RepeatedRows
from officeops.exchange.imports.sorted_rows import RowSorter, SortedRows
from officeops.exchange.imports.waiting_rows import WaitingRows
from officeops.model.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.exchange.formats.table import Table
    from officeops.exchange.importer import Row
    from officeops.exchange.imports.outcome import Options
    from officeops.model.records import Record
    from officeops.office.office import Office

__all__ = ["ImportRun", "import_fields"]

T = TypeVar("T")


class ImportRun:
    """One import under way. Raises what `ImportContext` raises."""

    def __init__(
        self,
        office: Office,
        record: type[Record],
        table: Table,
        options: Options,
        source: str,
    ) -> None:
        context = ImportContext(office, record, table, options, source)
        self._context = context
        self._office = office
        self._table = table
        self._options = options
        self._importer = context.importer
        self._keys = context.keys
        self.outcome = context.outcome

    @property
    def wrote(self) -> bool:
        """Whether any row was written."""
        return bool(self.outcome.added or self.outcome.updated or self.outcome.brought)

    # -- through the file -------------------------------------------------------------------------

    def all_rows(self) -> None:
        """Import every row of the file, piece by piece. Runs inside the import's one action."""
        context = self._context
        first_id = self._office.last_id(context.record) + 1
        self._new = NewRows(context, first_id)
        self._known = KnownRows(context, self._new)
        self._repeated = RepeatedRows(context, self._known)
        self._sorter = RowSorter(context, self._new, self._repeated)
        if not context.has_numbers:
            # Delayed entries need new records in the order of their numbers, which a file of
            # numbered ones may not have.
            self._office.store.defer()
        self._ask()
        left_out = self._totals()
        self._read_through(left_out)
        self._conclude(left_out)
        self._office.write_deferred()
        if context.record.schedule is not None:
            from officeops.core.planned_tasks import imported

            # Last, as tasks are about records that the file may bring as well.
            imported(self._office, context.record, first_id, self._known.plans)

    def _read_through(self, left_out: RecordRows | None) -> None:
        seen = 0
        reader = self._context.reader
        waiting = WaitingRows(self._context)
        for piece, is_last in _with_last(pieces(self._table)):
            records = left_out.records(piece, is_last=is_last) if left_out else piece
            self._take(reader.read(waiting.ready(records)))
            seen += len(piece)
            if self._options.progress:
                self._options.progress(seen)
        if waiting.rows:
            # The names of new records are found once their entries are written.
            self._office.write_deferred()
        for late in waiting.later():
            self._take(reader.read(late))

    def _conclude(self, left_out: RecordRows | None) -> None:
        """Let the importer finish, and say what the file as a whole showed."""
        context = self._context
        outcome = self.outcome
        outcome.notes += context.reader.ways.notes
        if left_out:
            outcome.left_out += left_out.sentences()
        outcome.bad.sort(key=lambda bad: bad.line)
        outcome.differing.sort(key=lambda different: different.line)
        self._finish()
        outcome.left += self._importer.left
        outcome.notes += context.compared.sentences()
        blank = context.blank_matches()
        if blank:
            columns = ", ".join(blank)
            outcome.notes.append(f"Blank in every row, so nothing was cleared: {columns}.")

    def _totals(self) -> RecordRows | None:
        """Return what takes rows of totals out of the file; None where the person keeps them."""
        if self._options.keep_totals:
            return None
        columns = self.outcome.match.columns
        places = {field.name: place for place, field in columns.items()}
        # A total has nothing in the column that tells records apart, or its label.
        for name in self._keys.best:
            if name in places:
                return RecordRows(self._table, columns, places[name])
        return RecordRows(self._table, columns, None)

    def _ask(self) -> None:
        """Raise Refused for columns that only a person can say the meaning of."""
        match = self.outcome.match
        columns = self._table.columns
        ask(self._table, self._context.fields, match, self._importer.asks)
        filled = {columns[place]: field.public_name for place, field in match.columns.items()}
        unasked = dict(filled)
        for column in self._options.told:
            unasked.pop(column, None)
        for column, why in self._importer.doubts(unasked):
            advice = f'Say --map "{column}={filled[column]}" if it is that, or --ignore "{column}"'
            raise Refused(
                f'"{column}" {why}. {advice}. Nothing was imported', code="unclear-column"
            )

    def _finish(self) -> None:
        is_refused = bool(self.outcome.bad) and not self._options.skip_bad
        try:
            sentences = list(self._importer.finish())
        except Refused:
            # Where bad rows refuse the file already, they are named first.
            if not is_refused:
                raise
            return
        # They say what was written, and of a refused file nothing is.
        if not is_refused:
            self.outcome.notes += sentences

    # -- a piece of rows --------------------------------------------------------------------------

    def _take(self, piece: list[Row]) -> None:
        """Write a piece: add new rows, and compare or update those of existing records."""
        sorted_rows = SortedRows()
        by_names = self._keys.by_names(piece)
        self._new.sole_key = next(iter(by_names)) if len(by_names) == 1 else ()
        for names, rows in by_names.items():
            self._sorter.sort(names, rows, sorted_rows)
        if len(by_names) > 1:
            sorted_rows.order_by_line()
        added = self._new.add(sorted_rows.new)
        self._known.compare_rest(added, but=self._context.later)
        self._known.compare(sorted_rows.known)
        self._repeated.bring(sorted_rows.more)
        for row, names, first in sorted_rows.repeats:
            self._repeated.take(row, names, first)


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
