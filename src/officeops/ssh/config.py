"""The table `[access]` of officeops.toml."""

from __future__ import annotations

from officeops.model.settings_table import Settings, setting


class AccessSettings(Settings):
    """How long a person who came in over SSH stays."""

    idle_minutes: int = setting(
        10,
        minimum=2,
        maximum=480,
        help="Minutes without a key after which the interface closes over SSH",
    )
    longest_hours: int = setting(
        12,
        minimum=1,
        maximum=24,
        help="Hours after which a session over SSH ends, whatever is pressed; you log in again",
    )
