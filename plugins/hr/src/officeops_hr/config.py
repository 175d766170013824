"""`[plugins.hr]` in officeops.toml."""

from __future__ import annotations

from officeops import Settings, setting


class HrSettings(Settings):
    """What the office wants to see of its people."""

    birthdays: bool = setting(
        default=False, help="Say on the morning's page whose birthday it is, of people who agreed"
    )
