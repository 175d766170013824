"""ImportContext: the parts that all steps of one import share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from officeops.exchange.columns.matching import listed, match_columns
from officeops.exchange.formats.table import blank_columns
from officeops.exchange.importer import Importer
from officeops.exchange.imports.compared import Compared
from officeops.exchange.imports.outcome import PROBLEM, Outcome
from officeops.exchange.imports.problems import Problems
from officeops.exchange.imports.row_keys import RowKeys
from officeops.exchange.imports.rows import RowReader
from officeops.exchange.imports.sealed_rows import SealedRows
from officeops.model.about import ABOUT, KEY, NUMBER
from officeops.model.declarations import named
from officeops.model.errors import UsageProblem
from officeops.model.text_folding import folded
from officeops.plugins.blame import Accountable, Blame
from officeops.query.columns import is_exported
from officeops.query.own_number import OWN_NUMBER, goes_by_number, number_field

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.exchange.formats.table import Table
    from officeops.exchange.imports.child_columns import ChildField
    from officeops.exchange.imports.child_rows import ChildRows
    from officeops.exchange.imports.outcome import Options
    from officeops.model.fields import Field
    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.office.office import Office


class ImportContext:
    """One import as all its steps know it.

    Raises Forbidden where the acting person may not see or fill a field of the file, and
    UsageProblem where the columns of the file do not fit the record or the options do not fit the
    columns.
    """

    def __init__(
        self,
        office: Office,
        record: type[Record],
        table: Table,
        options: Options,
        source: str,
    ) -> None:
        self.office = office
        self.record = record
        self.meta = record.meta
        self.table = table
        self.options = options
        # The differences and the new rows of a file show which records exist.
        office.allow_view(record)
        self.importer = _accountable_importer(office, record, table, source)
        #: Managed fields that an export of an office sets in new records.
        self.restored: tuple[str, ...] = ()
        if is_export(record, table):
            self.restored = (*self.importer.may_set, *self.importer.restores)
        self.fields = self._fields()
        self.outcome = Outcome()
        self.outcome.whole_file = self.importer.whole_file
        self._match_columns()
        self._begin()
        self.outcome.notes = list(table.notes)
        self.outcome.left = list(table.left)
        own = [field for field in self.match.fields if field in self.meta.fields]
        #: The fields of the record that a column of the file fills.
        self.given = [field.name for field in own]
        #: Whether the file has columns that only the importer knows.
        extra = self.importer.extra
        self.has_extra = any(field in extra for field in self.match.fields)
        #: Computed fields of a new record that follow from records imported after it.
        self.later = frozenset(self.importer.later)
        if is_export(record, table):
            self.later = self.later.union(self.importer.follow)
        #: Whether the file has a column of the records' own numbers.
        self.has_numbers = any(field.name == OWN_NUMBER for field in self.match.fields)
        self._allow_guarded()
        self._make_steps()
        self.sealed.allow_edit()
        #: Required fields that no column fills: such a file can change records, but not add any.
        self.lacking = self._unfilled()
        self._require_columns()
        self._blank: set[str] | None = None

    def _fields(self) -> list[Field]:
        """Return the fields that this file may fill.

        In an export of an office, values that follow from other records are compared alone: those
        records have exports of their own. A person may still match such a column by name.
        """
        fields = import_fields(self.record)
        if not is_export(self.record, self.table):
            return fields
        told = {meaning.partition(":")[0] for meaning in self.options.told.values()}
        follow = set(self.importer.follow) - told
        own = [field for field in fields if field.public_name not in follow]
        may_set = self.importer.may_set
        restored = [self.meta.by_name[name] for name in self.restored if name not in may_set]
        return [*restored, *own]

    def _match_columns(self) -> None:
        """Match the file's columns with fields to fill, and others with fields to compare."""
        table = self.table
        options = self.options
        blank = blank_columns(table)
        self.child_fields: list[ChildField] = []
        if self.record.children:
            from officeops.exchange.imports.child_columns import child_fields

            self.child_fields = child_fields(self.record, table.columns, options.told)
        fields = [*self.fields, *self.child_fields]
        told = {**self._ignored(), **options.told}
        self._refuse_managed(fields)
        self.match = match_columns(table.columns, fields, told, blank)
        self.outcome.match = self.match
        self.compared = Compared(self.office, self.record, table, self.match, self.fields, options)
        # After `Compared`, which takes its columns out of the unused ones.
        self.outcome.note_unused(table.columns, blank, self.compared.columns)

    def _refuse_managed(self, fields: list[Field | ChildField]) -> None:
        """Raise UsageProblem for a field that a person names and that actions alone set."""
        names = {field.public_name for field in fields}
        managed = [field.public_name for field in self.meta.fields if field.managed]
        for meaning in self.options.told.values():
            name = meaning.partition(":")[0].strip().replace("-", "_")
            if name in managed and name not in names:
                raise UsageProblem(
                    f"--map: {name} is set by actions alone, so no column fills it; take it out of "
                    f"--map. A column called {name} is compared with the records.",
                    code="unknown-field",
                )

    def _ignored(self) -> dict[str, str]:
        """Return the columns that the importer knows to bring nothing."""
        words = {column: folded(re.sub("[-_]", " ", column)) for column in self.table.columns}
        return {column: "" for column, head in words.items() if head in self.importer.ignores}

    def _begin(self) -> None:
        """Have the importer take in which fields the file fills."""
        names = frozenset(field.public_name for field in self.match.fields)
        self.importer.begin(names, update=self.options.update)

    def _make_steps(self) -> None:
        """Make what reads rows, notes bad ones and tells rows apart."""
        table = self.table
        match = self.match
        self.sealed = SealedRows(self.office, self.meta, table.columns, match)
        self.children = self._child_rows()
        self.problems = Problems(self.outcome, table, self.sealed)
        note = self.problems.note
        self.reader = RowReader(
            self.office,
            self.record,
            table,
            match,
            self.options,
            self.importer,
            note,
            self.children,
        )
        self.keys = RowKeys(
            self.meta,
            self.importer,
            self.given,
            self.options.key,
            has_numbers=self.has_numbers,
        )

    def _child_rows(self) -> ChildRows | None:
        """Return what reads and writes the children of the rows; None where no column is of any."""
        matched = set(self.match.fields)
        fields = [field for field in self.child_fields if field in matched]
        if not fields:
            return None
        from officeops.exchange.imports.child_rows import ChildRows

        return ChildRows(self.office, self.record, fields)

    def _allow_guarded(self) -> None:
        """Require the rights to write the file's guarded fields and to see differences."""
        for name in self.given:
            permission = self.meta.guarded.get(name)
            if permission is not None:
                self.office.allow(f"{permission}.edit")
                self.office.allow(f"{permission}.view")

    def _unfilled(self) -> list[str]:
        """Return the required fields that neither a column nor the importer fills."""
        filled = {*self.given, *self.importer.fills}
        required = [field for field in self.meta.fields if field.must_be_given]
        lacking = [field.public_name for field in required if field.name not in filled]
        # One column names both.
        return [ABOUT] if lacking == [KEY, NUMBER] else lacking

    def _require_columns(self) -> None:
        columns = self.table.columns
        if not columns:
            return
        plural = self.meta.many
        advice = f"It has {listed(columns)}; say which is which with --map."
        if not self.given:
            raise UsageProblem(
                f"No column of the file fits a field of {plural}. {advice}", code="unclear-column"
            )
        if self.lacking and not self.options.update:
            lacking = " and ".join(self.lacking)
            raise UsageProblem(
                f"No column of the file fills {lacking}, which {plural} need. {advice}",
                code="needed",
            )

    def is_blank(self, column: str) -> bool:
        """Whether a column of the file has nothing in any row.

        The first call reads the file through.
        """
        if self._blank is None:
            places = blank_columns(self.table)
            self._blank = {self.table.columns[place] for place in places}
        return column in self._blank

    def blank_matches(self) -> list[str]:
        """Return the matched columns without values; none where no step had to know."""
        if not self._blank:
            return []
        matched = [self.table.columns[place] for place in self.match.columns]
        return [column for column in matched if column in self._blank]


def _importer(record: type[Record]) -> type[Importer]:
    if not record.importer:
        return Importer
    importer: type[Importer] = named(record.importer)
    return importer


def _accountable_importer(
    office: Office,
    record: type[Record],
    table: Table,
    source: str,
) -> Importer:
    """Return the record's importer; an error in its code is reported as its plugin's."""
    if not record.importer:
        importer = Importer(office, source)
        importer.kind = record
        return importer
    place = f"the import of {record.meta.key}"
    with Blame(record.meta.plugin, place):
        importer = _importer(record)(office, source)
        importer.kind = record
        importer.of_bad_rows = table.own_columns[-1:] == [PROBLEM]
    return cast("Importer", Accountable(importer, record.meta.plugin, place, Importer))


def import_fields(record: type[Record]) -> list[Field]:
    """Return the fields a file may fill: the record's own and those only its importer has."""
    importer = _importer(record)
    extra = {field.public_name for field in importer.extra}
    fields = []
    for field in _with_subject(record.meta):
        is_set_elsewhere = field.managed and field.name not in importer.may_set
        if field.public_name not in extra and not is_set_elsewhere:
            fields.append(field)
    numbers = [number_field(record.meta)] if goes_by_number(record.meta) else []
    return [*fields, *importer.extra, *numbers]


def is_export(record: type[Record], table: Table) -> bool:
    """Whether a file has every computed and managed column that an export of the record writes."""
    meta = record.meta
    names = set()
    for field in (*meta.fields, *meta.computed):
        is_stored = field in meta.fields and not field.managed
        if not is_stored and is_exported(field) and field.name not in meta.guarded:
            names.add(field.public_name)
    return bool(names) and names.issubset(table.columns)


def _with_subject(meta: Meta) -> Iterator[Field]:
    """Yield a record's fields; the one of the record that it is about comes before its two columns."""
    for field in meta.fields:
        if field.name == KEY and meta.about and meta.subject:
            yield meta.subject
        yield field
