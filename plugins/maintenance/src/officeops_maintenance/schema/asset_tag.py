"""The column for an asset tag."""

from __future__ import annotations

from typing import Final

from officeops import Migration

MIGRATION: Final = Migration(
    "0005_asset_tag", "ALTER TABLE maintenance_equipment ADD COLUMN tag TEXT;"
)
