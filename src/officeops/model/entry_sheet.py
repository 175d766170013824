"""EntrySheet: many rows, a value typed in each, looked over, then booked once.

A count, a receipt, a round of readings and a roster are sheets. A plugin declares the rows, the
columns and the booking; the core has the screen (`officeops.tui.SheetScreen`), the drafts that
outlive a dropped line, and the same sheet without a screen (`officeops.commands.book_sheet`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from officeops.model.errors import Refused
from officeops.model.immutable import Value
from officeops.model.kinds.kind import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from officeops.model.fields import Field
    from officeops.model.office import Office
    from officeops.model.records import Record

DIGITS: Final = "0123456789"
#: Of a row that offers nothing.
_NOTHING: Final[Mapping[str, str]] = {}


class SheetColumn(Value):
    """A column that people type into.

    `width` is in cells. A `hidden` column is kept with the row and has no cell on the screen.
    `most` is the largest number that is typed there, and `beyond` completes "Over 999,999 is …":
    a longer one is a barcode that went to the wrong place. `begins` are the characters with which
    people begin a text there: until one is typed, letters are keys of the screen. `heading` is
    above the column in place of the field's label.
    """

    name: str
    field: Field
    width: int = 10
    hidden: bool = False
    most: int = 999_999_999
    beyond: str = "too much"
    begins: str = ""
    heading: str = ""

    @property
    def is_number(self) -> bool:
        """Whether digits go to its cells and letters are keys of the screen."""
        kind = self.field.kind
        return kind.annotation == "int" and not self.field.target and not self.field.choices

    @property
    def is_text(self) -> bool:
        """Whether every character goes to its cells: a text, a day, the name of a record."""
        return not self.is_number and not self.field.choices

    @property
    def characters(self) -> str:
        """The characters that go to the cells of a number: digits, and the marks of an amount."""
        kind, least = self.field.kind, self.field.minimum
        is_whole = type(kind).show is Kind.show
        sign = "" if least is not None and least >= 0 else "-"
        return DIGITS + sign + ("" if is_whole else ".,:")

    def choice_of(self, letter: str) -> str:
        """Return the choice that begins with a letter; blank if none does."""
        for word in self.field.choices:
            if word[:1].casefold() == letter.casefold():
                return word
        return ""


def sheet_column(
    name: str,
    declared: Any,  # noqa: ANN401 - type checkers take `field()` for the value it declares
    *,
    width: int = 10,
    hidden: bool = False,
    most: int = 999_999_999,
    beyond: str = "too much",
    begins: str = "",
    heading: str = "",
) -> SheetColumn:
    """Declare a column by a field: `sheet_column("counted", field(kind="quantity"))`."""
    return SheetColumn(
        name,
        declared.named(name, ""),
        width,
        hidden,
        most,
        beyond,
        begins,
        heading,
    )


class SheetRow(Value):
    """One row of a sheet.

    `id` is stable: a draft finds its row again by it. `expected` is what the office has, as people
    read it; `seen`, or else `expected`, tells whether that changed since the row was typed. Enter
    takes the texts that are `offered`, by column. `needs` are columns that a typed row must have.
    `also` are more words to find it by. `of` are the records that it is of, `("hr.person", 12)`: a
    typed row that is not booked is destroyed with any of them.
    """

    id: str
    label: str
    expected: str = ""
    unit: str = ""
    offered: Mapping[str, str] = _NOTHING
    needs: tuple[str, ...] = ()
    also: str = ""
    seen: str = ""
    of: tuple[tuple[str, int], ...] = ()

    @property
    def state(self) -> str:
        """The state of the office that a person types against."""
        return self.seen or self.expected


class SheetTotal(Value):
    """A line below the rows: its label, and its cells by column. `alarm` marks it in words too."""

    label: str
    cells: Mapping[str, str] = _NOTHING
    alarm: bool = False


class Typed:
    """What a person typed in one row: texts by column, and the values that they mean."""

    def __init__(self, texts: Mapping[str, str], read: Callable[[str, str], object]) -> None:
        """`read(column, text)` returns a value, and raises ValueError or OfficeError for none."""
        self.texts = texts
        self._read = read

    def text(self, column: str) -> str:
        """Return a cell as it was typed; blank for an empty one."""
        return self.texts.get(column, "")

    def value(self, column: str) -> Any:  # noqa: ANN401 - the field's own type
        """Return the value of a cell; None for an empty one, and for one that cannot be read."""
        text = self.text(column)
        try:
            return self._read(column, text) if text else None
        except Exception:  # noqa: BLE001 - the sheet says which cell it is, where it is looked over
            return None


class EntrySheet:
    """Base of every sheet. Override `rows`, `book`, and what your sheet does in another way.

    Code of a sheet is asked like any code of a plugin: it answers, and writes only in `book`.
    """

    #: Names the sheet; with `subject`, it names the draft.
    key: ClassVar[str]
    #: The action that books it: the permission it takes, and its name in the history.
    verb: ClassVar[str]
    #: One typed row, and the word for a typed one: "37 counts", "37 of 40 counted".
    noun: ClassVar[str] = "row"
    done: ClassVar[str] = "typed"
    #: The headings of the label, of what the office expects, and of the difference. A blank one
    #: leaves its column out.
    heading: ClassVar[str] = "Item"
    expects: ClassVar[str] = "expected"
    differing: ClassVar[str] = "differs"
    #: The fewest cells of the label, and of the last column; columns that leave less scroll sideways.
    label_width: ClassVar[int] = 16
    beside_width: ClassVar[int] = 9
    #: Where a row goes without a value typed in it, for the review.
    untouched: ClassVar[str] = "they stay as they are"
    #: What `n` asks for to add a row; blank where every row is there already.
    adds: ClassVar[str] = ""
    #: Said of a sheet without rows.
    nothing: ClassVar[str] = "There is nothing to type here."
    #: What typing does, in the key line and in help.
    types: ClassVar[str] = "type"
    typing: ClassVar[str] = "Type the value of the row"
    #: The mark of a row whose state changed after it was typed.
    changed: ClassVar[str] = "changed"
    #: A choice that the review asks of rows, such as the reason of a shortfall.
    reviewed: ClassVar[SheetColumn | None] = None
    #: Whether Enter goes through the cells of a row before it goes to the next row.
    goes_right: ClassVar[bool] = False
    #: Lines below the totals for `notes`, which follow the cursor.
    note_lines: ClassVar[int] = 0
    #: The columns, where they are the same every time.
    columns: Sequence[SheetColumn] = ()

    @property
    def subject(self) -> str:
        """What tells this sheet from others with its key: a location's id, an order's."""
        return ""

    @property
    def title(self) -> str:
        """The sheet's name in the breadcrumb and in messages."""
        return self.key

    def columns_of(self, office: Office) -> Sequence[SheetColumn]:  # noqa: ARG002 - for subclasses
        """Return the columns: those declared, or as many as there are days."""
        return self.columns

    def rows(self, office: Office, also: Iterable[str]) -> Sequence[SheetRow]:
        """Return the rows as the office has them now, and one for each id of `also`.

        `also` are rows that were typed or added: they stay, whatever became of their stock.
        """
        raise NotImplementedError

    def needs(self, row: SheetRow, typed: Typed) -> Sequence[str]:  # noqa: ARG002 - for subclasses
        """Return the columns that a typed row must have."""
        return row.needs

    def fill(
        self,
        office: Office,  # noqa: ARG002 - for subclasses
        row: SheetRow,  # noqa: ARG002
        typed: Typed,  # noqa: ARG002
    ) -> Mapping[str, str]:
        """Return texts for empty cells that follow from the others: a known lot's last day."""
        return _NOTHING

    def differs(self, row: SheetRow, typed: Typed) -> str:  # noqa: ARG002 - for subclasses
        """Return how a row differs from the office: "+3", "too warm"; blank if it does not."""
        return ""

    def cell(
        self,
        row: SheetRow,  # noqa: ARG002 - for subclasses
        column: str,
        typed: Typed | None,
    ) -> str:
        """Return a cell as the list shows it: as it was typed, unless you override it.

        A grid returns the office's own value where nothing was typed. The first character may be a
        mark, one of `!*>?+`, which is shown in front of the cell.
        """
        return typed.text(column) if typed else ""

    def wrong(self, column: str, text: str) -> str:  # noqa: ARG002 - for subclasses
        """Return why a text is no value of a column: "is no shift"; blank where it is one."""
        return ""

    def beside_heading(self) -> str:
        """Return the heading of the last column."""
        return self.differing

    def beside(self, row: SheetRow, typed: Typed | None) -> str:
        """Return the text of the last column; unless you override it, how a typed row differs."""
        return self.differs(row, typed) if typed else ""

    def notes(
        self,
        row: SheetRow,  # noqa: ARG002 - for subclasses
        column: str,  # noqa: ARG002
        typed: Mapping[str, Typed],  # noqa: ARG002
    ) -> Sequence[str]:
        """Return sentences on the cell under the cursor, for the lines below the totals."""
        return ()

    def booked_as(self, row: SheetRow, typed: Typed) -> str:  # noqa: ARG002 - for subclasses
        """Return what the booking makes of a row, for the review."""
        return ""

    def why_not_reviewed(self, row: SheetRow, typed: Typed) -> str | None:  # noqa: ARG002
        """Return why the review asks no choice of a row; None where it does."""
        return None

    def find(self, office: Office, text: str) -> str | None:  # noqa: ARG002 - for subclasses
        """Return the id of the row that a name, a key or a code means, where no row shows it."""
        return None

    def add(self, office: Office, text: str) -> str:  # noqa: ARG002 - for subclasses
        """Return the id of a new row. Raises what `Office.find` raises."""
        raise Refused("takes no other rows", self.title, code="not-allowed-here")

    def row_of(self, office: Office, record: Record) -> str | None:  # noqa: ARG002 - for subclasses
        """Return the id of the row of a scanned record, or None."""
        return None

    def says(self, office: Office, code: str) -> Mapping[str, str]:  # noqa: ARG002 - for subclasses
        """Return the texts that a scanned code fills in, by column: its lot, its last day.

        `code` is the whole code, with the prefix of its symbology and its separators.
        """
        return _NOTHING

    def summary(self, rows: Sequence[SheetRow], typed: Mapping[str, Typed]) -> str:
        """Return the differences in a few words, for the review: "2 short, 1 over"."""
        differing = 0
        for row in rows:
            if row.id in typed and self.differs(row, typed[row.id]):
                differing += 1
        return f"{differing} {'differs' if differing == 1 else 'differ'}"

    def totals(self, rows: Sequence[SheetRow], typed: Mapping[str, Typed]) -> Sequence[SheetTotal]:  # noqa: ARG002
        """Return the lines below the rows: staff per day against the minimum."""
        return ()

    def arguments(self, office: Office, typed: Mapping[str, Typed]) -> Mapping[str, object]:
        """Return what the history keeps of the booking, to compare a repeated request with.

        Cells of sealed columns are left out.
        """
        sealed = {column.name for column in self.columns_of(office) if column.field.sealed}
        rows: dict[str, dict[str, str]] = {}
        for row_id, row in typed.items():
            rows[row_id] = {name: text for name, text in row.texts.items() if name not in sealed}
        return {"of": [self.subject], "rows": rows}

    def book(self, office: Office, typed: Mapping[str, Typed]) -> str:
        """Book the rows inside the open action, all of them or none; return the sentence to say."""
        raise NotImplementedError
