"""Amounts of leave in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.values.wording import count

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from officeops_hr.leave.rules.promise import Asked


def hours(minutes: int) -> str:
    """Write minutes as hours: 7:30."""
    sign = "-" if minutes < 0 else ""
    whole, rest = divmod(abs(minutes), 60)
    return f"{sign}{whole}:{rest:02}"


def span(first: date, last: date) -> str:
    """Write the days from one to another; one day by itself."""
    return str(first) if first == last else f"{first} to {last}"


def asked_words(asked: Sequence[Asked]) -> str:
    """Write the minutes of a request: 32:00 on 4 days."""
    total = sum(minutes for _, minutes in asked)
    return f"{hours(total)} on {count(len(asked), 'day')}"
