"""Shifts from files: those of the office's own export, or of a schedule kept elsewhere."""

from __future__ import annotations

from typing import Final

from officeops_hr.roster.file_times import OneAtATime

#: Open seats have no person, and two of a role may begin together.
_SEAT: Final = ("day", "role_id", "starts_at", "location_id", "person_id")
_AT_THE_USUAL_PLACE: Final = ("day", "role_id", "starts_at", "person_id")


class ShiftImport(OneAtATime):
    """Recognizes shifts by their day, role, start and person."""

    keys = (_SEAT, _AT_THE_USUAL_PLACE)
    counted = keys
