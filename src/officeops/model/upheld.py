"""Upheld: a value that says "do not use", which an undo ends only for people who may end it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops.model.meta import Meta


class Upheld(Value):
    """Values that undo ends only for people with a permission: `upheld = Upheld("state", ("out",), needs="keys.key.return")`.

    Where an action gave `field` one of `values`, as the file keeps them, its undo `needs` what it
    takes to release the record: or anybody who may report a fault could take it back. Without
    `added`, the undo of a new record is free: with the record, nothing is left to use. Of a new
    record, all the fields of `only` have to be true as well.
    """

    field: str
    values: tuple[Any, ...]
    needs: str
    added: bool = True
    only: tuple[str, ...] = ()

    def check(self, meta: Meta) -> None:
        """Raise TypeError for a field that the record does not have."""
        for name in (self.field, *self.only):
            if name not in meta.columns:
                raise TypeError(f"{meta.key}: Upheld names {name!r}, which is no field of it")

    def is_ended(self, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> bool:
        """Whether the undo of a change ends one of the values; `before` is None of a new record."""
        if self.field not in after or after[self.field] not in self.values:
            return False
        if before is None:
            return self.added and all(after[name] for name in self.only)
        return before[self.field] not in self.values
