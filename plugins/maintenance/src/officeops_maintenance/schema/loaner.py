"""The column for the unit that a loaner replaces."""

from __future__ import annotations

from typing import Final

from officeops import Migration

MIGRATION: Final = Migration(
    "0009_loaner",
    """
ALTER TABLE maintenance_equipment ADD COLUMN replaces_id INTEGER REFERENCES maintenance_equipment(id);
CREATE INDEX maintenance_equipment_replaces_id ON maintenance_equipment(replaces_id) WHERE replaces_id IS NOT NULL;
""",
)
