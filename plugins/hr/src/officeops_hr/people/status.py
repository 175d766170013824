"""Status: whether somebody works here on a day, by the dates of their employment alone.

A candidate is no person yet. `on_leave` is a long leave of absence; a day off is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops_hr.people.employment import Employment

STATUSES: Final = ("active", "on_leave", "future", "left", "not_employed")


def status_on(spans: Iterable[Employment], day: date) -> str:
    """Return the status of a person with these spans of employment on a day."""
    status = "not_employed"
    for span in spans:
        # Spans share no day, so the first that holds the day decides.
        if span.hired_on <= day and (span.last_day is None or span.last_day >= day):
            return "on_leave" if span.is_on_leave(day) else "active"
        if span.hired_on > day:
            status = "future"
        # A hire to come says more than one that ended.
        elif status == "not_employed":
            status = "left"
    return status


def status_sql(day: str = "office_today()") -> str:
    """Return the SQL of `status_on` for the person `t`."""
    spans = "FROM hr_employment e WHERE e.person_id = t.id AND e.archived_at IS NULL"
    works = f"e.hired_on <= {day} AND ifnull(e.last_day, {day}) >= {day}"
    away = f"e.leave_from <= {day} AND ifnull(e.leave_until, {day}) >= {day}"
    return f"""CASE
WHEN EXISTS (SELECT 1 {spans} AND {works} AND {away}) THEN 'on_leave'
WHEN EXISTS (SELECT 1 {spans} AND {works}) THEN 'active'
WHEN EXISTS (SELECT 1 {spans} AND e.hired_on > {day}) THEN 'future'
WHEN EXISTS (SELECT 1 {spans}) THEN 'left' ELSE 'not_employed' END"""


STATUS: Final = status_sql()
