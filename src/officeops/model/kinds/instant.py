"""Instants: a day and a time, with its zone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from officeops.model.kinds.kind import Kind
from officeops.values.conventions import EARLIEST, LATEST

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from officeops.model.errors import Reason
    from officeops.model.kinds.facts import Facts
    from officeops.model.kinds.kind import Condition
    from officeops.values.conventions import Conventions


class Instant(Kind):
    """A moment, kept as ISO 8601 in UTC, shown by the office's clock or that of a location."""

    name = "instant"
    example = "2027-03-31 9:15"
    annotation = "datetime"
    from_sql = datetime.fromisoformat
    hint = "a date and a time: 2026-01-31 09:15, yesterday 16:00, now"
    may_be_cut = False
    stored_is_plain = False
    by_clock = True
    noun = "a date and time in UTC, as in 2026-01-31T09:15:00+00:00"
    code = "not-a-date"

    def reader(
        self,
        facts: Facts,
        ways: Conventions,
        *,
        order: str = "",
    ) -> Callable[[Any], Any]:
        from officeops.values.instants import read_instant

        return lambda value: read_instant(value, ways)

    def show(
        self,
        value: Any,
        facts: Facts,
        ways: Conventions,
    ) -> str:
        from officeops.values.instants import show_instant

        return show_instant(value, ways)

    def typed(
        self,
        value: Any,
        facts: Facts,
        ways: Conventions,
    ) -> str:
        return self.show(value, facts, ways)

    def plain(
        self,
        value: Any,
        facts: Facts,
        ways: Conventions,
    ) -> str | int | bool | None:
        from officeops.values.instants import plain_instant

        return plain_instant(value, ways)

    def compared(
        self,
        column: str,
        op: str,
        text: str,
        ways: Conventions,
    ) -> Condition | None:
        """Return the SQL for on, before or after a day; None for a text that is no day."""
        from officeops.values.instants import day_bounds

        bounds = day_bounds(text, ways)
        if bounds is None:
            return None
        first, after = (moment.isoformat() for moment in bounds)
        if op in {"=", "!="}:
            no = "NOT " if op == "!=" else ""
            return f"{no}({column} >= ? AND {column} < ?)", [first, after]
        # After a day is from the next one on, and up to a day is before the next one.
        if op == ">":
            return f"{column} >= ?", [after]
        if op == "<=":
            return f"{column} < ?", [after]
        return f"{column} {op} ?", [first]

    def shown_sql(self, column: str) -> str:
        return f"officeops_shown({column})"

    def fits(self, value: object) -> bool:
        return isinstance(value, datetime) and value.tzinfo is not None

    def beyond(
        self,
        value: Any,
        facts: Facts,
        ways: Conventions,
    ) -> Reason | None:
        from officeops.values.dates import beyond_calendar

        return beyond_calendar(value.date())

    def opened(self, stored: Any) -> datetime:
        moment = datetime.fromisoformat(stored)
        if stored not in {moment.isoformat(timespec=part) for part in ("seconds", "milliseconds")}:
            raise ValueError(stored)
        if moment.utcoffset() != timedelta():
            raise ValueError(stored)
        return moment

    def unfit_sql(self, column: str, facts: Facts) -> str:
        # As it is written, to the second, and as SQLite itself would write it, to the millisecond.
        written = [
            f"strftime('%Y-%m-%dT%H:%M:{part}+00:00', {column}, '+0 days')" for part in ("%S", "%f")
        ]
        return (
            f"{column} <> '' AND ifnull({column} NOT IN ({', '.join(written)}) "
            f"OR date({column}) NOT BETWEEN '{EARLIEST}' AND '{LATEST}', 1)"
        )

    def all_fit(self, column: Sequence[Any], facts: Facts) -> bool:
        return not any(column)

    def brief(
        self,
        value: Any,
        facts: Facts,
        ways: Conventions,
    ) -> str:
        return self.show(value, facts, ways)
