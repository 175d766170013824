"""Authority: the acting person and their permissions, as a Protocol.

For annotations: nothing imports it to run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from officeops.model.office.registry import Declarations

if TYPE_CHECKING:
    from officeops.access.identity import Who
    from officeops.model.records import Record
    from officeops.model.scope import Reach
    from officeops.store.store import Store


class Authority(Declarations, Protocol):
    """The acting person on an open file and their permissions, by which a guard decides."""

    @property
    def store(self) -> Store:
        """The open file."""
        ...

    @property
    def who(self) -> Who:
        """The acting person, as the file has them now."""
        ...

    def may(self, permission: str) -> bool:
        """Return whether the acting person may do that."""
        ...

    def may_view(self, record: type[Record]) -> bool:
        """Return whether the acting person may see a kind of record."""
        ...

    def withheld(self, record: type[Record]) -> frozenset[str]:
        """Return the columns of a kind of record that the acting person may not see."""
        ...

    def reach(self, record: type[Record]) -> Reach:
        """Return how far the acting person reaches among the rows of a kind of record."""
        ...

    def scope_keys(self, record: type[Record], reach: Reach) -> set[int]:
        """Return the keys that a kind's scope gives the acting person at a reach below all."""
        ...
