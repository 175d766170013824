"""Groups: the rows of a draft that go together, since somebody leaves one shift for another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops_hr.roster.filling.proposal import Given


def grouped(given: Sequence[Given]) -> list[int]:
    """Return a number for each row; rows with the same one are taken together.

    Who loses a shift and gets another joins all rows that they are in: the hours and the rest that
    allow the one follow from the other.
    """
    losing = {row.before for row in given if row.before is not None}
    gaining = {row.after for row in given if row.after is not None}
    moved = losing & gaining
    groups = list(range(1, len(given) + 1))
    # Two rows of one person join through the first row that the person is in.
    first_row: dict[int, int] = {}
    for place, row in enumerate(given):
        for person in (row.before, row.after):
            if person in moved:
                _join(
                    groups,
                    place,
                    first_row.setdefault(person, place),
                )
    return groups


def _join(
    groups: list[int],
    place: int,
    other: int,
) -> None:
    """Give all rows of both groups the lower number."""
    lower, higher = sorted((groups[place], groups[other]))
    for number, group in enumerate(groups):
        if group == higher:
            groups[number] = lower
