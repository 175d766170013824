"""The imports of opening hours and closed days: without a location a row is of the whole office."""

from __future__ import annotations

from officeops.exchange.importer import Importer


class HoursImport(Importer):
    """Opening hours go by the weekday, when they begin, and where."""

    keys = (("weekday", "opens", "location_id"),)
    fills = ("location_id",)


class ClosedDayImport(Importer):
    """A closed day goes by the day, and where."""

    keys = (("day", "location_id"),)
    fills = ("location_id",)
