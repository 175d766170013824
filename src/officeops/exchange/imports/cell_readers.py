"""Cell readers: read the cells of one column into values as SQLite stores them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.exchange.columns.cell_errors import error_in, ruined_in
from officeops.exchange.columns.header_words import words
from officeops.exchange.columns.matching import translations
from officeops.exchange.formats.writing import unguard
from officeops.model.about import ABOUT, SubjectField
from officeops.model.errors import NotFound, Reason, UsageProblem, reason_of
from officeops.model.fields import Field
from officeops.model.sealed_value import GONE, MASK, Sealed
from officeops.model.sql_values import to_sql
from officeops.query.lookup import several
from officeops.query.nameless_subject import meant
from officeops.query.new_references import narrowed
from officeops.values.clarified import Clarified
from officeops.values.text import line as read_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from officeops.exchange.columns.column_ways import ColumnWays
    from officeops.exchange.formats.table import Table
    from officeops.model.office import Office
    from officeops.model.records import Record

    #: Reads one cell; raises ValueError with a sentence for the person who wrote it.
    CellReader = Callable[[Any], Any]
    #: Adds the record that a field's text names, as `Importer.missing` does.
    Missing = Callable[[str, str], int | None]

#: The value of a cell with the mask in it.
MASKED: Final = Sealed(typed=MASK)


class CellReaders:
    """Makes the readers of one file's columns.

    `meanings` is the person's --map: field names by column names.
    """

    def __init__(
        self,
        office: Office,
        table: Table,
        ways: ColumnWays,
        meanings: Mapping[str, str],
        missing: Missing,
    ) -> None:
        self._office = office
        self._missing = missing
        self._translated: set[str] = set()
        self._ways = ways
        self._columns = table.columns
        self._format = table.format
        self._meanings = meanings

    def reader(self, place: int, field: Field) -> CellReader:
        """Return the reader of a column for the field that it fills."""
        read = self._sql_reader(place, field)
        if field.sealed:
            read = _unmasked(read)
        if field.kind.takes_any_text:
            read = _without_errors(read, field, self._format)
        if self._format == "csv" and field.kind.may_be_formula:
            read = _unguarded(read)
        replacements = self._replacements(place)
        if not replacements:
            return read
        if field.sealed:
            raise UsageProblem(
                f"--map: {field.public_name} is sealed, "
                "and what stands for its values would be kept in the open.",
                code="sealed",
            )
        self._translated.add(field.public_name)
        return lambda cell: read(replacements.get(_spelled(cell), cell))

    def translates(self, field: Field) -> bool:
        """Whether a person said what some texts of a field's column stand for."""
        return field.public_name in self._translated

    def _replacements(self, place: int) -> Mapping[str, str]:
        """Return the texts that --map gives for cells: `Status=status:0=draft,2=sent`."""
        name = words(self._columns[place])
        for column, meaning in self._meanings.items():
            if words(column) == name:
                return translations(meaning)
        return {}

    def _sql_reader(self, place: int, field: Field) -> CellReader:
        if field.target:
            return _reference_reader(self._office, field, self._missing)
        if isinstance(field, SubjectField):
            return _subject_reader(self._office)
        read = self._ways.reader(place, field)
        if field.kind.from_sql and not field.sealed:
            return self._noting(read)
        return read

    def _noting(self, read: CellReader) -> CellReader:
        """Note how times that the clocks left out or showed twice are read."""
        notes = self._ways.notes

        def noted(cell: object) -> Any:  # noqa: ANN401 - as SQLite keeps it
            value = read(cell)
            if isinstance(value, Clarified) and value.remark not in notes:
                notes.append(value.remark)
            return to_sql(value)

        return noted


def _spelled(cell: object) -> str:
    return str("" if cell is None else cell).strip().casefold()


def tried(read: CellReader, cell: object) -> Any:  # noqa: ANN401 - a value, or why there is none
    """Return a cell's value, or the ValueError that says why it has none."""
    try:
        return read(cell)
    except ValueError as why:
        error = error_in(cell)
        return ValueError(error) if error else why


def _unguarded(read: CellReader) -> CellReader:
    """Take off the apostrophe that an export puts before a text like a formula."""
    return lambda cell: read(unguard(cell) if cell and cell[0] == "'" else cell)


def _unmasked(read: CellReader) -> CellReader:
    return lambda cell: MASKED if cell in (MASK, GONE) else read(cell)


def _without_errors(
    read: CellReader,
    field: Field,
    form: str,
) -> CellReader:
    """Refuse a spreadsheet's errors and ruined cells where any other text would do."""

    def checked(cell: object) -> Any:  # noqa: ANN401 - as the reader's
        error = error_in(cell) or ruined_in(cell, field, form)
        if error:
            raise ValueError(error)
        return read(cell)

    return checked


def _reference_reader(
    office: Office, field: Field, missing: Missing
) -> Callable[[Any], int | None]:
    """Return a reader that finds the record a cell names, with one look-up a name."""
    known: dict[str, int] = {}

    def read(cell: object) -> int | None:
        text = read_line(cell)
        if text is None:
            return None
        if text not in known:
            known[text] = _resolved(office, field, text, missing)
        return known[text]

    return read


def _resolved(
    office: Office,
    field: Field,
    text: str,
    missing: Missing,
) -> int:
    """Return the id of the record that a text names, which the importer may add."""
    try:
        return resolve(office, field, text)
    except ValueError as error:
        is_missing = reason_of(error, "").code == "not-found"
        added = missing(field.name, text) if is_missing else None
        if added is None:
            raise
        return added


def _subject_reader(office: Office) -> Callable[[Any], tuple[str, int] | None]:
    """Return a reader that finds the record which a row is about, as an export writes it."""
    known: dict[str, tuple[str, int]] = {}

    def read(cell: object) -> tuple[str, int] | None:
        text = read_line(cell)
        if text is None:
            return None
        if text not in known:
            known[text] = subject_of(office, text)
        return known[text]

    return read


def subject_of(office: Office, text: str) -> tuple[str, int]:
    """Return the key of the kind and the id of a record. Raises ValueError where there is none."""
    noun, colon, which = (part.strip() for part in text.partition(":"))
    if not (noun and colon and which):
        why = f"{text!r} names no record; write its kind and its name, such as vendor:Acme"
        raise ValueError(Reason(why, code="malformed"))
    try:
        kind = office.record(noun)
    except NotFound:
        facts = {"kind": "record", "text": noun}
        why = f"there is no kind of record {noun!r}; its plugin may be off"
        raise ValueError(Reason(why, code="not-found", facts=facts)) from None
    office.allow(f"{kind.meta.key}.view")
    try:
        nameless = meant(office, kind, which)
    except NotFound as error:
        raise ValueError(Reason(str(error), code=error.code)) from None
    if nameless is not None:
        return kind.meta.key, nameless.id
    itself = Field("reference", target=kind.meta.key).named(ABOUT, "int")
    return kind.meta.key, resolve(office, itself, which)


def _how_to_add(target: type[Record]) -> str:
    """Return the command that adds a record which a file names; blank where only actions do."""
    noun = target.meta.noun
    if target.meta.editable:
        return (
            f"; add it first with `officeops {noun} add`, or several with `officeops {noun} import`"
        )
    return f"; import it first with `officeops {noun} import`" if target.importer else ""


def resolve(
    office: Office,
    field: Field,
    text: str,
    within: Mapping[str, int] | None = None,
) -> int:
    """Return the id of the record that a word in a file means; `within` as for `Office.find`.

    An archived record counts too: a file may repeat what a record says already.
    Raises ValueError with a sentence where no record fits the word, or several do.
    """
    target = office.target(field)
    if target is None:
        raise ValueError(f"cannot be set: the plugin {field.target.partition('.')[0]} is off")
    # An import is trusted code, but its messages tell the writer of the file whether such a
    # record exists: so the acting person needs the right to see it.
    office.allow(f"{target.meta.key}.view")
    ids = office.find_ids(target, text, by_id=False, within=within)
    ids = list(narrowed(office, field, target, ids))
    if not ids:
        why = f"there is no {target.meta.one} {text!r}{_how_to_add(target)}"
        facts = {"kind": target.meta.noun, "text": text}
        raise ValueError(Reason(why, code="not-found", facts=facts))
    if len(ids) > 1:
        candidates = several(office, target, ids)
        why = f"{text!r} fits {len(ids)} {target.meta.many}: {candidates}"
        raise ValueError(Reason(why, code="ambiguous"))
    return ids[0]
