"""The columns for when spore tests and their results were booked, and for corrections of loads."""

from __future__ import annotations

from typing import Final

from officeops import Migration

MIGRATION: Final = Migration(
    "0024_known_results",
    """
ALTER TABLE maintenance_sterilizer_load ADD COLUMN corrected TEXT;
ALTER TABLE maintenance_spore_test ADD COLUMN entered_at TEXT;
ALTER TABLE maintenance_spore_test ADD COLUMN known_at TEXT;
""",
)
