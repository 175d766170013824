"""Own number: the number a record has in its office, PO-12 or #12, as an export writes it.

It is written for the kinds of records that nothing else names: an import of the file knows the
record again by it, and files that refer to the record do so by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.fields import Field
from officeops.model.identity import is_nameless
from officeops.model.sql_values import GREATEST_NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.model.meta import Meta

#: The public name of the column.
OWN_NUMBER: Final = "own_number"
_MOST_DIGITS: Final = len(str(GREATEST_NUMBER))


def goes_by_number(meta: Meta) -> bool:
    """Whether a file names records of a kind by their number: nothing else names each of them.

    A record may have the same remark twice.
    """
    if meta.derived or not (meta.prefix or meta.about or is_nameless(meta)):
        return False
    return not any(_is_always_given(meta, names) for names in meta.unique_together)


def _is_always_given(meta: Meta, names: Iterable[str]) -> bool:
    return all(meta.by_name[name].required for name in names)


def json_name(meta: Meta) -> str:
    """Return the name of a record's own key in JSON: `key`, or where a field has that, `own_number`."""
    has_key = any(field.public_name == "key" for field in meta.list_fields)
    return OWN_NUMBER if has_key else "key"


def owner_of(meta: Meta) -> tuple[str, ...]:
    """Return the fields of the record that a record belongs to; none where it is its own.

    It is what the record is about, else its first reference that is always given: a person has a
    position, whichever role that is. So the person tells positions apart, and the role does not.
    """
    if meta.about and meta.by_name[meta.about[0]].required:
        return meta.about
    for field in meta.fields:
        if field.target and field.required:
            return (field.name,)
    return ()


def number_field(meta: Meta) -> Field:
    """Return the column of the number, for a query of an export and for the match of an import."""
    field = Field(
        "text",
        default=None,
        label="Own number",
        help=f"{_sign(meta)}12: its number in the office that wrote the file",
        sql=f"'{_sign(meta)}' || t.id",
    )
    return field.named(OWN_NUMBER, "str")


def read_number(meta: Meta, text: str) -> int:
    """Return the id that a cell names. Raises ValueError with a sentence for any other text."""
    sign = _sign(meta)
    digits = text[len(sign) :]
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS
    if text[: len(sign)].upper() != sign or not is_number or not int(digits):
        raise ValueError(f"is no number of {meta.a_record}, such as {sign}12")
    return int(digits)


def _sign(meta: Meta) -> str:
    return f"{meta.prefix}-" if meta.prefix else "#"
