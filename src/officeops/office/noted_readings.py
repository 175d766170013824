"""Noted readings: guarded values that were read to be shown, until the history has them."""

from __future__ import annotations

from typing import Final, TypeVar

#: The ending of a reading by a sealed value that a person has, and by which a record was found.
LOOK_UP: Final = ".look-up"

T = TypeVar("T")


class NotedReadings:
    """The records whose guarded values were read, by field."""

    def __init__(self) -> None:
        self._numbers: dict[str, set[int]] = {}

    def note(
        self,
        field: str,
        number: int,
        value: T,
    ) -> T:
        """Note a value of a record, and return it as it is; a blank shows nothing."""
        if value is not None:
            self._numbers.setdefault(field, set()).add(number)
        return value

    def __bool__(self) -> bool:
        return bool(self._numbers)

    def take(self) -> dict[str, set[int]]:
        """Return the numbers of the records by field, and forget them."""
        taken, self._numbers = self._numbers, {}
        return taken

    def put_back(self, field: str, numbers: set[int]) -> None:
        """Keep the readings of a field for the next time: they could not be recorded."""
        self._numbers.setdefault(field, set()).update(numbers)
