"""An office with the keys of its sealed fields, as a Protocol.

For annotations: nothing imports it to run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from officeops.store.stored_office import StoredOffice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from officeops.model.fields import Field
    from officeops.model.meta import Meta
    from officeops.sealing.keyring import Ring, SealKey


class Seals(Protocol):
    """The sealed fields of an office: it opens them, and seals them again."""

    @property
    def ring(self) -> Ring:
        """The keys of the sealed fields."""
        ...

    def sealed_fields(self) -> Iterator[tuple[Meta, Field]]:
        """Yield every sealed field of records that are on, with the record's declaration."""
        ...

    def key_to_write(self) -> SealKey:
        """Return the current key. Raises NoKey."""
        ...

    def opened(
        self,
        meta: Meta,
        id: int,  # noqa: A002 - the column's name
        field: Field,
        token: object,
    ) -> Any:  # noqa: ANN401 - the field's own type
        """Return the value of a sealed field of a record. Raises NoKey, or Altered."""
        ...

    def resealed(
        self,
        meta: Meta,
        id: int,  # noqa: A002 - the column's name
        values: Mapping[str, Any],
    ) -> dict[str, Any]:
        """Return opened values of a record, sealed with the current key."""
        ...


class SealingOffice(StoredOffice, Protocol):
    """An office with sealed fields."""

    @property
    def seals(self) -> Seals:
        """Its sealed fields."""
        ...

    def reseal(self, meta: Meta, id: int, values: Mapping[str, object]) -> None:  # noqa: A002
        """Write sealed values of a record under another key."""
        ...
