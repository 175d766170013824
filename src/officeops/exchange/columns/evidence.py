"""Evidence: what the cells of one column prove of how all of them are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from officeops.model.sealed_value import MASK

if TYPE_CHECKING:
    from collections.abc import Mapping


class Evidence:
    """The first cell that proves each way of writing, and the first that admits several."""

    #: The ways there are, by the words of the option that chooses one.
    words: ClassVar[Mapping[str, str]] = {}
    option: ClassVar[str] = ""

    def __init__(self, *, sealed: bool = False) -> None:
        #: Whether no sentence may show a cell of the column.
        self.sealed = sealed
        self.proofs: dict[str, tuple[int, str]] = {}
        self.ambiguous: tuple[int, str] | None = None

    @property
    def proven(self) -> str:
        """The way that the column proves; blank where it proves none."""
        return next(iter(self.proofs)) if len(self.proofs) == 1 else ""

    def quoted(self, cell: str) -> str:
        """Return a cell for a sentence about the column; masked where the column is sealed."""
        return MASK if self.sealed else quoted(cell)


def quoted(cell: str) -> str:
    """Return a cell for a sentence."""
    return repr(cell.strip()[:40])
