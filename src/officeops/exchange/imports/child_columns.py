"""Child columns: a file's columns of a record's children, such as `phone`, `phone 2`, `phone:work`.

`phone 2:number` is one field of the second phone; JSON nests the same as `phones`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from officeops.exchange.columns.header_words import everyday, words
from officeops.model.fields import Field
from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from officeops.model.children import Child
    from officeops.model.records import Record

_SPELLED: Final = re.compile(r"(?P<word>.*?)[ _]*(?P<number>\d*)[ _]*(?::(?P<part>.+))?", re.DOTALL)


class ChildColumn(Value):
    """What a column says: the child, the place of its row among several, and a part of it.

    The part is a field of the child, or a choice of it; blank for the child as one text.
    """

    child: Child
    place: str
    part: str

    @property
    def name(self) -> str:
        """How the column is spelled: phone 2:number."""
        place = f" {self.place}" if self.place else ""
        part = f":{self.part}" if self.part else ""
        return f"{self.child.option}{place}{part}"


class ChildField(Field):
    """The field of a child's column: any text, which is read with the other columns of its row."""

    column: ChildColumn


def child_fields(
    record: type[Record],
    columns: Sequence[str],
    told: Mapping[str, str],
) -> list[ChildField]:
    """Return a field for each column of a file that is of the record's children.

    `told` are the meanings that a person gives: `Tel=phone:work`. A column whose head is a field of
    the record itself is that field's.
    """
    if not record.children:
        return []
    own = set(_heads(record))
    fields: list[ChildField] = []
    taken: set[str] = set()
    for head in [*told.values(), *columns]:
        # A meaning that a person gives goes before the words that the record knows.
        is_told = head in told.values()
        column = None if not is_told and words(head) in own else spelled(record, head)
        if column is None or (not is_told and head in told):
            continue
        # Two columns headed "Phone" are the first and the second phone.
        while not is_told and column.name in taken:
            column = column.replace(place=str(int(column.place or 1) + 1))
        if column.name not in taken:
            fields.append(_field(column, column.name if is_told else head))
        taken.add(column.name)
    return fields


def _heads(record: type[Record]) -> Iterable[str]:
    """Yield the heads that mean a field of the record."""
    for field in record.meta.fields:
        for name in (field.public_name, field.label, *field.also):
            yield words(name)


def spelled(record: type[Record], head: str) -> ChildColumn | None:
    """Read a column's head as one of children; None where it is none."""
    for child in record.children:
        for known, column in child.words.items():
            if everyday(known) == everyday(head):
                return _spelled(record, column, "")
    return _spelled(record, head, "")


def _spelled(
    record: type[Record],
    head: str,
    place: str,
) -> ChildColumn | None:
    match = _SPELLED.fullmatch(head.strip())
    if match is None:
        return None
    word = words(match["word"])
    for child in record.children:
        # Files of earlier versions have the word that a field of the parent once had.
        names = (child.option, child.options, *child.former)
        if word in map(words, names):
            part = "_".join(words(match["part"] or "").split())
            return ChildColumn(child, match["number"] or place, part)
        for known, column in child.words.items():
            if everyday(known) == everyday(word) and match["number"]:
                return _spelled(record, column, match["number"])
    return None


def _field(column: ChildColumn, label: str) -> ChildField:
    # A cell may hold several lines, as an address does.
    field = ChildField("long_text", default=None, label=label)
    field.named(column.name, "")
    field.column = column
    return field
