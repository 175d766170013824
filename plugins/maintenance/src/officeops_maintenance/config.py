"""`[plugins.maintenance]` in officeops.toml."""

from __future__ import annotations

from officeops import Settings, setting

#: The longest target in open minutes: a quarter of a year of ten-hour days.
_LONGEST = 39_000


class MaintenanceSettings(Settings):
    """How much of a ticket's life people see, and by when somebody calls back."""

    states: str = setting(
        "short",
        choices=("short", "all"),
        help="States of tickets that people see: short are reported, called in, waiting and fixed",
    )
    call_back_emergency: int = setting(
        0, minimum=0, maximum=_LONGEST, help="Open minutes to call back on an emergency; 0 is never"
    )
    call_back_high: int = setting(
        0, minimum=0, maximum=_LONGEST, help="The same for a ticket of high priority"
    )
    call_back_normal: int = setting(
        0, minimum=0, maximum=_LONGEST, help="The same for one of normal priority"
    )
    call_back_low: int = setting(
        0, minimum=0, maximum=_LONGEST, help="The same for one of low priority"
    )
    waiting_days: int = setting(
        7, minimum=0, maximum=365, help="Days of waiting after which Today says so; 0 is never"
    )
    reliability: bool = setting(
        default=False, help="Show time between failures, time to repair and availability of units"
    )
    signed_copy_days: int = setting(
        0,
        minimum=0,
        maximum=365,
        help="Days until the signed manifest of waste is back, as your state says; 0 is the suggestion",
    )
    certificate: str = setting(
        "file",
        choices=("file", "number"),
        help="What counts as the certificate of a calibration: the file attached to it, or its number",
    )
