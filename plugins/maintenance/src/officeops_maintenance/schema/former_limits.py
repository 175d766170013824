"""The column for the limits that a monitored unit had, from here on."""

from __future__ import annotations

from typing import Final

from officeops import Migration

MIGRATION: Final = Migration(
    "0027_former_limits",
    "ALTER TABLE maintenance_monitored_unit ADD COLUMN had_limits TEXT;",
)
