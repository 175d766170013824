"""Calendars: when the office is open, and each location, by the hours and closed days in the file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from officeops.model.errors import NotFound
from officeops.values.calendar import MIDNIGHT, Calendar, ClosedPart, Hours, calendar_of
from officeops.values.dates import WEEKDAYS
from officeops.values.opening_hours import USUAL
from officeops.values.zones import zone_of

if TYPE_CHECKING:
    from officeops.store.stored_office import StoredOffice

_HOURS = """
SELECT weekday, opens, closes FROM core_opening_hours
WHERE location_id IS ? AND archived_at IS NULL
"""
_CLOSED = """
SELECT day, starts_at, ends_at FROM core_closed_day
WHERE (location_id IS NULL OR location_id = ?) AND archived_at IS NULL
"""
_ZONE = "SELECT time_zone FROM core_location WHERE id = ?"


class Calendars:
    """Builds calendars from the file, and keeps each until the file changes."""

    def __init__(self, office: StoredOffice) -> None:
        self._office = office
        self._calendars: dict[int | None, Calendar] = {}
        self._state = (-1, -1)

    def of(self, location_id: int | None = None) -> Calendar:
        """Return when a location is open, or the whole office.

        A location's own hours count in place of the office's, its closed days beside them.
        """
        db = self._office.store.db
        if db.in_transaction:
            # It may yet be rolled back, and nothing would tell.
            return self._built(location_id)
        state = (db.total_changes, self._office.value("PRAGMA data_version"))
        if state != self._state:
            self._calendars.clear()
            self._state = state
        if location_id not in self._calendars:
            self._calendars[location_id] = self._built(location_id)
        return self._calendars[location_id]

    def _built(self, location_id: int | None) -> Calendar:
        # When the office is open is no secret, so nobody needs a permission for it.
        with self._office.lifted():
            hours = self._hours(location_id)
            if location_id is not None and not hours:
                hours = self._hours(None)
            rows = list(self._office.rows(_CLOSED, location_id))
            zone = self.zone(location_id)
        days, parts = [], []
        for text, starts_at, ends_at in rows:
            day = date.fromisoformat(text)
            if starts_at is None and ends_at is None:
                days.append(day)
            else:
                parts.append(ClosedPart(day, starts_at or 0, ends_at or MIDNIGHT))
        return calendar_of(hours or USUAL, days, zone_of(zone), parts)

    def _hours(self, location_id: int | None) -> list[Hours]:
        rows = self._office.rows(_HOURS, location_id)
        return [Hours(WEEKDAYS.index(weekday), opens, closes) for weekday, opens, closes in rows]

    def zone(self, location_id: int | None) -> str:
        """Return the name of the zone by which a location has its clocks; blank is this machine's.

        Raises NotFound for a location that is not there.
        """
        own = None
        if location_id is not None:
            with self._office.lifted():
                rows = self._office.rows(_ZONE, location_id)
            if not rows:
                facts = {"kind": "location", "text": f"#{location_id}"}
                why = f"There is no location #{location_id}."
                raise NotFound(why, code="not-found", facts=facts)
            [(own,)] = rows
        return own or self._office.facts.time_zone or ""
