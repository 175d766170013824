"""Gap reasons: why readings are missing in a log, said once for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Record, choice, field, ref
from officeops_maintenance.readings.slot import SLOTS, Slot

if TYPE_CHECKING:
    from datetime import date


class GapReason(
    Record,
    key="maintenance.gap-reason",
    display="reason",
    sort="-first_on,-id",
    actions_only=True,
    also=("missed-reading", "missing-temperature"),
):
    """Why readings of a unit are missing over some days.

    The gaps stay gaps in the log.
    """

    added_by = "officeops monitored-unit explain"

    unit_id: int = ref("maintenance.monitored-unit", list_rank=1)
    first_on: date = field(list_rank=2)
    first_slot: str = choice(*SLOTS, list_rank=4)
    last_on: date = field(list_rank=2)
    last_slot: str = choice(*SLOTS, list_rank=4)
    missed: int = field(list_rank=3, help="How many readings were missing then")
    reason: str = field(list_rank=1)
    explained_by: str = field(default=lambda office: office.actor, list_rank=5)

    def covers(self, slot: Slot) -> bool:
        """Whether a slot is within its days."""
        first, last = Slot(self.first_on, self.first_slot), Slot(self.last_on, self.last_slot)
        return first.sort_key <= slot.sort_key <= last.sort_key
