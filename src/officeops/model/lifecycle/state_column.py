"""StateColumn: the column of a record's state, and the states in which it begins, as a Protocol."""

from __future__ import annotations

from typing import Protocol


class StateColumn(Protocol):
    """The part of a record's life that its table follows from."""

    @property
    def column(self) -> str:
        """The field that holds the state."""
        ...

    @property
    def states(self) -> tuple[str, ...]:
        """The states that a record may be in, in the order of their declaration."""
        ...

    @property
    def first(self) -> tuple[str, ...]:
        """The states in which a new record may be."""
        ...

    def not_first(self, state: str) -> str | None:
        """Return why a new record cannot be in a state, or None."""
        ...
