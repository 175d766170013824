"""ChildChange: one child to add, to change or to remove, with its parent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops.model.children import Child
    from officeops.model.records import Record


class ChildChange(Value):
    """A child to add, to change or to remove together with its parent.

    `values` are those of a new child, or the changed ones of `record`, as it was read.
    """

    child: Child
    values: Mapping[str, Any]
    record: Record | None = None
    is_removed: bool = False
