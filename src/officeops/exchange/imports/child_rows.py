"""ChildRows: the children that a file's rows bring: read with the row, written after its record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.errors import NotFound, OfficeError, Reason, Refused
from officeops.model.sealed_value import Sealed
from officeops.office.children.child_change import ChildChange
from officeops.office.children.entry_text import EntryText
from officeops.office.children.rows import visible, write_children

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from officeops.exchange.importer import Row
    from officeops.exchange.imports.child_columns import ChildColumn, ChildField
    from officeops.model.children import Child
    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office

    #: A child, the name of the column that brings it, and its values.
    Brought = tuple[Child, str, dict[str, Any]]
    Refuse = Callable[[Row, str, str], None]


class ChildRows:
    """Reads and writes the children of one import."""

    def __init__(
        self,
        office: Office,
        record: type[Record],
        fields: Sequence[ChildField],
    ) -> None:
        self._office = office
        self._record = record
        self.fields = fields
        self._entries: dict[Child, EntryText] = {}
        kinds = dict(visible(office, record))
        for field in fields:
            child = field.column.child
            if child not in kinds:
                # Hidden, or of a plugin that is off: what it says must not be lost in silence.
                office.allow_view(office.record(child.record))
            self._entries[child] = EntryText(office, child, kinds[child])

    def shown(self, row: Row) -> dict[str, str]:
        """Return what a row brings, by the names of its columns, for the preview."""
        return {
            name: self._entries[child].joined({key: str(value) for key, value in values.items()})
            for child, name, values in row.children
        }

    # -- reading -----------------------------------------------------------------------------------

    def read(self, rows: Iterable[Row], refuse: Refuse) -> None:
        """Read the children of rows from their columns; note the rows that are not in order."""
        for row in rows:
            if row.children:
                row.children = self._read(row, refuse)

    def _read(self, row: Row, refuse: Refuse) -> tuple[Any, ...]:
        groups: dict[tuple[Child, str, str], dict[str, str]] = {}
        names: dict[tuple[Child, str, str], str] = {}
        for field, text in row.children:
            column = field.column
            place = self._place(column)
            names.setdefault(place, field.name)
            try:
                self._take(groups.setdefault(place, {}), column, text)
            except Refused as error:
                refuse(row, field.name, _reason(error))
        brought: list[Brought] = []
        for place, texts in groups.items():
            try:
                self._bring(brought, place[0], names[place], texts)
            except Refused as error:
                refuse(row, names[place], _reason(error))
        self._refuse_too_many(row, brought, refuse)
        return tuple(brought)

    def _place(self, column: ChildColumn) -> tuple[Child, str, str]:
        """Return what the columns of one row have in common: a choice makes a row of its own."""
        entry = self._entries[column.child]
        is_choice = entry.choice is not None and column.part in entry.choice.choices
        return column.child, column.place, column.part if is_choice else ""

    def _take(
        self,
        texts: dict[str, str],
        column: ChildColumn,
        text: str,
    ) -> None:
        """Take what one column says of a child."""
        entry = self._entries[column.child]
        choice = entry.choice
        if not column.part:
            texts.update(entry.texts(text))
        elif choice is not None and column.part in choice.choices:
            texts.update({**entry.texts(text), choice.name: column.part})
        elif column.part != "id":
            texts[entry.named(column.part).name] = text

    def _bring(
        self, brought: list[Brought], child: Child, name: str, texts: dict[str, str]
    ) -> None:
        entry = self._entries[child]
        values = {key: value for key, value in entry.values(texts).items() if value is not None}
        if not values:
            return
        entry.must_be_whole(values)
        if all(values != other for _, _, other in brought):
            brought.append((child, name, values))

    def _refuse_too_many(
        self,
        row: Row,
        brought: Sequence[Brought],
        refuse: Refuse,
    ) -> None:
        for child in self._entries:
            names = [name for other, name, _ in brought if other is child]
            if len(names) > child.most:
                why = f"{len(names)} are more than there may be: {child.most}"
                refuse(row, names[-1], Reason(why, code="too-many"))

    def names_nothing(
        self,
        field: ChildField,
        cell: object,
        key: str,
    ) -> bool:
        """Whether a cell of a child names a record of a kind that is not in the office yet."""
        entry = self._entries[field.column.child]
        texts: dict[str, str] = {}
        try:
            self._take(texts, field.column, str(cell or ""))
        except Refused:
            # The row says so when it is read.
            return False
        for known in entry.fields:
            text = texts.get(known.name)
            if known.target == key and text and _names_nothing(entry, known, text):
                return True
        return False

    # -- writing -----------------------------------------------------------------------------------

    def add(self, rows: Iterable[Row], refuse: Callable[[Row, Refused], None]) -> None:
        """Write the children of rows whose records are new."""
        for row in rows:
            self._write(row, row.children, refuse)

    def lacking(self, rows: Sequence[Row]) -> dict[int, list[str]]:
        """Return, by record id, the columns that bring a child that the record does not have."""
        missing: dict[int, list[str]] = {}
        for row in rows:
            names = [name for _, name, _ in self._missing(row)]
            if names:
                missing[row.id] = names
        return missing

    def add_missing(self, rows: Iterable[Row], refuse: Callable[[Row, Refused], None]) -> None:
        """Write the children of rows that their records do not have."""
        for row in rows:
            self._write(row, self._missing(row), refuse)

    def _missing(self, row: Row) -> list[Brought]:
        if not row.children:
            return []
        missing: list[Brought] = []
        there: dict[Child, list[Record]] = {}
        for child, name, values in row.children:
            if child not in there:
                kind = self._entries[child].kind
                there[child] = list(self._office.all(kind, f"{child.by} = ?", row.id))
            if not any(_says(other, values) for other in there[child]):
                missing.append((child, name, values))
        return missing

    def _write(
        self, row: Row, brought: Iterable[Brought], refuse: Callable[[Row, Refused], None]
    ) -> None:
        changes = [ChildChange(child, values) for child, _, values in brought]
        if not changes:
            return
        parent = self._office.get(self._record, row.id)
        try:
            write_children(self._office, parent, changes)
        except Refused as error:
            refuse(row, error)


def _names_nothing(
    entry: EntryText,
    field: Field,
    text: str,
) -> bool:
    try:
        entry.value(field, text)
    except NotFound:
        return True
    except (ValueError, OfficeError):
        return False
    return False


def _says(row: Record, values: dict[str, Any]) -> bool:
    """Whether a child has these values; sealed ones are never compared."""
    for name, value in values.items():
        if not isinstance(value, Sealed) and getattr(row, name) != value:
            return False
    return True


def _reason(error: Refused) -> Reason:
    """Return why a cell is refused, as one reason."""
    [first, *_] = error.problems
    sentence = "; ".join(problem.message for problem in error.problems)
    return Reason(sentence, code=first.code)
