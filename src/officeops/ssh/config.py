"""The table `[access]` of officeops.toml."""

from __future__ import annotations

from officeops.model.settings_table import Settings, setting


class AccessSettings(Settings):
    """How long a person who came in over SSH stays without pressing a key."""

    idle_minutes: int = setting(
        10,
        minimum=2,
        maximum=480,
        help="Minutes without a key after which the interface closes over SSH",
    )
