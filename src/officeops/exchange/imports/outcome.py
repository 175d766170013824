"""Outcome: what an import was asked, and what it did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.exchange.columns.matching import Match
from officeops.model.immutable import Value
from officeops.model.sealed_value import MASK
from officeops.values.convert import show

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from officeops.model.fields import Field
    from officeops.office.office import Office

#: The last column of a file of bad rows.
PROBLEM = "problem"
#: The most text of bad rows that is kept to tell of them and to write them out.
BAD_LIMIT = 64 << 20


class Bad(Value):
    """A row that cannot be imported: where, which column and value, and why."""

    line: int
    column: str
    value: str
    reason: str
    cells: Sequence[Any]
    code: str = ""


class Difference(Value):
    """One field in which a row differs from its record: the file's value and the record's.

    `field` is None where only an importer knows the column; then the record's value is not known
    here.
    """

    column: str
    field: Field | None
    file: Any
    record: Any

    def shown(self, office: Office) -> tuple[str, str]:
        """Return the file's value and the record's, for people; a sealed one stays covered."""
        if self.field is None:
            return "", ""
        return _shown(office, self.field, self.file), _shown(office, self.field, self.record)


class Different(Value):
    """A row whose record keeps other values: its line, the record's name, and the differences."""

    line: int
    name: str
    differences: list[Difference]

    def sentence(self, office: Office) -> str:
        """Return what differs, for people."""
        parts = []
        for difference in self.differences:
            part = difference.column
            file, record = difference.shown(office)
            if file != record:
                part += f" (file {file or 'blank'}, office {record or 'blank'})"
            parts.append(part)
        return f"{self.name} differs in {', '.join(parts)} and was left as it is"

    def plain(self, office: Office) -> dict[str, Any]:
        """Return it for JSON."""
        columns = []
        fields = []
        for difference in self.differences:
            file, record = difference.shown(office)
            columns.append(difference.column)
            fields.append({"column": difference.column, "file": file, "record": record})
        return {"line": self.line, "name": self.name, "columns": columns, "fields": fields}


def _shown(office: Office, field: Field, value: Any) -> str:  # noqa: ANN401 - as SQLite keeps it
    if value is None:
        return ""
    if field.sealed:
        return MASK
    target = office.target(field)
    if target is not None:
        return office.label(target, value)
    return show(field, value, office.ways)


class Options(Value):
    """How to import.

    `told` maps column names to field names; `key` names the fields that identify a row.
    """

    told: Mapping[str, str] = {}
    key: tuple[str, ...] = ()
    update: bool = False
    skip_bad: bool = False
    dry_run: bool = False
    progress: Callable[[int], None] | None = None
    request: str | None = None
    #: The order of dates (mdy, dmy, ymd) and the decimal mark (point, comma) of the file, as
    #: told; blank lets its columns say.
    date_order: str = ""
    decimal: str = ""
    #: Import rows that look like totals, and that repeat the header.
    keep_totals: bool = False


class Outcome:
    """The outcome of an import; with `dry_run`, the one that it would have."""

    def __init__(self) -> None:
        self.added = self.updated = self.unchanged = 0
        self.bad: list[Bad] = []
        #: Rows left as they are because `update` was not asked for, or because no import changes
        #: such a field.
        self.differing: list[Different] = []
        #: Whether `update` would change some of them.
        self.may_change = False
        #: Sentences on rows that are no records and were left out: totals, repeated headers.
        self.left_out: list[str] = []
        #: Whether bad rows are fixed in the whole file, as equal rows differ by their
        #: number in it.
        self.whole_file = False
        #: Rows that brought more of records of earlier rows.
        self.brought = 0
        self.match = Match({}, [])
        #: Columns that fill no field and have values, and those that were only compared: column →
        #: field.
        self.dropped: list[str] = []
        self.compared: dict[str, Field] = {}
        self.preview: list[dict[str, Any]] = []
        self.notes: list[str] = []
        #: Sentences of the importer on values that it did not take over.
        self.left: list[str] = []
        self.kept = False

    def note_unused(
        self,
        columns: Sequence[str],
        blank: Collection[int],
        compared: Mapping[int, Field],
    ) -> None:
        """Note the columns that fill no field: those with values, and those that are compared.

        The reasons in a file of bad rows are ours, and left out on purpose.
        """
        self.compared = {columns[place]: field for place, field in compared.items()}
        unused = self.match.unused
        if unused and unused[-1] == PROBLEM == columns[-1]:
            unused.pop()
        self.dropped = [name for name in unused if columns.index(name) not in blank]

    @property
    def is_partial(self) -> bool:
        """Whether something of the file was not taken over, or differs from the office."""
        return bool(self.bad or self.differing or self.left or self.left_out or self.dropped)


def bad_rows(outcome: Outcome, columns: Sequence[str]) -> tuple[list[str], Iterable[list[Any]]]:
    """Return the bad rows as a table, so that a person can fix them and import that.

    It has the file's own columns, and one more with the reasons.
    """
    reasons: dict[int, list[str]] = {}
    cells: dict[int, Sequence[Any]] = {}
    for bad in outcome.bad:
        reason = f"{bad.column}: {bad.reason}" if bad.column else bad.reason
        reasons.setdefault(bad.line, []).append(reason)
        cells[bad.line] = bad.cells
    own = list(columns)
    if own and own[-1] == PROBLEM:
        own.pop()

    def rows() -> Iterator[list[Any]]:
        for line, why in reasons.items():
            texts = map(_text, cells[line][: len(own)])
            yield [*texts, "; ".join(why)]

    return [*own, PROBLEM], rows()


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)
