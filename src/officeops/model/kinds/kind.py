"""Kind: everything particular to a kind of value, from the form and the file to SQLite.

What a kind does not say is as it is for text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from officeops.model.errors import Reason
from officeops.values.text import line, safe

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Literal, Protocol

    from officeops.model.kinds.facts import Facts
    from officeops.values.conventions import Conventions

    #: SQL and the values that it takes.
    Condition = tuple[str, list[object]]
    #: How a column of a file is looked through before it is read.
    InFile = Literal["", "day", "figure"]

    class Opener(Protocol):
        """Makes a value of what SQLite keeps."""

        def __call__(self, stored: Any, /) -> Any:
            """Return the value. Raises ValueError or TypeError for none."""


class Kind:
    """A kind of value. A plugin derives its own from this one, or from the nearest of ours."""

    #: What `field(kind=…)` calls it.
    name: ClassVar[str] = ""
    #: What a field of it is annotated with, and what else may be written there.
    annotation: ClassVar[str] = "str"
    other_annotations: ClassVar[tuple[str, ...]] = ()
    #: How SQLite keeps it.
    sql_type: ClassVar[Literal["TEXT", "INTEGER"]] = "TEXT"
    #: Makes a value of what SQLite keeps; None where that is the value.
    from_sql: ClassVar[Opener | None] = None

    #: The input of a form: one line, several, one of a few words, or a record.
    editor: ClassVar[Literal["line", "text", "choice", "reference"]] = "line"
    #: What a form says that it takes.
    hint: ClassVar[str] = ""
    #: A value as people type it, for the examples of the help.
    example: ClassVar[str] = ""
    #: A comparison in a filter, for the examples of the help; blank for a kind that gives none.
    comparison: ClassVar[str] = ""
    #: The edge of a column that values are at.
    align: ClassVar[Literal["left", "right"]] = "left"
    #: Whether an option may be given several times on the command line, a line of the text each.
    repeats: ClassVar[bool] = False
    #: Whether a narrow column may show the beginning of a value alone.
    may_be_cut: ClassVar[bool] = True
    #: Whether values are codes, which screens show as words: partly received, not partly_received.
    is_code: ClassVar[bool] = False
    #: Whether values are codes of items, which scanners read and which are compared as numbers.
    is_item_code: ClassVar[bool] = False
    #: Whether values are texts as people write them: case and accents make no difference.
    is_text: ClassVar[bool] = False
    #: Whether tidy texts are kept in another spelling than they are written in, as phones are.
    respells: ClassVar[bool] = False
    #: Whether any text would do, also one that a spreadsheet ruined: it is looked at more closely.
    takes_any_text: ClassVar[bool] = False
    #: Whether values are paths of files: a command takes `-` for one, and no help has an example.
    is_file: ClassVar[bool] = False
    #: Whether values are days of the calendar: something may end on one.
    is_day: ClassVar[bool] = False
    #: What values measure: an amount of goods or of money.
    measures: ClassVar[Literal["", "goods", "money"]] = ""

    #: How a column of a file has to be looked through before it is read: for the order of day and
    #: month, or for the mark of decimals.
    in_file: ClassVar[InFile] = ""
    #: Whether a spreadsheet may take a value for a formula, so that an export guards it.
    may_be_formula: ClassVar[bool] = True
    #: Whether scripts read what SQLite keeps. Money is kept in minor units, and they read 12.34.
    stored_is_plain: ClassVar[bool] = True
    #: Whether a field of it can be sealed.
    can_be_sealed: ClassVar[bool] = True

    #: Whether a value is read and shown by a clock: that of the place beside it (`Meta.place`).
    by_clock: ClassVar[bool] = False

    #: The facts of a field that make sense for this kind, of those that only some take.
    takes: ClassVar[frozenset[str]] = frozenset()
    #: The types of values that `tidied` is asked about: code gives them, and they are kept as text.
    tidied_types: ClassVar[tuple[type, ...]] = (str,)
    #: What a value is, and the code of one that is not, for the sentence that refuses it.
    noun: ClassVar[str] = "text"
    code: ClassVar[str] = "wrong-kind"

    # -- text to values and back ------------------------------------------------------------------

    def reader(
        self,
        facts: Facts,
        ways: Conventions,
        *,
        order: str = "",
    ) -> Callable[[Any], Any]:
        """Return a function that reads values: text, or a cell of a spreadsheet or of JSON.

        It returns None for a blank, and raises ValueError with a sentence's end. Dates in numbers
        are read in `order` alone, where one is given.
        """
        return line

    def show(
        self,
        value: Any,
        facts: Facts,
        ways: Conventions,
    ) -> str:
        """Return a value as people read it. Nothing in it can drive a terminal."""
        return safe(value if isinstance(value, str) else str(value))

    def typed(
        self,
        value: Any,
        facts: Facts,
        ways: Conventions,
    ) -> str:
        """Return a value as a person would type it: a form begins with it."""
        return safe(str(self.plain(value, facts, ways)))

    def plain(
        self,
        value: Any,
        facts: Facts,
        ways: Conventions,
    ) -> str | int | bool | None:
        """Return a value for JSON and CSV."""
        plain: str | int | bool | None = value
        return plain

    def words(self, facts: Facts) -> Sequence[str]:
        """Return the words that a form offers; none for a field that takes any text."""
        return facts.choices

    def compared(
        self,
        column: str,
        op: str,
        text: str,
        ways: Conventions,
    ) -> Condition | None:
        """Return the SQL of a filter that compares in a way of its own; None for the usual way."""
        return None

    def shown_sql(self, column: str) -> str:
        """Return SQL for the text that rows show of a column, for a filter on a part of it."""
        return column

    # -- which values it takes --------------------------------------------------------------------

    def fits(self, value: object) -> bool:
        """Tell whether a value is of this kind."""
        return isinstance(value, str)

    def beyond(
        self,
        value: Any,
        facts: Facts,
        ways: Conventions,
    ) -> Reason | None:
        """Return why a value of this kind is beyond the field's limits; None if it is not."""
        return None

    def opened(self, stored: Any) -> Any:
        """Return the value of what SQLite keeps. Raises ValueError or TypeError for none."""
        return stored if self.from_sql is None else self.from_sql(stored)

    def all_fit(self, column: Sequence[Any], facts: Facts) -> bool:
        """Tell whether all of many values that SQLite keeps fit, without a look at each.

        None is left out. False may be wrong: then each is looked at.
        """
        return {type(value) for value in column if value is not None} <= {str}

    def tidied(self, value: Any) -> Any:
        """Return a value of this kind that code gives, as a reader would have read it."""
        return value

    def unfit_sql(self, column: str, facts: Facts) -> str:
        """Return SQL that is true for a value that the field does not take; blank where it takes all.

        It says what `fits` and `beyond` say, of what SQLite keeps. A column has values of its type
        alone, and it is false for NULL and for a blank text.
        """
        return ""

    def untidy_sql(self, column: str) -> str:
        """Return SQL that is true for a text which readers would not leave as it is.

        Only SQL of an action's own is asked: it writes what no reader has read.
        """
        return ""

    def brief(
        self,
        value: Any,
        facts: Facts,
        ways: Conventions,
    ) -> str:
        """Return a value of this kind for the sentence that refuses it."""
        return repr(value)

    def another(self) -> Reason:
        """Return the fault of a value that is not of this kind."""
        return Reason(f"is not {self.noun}", code=self.code, facts={"kind": self.name})

    def __repr__(self) -> str:
        return f"<kind {self.name}>"
