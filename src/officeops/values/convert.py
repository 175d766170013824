"""Values: read from what people and files write, shown to people, and written plainly for scripts.

This is the one boundary between text and values: each kind (`officeops.model.kinds`) has its own way
across it. What cannot be read raises ValueError with a sentence that names the text and the texts
that are taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.kinds.kind import Kind
from officeops.model.placeholder import Unusable
from officeops.model.sealed_value import GONE, MASK, Sealed, cover, typed
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.model.fields import Field
    from officeops.values.conventions import Conventions


def reader(field: Field, ways: Conventions, *, order: str = "") -> Callable[[Any], Any]:
    """Return a function that reads one field's values: text, or a cell of a spreadsheet or of JSON.

    Blank is None. A sealed field's value comes wrapped. References are not read here: `Office.find`
    resolves them. Dates in numbers are read in `order` alone, where one is given (see
    `dates.read_date`).
    """
    read = field.kind.reader(field, ways, order=order)
    return _sealed_reader(field, read) if field.sealed else read


def _sealed_reader(field: Field, read: Callable[[Any], Any]) -> Callable[[Any], Sealed | None]:
    def read_sealed(value: object) -> Sealed | None:
        # An exported file has masks in it: taken as values, they would replace the real ones.
        if value in (MASK, GONE):
            raise ValueError("is only the mask of a value that is sealed; write the value itself")
        try:
            return typed(read(value))
        except ValueError:
            # The exact reason would repeat the sealed value.
            kind = field.kind.name.replace("_", " ")
            raise ValueError(
                f"cannot be read as {kind}; the value is not shown, "
                "because the field is confidential"
            ) from None

    return read_sealed


def plain(field: Field, value: Any, ways: Conventions) -> str | int | bool | None:  # noqa: ANN401 - any field's value
    """Return a value for JSON and CSV.

    Money is a decimal string, a date ISO, an instant ISO with the office's offset, a number a
    number. A sealed value is its mask.
    """
    if value is None or isinstance(value, Unusable):
        return None if value is None else value.kept
    if field.sealed:
        return cover(value)
    if type(value) is float:
        value = _whole(field, value)
        if isinstance(value, str):
            return value
    return field.kind.plain(value, field, ways)


def is_plain(field: Field) -> bool:
    """Whether `plain` returns each value of a field as SQLite gives it: a text without a form."""
    kind = field.kind
    is_as_kept = kind.sql_type == "TEXT" and type(kind).plain is Kind.plain
    return is_as_kept and not (field.sealed or field.sql)


def show(field: Field, value: Any, ways: Conventions) -> str:  # noqa: ANN401 - any field's value
    """Return a value for people; the mask for a sealed one.

    Nothing in it can drive a terminal.
    """
    if value is None:
        return field.unknown
    if isinstance(value, Unusable):
        return safe(value.shown)
    if type(value) is float:
        value = _whole(field, value)
        if isinstance(value, str):
            return value
    return cover(value) if field.sealed else field.kind.show(value, field, ways)


def worded(field: Field, text: str) -> str:
    """Return a choice as words: partly received, not partly_received.

    Other texts stay as they are.
    """
    return text.replace("_", " ") if field.kind.is_code else text


def _whole(field: Field, value: float) -> float | str:
    """Return what a computed field gives as a float, as a kind of whole numbers keeps it.

    A fraction of a cent or of a minute is no amount, and is named as what it is. A number or a
    quantity that has one keeps it.
    """
    from officeops.model.kinds.kind import Kind

    kind = field.kind
    if kind.sql_type != "INTEGER":
        return value
    if value.is_integer():
        return int(value)
    return value if type(kind).show is Kind.show else f"{value} (not whole)"
