"""RecordLife: the life of a record as the record itself knows it, as a Protocol."""

from __future__ import annotations

from typing import Protocol


class RecordLife(Protocol):
    """The declared states of a record; `officeops.Life` is the class.

    Its moves ask an office and write records, so a record names no more of it than this.
    """

    @property
    def states(self) -> tuple[str, ...]:
        """The states in their order; a new record is in the first."""
        ...

    @property
    def column(self) -> str:
        """The field that holds the state."""
        ...
