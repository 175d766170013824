"""The columns for units that a vendor lent."""

from __future__ import annotations

from typing import Final

from officeops import Migration

MIGRATION: Final = Migration(
    "0008_borrowed",
    """
ALTER TABLE maintenance_equipment ADD COLUMN borrowed_from_id INTEGER;
ALTER TABLE maintenance_equipment ADD COLUMN return_by TEXT;
CREATE INDEX maintenance_equipment_borrowed_from_id ON maintenance_equipment(borrowed_from_id) WHERE borrowed_from_id IS NOT NULL;
""",
)
