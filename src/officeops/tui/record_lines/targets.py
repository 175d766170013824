"""Targets: the records and screens that Enter opens from a line of a record's screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from officeops.model.fields import Field
    from officeops.model.records import Record


class Pointer(Value):
    """One record."""

    record: type[Record]
    id: int


class PointingRecords(Value):
    """The records of a type that point to the record `id` by one of their fields."""

    record: type[Record]
    field: Field
    id: int

    @property
    def key(self) -> str:
        """The pointing field by name, as a part of the keys of lines."""
        return f"{self.record.meta.key} {self.field.name}"


class SealedField(Value):
    """A sealed value, which is shown after a question."""

    field: Field
