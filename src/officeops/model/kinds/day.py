"""Dates."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from officeops.model.kinds.kind import Kind
from officeops.values.conventions import EARLIEST, LATEST

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from officeops.model.errors import Reason
    from officeops.model.kinds.facts import Facts
    from officeops.values.conventions import Conventions


class Day(Kind):
    """A day of the calendar, kept as ISO 8601: 2026-01-31."""

    name = "date"
    annotation = "date"
    from_sql = date.fromisoformat
    hint = "a date: 2026-01-31, 1/31/2026, today, +30d"
    example = "2027-03-31"
    comparison = "<=+30d"
    may_be_cut = False
    is_day = True
    in_file = "day"
    takes = frozenset({"month_end"})
    noun = "a date"
    code = "not-a-date"

    def reader(
        self,
        facts: Facts,
        ways: Conventions,
        *,
        order: str = "",
    ) -> Callable[[Any], Any]:
        from officeops.values.dates import read_date

        return lambda value: read_date(value, ways, order=order, month_end=facts.month_end)

    def plain(
        self,
        value: Any,
        facts: Facts,
        ways: Conventions,
    ) -> str | int | bool | None:
        # What a query returns is text already.
        return value.isoformat() if isinstance(value, date) else value

    def fits(self, value: object) -> bool:
        return isinstance(value, date) and not isinstance(value, datetime)

    def beyond(self, value: Any, facts: Facts, ways: Conventions) -> Reason | None:
        from officeops.values.dates import beyond_calendar

        return beyond_calendar(value)

    def opened(self, stored: Any) -> date:
        day = date.fromisoformat(stored)
        # Python also reads forms of ISO 8601 that SQLite would not sort.
        if day.isoformat() != stored:
            raise ValueError(stored)
        return day

    def unfit_sql(self, column: str, facts: Facts) -> str:
        # SQLite takes February 30 for a day; a modifier makes it the second of March.
        return (
            f"{column} <> '' AND (date({column}, '+0 days') IS NOT {column} "
            f"OR {column} NOT BETWEEN '{EARLIEST}' AND '{LATEST}')"
        )

    def all_fit(self, column: Sequence[Any], facts: Facts) -> bool:
        # A column of a hundred thousand rows has few different days.
        return all_opened(self, column, facts)

    def brief(self, value: Any, facts: Facts, ways: Conventions) -> str:
        return self.show(value, facts, ways)


def all_opened(kind: Kind, column: Sequence[Any], facts: Facts) -> bool:
    """Tell whether each different text of a column is a value of a kind, within its limits."""
    from officeops.values.conventions import Conventions

    ways = Conventions()
    for stored in set(column):
        if stored is None or stored == "":
            continue
        try:
            if kind.beyond(kind.opened(stored), facts, ways):
                return False
        except (ValueError, TypeError):
            return False
    return True
