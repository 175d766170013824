"""The period of a log that is printed: a month, or the days from one to another."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from officeops import UsageProblem
from officeops.commands import needed_day

if TYPE_CHECKING:
    from officeops import Office


def days_of(
    office: Office,
    month: str | None,
    first: str | None,
    until: str | None,
) -> tuple[date, date]:
    """Return the first and the last day that a log is asked for: a month, or from a day until one.

    Raises UsageProblem.
    """
    if not first and not until:
        return _of_month(office, month)
    if month:
        raise UsageProblem("Give a month, or --from and --until.", code="not-together")
    end = needed_day(office, "--until", until) if until else office.today
    begin = needed_day(office, "--from", first) if first else end.replace(day=1)
    if begin > end:
        raise UsageProblem("--from is after --until.", code="out-of-range")
    return begin, end


def _of_month(office: Office, month: str | None) -> tuple[date, date]:
    begin = office.today.replace(day=1)
    if month:
        try:
            begin = date.fromisoformat(f"{month}-01")
        except ValueError:
            why = f"--month: {month!r} is not a month; write 2026-11."
            raise UsageProblem(why, code="not-a-date") from None
    # From the first of a month, 31 days on is always in the next one.
    following = (begin + timedelta(days=31)).replace(day=1)
    return begin, following - timedelta(days=1)
