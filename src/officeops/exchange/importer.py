"""Importer: the columns that only an import has, and what a record's rows bring with them.

A record names its importer (`importer = "module:Class"`); without one, an import fills its fields
and no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

from officeops.model.immutable import Value
from officeops.query.own_number import OWN_NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from officeops.model.fields import Field
    from officeops.model.office import Office
    from officeops.model.records import Record


class Row:
    """One row of a file on its way into the office: its line and its cells, and what they say.

    `values` are the record's values as SQLite stores them, `extra` those of the importer's own
    columns. `blank` names fields with a default whose cell is blank: such a cell says nothing
    about an existing record.
    """

    __slots__ = (
        "bad",
        "blank",
        "cells",
        "children",
        "defaults",
        "extra",
        "id",
        "line",
        "names",
        "number",
        "own",
        "values",
    )
    values: dict[str, Any]
    own: tuple[Any, ...]
    defaults: Mapping[str, Any]

    def __init__(
        self,
        line: int,
        cells: Sequence[Any],
        values: dict[str, Any],
        extra: dict[str, Any],
    ) -> None:
        self.line = line
        self.cells = cells
        self.values = values
        self.extra = extra
        self.id = 0
        #: The record's own number in the file; 0 where the file gives none.
        self.number = 0
        self.bad = False
        self.blank: tuple[str, ...] = ()
        #: The children that the row brings: their columns with the texts in them, and once those
        #: are read, the children themselves.
        self.children: tuple[Any, ...] = ()
        #: The fields of `own`; none once `values` is a dict, which counts from then on.
        self.names: tuple[str, ...] = ()

    @classmethod
    def as_read(
        cls,
        numbered: tuple[int, list[Any]],
        own: tuple[Any, ...],
        names: tuple[str, ...],
        defaults: Mapping[str, Any],
    ) -> Self:
        """Return a row whose `values` become a dict when they are first asked for.

        They are `own` in the fields `names`, and the defaults. Nearly all rows of a long list are
        new records of which nothing asks a dict. To make one for each would take a tenth of an
        import's time.
        """
        row = cls.__new__(cls)
        row.line, row.cells = numbered
        row.own = own
        row.names = names
        row.defaults = defaults
        row.extra = {}
        row.id = 0
        row.number = 0
        row.bad = False
        row.blank = ()
        row.children = ()
        return row

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - only `values` is found here
        # Python calls this for a slot that nothing has filled yet.
        if name != "values":
            raise AttributeError(name)
        self.values = {**self.defaults, **dict(zip(self.names, self.own, strict=True))}
        self.names = ()
        return self.values


def column_of(rows: Sequence[Row], name: str) -> Sequence[Any]:
    """Return one field's values in rows of one file. No row's `values` becomes a dict for it.

    The records' own numbers are one too; None for a row without one.
    """
    if name == OWN_NUMBER:
        return [row.number or None for row in rows]
    names = _names_of(rows)
    if name in names:
        place = names.index(name)
        return [row.own[place] if row.names else row.values[name] for row in rows]
    return [row.defaults[name] if row.names else row.values[name] for row in rows]


def columns_of(rows: Sequence[Row]) -> dict[str, Sequence[Any]]:
    """Return the values of every field in rows of one file, likewise."""
    if not all(row.names for row in rows):
        filled = zip(*[row.values.values() for row in rows], strict=True)
        return dict(zip(rows[0].values, filled, strict=True))
    columns: dict[str, Sequence[Any]] = {}
    for name, default in rows[0].defaults.items():
        columns[name] = [default] * len(rows)
    own = zip(*[row.own for row in rows], strict=True)
    columns.update(zip(_names_of(rows), own, strict=True))
    return columns


def _names_of(rows: Sequence[Row]) -> tuple[str, ...]:
    for row in rows:
        if row.names:
            return row.names
    return ()


class Asking(Value):
    """The unused columns that are asked about: those with one of these words.

    They are asked about while the first of `fields` has no column. `fields` are the public names
    of the fields that may take such a column.
    """

    words: frozenset[str]
    fields: tuple[str, ...]


#: Why a row of a file of bad rows is refused if the office has an equal one.
MAYBE_ANOTHER: Final = (
    "equals a row that is already in the office, and may be another one; "
    "fix the row in its original file and import all of that"
)


class Importer:
    """What a kind of record adds to its import. Methods run inside the import's one transaction."""

    #: Columns beside the record's own fields.
    extra: ClassVar[tuple[Field, ...]] = ()
    #: Sets of fields that tell whether a row is there already: the first the file fills counts;
    #: none leaves it to the declaration.
    keys: ClassVar[tuple[tuple[str, ...], ...]] = ()
    #: Those of `keys` by which equal rows of one file are different records: the first, the
    #: second and so on.
    counted: ClassVar[tuple[tuple[str, ...], ...]] = ()
    #: Whether equal rows differ by their number in the file alone, so that fixed rows
    #: come with the whole file.
    whole_file: ClassVar[bool] = False
    #: Fields that `check` fills in; `begin` may set it by the columns of the file.
    fills: tuple[str, ...] = ()
    #: Heads of columns that such files have and that bring nothing here, in lower case and with
    #: blanks: nobody has to leave them out.
    ignores: ClassVar[frozenset[str]] = frozenset()
    #: Columns that are asked about, beside the expiries, quantities and prices of every import,
    #: by what they look like.
    asks: ClassVar[Mapping[str, Asking]] = {}
    #: Computed fields that follow from records imported after this one: of a new record nothing
    #: is there to compare yet.
    later: ClassVar[tuple[str, ...]] = ()
    #: Managed fields that an import may set, because history elsewhere did.
    may_set: ClassVar[tuple[str, ...]] = ()
    #: Values that the export of an office computes from records imported after this one, such as
    #: the stock on hand from the moves. Those of them in `extra` bring nothing from an export.
    follow: ClassVar[tuple[str, ...]] = ()
    #: More managed fields, which the export of an office may set: in new records alone.
    restores: ClassVar[tuple[str, ...]] = ()

    #: The kind of record that the file has.
    kind: type[Record]

    def __init__(self, office: Office, source: str) -> None:
        self.office = office
        #: `name:digest` of the file, for what must not be imported twice.
        self.source = source
        #: Whether the file has the bad rows of another one alone.
        self.of_bad_rows = False
        #: Whether records that are there are to be changed.
        self.update = False
        #: The public names of the fields that the file has a column for.
        self.given: frozenset[str] = frozenset()
        #: Sentences on what the file says and the import did not take over; with any, the command
        #: ends with 5.
        self.left: list[str] = []

    def begin(self, given: frozenset[str], *, update: bool) -> None:
        """Take in the fields that the file has a column for, and whether records are to change."""
        self.given = given
        self.update = update

    def pass_over(self, row: Row) -> None:
        """Leave a row out that is of another kind of thing, in `check`. It is no bad row."""
        row.bad = True

    def missing(self, name: str, text: str) -> int | None:  # noqa: ARG002 - as below
        """Add the record that a reference of the file names, and return its id.

        `name` is the field of the reference. None, where no import adds such records, refuses the
        row with the command that adds one. A number below 0 stands for a word that `check` settles.
        """
        return None

    def doubts(
        self,
        columns: Mapping[str, str],  # noqa: ARG002 - for importers to override
    ) -> Iterable[tuple[str, str]]:
        """Yield (column, why) for columns whose head may mean another field; they are asked about.

        `columns` are fields by the columns that fill them, without those that a person matched.
        """
        return ()

    def look_up(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:  # noqa: ARG002 - as below
        """Yield (row, field, why) for extra columns that name a record the office does not have.

        Rows that are bad already are here too, so that all of a row's unknown references appear
        at once; an extra value of theirs that could not be read is missing.
        """
        return ()

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:  # noqa: ARG002 - as above
        """Yield (row, field, why) for faults of rows; fill in values that their columns lack."""
        return ()

    def further(self, row: Row, first: Row) -> bool:  # noqa: ARG002 - for importers to override
        """Whether a row brings more of an earlier row's record, and is no repeat of that row.

        `first` has the fields the file gives; its extra values only where it is in the same piece
        of the file. Where it does, `row.id` is set once the record is written, and `brought` gets
        the row.
        """
        return False

    def said(self, record_id: int) -> dict[str, Any] | None:  # noqa: ARG002 - as above
        """Return the extra values that an earlier row gave a record; None where none are kept."""
        return None

    def brought(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:  # noqa: ARG002 - as above
        """Write what rows bring of earlier rows' records; yield (row, field, why) for faults."""
        return ()

    def refuse_new(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:  # noqa: ARG002
        """Yield (row, field, why) for rows that name no record yet and must not add one.

        An extra column may name a record that is archived: `misfits` says what a new reference
        may not point to.
        """
        return ()

    def leave_out(self, rows: list[Row]) -> Iterable[tuple[Row, str]]:  # noqa: ARG002
        """Yield (row, why) for rows that name no record yet and are no fault, such as of a leaver.

        The others come in; the rows are named, and the command ends with 5.
        """
        return ()

    def added(self, rows: list[Row]) -> None:
        """Write what new records bring along. Each row has its record's id."""

    def differing(self, rows: list[Row]) -> dict[int, list[str]]:  # noqa: ARG002
        """Return, by record id, the extra columns whose value differs from an existing record's."""
        return {}

    def fixed(self, rows: list[Row]) -> dict[int, list[str]]:  # noqa: ARG002 - as above
        """Return, by record id, differing columns that no import changes, `--update` or not."""
        return {}

    def updated(self, rows: list[Row]) -> None:
        """Write the extra columns of rows whose record exists, where `--update` was asked for."""

    def finish(self) -> Iterable[str]:
        """Write what the file as a whole brings, and return sentences to say."""
        return ()
