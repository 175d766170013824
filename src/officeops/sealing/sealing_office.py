"""An office with the keys of its sealed fields, as a Protocol. For annotations: nothing imports it to run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from officeops.store.stored_office import StoredOffice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from officeops.model.fields import Field
    from officeops.model.meta import Meta
    from officeops.sealing.keyring import Ring, SealKey


class Seals(Protocol):
    """What opens the sealed fields of an office, and seals them again."""

    @property
    def ring(self) -> Ring:
        """The keys of the sealed fields."""
        ...

    def sealed_fields(self) -> Iterator[tuple[Meta, Field]]:
        """Yield every sealed field of the kinds of record that are on, with its record's declaration."""
        ...

    def key_to_write(self) -> SealKey:
        """Return the key in use. Raises NoKey."""
        ...

    def opened(self, meta: Meta, id: int, field: Field, token: object) -> Any:  # noqa: A002, ANN401 - the field's own type
        """Return what a sealed value of a record's field says. Raises NoKey, or Altered."""
        ...

    def resealed(self, meta: Meta, id: int, values: Mapping[str, Any]) -> dict[str, Any]:  # noqa: A002 - the column's name
        """Return opened values of a record sealed with the key in use."""
        ...


class SealingOffice(StoredOffice, Protocol):
    """An office whose sealed fields are opened and sealed again."""

    @property
    def seals(self) -> Seals:
        """Its sealed fields."""
        ...

    def reseal(self, meta: Meta, id: int, values: Mapping[str, object]) -> None:  # noqa: A002
        """Write sealed values of a record under another key."""
        ...
