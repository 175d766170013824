"""Holds: the reasons for which lots are held back, each with its own end."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - the fields' annotations are read

from officeops import Record, field, ref


class LotHold(
    Record,
    key="inventory.lot-hold",
    label="Lot hold",
    plural="Lot holds",
    display="reason",
    sort="-id",
    actions_only=True,
):
    """A reason to hold a lot back, until it ends."""

    added_by = "officeops lot quarantine"

    lot_id: int = ref("inventory.lot", list_rank=1)
    location_id: int = ref("core.location", list_rank=2)
    reason: str = field(list_rank=1)
    # No `about`: who sees a lot sees why it is held, whatever it is for.
    for_key: str = field(hidden=True, help="Key of the kind of record that it is for")
    for_id: int = field(hidden=True, help="Number of that record")
    quarantines: bool = field(
        default=False,
        hidden=True,
        help="Whether it is what made the lot quarantined, and not a person",
    )
    released_at: datetime | None = field(default=None, list_rank=3)
    ended_after: int | None = field(
        default=None,
        managed=True,
        hidden=True,
        help="Number of the last move of its lot when it ended: what comes later is not decided on",
    )
