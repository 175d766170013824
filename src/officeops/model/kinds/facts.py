"""Facts: the facts of a field that its kind looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


class Facts(Protocol):
    """A field, as its kind sees it: a field knows its kind, so a kind cannot name fields."""

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that it takes; none where it takes any."""

    @property
    def former_choices(self) -> Mapping[str, str]:
        """Codes that a migration replaced, each with its code of today."""

    @property
    def synonyms(self) -> Mapping[str, str]:
        """Words of other programs, each with the choice that it means."""

    @property
    def minimum(self) -> int | None:
        """The least value, as the file keeps it: money in minor units."""

    @property
    def maximum(self) -> int | None:
        """The greatest value, as the file keeps it."""

    @property
    def scale(self) -> int:
        """How many decimals a decimal has."""

    @property
    def unit(self) -> str:
        """The unit of a value: forms, texts and refusals name it; lists and files have the number alone."""

    @property
    def scan(self) -> str:
        """The part of a scanned code that fills it; blank where none does."""

    @property
    def month_end(self) -> bool:
        """Whether a month without a day is its last day."""

    @property
    def unknown(self) -> str:
        """What people read where a computed value is not known."""

    @property
    def doubtful(self) -> str:
        """The word for a part of an amount that is not known."""
