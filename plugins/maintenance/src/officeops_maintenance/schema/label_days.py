"""The columns for the days on a unit's label: when it was made, and when it expires."""

from __future__ import annotations

from typing import Final

from officeops import Migration

MIGRATION: Final = Migration(
    "0017_label_days",
    """
ALTER TABLE maintenance_equipment ADD COLUMN made_on TEXT;
ALTER TABLE maintenance_equipment ADD COLUMN expires_on TEXT;
""",
)
