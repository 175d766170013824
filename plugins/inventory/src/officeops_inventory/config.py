"""`[plugins.inventory]` in officeops.toml."""

from __future__ import annotations

from officeops import Settings, setting


class InventorySettings(Settings):
    """How demand is estimated and how much safety stock is wanted."""

    lookback_days: int = setting(
        180, minimum=7, maximum=3650, help="Days of use from which demand is estimated"
    )
    review_days: int = setting(7, minimum=1, maximum=365, help="Days between orders")
    lead_days: int = setting(
        5, minimum=0, maximum=365, help="Lead time if neither terms nor vendor give one"
    )
    lead_deviation: float = setting(
        0.0, minimum=0, maximum=365, help="Standard deviation of lead times, in days"
    )
    service_level: float = setting(
        0.95, minimum=0.5, maximum=0.9999, help="Share of cycles without a stock-out"
    )
