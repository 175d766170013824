"""Expiry loss: the stock that will expire before it can be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_inventory.reorder.rounding import floor

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops_inventory.reorder.types import Lot


def projected_loss(
    lots: Iterable[Lot],
    demand_mean: float | None,
    today: date,
    window_days: int,
) -> int:
    """Return the units that will expire unused before `today + window_days`.

    The earliest-expiring units are used first. `demand_mean` is units per day; without it, all
    that expires inside the window is lost. Expected use counts today and each lot's last usable
    day, rounded down. Lots already expired are ignored.
    Source of the idea: the projected expiry summary of OpenBoxes, which nets expected use up to
    each expiry.
    """
    expiring = [
        (lot.expires_on, lot.quantity)
        for lot in lots
        if lot.expires_on is not None and lot.quantity > 0
    ]
    expiring.sort()
    used = lost = 0
    for expires_on, quantity in expiring:
        days = (expires_on - today).days
        if 0 <= days < window_days:
            expected = floor((demand_mean or 0) * (days + 1))
            # Earlier lots have had their share of the expected use.
            taken = min(quantity, expected - used)
            used += taken
            lost += quantity - taken
    return lost
