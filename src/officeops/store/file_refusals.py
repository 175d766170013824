"""File refusals: why SQLite or a trigger refused a row, as a code and the columns that it is about.

This is the one place that reads SQLite's text. The core's triggers raise a code and a table in
front of their words; of its own constraints SQLite tells the table and columns in the text alone,
which has been the same since SQLite 3.8 and is compared with a real SQLite in
`test_file_refusals.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.immutable import Value

if TYPE_CHECKING:
    import sqlite3

#: The codes that the core's triggers raise, in front of the table and, where it is about one, the
#: identity or the column.
TAKEN: Final = "SAME"
LEDGER: Final = "LEDGER"
KEPT: Final = "KEPT"
UNFIT: Final = "UNFIT"
#: Of SQL of an action: a new reference to an archived record, to one that is not for the field; a
#: state that no transition made; a number that a row cannot have; a record that a row is about and
#: that is not there; a text that is not tidy; a version that no save makes; no time of archiving.
AWAY: Final = "AWAY"
MISFIT: Final = "MISFIT"
STATE: Final = "STATE"
NUMBER: Final = "NUMBER"
NOWHERE: Final = "NOWHERE"
UNTIDY: Final = "UNTIDY"
VERSION: Final = "VERSION"
STAMP: Final = "STAMP"
#: Of SQL of an action as well: a change of a record that is archived.
ARCHIVED: Final = "ARCHIVED"
_RAISED: Final = {
    TAKEN: "taken",
    LEDGER: "ledger",
    KEPT: "kept",
    UNFIT: "unfit",
    AWAY: "away",
    MISFIT: "misfit",
    STATE: "state",
    NUMBER: "number",
    NOWHERE: "nowhere",
    UNTIDY: "untidy",
    VERSION: "version",
    STAMP: "stamp",
    ARCHIVED: "archived",
}
#: The codes whose subject is a column.
_OF_A_COLUMN: Final = frozenset(
    {"unfit", "away", "misfit", "state", "nowhere", "untidy", "version", "stamp"}
)
#: How SQLite's texts begin, before a colon and what the constraint is about.
_CONSTRAINTS: Final = {
    "UNIQUE constraint failed": "unique",
    "NOT NULL constraint failed": "blank",
    "CHECK constraint failed": "check",
    "FOREIGN KEY constraint failed": "reference",
}
#: How a STRICT table refuses a text in a column of numbers, or the other way round.
_WRONG_TYPE: Final = "cannot store "


def is_error(error: BaseException, *codes: str) -> bool:
    """Tell whether an error has one of SQLite's codes, such as SQLITE_BUSY, or an extended one."""
    return str(getattr(error, "sqlite_errorname", "")).startswith(codes)


def names_nothing(error: sqlite3.Error) -> bool:
    """Tell whether a statement names a table or a column that is not there."""
    # SQLite has one code for every statement that it cannot read.
    return str(error).startswith(("no such table", "no such column")) or (
        "has no column named" in str(error)
    )


class FileRefusal(Value):
    """Why a row was refused.

    `code` is one of those that the core's triggers raise, in small letters; `unique`, `blank`, `check`,
    `reference` or `type` for SQLite's constraints; `trigger` for a trigger of the record's own,
    whose `words` may begin with a column and a colon. `columns` are those that SQLite names, and
    `table` is the one that a trigger of the core names, or that lacks a value or gets a wrong one.
    """

    code: str
    columns: tuple[str, ...] = ()
    words: str = ""
    table: str = ""


def raising(
    code: str,
    subject: str,
    words: str = "",
) -> str:
    """Write the SQL by which a trigger refuses: a code, its subject, then words for its author."""
    text = f"{code} {subject}: {words}" if words else f"{code} {subject}"
    escaped = text.replace("'", "''")
    return f"SELECT RAISE(ABORT, '{escaped}')"


def refusal_of(error: sqlite3.Error) -> FileRefusal:
    """Read what SQLite says of a refused row."""
    text = str(error)
    raised, _, raised_about = text.partition(" ")
    if code := _RAISED.get(raised):
        subject = raised_about.partition(":")[0]
        about = subject if code in _OF_A_COLUMN else ""
        return FileRefusal(code, _columns(about), text, subject.partition(".")[0])
    constraint, _, about = text.partition(": ")
    if code := _CONSTRAINTS.get(constraint):
        table = about.partition(".")[0] if code == "blank" else ""
        return FileRefusal(code, () if code == "check" else _columns(about), text, table)
    if text.startswith(_WRONG_TYPE):
        about = text.rpartition(" column ")[2]
        return FileRefusal("type", _columns(about), text, about.partition(".")[0])
    named = (constraint,) if about and constraint.isidentifier() else ()
    return FileRefusal("trigger", named, about if named else text)


def _columns(text: str) -> tuple[str, ...]:
    """Read the columns of `table.column, table.other`."""
    parts = [part.strip() for part in text.split(",")]
    return tuple(part.rpartition(".")[2] for part in parts if part)
