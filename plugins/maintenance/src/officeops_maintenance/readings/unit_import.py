"""Monitored units from a file: their logs follow, and limits that were confirmed stay so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from officeops_maintenance.followed_edits import FollowedEdits
from officeops_maintenance.readings.limits_in_force import limits_until
from officeops_maintenance.readings.unit_places import places_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Record
    from officeops_maintenance.readings.monitored_unit import MonitoredUnit


class UnitImport(FollowedEdits):
    """The import of monitored units, of another office or a list."""

    follow = ("last_read", "in_excursion")
    restores = ("limits_confirmed_by", "first_half")

    def follow_edit(
        self,
        record: Record,
        before: dict[str, Any],
    ) -> Iterator[str]:
        """Keep where a unit was, and its limits until now; then do what an edit does."""
        unit = cast("MonitoredUnit", record)
        was = cast("MonitoredUnit", self.was(record))
        former = {
            **places_until(self.office, unit, was),
            **limits_until(self.office, unit, was),
        }
        if former:
            unit = self.office.edit(
                unit,
                managed=True,
                **former,
            )
        yield from unit.edited(self.office, before)
