"""RowRules: checks a piece's rows as wholes, with the importer's rules and the record's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.exchange.importer import column_of
from officeops.model.about import KEY, NUMBER
from officeops.model.errors import Reason
from officeops.model.records import Record
from officeops.office.date_orders import disorder
from officeops.office.validation import whose_in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops.exchange.importer import Importer, Row
    from officeops.exchange.imports.row_refusals import RowRefusals
    from officeops.model.errors import Problem
    from officeops.model.office import Office

#: The most different answers of a record's rules that are remembered from piece to piece.
_MOST_REMEMBERED = 2000
_NEEDED = Reason("is needed", code="needed")


class RowRules:
    """The rules of one import's rows.

    `given` names the record's fields with a column in the file, and `defaults` has a value, or
    None, for every field of the record.
    """

    def __init__(
        self,
        office: Office,
        record: type[Record],
        importer: Importer,
        given: Iterable[str],
        defaults: Mapping[str, Any],
        refusals: RowRefusals,
    ) -> None:
        self._office = office
        self._record = record
        self._importer = importer
        self._defaults = defaults
        self._refusals = refusals
        self._has_own_rules = record.check is not Record.check or bool(record.date_orders)
        #: Required fields that the file fills, and those that the importer fills from it.
        self._needed: list[str] = []
        self._needed_later: list[str] = []
        columns = set(given)
        for field in record.meta.fields:
            # A key without its number is refused with the rules of whose a row is.
            if not field.must_be_given or (field.name == NUMBER and KEY in columns):
                continue
            if field.name in importer.fills:
                self._needed_later.append(field.name)
            elif field.name in columns:
                self._needed.append(field.name)
        # A file without any of these columns changes no row's owner; a new row of it is looked at,
        # as every row that was written is, at the end.
        self._says_whose = not columns.isdisjoint(record.meta.whose)
        #: What the record's rules say of rows with these values in `check_reads`.
        self._checked: dict[tuple[Any, ...], list[Problem]] = {}

    def good(self, rows: list[Row]) -> list[Row]:
        """Return the rows with references, needed fields and owners in order; the others are noted."""
        self._refuse_all(self._importer.look_up(rows))
        # A row with an unknown reference is checked for blanks too, so that its faults are named
        # together. The rules that follow would blame it for what follows from the first fault.
        self._refuse_blank(rows, self._needed)
        rows = _still_good(rows)
        self._refuse_all(self._importer.check(rows))
        rows = _still_good(rows)
        self._refuse_blank(rows, self._needed_later)
        if self._says_whose:
            self._check_whose(_still_good(rows))
        return _still_good(rows)

    def good_new(self, rows: list[Row]) -> list[Row]:
        """Return the rows of new records that meet the record's own rules; the others are noted.

        A row of a known record is not asked here: such a rule may compare the record with others,
        and would find the record itself.
        """
        if not self._has_own_rules:
            return rows
        self._check_own_rules(rows)
        return _still_good(rows)

    def _refuse_all(self, faults: Iterable[tuple[Row, str, str]]) -> None:
        for row, name, why in faults:
            self._refusals.refuse(row, name, why)

    def _refuse_blank(self, rows: list[Row], names: Iterable[str]) -> None:
        for name in names:
            values = column_of(rows, name)
            if None not in values:
                continue
            for row, value in zip(rows, values, strict=True):
                if value is None and name not in row.blank:
                    self._refusals.refuse(row, name, _NEEDED)

    def _check_whose(self, rows: list[Row]) -> None:
        """Ask once of all rows that are alike in it whether the person reaches whose they are."""
        record = self._record.from_values(self._defaults)
        names = self._record.meta.whose
        known: dict[tuple[Any, ...], list[Problem]] = {}
        for row in rows:
            values = tuple(row.values.get(name) for name in names)
            if values not in known:
                record.take_values({**self._defaults, **dict(zip(names, values, strict=True))})
                known[values] = list(whose_in_order(self._office, record))
            self._refuse_row(row, known[values])

    # -- the record's own rules -------------------------------------------------------------------

    def _check_own_rules(self, rows: list[Row]) -> None:
        """Ask the record's own rules.

        One record takes each row's values in turn: half the time of a record for each.
        """
        record = self._record.from_values(self._defaults)
        if self._record.check_reads:
            self._check_alike(rows, record)
            return
        for row in rows:
            record.take_values(row.values)
            problems = list(disorder(self._office, record)) if record.date_orders else []
            problems += self._office.told(lambda: [*record.check(self._office)])
            self._refuse_row(row, problems)

    def _check_alike(self, rows: list[Row], record: Record) -> None:
        """Ask the rules once of all rows that are alike in the fields that `check` reads."""
        columns = [column_of(rows, name) for name in self._record.check_reads]
        by_row = list(zip(*columns, strict=True))
        different = set(by_row)
        self._check_different(different, record)
        checked = self._checked
        if not any(checked[values] for values in different):
            return
        for row, values in zip(rows, by_row, strict=True):
            self._refuse_row(row, checked[values])

    def _check_different(self, different: set[tuple[Any, ...]], record: Record) -> None:
        """Remember what the rules say of values that were not asked about before."""
        names = self._record.check_reads
        if len(self._checked) > _MOST_REMEMBERED:
            self._checked.clear()
        for values in different.difference(self._checked):
            read = dict(zip(names, values, strict=True))
            record.take_values({**self._defaults, **read})
            problems = self._office.told(lambda: [*record.check(self._office)])
            self._checked[values] = list(problems)

    def _refuse_row(self, row: Row, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self._refusals.refuse(row, problem.field, problem.reason())


def _still_good(rows: list[Row]) -> list[Row]:
    return [row for row in rows if not row.bad]
