"""As of a day: which row of an effective-dated record counts then, in SQL and in Python.

A row counts from its `starts_on` until the next one of the same person; a blank `starts_on` is from
the first day. So no two rows overlap, and a correction is an edit of one row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    class Dated(Protocol):
        """A row that counts from a day."""

        starts_on: date | None

    R = TypeVar("R", bound=Dated)


def as_of(rows: Iterable[R], day: date) -> R | None:
    """Return the row that counts on a day: the latest that has started; None before the first."""
    current = None
    for row in rows:
        # One that starts later does not count yet, though it may be entered.
        if row.starts_on is not None and row.starts_on > day:
            continue
        if current is None or _starts_later(row, current):
            current = row
    return current


def _starts_later(row: Dated, other: Dated) -> bool:
    if row.starts_on is None:
        return False
    # A blank start is before every day.
    return other.starts_on is None or row.starts_on > other.starts_on


def current(
    table: str,
    column: str,
    day: str = "office_today()",
) -> str:
    """Return the SQL for a column of the row that counts on a day, for the person `t`."""
    return (
        f"(SELECT d.{column} FROM {table} d WHERE d.person_id = t.id AND d.archived_at IS NULL "
        # An empty text sorts before every day, as a blank start has to.
        f"AND ifnull(d.starts_on, '') <= {day} ORDER BY ifnull(d.starts_on, '') DESC LIMIT 1)"
    )


#: Each person with the manager of their position today.
MANAGER_NOW = f"SELECT t.id, {current('hr_position', 'manager_id')} FROM hr_person t WHERE t.archived_at IS NULL"
