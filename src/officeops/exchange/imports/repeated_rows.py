"""RepeatedRows: the rows of a file that name a record which an earlier row of it adds or names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.exchange.importer import Row
from officeops.model.errors import Reason
from officeops.model.text_folding import same_value

if TYPE_CHECKING:
    from officeops.exchange.imports.context import ImportContext
    from officeops.exchange.imports.existing_records import Existing, KnownRow
    from officeops.exchange.imports.known_rows import KnownRows
    from officeops.exchange.imports.row_keys import Names

_EARLIER_REFUSED = Reason(
    "is in an earlier row, and that row is refused", code="earlier-row-refused"
)


class RepeatedRows:
    """Takes the further rows of a record: some bring more of it, others repeat the first."""

    def __init__(self, context: ImportContext, known: KnownRows) -> None:
        self._context = context
        self._reader = context.reader
        self._outcome = context.outcome
        self._known = known

    def earlier(self, record: Existing, known: list[KnownRow]) -> Row:
        """Return the earlier row of a record, from this piece or as an earlier piece stored it."""
        for row, _ in known:
            if row.id == record.id:
                return row
        values = dict(zip(self._context.given, record.values, strict=True))
        # Line 0: its cells and its extra values are gone.
        first = Row(0, (), values, {})
        first.id = record.id
        return first

    def bring(self, more: list[tuple[Row, Row]]) -> None:
        """Hand the importer the rows that bring more of earlier rows' records: (row, earlier row).

        A further row of a record that was refused is refused too.
        """
        key = self._context.keys.best[0]
        rows = []
        for row, first in more:
            if first.id and not first.bad:
                row.id = first.id
                rows.append(row)
            else:
                self._reader.refuse(row, key, _EARLIER_REFUSED)
        self._outcome.brought += len(rows)
        if rows:
            faults = self._context.importer.brought(rows)
            for row, name, why in faults:
                self._reader.refuse(row, name, why)
        # The importer may have refused some of them just now.
        good = [row for row in rows if not row.bad]
        for row in good:
            self._known.bring_children(row)
        self._known.compare_rest(good)

    def take(
        self,
        row: Row,
        names: Names,
        first: Row,
    ) -> None:
        """Pass over a row that repeats an earlier one; refuse a row that contradicts it.

        A repeat of a refused row is refused with it, so that neither is missing among the bad rows.
        """
        if first.bad:
            self._reader.refuse(row, names[0], _EARLIER_REFUSED)
        elif self._repeats(row, first):
            row.id = first.id
            differs = self._known.compare_rest([row])
            if not differs and not self._known.bring_children(row):
                self._outcome.unchanged += 1
        else:
            self._refuse_contradiction(row, names, first)

    def _refuse_contradiction(
        self,
        row: Row,
        names: Names,
        first: Row,
    ) -> None:
        """Note a row with an earlier row's key and other values. The earlier one stays good."""
        columns = [self._reader.column(name) for name in names]
        # In a key of several columns no single cell is the wrong one.
        value = self._reader.cell(row, names[0]) if len(names) == 1 else ""
        sentence = "is the same as in an earlier row, which says something else"
        why = Reason(f"{sentence}{self._way_apart(row, names, first)}", code="given-twice")
        self._context.problems.note(row.line, row.cells, " and ".join(columns), value, why)

    def _way_apart(
        self,
        row: Row,
        names: Names,
        first: Row,
    ) -> str:
        """Say by which other column two records differ; blank where the rows are one record.

        Rows that are the same in what the kind declares as unique are one record.
        """
        keys, meta = self._context.keys, self._context.meta
        identity = keys.identity(names)
        is_one = identity is not None and identity.unique
        if is_one or not all(name in meta.by_name for name in names):
            return ""
        apart = []
        for name in self._context.given:
            field = meta.by_name[name]
            differs = not same_value(first.values.get(name), row.values[name])
            if differs and name not in names and not field.sealed:
                apart.append(field)
        if not apart:
            return ""
        # A visit or a reading has its time, which tells it apart wherever a status repeats.
        best = next((field for field in apart if field.kind.by_clock), apart[0])
        columns = ",".join(meta.by_name[name].public_name for name in names)
        return f"; if they are two records, tell them apart with --key {columns},{best.public_name}"

    def _repeats(self, row: Row, first: Row) -> bool:
        """Whether a row says what an earlier row says, with texts compared as people compare them.

        The values of an importer's own columns in an earlier piece of the file are unknown,
        unless the importer kept them.
        """
        context = self._context
        if context.has_extra:
            extra = first.extra if first.line else context.importer.said(first.id)
            if row.extra != extra:
                return False
        values = first.values
        return all(same_value(values.get(name), row.values[name]) for name in context.given)
