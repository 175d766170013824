"""Availability from files: the office's own export, or a form that people filled in."""

from __future__ import annotations

from typing import Final

from officeops.exchange import Importer

_ALL: Final = ("person_id", "kind", "weekday", "first_day", "starts_at")
_HOURS: Final = ("person_id", "kind", "weekday", "starts_at")
_WEEKLY: Final = ("person_id", "kind", "weekday")
_DATED: Final = ("person_id", "kind", "first_day")


class AvailabilityImport(Importer):
    """Recognizes a time by its person, kind, day and start, as far as the file has them."""

    # Somebody has many of one kind, so the kind alone is no name.
    keys = (_ALL, _HOURS, _WEEKLY, _DATED)
    counted = keys
