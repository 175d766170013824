"""The column for the places where a monitored unit was, from here on."""

from __future__ import annotations

from typing import Final

from officeops import Migration

MIGRATION: Final = Migration(
    "0026_former_places",
    "ALTER TABLE maintenance_monitored_unit ADD COLUMN was_at TEXT;",
)
