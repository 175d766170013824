"""Handing over: what of somebody's time the payroll has not had yet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from officeops_hr.people.one_person import RECORDS
from officeops_hr.worked.paid_time import RATES, PaidTime
from officeops_hr.worked.worked_week import WorkedWeek

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

#: Weeks that were handed over before, where a correction may have come since.
_BEFORE: Final = f"SELECT DISTINCT week FROM hr_paid_time WHERE person_id IN {RECORDS}"
_HAD: Final = f"""
SELECT rate, sum(minutes) FROM hr_paid_time
WHERE person_id IN {RECORDS} AND week = ? GROUP BY rate
"""
#: Open again, a week is handed over by its own lock alone.
_LOCKED: Final = """
SELECT 1 FROM hr_timesheet WHERE person_id = ? AND week = ? AND state = 'locked'
AND archived_at IS NULL
"""


def hand_over(
    office: Office,
    person_id: int,
    week: date,
) -> list[PaidTime]:
    """Write what the payroll has not had of a week, and of locked weeks that were corrected since.

    So the rows of a week add up to its hours, whatever was locked, unlocked and
    corrected in between.
    """
    rows = office.rows(_BEFORE, person_id)
    earlier = {date.fromisoformat(text) for (text,) in rows} - {week}
    weeks = [one for one in sorted(earlier) if office.value(_LOCKED, person_id, one.isoformat())]
    kept = []
    for one in [*weeks, week]:
        for rate, minutes in not_handed_over(office, person_id, one):
            row = PaidTime(
                person_id=person_id,
                handed_over=week,
                week=one,
                rate=rate,
                minutes=minutes,
            )
            kept.append(office.add(row))
    return kept


def not_handed_over(
    office: Office,
    person_id: int,
    week: date,
) -> Iterator[tuple[str, int]]:
    """Yield the rates with the minutes of a week that the payroll lacks, or has too many of."""
    had = dict(office.rows(_HAD, person_id, week.isoformat()))
    worked = WorkedWeek(office, person_id, week).minutes
    for rate in RATES:
        # Less than before is a negative row: nothing is rewritten that was handed over.
        minutes = getattr(worked, rate) - had.get(rate, 0)
        if minutes:
            yield rate, minutes
