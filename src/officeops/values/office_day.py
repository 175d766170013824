"""The day at an office: by the clock of its time zone."""

from __future__ import annotations

import os
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from officeops.model.errors import UsageProblem

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


def chosen_day() -> date | None:
    """Return the day that `OFFICEOPS_TODAY` sets, for reports of the past and for tests.

    Raises UsageProblem where that is no day.
    """
    chosen = os.environ.get("OFFICEOPS_TODAY")
    if not chosen:
        return None
    from officeops.values.dates import in_calendar

    try:
        return in_calendar(date.fromisoformat(chosen))
    except ValueError:
        raise UsageProblem(
            f"OFFICEOPS_TODAY is {chosen!r}; write a day such as 2026-01-31.",
            code="not-a-date",
        ) from None


def day_in(zone: str | None) -> date:
    """Return today in an IANA time zone, or by this machine's clock without one."""
    return chosen_day() or datetime.now(_named(zone)).date()


def day_ends(zone: str | None) -> float:
    """Return when today ends in a time zone, in seconds since 1970."""
    midnight = datetime.combine(datetime.now(_named(zone)).date() + timedelta(days=1), time())
    return midnight.replace(tzinfo=_named(zone)).timestamp()


def _named(zone: str | None) -> ZoneInfo | None:
    if not zone:
        return None
    # Most offices of one zone leave it blank, and a command's start has no time to spare.
    from zoneinfo import ZoneInfo

    return ZoneInfo(zone)
