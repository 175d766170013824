"""Downtime: from when to when a unit was out of service, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Record, field, ref

if TYPE_CHECKING:
    from datetime import datetime


class Downtime(
    Record,
    key="maintenance.downtime",
    plural="Downtimes",
    display="reason",
    sort="-started_at",
    actions_only=True,
    indexes=(("equipment_id", "started_at"),),
):
    """A time in which a unit was out of service."""

    added_by = "officeops equipment take-out"

    equipment_id: int = ref("maintenance.equipment", indexed=False, list_rank=1)
    started_at: datetime = field(list_rank=2)
    ended_at: datetime | None = field(default=None, list_rank=2)
    reason: str = field(list_rank=3)
    planned: bool = field(default=False, list_rank=4, help="For planned work, not a failure")
