"""Access days: until when a person, a role or a key has access, and leaves of absence.

A last day counts as a whole, in the office's time zone. Access comes back by itself after a leave.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from officeops.values.office_day import chosen_day, day_ends, day_in

if TYPE_CHECKING:
    from officeops.model.office.reader import Rows

#: Whether a user, as `u`, may log in today.
IN_TODAY: Final = (
    "ifnull(u.until >= office_today(), 1) "
    "AND NOT ifnull(office_today() BETWEEN u.away_from AND date(u.back_on, '-1 day'), 0)"
)
_ZONE: Final = "SELECT time_zone FROM core_office ORDER BY id LIMIT 1"


class AccessDays(NamedTuple):
    """The days of a user's access as the file has them."""

    until: str | None = None
    away_from: str | None = None
    back_on: str | None = None

    def why_out(self, login: str, today: str) -> str:
        """Return why the person may not log in on a day; blank if they may."""
        if self.until and self.until < today:
            return f"{login} had access until {self.until}"
        if self.away_from and self.back_on and self.away_from <= today < self.back_on:
            return f"{login} is on leave and can log in again on {self.back_on}"
        return ""


def office_day(rows: Rows) -> str:
    """Return today at an office, from its file alone."""
    return day_in(_zone(rows)).isoformat()


def office_day_ends(rows: Rows) -> float:
    """Return when today ends at an office, in seconds since 1970; a chosen day does not end."""
    return float("inf") if chosen_day() else day_ends(_zone(rows))


def _zone(rows: Rows) -> str | None:
    return next((zone for (zone,) in rows.rows(_ZONE)), None)
